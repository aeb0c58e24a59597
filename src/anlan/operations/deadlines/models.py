from django.conf import settings
from django.db import models

from anlan.operations.deadlines.rules.stages import NEVER


class WorkItem(models.Model):
    """One waiting thing on somebody's desk. Addressed to a right within an area, or to a person.

    A `sector` narrows it for those who see one sector only; empty is every sector's. Where a `unit`
    (organisation code) is named, it is that unit's, wherever it lies, and the district's once it is
    late. `chain` names the rights that it climbs when late; without one nobody is reminded of it.
    `enterprise` is the id of the one whose own duty it is: its head is told on the first day late,
    and without an owner all its people have it. Whose account is closed owns nothing. Where a
    `second` is named, nobody else may do it for the owner: theirs it is while the owner is away.
    `reminded` is the newest stage (days after the deadline) that was said.

    An item points to a record and is none itself: what is done for long may be forgotten
    (`actions.forget_items`), the record stays.

    `key` names the need: at most one open item a key. `title` is an English message id with its
    `parameters`, translated where it is shown.
    """

    key = models.CharField(max_length=160)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    parameters = models.JSONField(default=dict)
    detail = models.CharField(max_length=300, blank=True)
    action = models.CharField(max_length=60)
    link = models.CharField(max_length=200)
    right = models.CharField(max_length=60)
    area_code = models.CharField(max_length=12)
    sector = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    enterprise = models.PositiveBigIntegerField(null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=100, blank=True)
    escalated = models.PositiveSmallIntegerField(default=0)
    chain = models.JSONField(default=list)
    reminded = models.SmallIntegerField(default=NEVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(done_at__isnull=True), name="one_open_item_a_key"
            )
        ]
        indexes = [
            models.Index(
                fields=["right", "due_at"], name="desk", condition=models.Q(done_at__isnull=True)
            ),
            models.Index(
                fields=["due_at", "reminded"],
                name="reminders",
                condition=models.Q(done_at__isnull=True) & ~models.Q(chain=[]),
            ),
            models.Index(
                fields=["unit", "due_at"],
                name="unit_desk",
                condition=models.Q(done_at__isnull=True) & ~models.Q(unit=""),
            ),
            models.Index(
                fields=["owner"], name="own_desk", condition=models.Q(done_at__isnull=True)
            ),
            models.Index(
                fields=["enterprise"],
                name="desk_of_enterprise",
                condition=models.Q(done_at__isnull=True) & models.Q(enterprise__isnull=False),
            ),
            models.Index(
                fields=["kind", "done_at"],
                name="off_the_desk",
                condition=models.Q(done_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class FormerHolder(models.Model):
    """Who held an open item before it was handed up: it stays on their desks as well."""

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="former_holders")
    right = models.CharField(max_length=60)
    area_code = models.CharField(max_length=12)

    class Meta:
        indexes = [models.Index(fields=["right", "area_code"], name="former_holders")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.right}"


class Timer(models.Model):
    """Something to say at a time: its event is published when the clock has passed `due_at`."""

    key = models.CharField(max_length=160, unique=True)
    due_at = models.DateTimeField()
    event = models.CharField(max_length=60)
    payload = models.TextField()
    fired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="timer_due", condition=models.Q(fired_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.key


class Absence(models.Model):
    """Somebody is away; a deputy has their desk from the first day to the last."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["deputy", "last_on"], name="deputies")]

    def __str__(self) -> str:
        return f"{self.account_id} by {self.deputy_id} until {self.last_on}"
