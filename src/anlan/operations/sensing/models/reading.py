"""Readings: on SQLite in a file of their own, so nothing here points at another table."""

from django.db import models


class Reading(models.Model):
    """The value that stands at a moment of a series, by one source; None is "no data".

    Clustered by (series, at): on SQLite the table is the key's tree, on PostgreSQL it is divided
    by months. `flags` are the checks at entry that found the value suspect (a set of bits).
    """

    pk = models.CompositePrimaryKey("series", "at", "source")
    series = models.PositiveIntegerField()
    at = models.DateTimeField()
    source = models.CharField(max_length=20)
    value = models.FloatField(null=True)
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    flags = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["series", "at"], name="reading_flagged", condition=models.Q(flags__gt=0)
            )
        ]

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
    """The newest value of a series: one row a series, whatever its history."""

    series = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    value = models.FloatField()
    source = models.CharField(max_length=20)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.series} {self.at} {self.value}"


class RollUp(models.Model):
    """A series over one hour, or over one hydrological day (08:00 to 08:00, China).

    `low`, `high`, `total` and `last` are of the `count` values of [start, start + span_s); an hour
    without a value has no row. `own` of them the device itself reported since it is registered:
    what a file brought says nothing of how it reports.
    """

    pk = models.CompositePrimaryKey("series", "span_s", "start")
    series = models.PositiveIntegerField()
    span_s = models.PositiveIntegerField()
    start = models.DateTimeField()
    count = models.PositiveIntegerField()
    total = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    last = models.FloatField()
    own = models.PositiveIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"{self.series} {self.span_s} {self.start}"


class RollUpDue(models.Model):
    """Readings of a block of series and an hour have come: their roll-ups are to be made anew.

    `touched` counts the batches, so that one that comes meanwhile is never forgotten.
    """

    pk = models.CompositePrimaryKey("block", "hour")
    block = models.PositiveIntegerField()
    hour = models.DateTimeField()
    touched = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.block} {self.hour}"
