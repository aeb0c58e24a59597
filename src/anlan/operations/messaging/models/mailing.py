"""What was sent to whom, and what came back."""

from django.db import models

from anlan.operations.messaging.rules import DeliveryState


class Mailing(models.Model):
    """One message to many: the text as signed, and the facts every recipient's page shares.

    `text` may hold 〔…〕 slots that each recipient's own facts fill. `page` is JSON (see
    `actions.NewMailing`). A closed mailing sends nothing more and its links say why.
    """

    key = models.CharField(max_length=160, unique=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=60)
    standing = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    page = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=20, blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="mailing_subject")]

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """One message to one recipient by one channel; address and personal facts are sealed.

    `code` is the public id: the idempotency key at the channel and the id inside the link.
    """

    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, related_name="deliveries")
    code = models.CharField(max_length=16, unique=True)
    ref = models.CharField(max_length=60)
    label = models.CharField(max_length=100)
    area_code = models.CharField(max_length=12)
    channel = models.CharField(max_length=20)
    address_sealed = models.BinaryField(default=b"")
    personal_sealed = models.BinaryField(default=b"")
    token_digest = models.CharField(max_length=64)
    must_answer = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    acked_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "ref", "channel"], name="one_delivery_a_recipient"
            )
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_try_at"], name="delivery_queue",
                condition=models.Q(state="QUEUED"),
            ),
            models.Index(fields=["mailing", "state"], name="delivery_funnel"),
            models.Index(fields=["channel", "sent_at"], name="delivery_rate"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.ref} {self.state}"


class CallRecord(models.Model):
    """A person was telephoned about a delivery: when, by whom, with what outcome."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=100)
    outcome = models.CharField(max_length=20)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.outcome}"
