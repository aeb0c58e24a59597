from django.db import models


class Fix(models.Model):
    """A place at a time, CGCS2000 degrees; without `located` where it was last known.

    Altitude m, speed km/h, heading ° from north. `station`, which every kind of fix adds, is the
    vehicle's row in the register.
    """

    at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    located = models.BooleanField()
    altitude_m = models.FloatField(null=True)
    speed_kmh = models.FloatField(null=True)
    heading_deg = models.FloatField(null=True)
    mileage_km = models.FloatField(null=True)
    fuel_l = models.FloatField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        abstract = True


class VehicleFix(Fix):
    """Where a vehicle was: its track."""

    pk = models.CompositePrimaryKey("station", "at")
    station = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.station} {self.at:%m-%d %H:%M:%S}"


class LastFix(Fix):
    """The newest place that a vehicle knew: one row a vehicle, whatever its track."""

    station = models.PositiveIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"{self.station} {self.at:%m-%d %H:%M:%S}"
