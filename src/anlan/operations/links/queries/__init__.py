"""The systems that listen and how it goes with each."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from anlan.operations.links.models import Listener, Telling

__all__ = ["ListenerRow", "TellingRow", "listeners", "tellings"]


@dataclass(frozen=True, slots=True)
class ListenerRow:
    """A system; `waiting`: facts on their way, `last_at`: when it last took one."""

    id: int
    name: str
    url: str
    facts: tuple[str, ...]
    since: datetime
    set_by: str
    ended_at: datetime | None
    fault: str
    tries: int
    next_at: datetime
    waiting: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class TellingRow:
    """A fact that was sent, or is to be."""

    fact: str
    made_at: datetime
    taken_at: datetime | None
    given_up_at: datetime | None
    answer: str
    body: str


def listeners() -> list[ListenerRow]:
    """Those that listen first. Two queries."""
    waiting = Q(taken_at=None, given_up_at=None)
    counts = {
        row["listener"]: (row["waiting"], row["last"])
        for row in Telling.objects.values("listener").annotate(
            waiting=Count("pk", filter=waiting), last=Max("taken_at")
        )
    }
    return [
        ListenerRow(
            one.pk, one.name, one.url, tuple(one.facts), one.since, one.set_by, one.ended_at,
            one.fault, one.tries, one.next_at, *counts.get(one.pk, (0, None)),
        )
        for one in Listener.objects.order_by("ended_at", "name")
    ]  # fmt: skip


def tellings(listener_id: int, limit: int = 50) -> list[TellingRow]:
    """The newest of one system."""
    rows = Telling.objects.filter(listener=listener_id).order_by("-made_at", "-pk")[:limit]
    return [
        TellingRow(r.fact, r.made_at, r.taken_at, r.given_up_at, r.answer, r.body) for r in rows
    ]
