from django.db import models


class CountedMonth(models.Model):
    """A month of the statistics, by its first day; `stale`: records of it have changed since.

    `counted_on` is the day up to which deadlines were counted as come.
    """

    month = models.DateField(unique=True)
    stale = models.BooleanField(default=True)
    counted_on = models.DateField(null=True)
    counted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class MonthCount(models.Model):
    """The dangers of one kind in one month, as `safety.queries.figures.Tally` counts them."""

    month = models.DateField()
    township = models.CharField(max_length=12)
    sector = models.CharField(max_length=40)
    source = models.CharField(max_length=12)
    grade = models.CharField(max_length=8, blank=True)
    found = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    due = models.PositiveIntegerField(default=0)
    due_closed = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    days = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "township", "sector", "source", "grade"], name="month_count"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.township} {self.sector}"


class ScoringRule(models.Model):
    """How units are scored, and when the bureau is told: dated data of the district [pv].

    `weights`: by part (`rules.scores.PARTS`). `key_sectors`: those whose enterprises must all be
    looked at. Below `alarm_below` points a unit is named.
    """

    valid_from = models.DateField(unique=True)
    weights = models.JSONField()
    key_sectors = models.JSONField()
    alarm_below = models.FloatField()
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.valid_from}"


class SupervisionAlarm(models.Model):
    """A unit that the bureau is told of: raised once, cleared when what was wrong is mended."""

    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    unit = models.CharField(max_length=40)
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(cleared_at=None), name="one_supervision_alarm"
            )
        ]

    def __str__(self) -> str:
        return self.key
