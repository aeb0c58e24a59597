"""Topic maps of MQTT devices, for gateways and for the people who write them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from anlan.operations.sensing.models import TopicMapping
from anlan.protocols.mqtt import TopicMap, Unread, readings
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
