"""What devices state that is no reading of a moment: figures of periods, and pictures."""

from django.db import models


class StatedPeriod(models.Model):
    """Mean and extremes of an element over a period, as an instrument states them, and the amount.

    `span`, `at` and `total` as in `vocabulary.readings.PeriodValue`, figures in the element's
    unit. Stated
    anew with other figures (`content` tells them apart) it is another row; the one that came last
    holds. They feed no alarm and no roll-up.
    """

    station = models.ForeignKey("sensing.Station", on_delete=models.CASCADE, related_name="+")
    element = models.CharField(max_length=20)
    span = models.CharField(max_length=10)
    at = models.DateTimeField()
    source = models.CharField(max_length=20)
    content = models.CharField(max_length=16)
    low = models.FloatField(null=True)
    mean = models.FloatField(null=True)
    high = models.FloatField(null=True)
    total = models.FloatField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["station", "element", "span", "at", "source", "content"],
                name="one_statement_a_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.element} {self.span} {self.at:%m-%d %H:%M}"


class StationPicture(models.Model):
    """A JPEG that a station sent, known by its SHA-256. A station's newest 500 are kept."""

    station = models.ForeignKey("sensing.Station", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "digest", "at"], name="one_row_a_picture")
        ]
        indexes = [models.Index(fields=["station", "-received_at"], name="pictures_of_a_station")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.at:%m-%d %H:%M} {self.size}"
