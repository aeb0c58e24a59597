from django.db import models

from anlan.operations.registers.shapes import account


class Post(models.Model):
    """A post 岗位 of an enterprise: its risk points by id, and the certificates that it needs.

    `source`, `source_id`: by what another system names it, also after it was closed.
    """

    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    place = models.CharField(max_length=120, blank=True)
    duties = models.TextField(blank=True)
    risks = models.JSONField(default=list)
    certificates = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=60, blank=True, default="", db_default="")
    source_id = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "name"], condition=models.Q(closed_at=None),
                name="one_post_a_name",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source_id=""),
                name="post_of_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """Somebody who works at a post. The name is sealed; `shown` is its mask."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="workers")
    name_sealed = models.BinaryField()
    shown = models.CharField(max_length=60)
    account = account()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.shown


class PostCard(models.Model):
    """A version of a card of a post; append-only. `lines`: rows as the card shows them.

    `versions`: the version of each risk point that it was made from.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="cards")
    kind = models.CharField(max_length=10)
    version = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    versions = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "kind", "version"], name="one_card_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind} {self.version}"


class QuizItem(models.Model):
    """A question of the item bank; `answer` counts the options from 0. `topic`: GB 6441 or all."""

    topic = models.CharField(max_length=2, blank=True)
    question = models.CharField(max_length=200, unique=True)
    options = models.JSONField()
    answer = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.question


class Meeting(models.Model):
    """A shift meeting 班前会: what was told, by whom; append-only. `key` is the phone's own.

    `held_at` is what the phone said, unproven; `kept_at` is ours. A risk told as it was before it
    was rated anew has `told_version` beside its `version`.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="meetings")
    key = models.CharField(max_length=64, unique=True)
    held_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    led_by = account()
    led_by_name = models.CharField(max_length=100)
    told = models.JSONField()
    remarks = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["post", "-held_at"], name="meetings_of_post")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.held_at:%Y-%m-%d}"


class Attendance(models.Model):
    """Somebody at a meeting; `score` of the quiz stays empty until it is answered, once."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    asked = models.PositiveSmallIntegerField(default=0)
    score = models.PositiveSmallIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "worker"], name="once_at_a_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.worker_id}"


class Certificate(models.Model):
    """A certificate of a worker. Its number is sealed; `shown` is its mask, `digest` finds it.

    `replaced_at`: a newer one stands in its place; the record stays. `source`, `source_id`: by what
    another system names it.
    """

    enterprise = models.ForeignKey("safety.Enterprise", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=20)
    number_sealed = models.BinaryField()
    shown = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    issued_on = models.DateField(null=True)
    expires_on = models.DateField()
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=100)
    replaced_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["enterprise", "expires_on"], name="certificates"),
            models.Index(fields=["expires_on"], name="certificates_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "kind"], condition=models.Q(replaced_at=None),
                name="one_certificate_a_kind",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=models.Q(replaced_at=None) & ~models.Q(source_id=""),
                name="certificate_of_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.shown}"
