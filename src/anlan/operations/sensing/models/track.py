from django.db import models


class Fix(models.Model):
    """A place at a time, CGCS2000 degrees; without `located` where it was last known.

    Altitude m, speed km/h, heading ° from north. `station`, which every kind of fix adds, is the
    vehicle's row in the register. `alarm` is the word of its alarm bits (JT/T 808, table 25).
    """

    at = models.DateTimeField()
    located = models.BooleanField()
    altitude_m = models.FloatField(null=True)
    speed_kmh = models.FloatField(null=True)
    heading_deg = models.FloatField(null=True)
    mileage_km = models.FloatField(null=True)
    fuel_l = models.FloatField(null=True)
    received_at = models.DateTimeField()
    alarm = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        abstract = True


class VehicleFix(Fix):
    """Where a vehicle was: its track. Clustered and divided by months as readings are.

    Without a place where the terminal knew none: its alarms count all the same.
    """

    pk = models.CompositePrimaryKey("station", "at")
    station = models.PositiveIntegerField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"{self.station} {self.at:%m-%d %H:%M:%S}"


class LastFix(Fix):
    """The newest place that a vehicle knew: one row a vehicle, whatever its track."""

    station = models.PositiveIntegerField(primary_key=True)
    lon = models.FloatField()
    lat = models.FloatField()

    def __str__(self) -> str:
        return f"{self.station} {self.at:%m-%d %H:%M:%S}"


class AlarmWord(models.Model):
    """The alarm bits of a vehicle's newest fix, located or not: what holds of it now."""

    station = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    alarm = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.station} {self.alarm:08X}"
