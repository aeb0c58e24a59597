"""What a terminal states as alarms: the bits of a position, and the items of T/JSATL 12-2017.

A bit stands in every report for as long as it holds, so what counts is where it begins and ends
(`edges`). An alarm of the driving assistant has a number and says itself that it begins or ends.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from anlan.protocols.bits import set_bits
from anlan.protocols.jt808.codes import MOMENTARY
from anlan.protocols.jt808.items import (
    ADAS,
    BLIND_SPOT,
    DSM,
    TYRES,
    Item,
    SafetyAlarm,
    Tyre,
)
from anlan.protocols.jt808.words import PROTOCOL
from anlan.vocabulary.notices import Notice, NoticeState
from anlan.vocabulary.readings import Position as Place

EMERGENCY, COLLISION = "jt808:bit.0", "jt808:bit.29"
GROUPS = {
    "emergency": (0, 29, 30),
    "driving": (1, 2, 3, 13, 14, 15, 17, 18, 19),
    "route": (20, 21, 22, 23),
    "theft": (25, 26, 27, 28, 31),
    "equipment": (4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 24),
}
ITEM_GROUPS = {"adas": ADAS, "dsm": DSM, "tyres": TYRES, "blind_spot": BLIND_SPOT}
_STATES = {1: NoticeState.BEGUN, 2: NoticeState.ENDED}


def codes_of(group: str) -> tuple[str, ...]:
    """The codes of a group of bits, or what the codes of a group of items begin with."""
    if group in ITEM_GROUPS:
        return (f"{PROTOCOL}:{ITEM_GROUPS[group]:02X}.",)
    return tuple(f"{PROTOCOL}:bit.{bit}" for bit in GROUPS[group])


def edges(before: int, after: int) -> Iterator[tuple[str, NoticeState]]:
    """What begins, happens or ends from one alarm word of a terminal to the next."""
    for bit in set_bits(before ^ after):
        code = f"{PROTOCOL}:bit.{bit}"
        if after >> bit & 1:
            yield code, NoticeState.EVENT if bit in MOMENTARY else NoticeState.BEGUN
        elif bit not in MOMENTARY:
            yield code, NoticeState.ENDED


def stated(device: str, item: Item, place: Place | None) -> tuple[Notice, ...]:
    """The alarms of an item 64 to 67, at `place` in CGCS2000; raises `Malformed`."""
    alarm = item.alarm
    if alarm is None:
        return ()
    if item.id != TYRES:
        return (_notice(device, item.id, alarm, alarm.type, place),)
    return tuple(
        _of_wheel(_notice(device, item.id, alarm, bit, place), wheel)
        for wheel in alarm.tyres
        for bit in set_bits(wheel.alarms & ~1)
    )


def _notice(device: str, item: int, alarm: SafetyAlarm, number: int, place: Place | None) -> Notice:
    return Notice(
        device, alarm.at, f"{PROTOCOL}:{item:02X}.{number}",
        _STATES.get(alarm.flag, NoticeState.EVENT), f"{alarm.number}", level=alarm.level,
        position=place, speed_kmh=float(alarm.speed),
    )  # fmt: skip


def _of_wheel(notice: Notice, wheel: Tyre) -> Notice:
    words = f"#{wheel.number + 1} {wheel.pressure} kPa {wheel.temperature} ℃"
    return replace(notice, part=f"{notice.part}-{wheel.number}", words=words)
