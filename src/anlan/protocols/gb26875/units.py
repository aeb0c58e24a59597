"""The application unit (7, 8): a type, a count, and that many information objects.

Each object may carry the time it happened behind it. What a type's object holds stands in
`codes.TYPES`; how each field is written stands here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.gb26875.codes import PARTS, QUANTITIES, SYSTEMS, TYPES, Quantity
from anlan.vocabulary.clock import CHINA

MOMENT = 6
DESCRIPTION = 31
LONGEST_CONFIGURATION = 255
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """One information object; a field that its type has not is None.

    `part_address` is read low byte first; makers differ in what its four bytes mean. `figure` is
    the number as sent, `value` the same in its unit. `status` is 16 bits, `transmitter_status` and
    `operation` 8. `records` says how many are asked for, `minutes` how long an inspection waits.
    `at` is when it happened, None where the label was left out or is zero.
    """

    system: int | None = None
    system_address: int | None = None
    part: int | None = None
    part_address: int | None = None
    status: int | None = None
    transmitter_status: int | None = None
    quantity: int | None = None
    figure: int | None = None
    operation: int | None = None
    operator: int | None = None
    version: tuple[int, int] | None = None
    description: str | None = None
    configuration: str | None = None
    records: int | None = None
    minutes: int | None = None
    moment: datetime | None = None
    at: datetime | None = None

    @property
    def system_name(self) -> str:
        return SYSTEMS.get(-1 if self.system is None else self.system, "")

    @property
    def part_name(self) -> str:
        return PARTS.get(-1 if self.part is None else self.part, "")

    @property
    def measures(self) -> Quantity | None:
        """Name, unit and step of the quantity; None where there is none or it is the user's."""
        return None if self.quantity is None else QUANTITIES.get(self.quantity)

    @property
    def value(self) -> Decimal | None:
        """The figure in the unit of `measures`; None without one."""
        row = self.measures
        return None if row is None or self.figure is None else self.figure * row.step


@dataclass(frozen=True, slots=True)
class Unit:
    """An application unit of a type of the standard; `labelled` says that times stand behind.

    `fault`: what stands beside the objects that could be read; `lacking`: how many objects were
    announced and are not there.
    """

    type: int
    entries: tuple[Entry, ...]
    labelled: bool = True
    fault: str = ""
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class _Field:
    """Bytes to a value and back; `size` is 0 where the first byte says how many follow."""

    size: int
    read: Callable[[bytes], Any]
    write: Callable[[Any], bytes]


def _number(size: int, *, signed: bool = False) -> _Field:
    return _Field(
        size,
        lambda raw: int.from_bytes(raw, "little", signed=signed),
        lambda value: int(value or 0).to_bytes(size, "little", signed=signed),
    )


def moment(raw: bytes) -> datetime | None:
    """Second, minute, hour, day, month, year of the century, Beijing time; None for no time."""
    second, minute, hour, day, month, year = raw
    try:
        return datetime(_CENTURY + year, month, day, hour, minute, second, tzinfo=CHINA)
    except ValueError:
        return None


def stamped(instant: datetime | None) -> bytes:
    """A moment as six bytes, zeros for none; raises `NotEncodable` outside 2000–2255."""
    if instant is None:
        return bytes(MOMENT)
    local = instant.astimezone(CHINA)
    if not 0 <= local.year - _CENTURY <= 255:
        raise NotEncodable(f"{local:%Y} is no year of this century")
    parts = (local.second, local.minute, local.hour, local.day, local.month, local.year - _CENTURY)
    return bytes(parts)


def _text(raw: bytes) -> str:
    return raw.split(b"\0", 1)[0].decode("gb18030", "replace")


def _described(text: str | None) -> bytes:
    raw = (text or "").encode("gb18030")
    if len(raw) > DESCRIPTION:
        raise NotEncodable(f"a description of {len(raw)} bytes, at most {DESCRIPTION}")
    return raw.ljust(DESCRIPTION, b"\0")


def _configured(text: str | None) -> bytes:
    raw = (text or "").encode("gb18030")
    if len(raw) > LONGEST_CONFIGURATION:
        raise NotEncodable(f"a configuration of {len(raw)} bytes, at most {LONGEST_CONFIGURATION}")
    return bytes([len(raw)]) + raw


