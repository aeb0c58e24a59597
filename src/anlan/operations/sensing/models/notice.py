from django.db import models


class DeviceNotice(models.Model):
    """What a device stated itself: an alarm, a state, an operation. `digest` names it.

    `code`, `part`, `state`, `level` and `value` as in `vocabulary.notices`; lon/lat
    CGCS2000 degrees and km/h of a vehicle.
    """

    digest = models.CharField(max_length=32, unique=True)
    station = models.ForeignKey("sensing.Station", on_delete=models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    code = models.CharField(max_length=60)
    state = models.CharField(max_length=10)
    part = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=60, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    value = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    speed_kmh = models.FloatField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["station", "-at"], name="notices_of_a_station"),
            models.Index(fields=["-at"], name="notices_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.code} {self.state}"


class PartState(models.Model):
    """What holds of one part of a device now: the codes of its newest statement."""

    station = models.ForeignKey("sensing.Station", on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    codes = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["station", "part"], name="one_state_a_part")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.part} {self.codes}"


class DeviceParticular(models.Model):
    """What a device said last that it or a part of it is, as in `vocabulary.notices.Particular`."""

    station = models.ForeignKey("sensing.Station", on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    clock = models.DateTimeField(null=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["station", "part", "code"], name="one_particular_a_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.part} {self.code}"
