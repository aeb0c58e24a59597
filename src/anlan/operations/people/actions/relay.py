"""The relay: committed events to their reactions, at least once; and the audit trail's seal."""

import logging

from django.db import transaction

from anlan.backbone.events import Reaction, decode, reaction_name, reactions_for
from anlan.operations.people.actions.record import Actor, act
from anlan.operations.people.models import AuditEntry, OutboxEvent, ReactionDone
from anlan.vocabulary import clock

logger = logging.getLogger(__name__)
BATCH = 200
MAX_ATTEMPTS = 5


def relay_events() -> int:
    """Hand waiting events to their reactions, oldest first; returns how many were relayed.

    A reaction that fails is tried again at the next call, up to MAX_ATTEMPTS; then the event is
    set aside with its fault, which `anlan doctor` shows. Other events go on.
    """
    waiting = OutboxEvent.objects.filter(relayed_at=None, attempts__lt=MAX_ATTEMPTS)
    if not waiting.exists():
        return 0
    relayed = 0
    for row in waiting.order_by("id")[:BATCH]:
        relayed += _relay(row)
    return relayed


def _relay(row: OutboxEvent) -> int:
    event = decode(row.name, row.payload)
    done = set(ReactionDone.objects.filter(event=row).values_list("reaction", flat=True))
    for reaction in reactions_for(row.name):
        if reaction_name(reaction) in done:
            continue
        try:
            _react(row, reaction, event)
        except Exception as fault:
            logger.exception("reaction %s to %s failed", reaction_name(reaction), row)
            OutboxEvent.objects.filter(pk=row.pk).update(
                attempts=row.attempts + 1, fault=f"{reaction_name(reaction)}: {fault}"[:2000]
            )
            return 0
    OutboxEvent.objects.filter(pk=row.pk).update(relayed_at=clock.now())
    return 1


def _react(row: OutboxEvent, reaction: Reaction, event: object) -> None:
    with transaction.atomic():
        ReactionDone.objects.create(event=row, reaction=reaction_name(reaction))
        reaction(event)


def retry_event(actor: Actor, event_id: int) -> bool:
    """Let an event that was set aside be tried again; False when it is not set aside."""
    with act("people.retry_event", actor) as this:
        this.on("event", event_id, str(event_id))
        aside = OutboxEvent.objects.filter(pk=event_id, relayed_at=None).exclude(fault="")
        return bool(aside.update(attempts=0, fault=""))


def seal_audit(limit: int = 1000) -> int:
    """Chain the newest unsealed audit rows onto the last seal; returns how many were sealed."""
    if not AuditEntry.objects.filter(seal="").exists():
        return 0
    with transaction.atomic():
        last = AuditEntry.objects.exclude(seal="").order_by("-id").first()
        seal = last.seal if last else ""
        rows = list(AuditEntry.objects.filter(seal="").order_by("id")[:limit])
        for row in rows:
            row.seal = seal = row.sealed_after(seal)
        AuditEntry.objects.bulk_update(rows, ["seal"], batch_size=200)
    return len(rows)
