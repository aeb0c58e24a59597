"""An alert: each message of an episode is a row of its own; facts are never overwritten."""

from django.db import models

from anlan.operations.alerts.rules.states import AlertState


class Alert(models.Model):
    """One message from draft to end. `chain` = hazard and stretch: one in force, one open draft.

    `first` is the first message of the episode (itself for the first), `previous` the one it
    replaces. `area_wkb` is lon/lat (CGCS2000); stages are metres above `datum`.
    """

    number = models.CharField(max_length=20, unique=True)
    chain = models.CharField(max_length=60)
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    hazard = models.CharField(max_length=20)
    standing = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=AlertState.DRAFT)
    level = models.PositiveSmallIntegerField()
    level_rule = models.JSONField(default=dict)
    run_id = models.BigIntegerField(null=True)
    run_issued_at = models.DateTimeField(null=True)
    crest_at = models.DateTimeField(null=True)
    crest_stage_m = models.FloatField(null=True)
    crest_low_m = models.FloatField(null=True)
    crest_high_m = models.FloatField(null=True)
    datum = models.CharField(max_length=12, blank=True)

    # What the forecast itself said, to hold the next one against: {"communities", "households"}.
    outlook = models.JSONField(default=dict)

    headline = models.CharField(max_length=200)
    title = models.CharField(max_length=60)
    description = models.TextField()
    instruction = models.TextField()
    message = models.TextField()
    edited = models.BooleanField(default=False)

    area_code = models.CharField(max_length=12)
    area_wkb = models.BinaryField(default=b"")
    area_edited = models.BooleanField(default=False)
    area_m2 = models.FloatField(default=0)
    depth = models.JSONField(default=list)
    households = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)

    drafted_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_words = models.CharField(max_length=300, blank=True)
    identifier = models.CharField(max_length=60, blank=True)
    reached_reviewed = models.PositiveIntegerField(null=True)

    urgent_words = models.CharField(max_length=300, blank=True)
    papers_due_at = models.DateTimeField(null=True)
    papers_filed_at = models.DateTimeField(null=True)
    lift_proposed_at = models.DateTimeField(null=True)
    lift_words = models.CharField(max_length=300, blank=True)

    # {"responsible": id, "households": id, "loudspeakers": id, "copies": id, "released": id,
    #  "lift": id} of messaging's mailings; the dry run's counts stand in `trial`.
    mailings = models.JSONField(default=dict)
    trial = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chain"], name="one_alert_in_force",
                condition=models.Q(state=AlertState.PUBLISHED),
            ),
            models.UniqueConstraint(
                fields=["chain"], name="one_open_draft",
                condition=models.Q(state__in=[AlertState.DRAFT, AlertState.REVIEWED]),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "drafted_at"], name="alert_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.headline}"


class AlertArea(models.Model):
    """A community in an alert's area, with what the forecast says of it."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="communities")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    people = models.PositiveIntegerField(default=0)
    households = models.PositiveIntegerField(default=0)
    max_depth_m = models.FloatField(null=True)
    arrival_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "code"], name="one_row_a_community")
        ]
        indexes = [models.Index(fields=["code"], name="alert_area_code")]

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """Append-only: who took which step, in what words. `by_id` None is the platform itself."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="signatures")
    step = models.CharField(max_length=20)
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=100)
    post = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    words = models.CharField(max_length=300, blank=True)
    changes = models.PositiveSmallIntegerField(default=0)
    void = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["alert", "step"], name="signature_step")]

    def __str__(self) -> str:
        return f"{self.step} {self.by_label}"


class Publication(models.Model):
    """A CAP message as it left: Alert, Update or Cancel, kept byte for byte."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=10)
    identifier = models.CharField(max_length=60, unique=True)
    references = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    cap_xml = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "kind"], name="one_message_a_kind")]

    def __str__(self) -> str:
        return self.identifier
