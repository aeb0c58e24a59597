from django.db import models

from anlan.operations.registers.shapes import PhotoOrDocument, Step, account
from anlan.operations.responsibilities.models.lists import Bearer, Duty
from anlan.operations.responsibilities.rules.states import State


class Work(models.Model):
    """A work of a year's list: `bearer` leads it, the unit does it until the end of `due_on`.

    `number` is its place in the bearer's list of the year. `set_in` is the unit (organisation
    code) that set it, empty for the platform. `percent` is what was last reported; `finished_on`
    the day on which what was last submitted came. `area_code` is where the unit lies.
    """

    year = models.PositiveSmallIntegerField()
    bearer = models.ForeignKey(Bearer, on_delete=models.PROTECT, related_name="works")
    number = models.CharField(max_length=20)
    what = models.CharField(max_length=300)
    measure = models.CharField(max_length=300)
    unit_code = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=100)
    area_code = models.CharField(max_length=12)
    due_on = models.DateField()
    duty = models.ForeignKey(Duty, null=True, on_delete=models.PROTECT, related_name="works")
    state = models.CharField(max_length=12, default=State.PLANNED)
    percent = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=100)
    set_in = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    submitted_by = account()
    finished_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["year", "due_on"], name="works_by_day"),
            models.Index(fields=["unit_code", "year"], name="works_of_unit"),
            models.Index(fields=["area_code", "year"], name="works_of_area"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["bearer", "year", "number"], name="work_number"),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~models.Q(source_id=""),
                name="work_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.number} {self.what[:60]}"


class WorkStep(Step):
    """One step of a work; append-only. `before_fields` is what an amendment replaced, by field."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    words = models.CharField(max_length=1000, blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    before_fields = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.work_id} {self.verb}"


class WorkPhoto(PhotoOrDocument):
    """A photo or document as evidence of a work, kept under its digest as it came."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="photos")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "sha256"], name="work_photo_once")]

    def __str__(self) -> str:
        return f"{self.work_id} {self.sha256[:8]}"
