from django.db import models

from anlan.operations.registers.shapes import Dated, Step
from anlan.operations.responsibilities.rules.capacity import State


class CapacityList(Dated):
    """The district's checklist from a day on (`rules.capacity.Checklist`), with its source."""

    content = models.JSONField()


class CapacityCheck(models.Model):
    """A street's assessment of a year, by the version of the checklist that it began with.

    `self_points` are what it gave itself when it submitted, `points` what the review left.
    """

    checklist = models.ForeignKey(CapacityList, on_delete=models.PROTECT, related_name="checks")
    year = models.PositiveSmallIntegerField()
    unit_code = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=100)
    area_code = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default=State.OPEN)
    due_on = models.DateField()
    submitted_on = models.DateField(null=True)
    object_by = models.DateField(null=True)
    self_points = models.FloatField(null=True)
    points = models.FloatField(null=True)
    grade = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area_code", "year"], name="capacity_of_area")]
        constraints = [
            models.UniqueConstraint(fields=["year", "unit_code"], name="one_capacity_check")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit_name}"


class CapacityAnswer(models.Model):
    """What a street says of an item, and what the review made of it ("" leaves it)."""

    check_of = models.ForeignKey(CapacityCheck, on_delete=models.PROTECT, related_name="answers")
    code = models.CharField(max_length=20)
    said = models.CharField(max_length=8)
    words = models.CharField(max_length=300, blank=True)
    reviewed = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_of", "code"], name="one_capacity_answer")
        ]

    @property
    def counts(self) -> str:
        return self.reviewed or self.said

    def __str__(self) -> str:
        return f"{self.check_of_id} {self.code}"


class CapacityStep(Step):
    """One step of an assessment; append-only. `changes` are what a review changed, by item."""

    check_of = models.ForeignKey(CapacityCheck, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    words = models.CharField(max_length=1000, blank=True)
    changes = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.check_of_id} {self.verb}"
