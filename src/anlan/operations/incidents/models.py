from django.conf import settings
from django.db import models

from anlan.operations.incidents.rules.states import IncidentState, ReportState
from anlan.operations.registers.shapes import Dated


class Incident(models.Model):
    """The event file: everything from the first report to the review of one emergency.

    One file a chain of alerts (`alert_first_id`); `area_code` is the area that keeps the file.
    """

    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    hazard = models.CharField(max_length=20)
    standing = models.CharField(max_length=10)
    area_code = models.CharField(max_length=12, db_index=True)
    state = models.CharField(max_length=10, default=IncidentState.PROPOSED)
    alert_id = models.BigIntegerField(null=True)
    alert_first_id = models.BigIntegerField(null=True, unique=True)
    occurred_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField()
    phoned_at = models.DateTimeField(null=True)
    stable_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~models.Q(number=""), name="incident_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Report(models.Model):
    """One version of what is known, in a chain. Signed, it is never changed: the next follows."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reports")
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default=ReportState.DRAFTED)
    figures = models.JSONField(default=dict)
    townships = models.JSONField(default=dict)
    situation = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    reason = models.CharField(max_length=500, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_why = models.CharField(max_length=300, blank=True)
    mailing_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "sequence"], name="report_version",
                condition=~models.Q(state=ReportState.RETURNED),
            ),
            models.UniqueConstraint(
                fields=["incident"], name="one_draft_a_file",
                condition=models.Q(state=ReportState.DRAFTED),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.incident_id}/{self.sequence}"


class Figure(models.Model):
    """A figure that some record of the house states of the event; append-only, newest counts."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="figures")
    key = models.CharField(max_length=30)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    at = models.DateTimeField()
    source = models.CharField(max_length=120)
    link = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["incident", "key", "-id"], name="figure_newest")]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"


class Hold(models.Model):
    """What keeps the file from closing, e.g. a response that still runs."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="holds")
    key = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    parameters = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "key"], name="one_hold_a_key")]

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    """One line of the file's history. `text` is an English message id with `parameters`."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    text = models.CharField(max_length=300)
    parameters = models.JSONField(default=dict)
    detail = models.TextField(blank=True)
    by = models.CharField(max_length=100, blank=True)
    link = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["incident", "-at"], name="incident_history")]

    def __str__(self) -> str:
        return self.text


class ReportingTerms(Dated):
    """The reporting terms of the district, as dated data.

    `recipients` are offices (name, address), `channels` the channel for each standing.
    """

    phone_min = models.PositiveSmallIntegerField()
    written_min = models.PositiveSmallIntegerField()
    natural_first_min = models.PositiveSmallIntegerField()
    follow_up_h = models.PositiveSmallIntegerField()
    final_days = models.PositiveSmallIntegerField()
    recipients = models.JSONField(default=list)
    channels = models.JSONField(default=dict)
    source = models.CharField(max_length=200)
