"""The queue's way out: bounded batches, back-off, rate limits; a crash repeats at most the same id.

A batch is leased, handed to its channel outside any transaction, then marked. What a crash leaves
leased is sent again with the same id once the lease is over.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from anlan.operations.messaging.channels import CHANNELS, Channel, ChannelDown, Letter, Outcome
from anlan.operations.messaging.channels.contract import Result
from anlan.operations.messaging.models import Delivery, Mailing
from anlan.operations.messaging.queries.pages import personal_facts
from anlan.operations.messaging.rules import (
    DeliveryState,
    carries,
    fill,
    make_token,
    marked,
    retry_after,
)
from anlan.operations.people.actions import unseal_text
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
DOWN = timedelta(seconds=30)
WITHOUT_LINK = frozenset({"loudspeaker"})


def deliver_queued() -> int:
    """Send one bounded batch of every channel; returns how many letters got an answer or fault."""
    now = clock.now()
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED, next_try_at__lte=now)
    names = waiting.values_list("channel", flat=True).distinct().order_by("channel")
    return sum(_deliver(name, now) for name in list(names))


def _deliver(name: str, now: datetime) -> int:
    channel = CHANNELS.get(name)
    if channel is None:
        return _give_up(Q(channel=name), f"no channel is called {name}"[:200])
    stopped = _give_up_strays(channel, now)
    size = _room(channel, now)
    rows = _lease(name, now, size) if size else []
    if not rows:
        return stopped
    letters = _letters(rows)
    try:
        outcomes = channel.send(letters)
    except ChannelDown as fault:
        logger.warning("channel %s is down: %s", name, fault)
        Delivery.objects.filter(channel=name, state=DeliveryState.QUEUED).update(
            next_try_at=now + DOWN, lease_until=None, fault=str(fault)[:200]
        )
        return stopped
    _mark(rows, outcomes)
    return stopped + len(outcomes)


def _room(channel: Channel, now: datetime) -> int:
    """How many letters the channel's rate still allows."""
    if channel.per_minute is None:
        return channel.batch
    recent = Delivery.objects.filter(channel=channel.name, sent_at__gt=now - timedelta(minutes=1))
    return max(0, min(channel.batch, channel.per_minute - recent.count()))


def _give_up_strays(channel: Channel, now: datetime) -> int:
    """Fail what this channel may not carry, and what is too late to send."""
    forbidden = [s for s in Standing if not carries(channel.standings, s)]
    stopped = _give_up(
        Q(channel=channel.name, mailing__standing__in=forbidden),
        f"{channel.name} is not registered for this standing",
    )
    too_late = Q(channel=channel.name) & (
        Q(mailing__expires_at__lte=now) | Q(mailing__closed_at__isnull=False)
    )
    return stopped + _give_up(too_late, "expired before it was sent")


def _give_up(which: Q, fault: str) -> int:
    ids = list(
        Delivery.objects.filter(which, state=DeliveryState.QUEUED).values_list("id", flat=True)[
            :1000
        ]
    )
    if not ids:
        return 0
    return Delivery.objects.filter(pk__in=ids, state=DeliveryState.QUEUED).update(
        state=DeliveryState.FAILED, failed_at=clock.now(), fault=fault
    )


def _lease(name: str, now: datetime, size: int) -> list[Delivery]:
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    due = Delivery.objects.filter(
        free, channel=name, state=DeliveryState.QUEUED, next_try_at__lte=now
    )
    rows = list(due.order_by("next_try_at", "id")[:size])
    if rows:
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(lease_until=now + LEASE)
    return rows


@dataclass(frozen=True, slots=True)
class _Made:
    """What all letters of one hand-over share."""

    key: bytes
    base: str


def _letters(rows: Sequence[Delivery]) -> list[Letter]:
    mailings = Mailing.objects.defer("page").in_bulk({row.mailing_id for row in rows})
    made = _Made(settings.SECRET_KEY.encode(), settings.ANLAN_PUBLIC_URL.rstrip("/"))
    return [_letter(row, mailings[row.mailing_id], made) for row in rows]


def _letter(row: Delivery, mailing: Mailing, made: _Made) -> Letter:
    slots = personal_facts(row).get("slots", {})
    text = marked(mailing.standing, fill(mailing.text, slots))
    link = ""
    if row.channel not in WITHOUT_LINK:
        link = f"{made.base}/r/{make_token(made.key, row.code, mailing.expires_at)}"
        text = f"{text} {link}"
    return Letter(
        id=row.code, to=unseal_text(row.address_sealed), label=row.label,
        title=marked(mailing.standing, mailing.title), text=text, link=link,
        standing=Standing(mailing.standing), level=mailing.level,
    )  # fmt: skip


def _mark(rows: Sequence[Delivery], outcomes: Sequence[Outcome]) -> None:
    """Write what the channel answered: one statement a result, not one a letter."""
    now = clock.now()
    by_code = {row.code: row for row in rows}
    groups: dict[tuple[Result, str, int], list[int]] = {}
    for outcome in outcomes:
        row = by_code[outcome.id]
        attempts = row.attempts + 1
        groups.setdefault((outcome.result, outcome.detail[:200], attempts), []).append(row.pk)
    for (result, detail, attempts), ids in groups.items():
        # A receipt may have come in while the letter was on its way: only what still waits.
        waiting = Delivery.objects.filter(pk__in=ids, state=DeliveryState.QUEUED)
        waiting.update(lease_until=None, attempts=attempts, fault=detail, **_change(
            result, attempts, now))  # fmt: skip
        late = Delivery.objects.filter(pk__in=ids, sent_at=None)
        if result in (Result.SENT, Result.DELIVERED):
            late.update(sent_at=now)
    answered = {outcome.id for outcome in outcomes}
    untried = [row.pk for row in rows if row.code not in answered]
    if untried:
        Delivery.objects.filter(pk__in=untried).update(lease_until=None)


def _change(result: Result, attempts: int, now: datetime) -> dict[str, object]:
    if result is Result.SENT:
        return {"state": DeliveryState.SENT, "sent_at": now}
    if result is Result.DELIVERED:
        return {"state": DeliveryState.DELIVERED, "sent_at": now, "delivered_at": now}
    wait = retry_after(attempts) if result is Result.RETRY else None
    if wait is None:
        return {"state": DeliveryState.FAILED, "failed_at": now}
    return {"next_try_at": now + wait}
