from django.conf import settings
from django.db import models

from anlan.operations.registers.shapes import Dated


class CountedMonth(models.Model):
    """A month of one room's statistics, by its first day; `stale`: records have changed since.

    `counted_on` is the day up to which deadlines were counted as come.
    """

    room = models.CharField(max_length=8, default="dangers")
    month = models.DateField()
    stale = models.BooleanField(default=True)
    counted_on = models.DateField(null=True)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "month"], name="one_month_a_room")]

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
    carried = models.PositiveIntegerField(default=0)
    submitted = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "township", "sector", "source", "grade"], name="month_count"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.township} {self.sector}"


class CheckCount(models.Model):
    """The checks of one kind in one month, as `checks.queries.figures.CheckTally` counts them."""

    month = models.DateField()
    township = models.CharField(max_length=12)
    sector = models.CharField(max_length=40)
    cycle = models.CharField(max_length=8, blank=True)
    due = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    inspected = models.PositiveIntegerField(default=0)
    hits = models.PositiveIntegerField(default=0)
    in_cases = models.PositiveIntegerField(default=0)
    case_hits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "township", "sector", "cycle"], name="month_check_count"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.township} {self.sector}"


class ScoringRule(Dated):
    """How units are scored, and when the bureau is told: dated data of the district [pv].

    `weights`: by part (`rules.scores.PARTS`). `key_sectors`: those whose enterprises must all be
    looked at. Below `alarm_below` points a unit is named.
    """

    weights = models.JSONField()
    key_sectors = models.JSONField()
    alarm_below = models.FloatField()
    source = models.CharField(max_length=200)


class SupervisionAlarm(models.Model):
    """A unit that the bureau is told of: raised once, cleared when what was wrong is mended.

    `said`: the figures in its words, as they were last.
    """

    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    unit = models.CharField(max_length=40)
    link = models.CharField(max_length=200, blank=True)
    said = models.JSONField(default=dict)
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


class Report(models.Model):
    """A period's report that somebody asked for: made part by part, drawn by a worker, kept.

    `said`: what the parts have given so far, `done` how many of `parts` are. Its figures are what
    the asker may see, so nobody else is shown it. `lease_until`: until when a worker may draw.
    """

    period = models.CharField(max_length=8)
    area = models.CharField(max_length=12)
    sector = models.CharField(max_length=40, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_by_name = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting")
    done = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    said = models.JSONField(default=dict)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)
    pdf = models.BinaryField(default=b"")
    xlsx = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="reports_asked")]
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by", "period", "area", "sector"],
                condition=models.Q(state__in=("waiting", "drawing")), name="one_report_at_a_time",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.period} {self.area} {self.sector}"


class DangerReturn(models.Model):
    """An enterprise's statistics of its dangers of a quarter or a year [16H 14]: owed by a day,
    computed from the records, signed by the principal. `signed_at`: of its first version."""

    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=8)
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "period"], name="one_danger_return")
        ]
        indexes = [models.Index(fields=["period", "due_on"], name="returns_of_period")]

    def __str__(self) -> str:
        return f"{self.period} {self.enterprise_id}"


class SignedReturn(models.Model):
    """One version of the statistics as it was signed, frozen; a correction is the next one."""

    of = models.ForeignKey(DangerReturn, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "version"], name="one_version_of_a_return")
        ]

    def __str__(self) -> str:
        return f"{self.of_id} {self.version}"
