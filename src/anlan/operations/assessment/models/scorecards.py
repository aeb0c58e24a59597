from django.db import models

from anlan.operations.assessment.rules.scorecard import State
from anlan.operations.registers.shapes import Dated, PhotoOrDocument, Step, account


class SchemeVersion(Dated):
    """The district's scheme from a day on (`rules.scheme.Scheme`), with its source."""

    content = models.JSONField()


class Scorecard(models.Model):
    """A unit's assessment of a year, by the version of the scheme that the year was opened with.

    `kind`: department, township or zone. `points` and `grade` are the review's, `self_points` what
    the unit gave itself of 100; `out_…` are of the newest published edition.
    `sheet`: what the last review saw and counted (`queries.sheets.Sheet`), empty before it.
    """

    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="cards")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    unit_code = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=100)
    area_code = models.CharField(max_length=12)
    sector = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, default=State.OPEN)
    due_on = models.DateField()
    submitted_on = models.DateField(null=True)
    submitted_by = account()
    reviewed_by = account()
    object_by = models.DateField(null=True)
    self_points = models.FloatField(null=True)
    points = models.FloatField(null=True)
    grade = models.CharField(max_length=12, blank=True)
    vetoed = models.BooleanField(default=False)
    sheet = models.JSONField(default=dict)
    out_points = models.FloatField(null=True)
    out_grade = models.CharField(max_length=12, blank=True)
    out_vetoed = models.BooleanField(default=False)
    published_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit_code", "year"], name="scorecards_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["year", "unit_code"], name="one_scorecard_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit_name}"


class Score(models.Model):
    """What a unit says of an item that is not computed, and the review's word where it differs."""

    card = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="scores")
    code = models.CharField(max_length=30)
    said = models.FloatField()
    words = models.CharField(max_length=500, blank=True)
    reviewed = models.FloatField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "code"], name="one_score_an_item")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.code}"


class Entry(models.Model):
    """What the bureau entered beside the items: a deduction for an event, a bonus, or that a
    computed deduction (`key`) is left out. Never changed, only struck.

    `code`: the scheme's rule of a deduction. `what` names the event.
    """

    card = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="entries")
    sort = models.CharField(max_length=10)
    code = models.CharField(max_length=30, blank=True)
    key = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=300)
    points = models.FloatField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=100)
    struck_at = models.DateTimeField(null=True)
    struck_by_name = models.CharField(max_length=100, blank=True)
    struck_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["card", "key"], condition=models.Q(struck_at=None) & ~models.Q(key=""),
                name="left_out_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.card_id} {self.sort}"


class ScorecardPaper(PhotoOrDocument):
    """Evidence of a unit for an item of its card."""

    card = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="papers")
    code = models.CharField(max_length=30)

    def __str__(self) -> str:
        return f"{self.card_id} {self.code}"


class Edition(models.Model):
    """A card as it was published; never changed. A correction is the next number."""

    card = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=100)
    sheet = models.JSONField()
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["card", "number"], name="one_edition")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.number}"


class ScorecardStep(Step):
    """One step of a card; append-only. `changes` are what a review changed, by item."""

    card = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    words = models.CharField(max_length=1000, blank=True)
    changes = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.card_id} {self.verb}"
