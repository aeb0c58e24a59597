from django.db import models

from anlan.operations.accidents.rules.states import State
from anlan.operations.registers.shapes import DatedFigures, Step, YearCounter, account


class Accident(models.Model):
    """An accident as it stands now: the newest toll, the level that counts, the investigation.

    `loss` in 万元. `known_at`: when the unit's principal knew; `reported_at`: to the bureau;
    `passed_on_at`: the bureau upwards, until
    `follow_ended_at` with follow-ups; `entered_at`: into this register, due until `enter_by` by the
    terms of the day. `penalty`: what was imposed, in words. What was not in production is kept and
    counted apart.
    """

    number = models.CharField(max_length=20, unique=True)
    key = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=120)
    enterprise = models.ForeignKey(
        "safety.Enterprise", null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18, blank=True)
    ownership = models.CharField(max_length=12, blank=True)
    area_code = models.CharField(max_length=12)
    sector = models.CharField(max_length=40)
    place = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=12)
    kind = models.CharField(max_length=2)
    in_production = models.BooleanField(default=True)
    course = models.CharField(max_length=2000, blank=True)
    occurred_at = models.DateTimeField()
    known_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    passed_on_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField(null=True)
    enter_by = models.DateTimeField(null=True)
    deaths = models.PositiveSmallIntegerField(default=0)
    missing = models.PositiveSmallIntegerField(default=0)
    serious = models.PositiveSmallIntegerField(default=0)
    poisoned = models.PositiveSmallIntegerField(default=0)
    minor = models.PositiveSmallIntegerField(default=0)
    loss = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    level = models.PositiveSmallIntegerField()
    follow_ended_at = models.DateTimeField(null=True)
    toll_confirmed_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    marks = models.JSONField(default=list)
    state = models.CharField(max_length=20, default=State.REPORTED)
    leader = account()
    leader_name = models.CharField(max_length=60, blank=True)
    members = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)
    extended_to = models.DateField(null=True)
    left_out_days = models.PositiveSmallIntegerField(default=0)
    direct_cause = models.CharField(max_length=1000, blank=True)
    indirect_cause = models.CharField(max_length=1000, blank=True)
    submitted_by = account()
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_where = models.CharField(max_length=200, blank=True)
    evaluate_by = models.DateField(null=True)
    evaluation = models.CharField(max_length=1000, blank=True)
    penalty = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["area_code", "occurred_at"], name="accident_place"),
            models.Index(fields=["sector", "occurred_at"], name="accident_sector"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Toll(models.Model):
    """One version of the figures; append-only. `as_of`: the day on which they were so.

    `counted`: that day lies within the time in which changes count. Of those that count the one of
    the newest day stands.
    """

    accident = models.ForeignKey(Accident, on_delete=models.PROTECT, related_name="tolls")
    at = models.DateTimeField()
    as_of = models.DateField(null=True)
    by_name = models.CharField(max_length=100)
    figures = models.JSONField()
    counted = models.BooleanField()
    level = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.accident_id} {self.at:%Y-%m-%d}"


class Liability(models.Model):
    """Who is found liable on one of the tracks, what is recommended, and what came of it.

    `owner` carries the recommendation out until `due_on`; one from before both were asked for has
    neither.
    """

    accident = models.ForeignKey(Accident, on_delete=models.PROTECT, related_name="liabilities")
    track = models.CharField(max_length=12)
    subject = models.CharField(max_length=120)
    finding = models.CharField(max_length=500)
    recommendation = models.CharField(max_length=500)
    owner = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=100)
    result = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.accident_id} {self.track}"

    @property
    def lacks_deadline(self) -> bool:
        return self.settled_at is None and self.due_on is None


class Measure(models.Model):
    """A measure that follows from an accident: its owner, deadline and result."""

    accident = models.ForeignKey(Accident, on_delete=models.PROTECT, related_name="measures")
    text = models.CharField(max_length=500)
    owner = models.CharField(max_length=120)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.accident_id} {self.owner}"


class AccidentReport(models.Model):
    """A report upwards as it was sent, first, follow-up or last; never changed.

    `words`: the paper in the marked lines of `backbone.papers`.
    """

    accident = models.ForeignKey(Accident, on_delete=models.PROTECT, related_name="reports")
    issue = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["accident", "number"], name="one_report_a_number_of_an_accident"
            )
        ]

    def __str__(self) -> str:
        return f"{self.accident_id} {self.number}"


class AccidentStep(Step):
    """One step: who, when, from where to where, why; append-only."""

    accident = models.ForeignKey(Accident, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    reason = models.CharField(max_length=1000, blank=True)
    said = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["accident", "id"], name="accident_steps")]

    def __str__(self) -> str:
        return f"{self.accident_id} {self.verb}"


class AccidentCounter(YearCounter):
    """The next number of a year's accidents."""


class AccidentTerms(DatedFigures):
    """The district's terms from a day on (`rules.terms.Terms`), with their source."""
