from django.db import models

from anlan.operations.calls.rules.states import State
from anlan.operations.registers.shapes import DatedFigures, Photo, Step, YearCounter, account


class Call(models.Model):
    """A street's call as it stands now; how it came so is in its steps.

    `street` and `unit` are organisation codes: who called, whose it is now; `first_unit`: who was
    called first. `due_at` is the term of the present state, `answer_due_at` and `handle_due_at`
    those of the unit since it has the call. `answer_late`, `handle_late`: the unit let a term pass,
    whatever came after. `lon`, `lat`: CGCS2000. `key` names one sending of the form.
    """

    number = models.CharField(max_length=20, unique=True)
    key = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    urgency = models.CharField(max_length=8)
    kind = models.CharField(max_length=12)
    matter = models.CharField(max_length=500)
    street = models.CharField(max_length=40)
    area_code = models.CharField(max_length=12)
    place = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    enterprise = models.ForeignKey(
        "safety.Enterprise", null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.CharField(max_length=40)
    first_unit = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default=State.CALLED)
    called_at = models.DateTimeField()
    by = account()
    by_name = models.CharField(max_length=100)
    due_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    handle_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = account()
    comes = models.CharField(max_length=100, blank=True)
    coming_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = account()
    handling = models.CharField(max_length=1000, blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = account()
    returned = models.PositiveSmallIntegerField(default=0)
    answer_late = models.BooleanField(default=False)
    handle_late = models.BooleanField(default=False)
    settled = models.CharField(max_length=8, blank=True)
    grade = models.PositiveSmallIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    danger = models.OneToOneField(
        "safety.Danger", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "-called_at", "id"], name="calls_due"),
            models.Index(fields=["called_at", "id"], name="calls_called"),
            models.Index(fields=["state", "due_at"], name="calls_state"),
            models.Index(fields=["unit", "due_at"], name="calls_unit"),
            models.Index(fields=["area_code", "due_at"], name="calls_area"),
        ]

    def __str__(self) -> str:
        return self.number


class CallStep(Step):
    """One step of a call: who, when, from where to where, what was said; append-only."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    reason = models.CharField(max_length=1000, blank=True)
    said = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["call", "id"], name="call_steps")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.verb}"


class CallPhoto(Photo):
    """A photo, kept under its digest; `by_street`: of what is called for, else of what was done."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="photos")
    by = account()
    by_street = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "sha256"], name="one_photo_a_call_and_digest")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.sha256[:8]}"


class CallTerms(DatedFigures):
    """The district's terms (`rules.terms.Terms`), as dated data."""

    source = models.CharField(max_length=200)


class CallCounter(YearCounter):
    """The next number of a year's calls."""
