"""Orders to devices: what still waits to be carried, and what became of the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import pgettext

from anlan.operations.people.actions import unseal_text
from anlan.operations.people.queries.sayings import spoken
from anlan.operations.sensing.models import DeviceCommand
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS
from anlan.operations.sensing.rules.orders import OPEN_ORDERS
from anlan.protocols.sl651.works import Work
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.readings import Command
from anlan.vocabulary.words import Saying

CHANGING = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order to a device. `said` is what the device answered, in the reader's language."""

    code: str
    device: str
    verb: str
    arguments: Mapping[str, str]
    state: str
    ordered_at: datetime
    ordered_by: str
    expires_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    said: str


def orders(station_code: str, limit: int = 200) -> list[OrderRow]:
    """The orders to a station's device, newest first."""
    rows = DeviceCommand.objects.filter(station__code=station_code)
    return [_row(row) for row in rows.order_by("-ordered_at", "-pk")[:limit]]


def open_commands(protocol: str) -> list[Command]:
    """What the gateway of a protocol is still to carry or to have answered, oldest first.

    For its start, and beside the desk: a gateway that knows an order already takes no notice.
    """
    rows = DeviceCommand.objects.filter(
        station__protocol=protocol, state__in=OPEN_ORDERS, expires_at__gt=clock.now()
    )
    return [as_command(row) for row in rows.order_by("pk")]


def passwords_ordered(protocol: str) -> dict[str, frozenset[int]]:
    """device -> the passwords before and after the orders of the last month to take a new one.

    A station takes it when it has our last word (SL 651-2014 6.6.4.23), which may be lost.
    """
    if protocol != "sl651":
        return {}
    rows = DeviceCommand.objects.filter(
        verb=Work.LOCK, station__protocol=protocol, sent_at__gte=clock.now() - CHANGING
    )
    found: dict[str, set[int]] = {}
    for device, carried in rows.values_list("device", "arguments"):
        texts = [unseal_text(bytes.fromhex(sealed)) for sealed in carried.values()]
        found.setdefault(device, set()).update(int(text, 16) for text in texts)
    return {device: frozenset(both) for device, both in found.items()}


def as_command(row: DeviceCommand) -> Command:
    carried = dict(row.arguments)
    if "sealed" in carried:
        carried = {"password": unseal_text(bytes.fromhex(carried["sealed"]))}
    arguments = tuple((name, str(value)) for name, value in sorted(carried.items()))
    return Command(row.code, row.device.upper(), row.verb, row.expires_at, arguments)


def _row(row: DeviceCommand) -> OrderRow:
    return OrderRow(
        row.code, row.device, row.verb, row.arguments, row.state,
        row.ordered_at.astimezone(clock.CHINA), row.ordered_by,
        row.expires_at.astimezone(clock.CHINA), _local(row.sent_at), _local(row.answered_at),
        pgettext("between sayings", "; ").join(_spoken(one) for one in row.said),
    )  # fmt: skip


def _spoken(said: Any) -> str:
    """What is said of an `element` is named as its readings are."""
    if isinstance(said, list) and len(said) == len(Saying._fields):
        values = said[-1]
        if values.get("element") in set(Element):
            named = {"element": ELEMENT_WORDS[Element(values["element"])]}
            return spoken([*said[:-1], values | named])
    return spoken(said)


def _local(at: datetime | None) -> datetime | None:
    return at.astimezone(clock.CHINA) if at else None
