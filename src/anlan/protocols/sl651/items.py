"""What stands in a body: the reports of one or more stations, each a row of timed elements."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeVar

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.sl651.elements import ELEMENTS, Definition, Kind
from anlan.protocols.sl651.figures import (
    EMPTY,
    LARGEST_DECIMALS,
    LARGEST_SIZE,
    decimal,
    moment,
    packed,
    packed_moment,
    size_for,
)

C = TypeVar("C")
STATION, TIME, TEXT, PICTURE, BULK, STEP, EXTENDED = 0xF1, 0xF0, 0xF2, 0xF3, 0xFD, 0x04, 0xFF
_FIVE_BYTES = 0x28  # what some stations write behind F1 and F0 instead of F1 and F0 again
_STEP_DEFINITION = 0x18
_BULK_MARKER = b"\xf6"
_TO_THE_END = {TEXT, PICTURE, BULK}
FIVE_MINUTES = timedelta(minutes=5)
WIDTHS = {Kind.RAIN_BYTES: 1, Kind.LEVEL_WORDS: 2}
_HOUR_VALUES = 12
_BY_NAME = {f"{code:02X}": row for code, row in ELEMENTS.items()}
_FIGURES = {
    code: f"{code:02X}"
    for code, row in ELEMENTS.items()
    if row.kind is Kind.DECIMAL and code not in {STATION, TIME, STEP, EXTENDED, *_TO_THE_END}
}


class Item(NamedTuple):
    """One element: one value, or a row of values `step` apart from `observed_at` on.

    `code` is the identifier in hex, e.g. "39" or "FF02", or a word that table C.1 has not. A value
    is None where the station had nothing. What is not figures (status bits, a picture, a maker's
    own coding) stands in `raw`; `fault` says what is wrong with an element that should have been
    figures.
    """

    code: str
    observed_at: datetime | None
    size: int = 0
    decimals: int = 0
    values: tuple[Decimal | None, ...] = ()
    step: timedelta | None = None
    raw: bytes = b""
    fault: str = ""

    @property
    def definition(self) -> Definition | None:
        """The standard's row for it; None for a maker's own element."""
        return _BY_NAME.get(self.code)

    def timed(self) -> Iterator[tuple[datetime, Decimal | None]]:
        """Each value with its time; nothing when the body gave no time."""
        if self.observed_at is None:
            return
        at, step = self.observed_at, self.step or timedelta()
        for value in self.values:
            yield at, value
            try:
                at += step
            except OverflowError:  # no calendar goes so far: nobody has observed the rest
                return


class Report(NamedTuple):
    """What one station says. `station` is 10 hex figures, `station_class` a byte of annex A."""

    station: str
    station_class: int
    items: tuple[Item, ...] = ()


def measured(
    code: int, observed_at: datetime, values: list[Decimal | None], step: timedelta | None = None
) -> Item:
    """An element of the standard in the standard's width: a value, or a row of values."""
    row = ELEMENTS[code]
    widest = min((v for v in values if v is not None), default=None)
    size = WIDTHS.get(row.kind) or size_for(widest, row.digits)
    if row.kind in WIDTHS:
        step = step or FIVE_MINUTES
    return Item(f"{code:02X}", observed_at, size, row.decimals, tuple(values), step)


