"""What a fire unit's messages state, as notices: states of parts, figures, operations.

A status is a whole statement: what it does not say of its part does not hold any more.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from anlan.protocols.bits import names
from anlan.protocols.gb26875.messages import Message
from anlan.protocols.gb26875.units import Entry
from anlan.protocols.gb26875.words import TRANSMITTER
from anlan.vocabulary.notices import Notice, NoticeState

FIRE, NORMAL, RESET = "gb26875:fire", "gb26875:normal", "gb26875:operation.reset"
BELIEVED = timedelta(minutes=10)  # [pv] a clock further off is not believed

_STATES = {
    1: "fire", 2: "fault", 3: "shielded", 4: "supervised", 5: "started", 6: "feedback",
    7: "delayed", 8: "mains_fault", 9: "backup_fault", 10: "bus_fault", 11: "manual",
    12: "changed", 13: "reset",
}  # fmt: skip
_PART_STATES = _STATES | {8: "power_fault"}
_TRANSMITTER_STATES = {
    1: "fire", 2: "fault", 3: "mains_fault", 4: "backup_fault", 5: "channel_fault",
    6: "line_fault",
}  # fmt: skip
_OPERATIONS = {
    0: "reset", 1: "mute", 2: "call", 3: "cleared", 4: "self_test", 5: "confirmed", 6: "test",
}  # fmt: skip
_TEST = "test"  # bit 0 clear: a test is running


def notices(message: Message, received_at: datetime) -> tuple[Notice, ...]:
    """What the message states. A time missing or far from the arrival is counted from it."""
    if message.unit is None:
        return ()
    return tuple(
        notice
        for entry in message.unit.entries
        for notice in _stated(message, entry, told_at(message, entry, received_at))
    )


def told_at(message: Message, entry: Entry, received_at: datetime) -> datetime:
    """When it happened; by a clock that is off, as long before the arrival as it says."""
    sent_at = message.sent_at
    at = entry.at or sent_at
    if at is None or sent_at is None:
        known = at is not None and at - received_at <= BELIEVED
        return at if known and at is not None else received_at
    if abs(sent_at - received_at) > BELIEVED or at > sent_at + BELIEVED:
        return received_at - max(sent_at - at, timedelta())
    return at


def _stated(message: Message, entry: Entry, at: datetime) -> Iterator[Notice]:
    device, part = message.source, part_of(entry)
    if entry.status is not None:
        words = _held(entry.status, _STATES if entry.part is None else _PART_STATES)
        yield from _states(device, at, words, part, entry.description or "")
    elif entry.transmitter_status is not None:
        words = _held(entry.transmitter_status, _TRANSMITTER_STATES)
        yield from _states(device, at, words, TRANSMITTER, "")
    elif entry.operation is not None:
        own = entry.system is None  # of the transmission unit, where 5 answers an inspection
        for done in names(entry.operation, _OPERATIONS):
            code = "inspection.confirmed" if own and done == "confirmed" else f"operation.{done}"
            by = TRANSMITTER if own else part
            yield Notice(device, at, f"gb26875:{code}", NoticeState.EVENT, by)
    elif entry.figure is not None:
        value = float(entry.figure if entry.value is None else entry.value)
        code = f"gb26875:quantity.{entry.quantity}"
        yield Notice(device, at, code, NoticeState.EVENT, part, value=value)


def part_of(entry: Entry) -> str:
    """The system or the part that an object is about; empty where it names none."""
    if entry.system is None:
        return ""
    system = f"{entry.system}-{entry.system_address or 0}"
    return system if entry.part is None else f"{system}/{entry.part}-{entry.part_address or 0}"


def _held(status: int, table: Mapping[int, str]) -> tuple[str, ...]:
    """The words of the bits that are set; a status that is nothing but cleared bits is a test."""
    return names(status, table) or (() if status & 1 else (_TEST,))


def _states(
    device: str, at: datetime, held: tuple[str, ...], part: str, words: str
) -> Iterator[Notice]:
    for word_ in held:
        yield Notice(device, at, f"gb26875:{word_}", NoticeState.BEGUN, part, words)
    if not held:
        yield Notice(device, at, NORMAL, NoticeState.ENDED, part, words)