_BYTE = _number(1)
_FIELDS = {
    "part_address": _number(4),
    "status": _number(2),
    "figure": _number(2, signed=True),
    "version": _Field(2, lambda raw: (raw[0], raw[1]), lambda value: bytes(value or (0, 0))),
    "description": _Field(DESCRIPTION, _text, _described),
    "configuration": _Field(0, lambda raw: raw.decode("gb18030", "replace"), _configured),
    "moment": _Field(MOMENT, moment, stamped),
}
_RESERVED, _WORDS = "reserved", "description"


def parse(raw: bytes) -> Unit | None:
    """The unit in these bytes; None for a type that the standard leaves to others.

    Where the bytes are not so many objects, those that can be read are taken. Raises `Malformed`
    where there is none.
    """
    row = TYPES.get(raw[0]) if len(raw) > 1 else None
    if row is None:
        return None
    kind, count, body = raw[0], raw[1], raw[2:]
    labelled, bare = (_objects(row.fields, count, body, times) for times in (True, False))
    if count and not labelled.fault:
        return Unit(kind, labelled.entries)
    if not bare.fault:
        return Unit(kind, bare.entries, labelled=False)
    read = labelled if labelled.dated else bare
    if not read.entries:
        raise Malformed(f"type {kind}: {len(body)} bytes are not {count} objects")
    fault, lacking = f"type {kind}: {read.fault}", count - len(read.entries)
    return Unit(kind, read.entries, read is labelled, fault, lacking)


@dataclass(frozen=True, slots=True)
class _Objects:
    """What was read with or without times; `dated`: the first time may be one."""

    entries: tuple[Entry, ...]
    fault: str
    dated: bool


def _objects(fields: tuple[str, ...], count: int, body: bytes, times: bool) -> _Objects:
    found: list[Entry] = []
    at, fault, dated = 0, "", True
    for number in range(1, count + 1):
        values, at = _object(fields, body, at)
        if values is not None and times:
            label = body[at : at + MOMENT]
            at += MOMENT
            if len(label) == MOMENT:
                values["at"] = moment(label)
                dated = dated and (values["at"] is not None or not any(label))
        if values is not None:
            found.append(Entry(**values))
        if at > len(body):
            fault = f"object {number} of {count} is cut off"
            break
    if at < len(body):
        fault = f"{len(body) - at} bytes behind {count} objects"
    return _Objects(tuple(found), fault, dated)


def _object(fields: tuple[str, ...], body: bytes, at: int) -> tuple[dict[str, Any] | None, int]:
    """The fields of an object and where it ends; None where a field is cut off, save its words."""
    values: dict[str, Any] = {}
    for name in fields:
        piece = _FIELDS.get(name, _BYTE)
        size = piece.size
        if not size:
            size = body[at] if at < len(body) else 0
            at += 1
        if at + size > len(body) and name != _WORDS:
            return None, at + size
        if name != _RESERVED:
            values[name] = piece.read(body[at : at + size])
        at += size
    return values, at


def written(unit: Unit) -> bytes:
    """The bytes of a unit; raises `NotEncodable`."""
    row = TYPES.get(unit.type)
    if row is None:
        raise NotEncodable(f"type {unit.type} is none of the standard's")
    if len(unit.entries) > 255 or (unit.labelled and not unit.entries):
        raise NotEncodable(f"{len(unit.entries)} objects")
    parts = [bytes([unit.type, len(unit.entries)])]
    for entry in unit.entries:
        parts += _pieces(entry, row.fields)
        if unit.labelled:
            parts.append(stamped(entry.at))
    return b"".join(parts)


def _pieces(entry: Entry, fields: tuple[str, ...]) -> Iterator[bytes]:
    for name in fields:
        value = None if name == _RESERVED else getattr(entry, name)
        try:
            yield _FIELDS.get(name, _BYTE).write(value)
        except (OverflowError, ValueError, UnicodeEncodeError) as error:
            raise NotEncodable(f"{name}={value!r}: {error}") from None
