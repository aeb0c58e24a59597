"""Topic maps of MQTT devices, for gateways and for the people who write them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from anlan.operations.sensing.models import BadFrame, TopicMapping
from anlan.protocols.mqtt import UNMAPPED, TopicMap, Unread, kept, matches, readings
from anlan.protocols.mqtt.written import FIELDS, read_map
from anlan.vocabulary import clock
from anlan.vocabulary.readings import Reading


@dataclass(frozen=True, slots=True)
class TopicMapRow:
    """A map in use: its fields as written, who wrote it and when."""

    id: int
    written: dict[str, str]
    source: str
    written_at: datetime
    written_by: str
    replaced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What a message would become: readings, or the reason why it would not.

    `left_out`: what of it would be none beside them, and why.
    """

    readings: tuple[Reading, ...] = ()
    fault: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnmappedTopic:
    """A topic on which messages come that no map in use is for.

    `device`: the client that publishes there; empty where a broker passed them on, `heard_from`.
    """

    topic: str
    device: str
    heard_from: str
    messages: int
    first_at: datetime
    last_at: datetime


def topic_maps() -> list[TopicMapRow]:
    """The maps in use, by name."""
    return [_row(row) for row in TopicMapping.objects.filter(replaced_at=None).order_by("name")]


def retired_maps() -> list[TopicMapRow]:
    """The newest version of every map that is used no longer, by name."""
    in_use = set(TopicMapping.objects.filter(replaced_at=None).values_list("name", flat=True))
    found = {row.name: row for row in TopicMapping.objects.exclude(name__in=in_use).order_by("pk")}
    return [_row(found[name]) for name in sorted(found)]


def topic_map(row_id: int) -> TopicMapRow | None:
    """One map in use."""
    row = TopicMapping.objects.filter(pk=row_id, replaced_at=None).first()
    return _row(row) if row else None


def maps_for_gateways() -> list[TopicMap]:
    """The maps in use, ready to read messages with."""
    return [read_map(row.written) for row in topic_maps()]


def unmapped_topics(limit: int = 200) -> list[UnmappedTopic]:
    """The one on which a message came last first; what a map has been written for is left out."""
    patterns = [one.topic for one in maps_for_gateways()]
    grouped = (
        BadFrame.objects.filter(reason=UNMAPPED, read_at=None)
        .values("detail", "device")
        .annotate(
            messages=Count("pk"), first_at=Min("received_at"), last_at=Max("received_at"),
            peer=Max("peer"),
        )
        .order_by("-last_at")[:limit]
    )  # fmt: skip
    return [
        UnmappedTopic(
            row["detail"], row["device"], "" if ":" in row["peer"] else row["peer"],
            row["messages"], row["first_at"].astimezone(clock.CHINA),
            row["last_at"].astimezone(clock.CHINA),
        )
        for row in grouped
        if all(matches(pattern, row["detail"]) is None for pattern in patterns)
    ]  # fmt: skip


def kept_messages(maps: Iterable[TopicMapRow]) -> dict[int, int]:
    """Map -> how many messages of its topics were kept before it was there and are unread yet."""
    unread = BadFrame.objects.filter(reason=UNMAPPED, read_at=None).exclude(raw="")
    counted = dict(unread.order_by("detail").values_list("detail").annotate(n=Count("pk")))
    found = {
        row.id: sum(
            n for topic, n in counted.items() if matches(row.written["topic"], topic) is not None
        )
        for row in maps
    }
    return {one: n for one, n in found.items() if n}


def unmapped_message(topic: str) -> str:
    """The newest message that is kept of such a topic, as far as it is JSON; else nothing."""
    rows = BadFrame.objects.filter(reason=UNMAPPED, detail=topic).exclude(raw="")
    raw = rows.order_by("-received_at", "-pk").values_list("raw", flat=True).first()
    message = kept(raw or "")
    return message.payload.decode("utf-8-sig") if message else ""


def try_message(given: TopicMap, topic: str, payload: str) -> Tried:
    """What a message would become if it came now on this topic; nothing is stored."""
    try:
        heard = readings(given, topic, payload.encode(), "", clock.now())
    except Unread as fault:
        return Tried(fault=_(fault.message) % fault.of)
    return Tried(heard.readings, left_out=tuple(_(one.message) % one.of for one in heard.faults))


def _row(row: TopicMapping) -> TopicMapRow:
    return TopicMapRow(
        row.pk, {name: getattr(row, name) for name in FIELDS}, row.source,
        row.written_at.astimezone(clock.CHINA), row.written_by,
        row.replaced_at.astimezone(clock.CHINA) if row.replaced_at else None,
    )  # fmt: skip