class Reader:
    """A place in the bytes of a body; raises `Malformed` where they end too early."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        part = self.data[self.at : self.at + size]
        if len(part) < size:
            raise Malformed(f"the body ends inside a field at byte {self.at}")
        self.at += size
        return part

    def peek(self) -> int:
        return self.data[self.at]

    def rest(self) -> bytes:
        return self.take(len(self.data) - self.at)

    def more(self) -> bool:
        return self.at < len(self.data)


def parse(data: bytes) -> tuple[Report, ...]:
    """The reports of a body behind its serial and time; raises `Malformed` if it does not add up.

    An element whose width is known but whose figures are none is kept with a `fault`: the ones
    around it stand. A body that ends inside a field is refused whole, because then nobody knows
    where an element began.
    """
    body = Reader(data)
    reports: list[tuple[str, int, list[Item]]] = []
    items: list[Item] = []
    observed_at: datetime | None = None
    while body.more():
        if reports and (figure := _figure(body, observed_at)) is not None:
            items.append(figure)
            continue
        code, definition = body.take(2)
        if code == STATION:
            _marker(code, definition)
            items = []
            reports.append((body.take(5).hex().upper(), body.take(1)[0], items))
            observed_at = None
        elif not reports:
            raise Malformed(f"element {code:02X} before any station")
        elif code == TIME:
            _marker(code, definition)
            observed_at = moment(body.take(5))
        else:
            items.append(_item(body, code, definition, observed_at))
    return tuple(Report(name, kind, tuple(of)) for name, kind, of in reports)


def _figure(body: Reader, observed_at: datetime | None) -> Item | None:
    """The element that stands here where it is one of the table's figures, as nearly all are; None
    where it must be looked at (`_item`), and nothing is read."""
    data, at = body.data, body.at
    name = _FIGURES.get(data[at])
    if name is None or len(data) < at + 3:
        return None
    size, decimals = data[at + 1] >> 3, data[at + 1] & 7
    end = at + 2 + size
    text = data[at + 2 : end].hex()
    if not text.isdecimal() or end > len(data):
        return None
    body.at = end
    return Item(name, observed_at, size, decimals, (Decimal(f"{text}E-{decimals}"),))


def _marker(code: int, definition: int) -> None:
    if definition not in (code, _FIVE_BYTES):
        raise Malformed(f"{code:02X}{definition:02X} is no marker")


def _item(body: Reader, code: int, definition: int, observed_at: datetime | None) -> Item:
    if code == STEP:
        return _row(body, definition, observed_at)
    if code in _TO_THE_END:
        return Item(f"{code:02X}", observed_at, raw=body.rest())
    name, row, size, decimals = _head(body, code, definition)
    if size and row is not None and row.kind in WIDTHS:
        width = WIDTHS[row.kind]
        values = counts(body.take(size), width, row.decimals)
        return Item(name, observed_at, width, row.decimals, values, FIVE_MINUTES)
    data = body.take(size)
    if size and row is not None and row.kind is Kind.STATUS:
        return Item(name, observed_at, size, raw=data)
    try:
        return Item(name, observed_at, size, decimals, (decimal(data, decimals),))
    except Malformed as error:
        fault = str(error) if row is not None or not size else ""
        return Item(name, observed_at, size, decimals, raw=data, fault=fault)


def _head(body: Reader, code: int, definition: int) -> tuple[str, Definition | None, int, int]:
    """Name, row of the table, bytes and decimals from identifier and data definition."""
    name = f"{code:02X}"
    if code == EXTENDED:  # the identifier has a second byte
        name += f"{definition:02X}"
        (definition,) = body.take(1)
    row = _BY_NAME.get(name)
    return name, row, definition >> 3, definition & 7


def _row(body: Reader, definition: int, observed_at: datetime | None) -> Item:
    """A time step, one element, and its values to the end of the body (6.6.4.4)."""
    step = step_of(bytes((STEP, definition)) + body.take(3))
    name, row, size, decimals = _head(body, *body.take(2))
    data = body.rest()
    if not size:
        return Item(name, observed_at, 0, decimals, step=step, raw=data, fault=EMPTY)
    if row is not None and row.kind in WIDTHS:
        width = WIDTHS[row.kind]
        values = counts(data, width, row.decimals)
        return Item(name, observed_at, width, row.decimals, values, step or FIVE_MINUTES)
    if not step:
        raise Malformed(f"element {name} has a time step of nothing")
    if len(data) % size:
        raise Malformed(f"{len(data)} bytes are no row of {size}-byte values of element {name}")
    cells = [data[n : n + size] for n in range(0, len(data), size)]
    values, fault = legible(cells, lambda cell: decimal(cell, decimals))
    return Item(name, observed_at, size, decimals, values, step, data if fault else b"", fault)


def legible(
    cells: Iterable[C], read: Callable[[C], Decimal | None]
) -> tuple[tuple[Decimal | None, ...], str]:
    """The values of a row, None for a cell that is no figure, and what is wrong with the first."""
    values: list[Decimal | None] = []
    fault = ""
    for cell in cells:
        try:
            values.append(read(cell))
        except Malformed as error:
            values.append(None)
            fault = fault or str(error)
    return tuple(values), fault


def step_of(data: bytes) -> timedelta:
    """A time step: 04 18 and days, hours, minutes as packed decimal (table C.3)."""
    if data[:2] != bytes((STEP, _STEP_DEFINITION)):
        raise Malformed("the time step is not 3 bytes")
    text = data[2:].hex()
    if not text.isdecimal():
        raise Malformed(f"{text.upper()} is not a time step")
    return timedelta(days=int(text[:2]), hours=int(text[2:4]), minutes=int(text[4:]))


def counts(data: bytes, width: int, decimals: int) -> tuple[Decimal | None, ...]:
    """Unsigned binary values; all FF is "not valid"."""
    if len(data) % width:
        raise Malformed(f"{len(data)} bytes are no row of {width}-byte values")
    nothing = (1 << 8 * width) - 1
    counts = [int.from_bytes(data[n : n + width], "big") for n in range(0, len(data), width)]
    return tuple(None if n == nothing else Decimal(n).scaleb(-decimals) for n in counts)


def encode(reports: tuple[Report, ...]) -> bytes:
    """The bytes of the reports; raises `NotEncodable`."""
    parts = []
    for n, report in enumerate(reports):
        station = bytes.fromhex(report.station)
        if len(station) != 5:
            raise NotEncodable(f"{report.station} is not a station of 10 figures")
        parts += [bytes((STATION, STATION)), station, bytes((report.station_class,))]
        observed_at: datetime | None = None
        for m, item in enumerate(report.items):
            if item.observed_at != observed_at:
                if item.observed_at is None:
                    raise NotEncodable(f"element {item.code} without a time behind one with it")
                parts += [bytes((TIME, TIME)), packed_moment(item.observed_at, seconds=False)]
                observed_at = item.observed_at
            last = n == len(reports) - 1 and m == len(report.items) - 1
            parts.append(_encoded(item, last))
    return b"".join(parts)


def _encoded(item: Item, last: bool) -> bytes:
    code = bytes.fromhex(item.code)
    if code[0] in _TO_THE_END:
        _must_be_last(item, last)
        return code + (_BULK_MARKER if code[0] == BULK else code) + item.raw
    row = item.definition
    if item.fault == EMPTY:
        head = code + bytes((item.decimals,))
        return head if item.step is None else step_written(item.step) + head + item.raw
    if row is not None and row.kind in WIDTHS:
        cells = counted(item, WIDTHS[row.kind])
        if len(item.values) == _HOUR_VALUES and item.step == FIVE_MINUTES:
            return code + bytes((len(cells) << 3,)) + cells
        _must_be_last(item, last)
        size = _HOUR_VALUES * WIDTHS[row.kind]
        step = timedelta() if item.step == FIVE_MINUTES else item.step
        return step_written(step) + code + bytes((size << 3,)) + cells
    if not 0 < item.size <= LARGEST_SIZE or not 0 <= item.decimals <= LARGEST_DECIMALS:
        raise NotEncodable(f"element {item.code}: {item.size} bytes, {item.decimals} decimals")
    head = code + bytes((item.size << 3 | item.decimals,))
    cells = item.raw or b"".join(packed(v, item.size, item.decimals) for v in item.values)
    if item.step is not None:
        _must_be_last(item, last)
        return step_written(item.step) + head + cells
    if len(cells) != item.size:
        raise NotEncodable(f"element {item.code} is {len(cells)} bytes, not {item.size}")
    return head + cells


def counted(item: Item, width: int) -> bytes:
    """The bytes of unsigned binary values; all FF for one that is missing."""
    return b"".join(_count(value, item, width) for value in item.values)


def _count(value: Decimal | None, item: Item, width: int) -> bytes:
    nothing = (1 << 8 * width) - 1
    scaled = Decimal(nothing) if value is None else value.scaleb(item.decimals)
    if scaled != int(scaled) or not 0 <= scaled < nothing + (value is None):
        raise NotEncodable(f"{value} does not fit element {item.code}")
    return int(scaled).to_bytes(width, "big")


def step_written(step: timedelta | None) -> bytes:
    minutes, rest = divmod(step or timedelta(), timedelta(minutes=1))
    days, minutes = divmod(minutes, 1440)
    if rest or days > 99:
        raise NotEncodable(f"{step} is not a time step")
    figures = f"{days:02d}{minutes // 60:02d}{minutes % 60:02d}"
    return bytes((STEP, _STEP_DEFINITION)) + bytes.fromhex(figures)


def _must_be_last(item: Item, last: bool) -> None:
    if not last:
        raise NotEncodable(f"element {item.code} runs to the end of the body and is not last")
