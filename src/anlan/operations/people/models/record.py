"""What every action leaves behind: the audit row and the event row, in its own transaction."""

import hashlib
import json

from django.db import models


class AuditEntry(models.Model):
    """Append-only: who did what to which thing, when. Sealed into a hash chain by the rounds."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=100)
    verb = models.CharField(max_length=60, db_index=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.verb} {self.subject_label}"

    def sealed_after(self, previous: str) -> str:
        """SHA-256 over the seal of the row before and every field of this one."""
        text = json.dumps(
            [previous, self.pk, self.at.isoformat(), self.actor_id, self.actor_label, self.verb,
             self.subject_kind, self.subject_id, self.subject_label, self.detail, self.address],
            ensure_ascii=False, sort_keys=True,
        )  # fmt: skip
        return hashlib.sha256(text.encode()).hexdigest()


class OutboxEvent(models.Model):
    """A fact waiting to be relayed, written with the change it tells of."""

    name = models.CharField(max_length=60)
    payload = models.TextField()
    occurred_at = models.DateTimeField()
    relayed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], name="outbox_waiting", condition=models.Q(relayed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.name}"


class ReactionDone(models.Model):
    """One reaction's work on one event, written in the reaction's transaction: done once."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="+")
    reaction = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "reaction"], name="reaction_done_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.reaction}"
