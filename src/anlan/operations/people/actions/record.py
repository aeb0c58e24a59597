"""The frame of every action: one transaction of change + audit row + event row."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from anlan.backbone.events import Event, encode
from anlan.operations.people.models import Account, AuditEntry, OutboxEvent
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, or the platform itself (id None)."""

    id: int | None
    label: str
    role: str = ""
    address: str = ""


PLATFORM = Actor(None, "Anlan")


def as_actor(account: Account, address: str = "") -> Actor:
    return Actor(account.pk, str(account), account.role, address)


def actor_of(request: HttpRequest) -> Actor:
    """Whoever asks, as the one who acts: for pages behind `requires`."""
    account: Any = request.user
    return as_actor(account, request.META.get("REMOTE_ADDR", ""))


@dataclass(slots=True)
class Act:
    """What the body of an action adds to while it runs."""

    detail: dict[str, Any] = field(default_factory=dict)
    subject: tuple[str, str, str] = ("", "", "")
    events: list[Event] = field(default_factory=list)
    changed: bool = True

    def on(self, kind: str, ident: object, label: str) -> None:
        """Name the subject once it is known."""
        self.subject = (kind, str(ident), label[:200])

    def nothing(self) -> None:
        """It stood as it was to be already: nothing is changed, and no row says that it was."""
        self.changed = False

    def publish(self, event: Event) -> None:
        self.events.append(event)


@contextmanager
def act(verb: str, actor: Actor) -> Iterator[Act]:
    """Run an action's body in one transaction and leave its audit and event rows.

    >>> with act("alerts.sign", actor) as this:        # doctest: +SKIP
    ...     alert.state = "SIGNED"; alert.save()
    ...     this.on("alert", alert.pk, alert.headline)
    ...     this.publish(AlertSigned(alert_id=alert.pk, ...))
    """
    with transaction.atomic():
        this = Act()
        yield this
        if not this.changed:
            return
        at = clock.now()
        kind, ident, label = this.subject
        AuditEntry.objects.create(
            at=at, actor_id=actor.id, actor_label=actor.label, verb=verb, subject_kind=kind,
            subject_id=ident, subject_label=label, detail=this.detail, address=actor.address,
        )  # fmt: skip
        OutboxEvent.objects.bulk_create(
            OutboxEvent(name=event.name, payload=encode(event), occurred_at=at)
            for event in this.events
        )
