"""What is counted of devices now and then, so that no page goes through what they all reported."""

from django.db import models

from anlan.operations.sensing.models.station import Station


class DeviceCount(models.Model):
    """How much of what a device owed arrived, and how well a vehicle was located.

    `day`, `week`, `month`: its online rate over the last 1, 7 and 30 days, 0 to 1; None where it
    owes nothing that is counted. `fixes`, `located`: its positions of the last day.
    """

    station = models.OneToOneField(
        Station, on_delete=models.CASCADE, related_name="counted", primary_key=True
    )
    counted_at = models.DateTimeField(db_index=True)
    day = models.FloatField(null=True)
    week = models.FloatField(null=True)
    month = models.FloatField(null=True)
    fixes = models.PositiveIntegerField(default=0)
    located = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.station_id} {self.counted_at:%m-%d %H:%M}"


class HealthTally(models.Model):
    """How many of the devices of a kind in an area have which signal, and of their newest frames
    which delay: what percentiles are taken of, whatever areas are read together.

    JSON objects, figure -> how often: `signals` dBm, `delays` seconds, `stored` tenths of a second.
    """

    serves = models.CharField(max_length=12)
    area_code = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    counted_at = models.DateTimeField()
    signals = models.JSONField(default=dict)
    delays = models.JSONField(default=dict)
    stored = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["serves", "area_code", "kind"], name="one_tally_a_kind_and_area"
            )
        ]

    def __str__(self) -> str:
        return f"{self.serves} {self.area_code} {self.kind}"
