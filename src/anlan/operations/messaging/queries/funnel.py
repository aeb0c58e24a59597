"""How far a message has come: counts in one query, however many recipients."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q

from anlan.operations.messaging.models import Delivery
from anlan.operations.messaging.rules import REACHED, Answer, DeliveryState


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """The funnel of one channel. `asked` are those who must answer."""

    channel: str
    targeted: int
    queued: int
    sent: int
    delivered: int
    read: int
    acked: int
    failed: int
    help: int
    asked: int
    must_answered: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Recipients by how far the message has come; each step includes those further on."""

    targeted: int
    queued: int
    sent: int
    delivered: int
    read: int
    acked: int
    failed: int
    help: int
    asked: int
    must_answered: int
    by_channel: tuple[ChannelCount, ...]


_COUNTED = ("targeted", "queued", "sent", "delivered", "read", "acked", "failed", "help",
            "asked", "must_answered")  # fmt: skip


def funnel(mailing_ids: Sequence[int]) -> Funnel:
    """Counts over these mailings. Sent = has left, or is known to have arrived all the same."""
    return funnels({0: mailing_ids})[0]


def funnels(mailings: Mapping[int, Sequence[int]]) -> dict[int, Funnel]:
    """The funnel of each group of mailings, by the group's own key. One query."""
    of_mailing: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in _counts([one for ids in mailings.values() for one in ids]):
        of_mailing[row.pop("mailing_id")].append(row)
    return {
        key: _summed([row for one in ids for row in of_mailing.get(one, ())])
        for key, ids in mailings.items()
    }


def _counts(mailing_ids: Sequence[int]) -> list[dict[str, Any]]:
    has_left = Q(sent_at__isnull=False) | Q(state__in=REACHED["delivered"])
    rows = (
        Delivery.objects.filter(mailing_id__in=mailing_ids)
        .values("mailing_id", "channel")
        .annotate(
            targeted=Count("id"),
            queued=Count("id", filter=Q(state=DeliveryState.QUEUED)),
            sent=Count("id", filter=has_left),
            delivered=Count("id", filter=Q(state__in=REACHED["delivered"])),
            read=Count("id", filter=Q(state__in=REACHED["read"])),
            acked=Count("id", filter=Q(state=DeliveryState.ACKED)),
            failed=Count("id", filter=Q(state=DeliveryState.FAILED)),
            help=Count("id", filter=Q(answer=Answer.HELP)),
            asked=Count("id", filter=Q(must_answer=True)),
            must_answered=Count("id", filter=Q(must_answer=True, state=DeliveryState.ACKED)),
        )
        .order_by("channel")
    )
    return [dict(row) for row in rows]


def _summed(rows: Sequence[Mapping[str, Any]]) -> Funnel:
    channels = tuple(
        ChannelCount(
            channel=channel,
            **{n: sum(row[n] for row in rows if row["channel"] == channel) for n in _COUNTED},
        )
        for channel in sorted({row["channel"] for row in rows})
    )
    totals = {name: sum(getattr(c, name) for c in channels) for name in _COUNTED}
    return Funnel(**totals, by_channel=channels)


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly a message was taken: the measure the next dry run is held against."""

    targeted: int
    delivered_10min: int
    acked_30min: int


def pace(mailing_id: int) -> Pace:
    """Delivered within 10 and answered within 30 minutes of being queued."""
    rows = Delivery.objects.filter(mailing_id=mailing_id)
    start = F("mailing__created_at")
    within_10 = Q(delivered_at__lte=start + timedelta(minutes=10)) | Q(
        acked_at__lte=start + timedelta(minutes=10)
    )
    counts = rows.aggregate(
        targeted=Count("id"),
        delivered=Count("id", filter=within_10),
        acked=Count("id", filter=Q(acked_at__lte=start + timedelta(minutes=30))),
    )
    return Pace(counts["targeted"], counts["delivered"], counts["acked"])
