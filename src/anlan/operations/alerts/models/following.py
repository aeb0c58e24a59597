"""What follows an alert: the municipality's answer, and what was not done in time."""

from django.db import models

from anlan.operations.alerts.models.alert import Alert


class MunicipalSubmission(models.Model):
    """A level I or II alert handed to the municipality, and what came back."""

    alert = models.OneToOneField(Alert, on_delete=models.PROTECT, related_name="submission")
    adapter = models.CharField(max_length=30)
    reference = models.CharField(max_length=60, blank=True)
    submitted_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    identifier = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.adapter} {self.reference}"


class Escalation(models.Model):
    """Something was not done in time and went up. One open row a key; `step` counts the levels."""

    key = models.CharField(max_length=160)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="escalations")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=100)
    area_code = models.CharField(max_length=12)
    step = models.PositiveSmallIntegerField(default=1)
    to = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], name="one_open_escalation",
                condition=models.Q(closed_at__isnull=True),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.key} {self.step}"
