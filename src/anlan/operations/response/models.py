from django.conf import settings
from django.db import models

from anlan.operations.response.rules.states import (
    UNDECIDED_OR_RUNNING,
    ActivationState,
    TaskState,
)


class EmergencyPlan(models.Model):
    """One version of a plan (预案). `assumed` marks contents nobody published."""

    code = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    hazard = models.CharField(max_length=20, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    issued_by = models.CharField(max_length=120)
    assumed = models.BooleanField()
    source = models.CharField(max_length=200)
    review_days = models.PositiveSmallIntegerField()
    sign_within_min = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="plan_version")]

    def __str__(self) -> str:
        return self.name


class PlanLevel(models.Model):
    """A response level of a plan: trigger, clause, issuer, rhythm of situation reports."""

    plan = models.ForeignKey(EmergencyPlan, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    alert_level = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=40)
    trigger = models.CharField(max_length=300)
    issuer = models.CharField(max_length=120)
    right = models.CharField(max_length=40)
    situation_report_h = models.FloatField()

    class Meta:
        ordering = ["level"]
        constraints = [models.UniqueConstraint(fields=["plan", "level"], name="plan_level")]

    def __str__(self) -> str:
        return f"{self.plan_id}:{self.level}"


class PlanCard(models.Model):
    """A card of a plan: whom it addresses, what to do, within how long."""

    plan = models.ForeignKey(EmergencyPlan, on_delete=models.CASCADE, related_name="cards")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    levels = models.JSONField()
    clause = models.CharField(max_length=40)
    owner = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    detail = models.CharField(max_length=300)
    report = models.CharField(max_length=12)
    due_min = models.PositiveIntegerField()
    before_water_min = models.PositiveIntegerField(default=0)
    at_least_min = models.PositiveIntegerField(default=0)
    organisation = models.CharField(max_length=40, blank=True)
    skill = models.CharField(max_length=20, blank=True)
    count = models.PositiveSmallIntegerField(default=0)
    water_known = models.CharField(max_length=60, blank=True)
    water_unknown = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="plan_card")]

    def __str__(self) -> str:
        return self.key


class Activation(models.Model):
    """A response: proposed by the platform or a person, started and ended by a signature.

    `level` is what was signed; `proposed_level` what is being asked for (start or adjustment).
    `trigger` keeps the data that led to it. One undecided or running response a plan.
    """

    number = models.CharField(max_length=20, blank=True)
    plan = models.ForeignKey(EmergencyPlan, on_delete=models.PROTECT, related_name="activations")
    state = models.CharField(max_length=12, default=ActivationState.STANDBY)
    standing = models.CharField(max_length=10)
    area_code = models.CharField(max_length=12, db_index=True)
    level = models.PositiveSmallIntegerField(null=True)
    proposed_level = models.PositiveSmallIntegerField(null=True)
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    clause = models.CharField(max_length=40, blank=True)
    trigger = models.JSONField(default=dict)
    community_codes = models.JSONField(default=list)
    alert_id = models.BigIntegerField(null=True)
    alert_first_id = models.BigIntegerField(null=True, db_index=True)
    run_id = models.BigIntegerField(null=True)
    incident_id = models.BigIntegerField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issuer = models.CharField(max_length=120, blank=True)
    sheltered_peak = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    review = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], name="one_response_a_plan",
                condition=models.Q(state__in=sorted(UNDECIDED_OR_RUNNING)),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.plan}".strip()


class ActivationStep(models.Model):
    """One step in a response's life; append-only."""

    activation = models.ForeignKey(Activation, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    verb = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField(null=True)
    by = models.CharField(max_length=100)
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.activation_id} {self.verb}"


class Task(models.Model):
    """What somebody must do in a response. `key` is unique within it: card and owner."""

    activation = models.ForeignKey(Activation, on_delete=models.PROTECT, related_name="tasks")
    key = models.CharField(max_length=100)
    card_key = models.CharField(max_length=40)
    clause = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    detail = models.CharField(max_length=400)
    owner_kind = models.CharField(max_length=12)
    owner_code = models.CharField(max_length=40, db_index=True)
    owner_name = models.CharField(max_length=120)
    area_code = models.CharField(max_length=12, db_index=True)
    state = models.CharField(max_length=10, default=TaskState.WAITING)
    report = models.CharField(max_length=12)
    target = models.PositiveIntegerField(null=True)
    people = models.PositiveIntegerField(null=True)
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=100, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=100, blank=True)
    said = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activation", "key"], name="one_task_a_card_and_owner")
        ]
        indexes = [models.Index(fields=["activation", "area_code"], name="task_board")]

    def __str__(self) -> str:
        return self.title


class TaskReport(models.Model):
    """What was reported on a task; append-only. `people` is the total so far."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reports")
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    state = models.CharField(max_length=10)
    text = models.CharField(max_length=500, blank=True)
    people = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.task_id} {self.state}"


class ShelterPlan(models.Model):
    """One solved assignment of people to shelters; the newest of a response counts."""

    activation = models.ForeignKey(Activation, on_delete=models.PROTECT, related_name="plans")
    made_at = models.DateTimeField()
    run_id = models.BigIntegerField(null=True)
    people = models.PositiveIntegerField()
    assigned = models.PositiveIntegerField()
    capacity = models.PositiveIntegerField()
    mean_distance_m = models.FloatField(null=True)
    gap = models.FloatField(null=True)
    left_out = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.activation_id} {self.made_at:%H:%M}"


class ShelterShare(models.Model):
    """People of one community sent to one shelter; an empty shelter code is who found no place."""

    plan = models.ForeignKey(ShelterPlan, on_delete=models.CASCADE, related_name="shares")
    community_code = models.CharField(max_length=12, db_index=True)
    shelter_code = models.CharField(max_length=40, blank=True)
    people = models.PositiveIntegerField()
    distance_m = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"{self.community_code}→{self.shelter_code} {self.people}"


class SituationReport(models.Model):
    """情况报告: one numbered report of a response, with the figures it was written on."""

    activation = models.ForeignKey(
        Activation, on_delete=models.PROTECT, related_name="situation_reports"
    )
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    text = models.TextField()
    figures = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activation", "number"], name="situation_number")
        ]

    def __str__(self) -> str:
        return f"{self.activation_id}/{self.number}"
