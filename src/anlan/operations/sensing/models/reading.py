"""Readings: on SQLite in a file of their own, so nothing here points at another table."""

from django.db import models


class Reading(models.Model):
    """The value that stands at a moment of a series, by one source; None is "no data"."""

    pk = models.CompositePrimaryKey("series", "at", "source")
    series = models.PositiveIntegerField()
    at = models.DateTimeField()
    source = models.CharField(max_length=20)
    value = models.FloatField(null=True)
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.series} {self.at} {self.value}"


class ReadingRevision(models.Model):
    """Every different value that was stated for a reading with more than one, the standing too."""

    series = models.PositiveIntegerField()
    at = models.DateTimeField()
    source = models.CharField(max_length=20)
    content = models.CharField(max_length=16)
    value = models.FloatField(null=True)
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "at", "source", "content"], name="one_revision_a_value"
            )
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.at} {self.value}"


class LatestReading(models.Model):
    """The newest value of a series, and how fast it changes (per hour, over the hour before)."""

    series = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    value = models.FloatField()
    source = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    rate_per_h = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"{self.series} {self.at} {self.value}"
