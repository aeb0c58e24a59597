"""Timers: durable, driven by the one clock, each firing one event once."""

from datetime import datetime

from django.db import transaction

from anlan.backbone.events import Event, decode, encode
from anlan.operations.deadlines.models import Timer
from anlan.operations.people.actions import PLATFORM, act
from anlan.vocabulary import clock

BATCH = 200


def set_timer(key: str, due_at: datetime, event: Event) -> None:
    """Publish `event` once `due_at` has passed; setting the same key again moves it."""
    Timer.objects.update_or_create(
        key=key,
        defaults={
            "due_at": due_at, "event": event.name, "payload": encode(event), "fired_at": None,
        },
    )  # fmt: skip


def cancel_timer(key: str) -> int:
    return Timer.objects.filter(key=key, fired_at=None).delete()[0]


def run_due_timers() -> int:
    """Fire every timer whose time has come, oldest first; returns how many fired."""
    due = Timer.objects.filter(fired_at=None, due_at__lte=clock.now())
    if not due.exists():
        return 0
    fired = 0
    for timer in list(due.order_by("due_at", "key")[:BATCH]):
        with transaction.atomic():
            if Timer.objects.filter(pk=timer.pk, fired_at=None).update(fired_at=clock.now()):
                with act("deadlines.fire", PLATFORM) as this:
                    this.on("timer", timer.pk, timer.key)
                    this.publish(decode(timer.event, timer.payload))
                fired += 1
    return fired
