"""A body in ASCII coding (6.6.2): identifiers and values, each with a space behind it.

``ST 5001060001 H TT 2008200815 Z 194.290 VT 12.50 ``. An identifier is the element's symbol in
table C.1. M stands for a missing value. A time step ``DRxnn`` opens a row: one element or several,
then a group of their values for every moment to the end of the body (6.6.4.4). The twelve values
of DRP and DRZ stand as the figures of their bytes. Where a maker writes an identifier that the
table has not, its value is kept as it stands.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.sl651.elements import ELEMENTS, Kind
from anlan.protocols.sl651.figures import moment, packed_moment
from anlan.protocols.sl651.items import (
    FIVE_MINUTES,
    WIDTHS,
    Item,
    Report,
    counted,
    counts,
    legible,
)
from anlan.vocabulary.figures import plain_decimal

MANUAL = b"RGZS "
_PICTURE = b"PIC "
_MISSING = "M"
_STEP = re.compile(r"DR([DHN])(\d\d)", re.ASCII)
_UNIT = {"D": timedelta(days=1), "H": timedelta(hours=1), "N": timedelta(minutes=1)}
_OF_SYMBOL = {row.symbol: row for row in ELEMENTS.values()}
_FOR_BYTES = {Kind.STATUS, Kind.BULK}


def parse(data: bytes) -> tuple[Report, ...]:
    """The reports of a body behind its serial and time; raises `Malformed`."""
    at = data.find(_PICTURE)
    picture = data[at + len(_PICTURE) :] if at >= 0 else b""
    try:
        words = iter((data[:at] if at >= 0 else data).decode("ascii").split())
    except UnicodeDecodeError:
        raise Malformed("the body is not ASCII") from None
    body = _Body(words)
    if at >= 0:
        body.add(Item("F3", body.observed_at, raw=picture.removesuffix(b" ")))
    return tuple(Report(name, kind, tuple(of)) for name, kind, of in body.reports)


class _Body:
    """The words of a body, sorted into reports."""

    def __init__(self, words: Iterator[str]) -> None:
        self.reports: list[tuple[str, int, list[Item]]] = []
        self.observed_at: datetime | None = None
        self._words = words
        for word in words:
            step = _STEP.fullmatch(word)
            if word == "ST":
                self._station()
            elif word == "TT":
                self.observed_at = moment(_bytes(self._next("TT"), 5))
            elif step:
                self._row(int(step[2]) * _UNIT[step[1]])
            else:
                self.add(_value(word, self._next(word), self.observed_at))

    def add(self, item: Item) -> None:
        if not self.reports:
            raise Malformed(f"element {item.code} before any station")
        self.reports[-1][2].append(item)

    def _next(self, behind: str) -> str:
        try:
            return next(self._words)
        except StopIteration:
            raise Malformed(f"nothing stands behind {behind}") from None

    def _station(self) -> None:
        name, kind = _bytes(self._next("ST"), 5).hex().upper(), self._next("ST")
        if len(kind) != 1:
            raise Malformed(f"{kind} is no class of stations")
        self.reports.append((name, ord(kind), []))
        self.observed_at = None

    def _row(self, step: timedelta) -> None:
        """Identifiers up to the first value, then groups of values to the end of the body."""
        words = list(self._words)
        size = next((n for n, word in enumerate(words) if word not in _OF_SYMBOL), len(words))
        names, values = words[:size], words[size:]
        if not names or len(values) % len(names):
            raise Malformed(f"{len(values)} values are no row of {len(names)} elements")
        for n, name in enumerate(names):
            row = _OF_SYMBOL[name]
            if row.kind in WIDTHS:
                self._groups(name, values[n :: len(names)])
                continue
            if not step:
                raise Malformed(f"element {name} has a time step of nothing")
            figures, fault = legible(values[n :: len(names)], _figure)
            decimals = max((_decimals(figure) for figure in figures), default=0)
            code = f"{row.code:02X}"
            self.add(Item(code, self.observed_at, 0, decimals, figures, step, fault=fault))

    def _groups(self, name: str, groups: list[str]) -> None:
        """Twelve values each: every group begins where the one before ends."""
        at = self.observed_at
        for group in groups:
            item = _value(name, group, at)
            self.add(item)
            at = at and at + len(item.values) * FIVE_MINUTES


def _value(name: str, value: str, observed_at: datetime | None) -> Item:
    row = _OF_SYMBOL.get(name)
    code = f"{row.code:02X}" if row else name
    if row is not None and row.kind in WIDTHS:
        width = WIDTHS[row.kind]
        values = counts(_bytes(value), width, row.decimals)
        return Item(code, observed_at, width, row.decimals, values, FIVE_MINUTES)
    if row is not None and row.kind in _FOR_BYTES:
        return Item(code, observed_at, raw=_bytes(value))
    try:
        figure = _figure(value)
    except Malformed as fault:
        said = str(fault) if row else ""
        return Item(code, observed_at, raw=value.encode(), fault=said)
    return Item(code, observed_at, 0, _decimals(figure), (figure,))


def _figure(text: str) -> Decimal | None:
    if text == _MISSING:
        return None
    try:
        return plain_decimal(text)
    except ValueError:
        raise Malformed(f"{text} is not decimal") from None


def _decimals(figure: Decimal | None) -> int:
    exponent = figure.as_tuple().exponent if figure is not None else 0
    return -exponent if isinstance(exponent, int) else 0


def _bytes(text: str, size: int | None = None) -> bytes:
    try:
        data = bytes.fromhex(text)
    except ValueError:
        raise Malformed(f"{text} is no row of bytes") from None
    if size is not None and len(data) != size:
        raise Malformed(f"{text} is not {size} bytes")
    return data


def encode(reports: tuple[Report, ...]) -> bytes:
    """The characters of the reports; raises `NotEncodable`."""
    parts: list[str | bytes] = []
    for report in reports:
        parts += ["ST", report.station, chr(report.station_class)]
        observed_at: datetime | None = None
        for item in report.items:
            if item.observed_at != observed_at:
                if item.observed_at is None:
                    raise NotEncodable(f"element {item.code} without a time behind one with it")
                parts += ["TT", packed_moment(item.observed_at, seconds=False).hex()]
                observed_at = item.observed_at
            parts += _encoded(item, last=report is reports[-1] and item is report.items[-1])
    return b"".join((p if isinstance(p, bytes) else p.encode("ascii")) + b" " for p in parts)


def _encoded(item: Item, last: bool) -> list[str | bytes]:
    row = item.definition
    name = row.symbol if row else item.code
    if row is not None and row.kind in WIDTHS:
        return [name, counted(item, WIDTHS[row.kind]).hex().upper()]
    if row is not None and row.kind is Kind.PICTURE:
        if not last:
            raise NotEncodable("a picture runs to the end of the body and is not last")
        return [name, item.raw]
    if item.raw:
        return [name, item.raw.hex().upper() if row and not item.fault else item.raw]
    values: list[str | bytes] = [_written(value) for value in item.values]
    if item.step is None:
        if len(values) != 1:
            raise NotEncodable(f"element {item.code} has {len(values)} values and no time step")
        return [name, *values]
    if not last:
        raise NotEncodable(f"element {item.code} runs to the end of the body and is not last")
    return [step_word(item.step), name, *values]


def _written(value: Decimal | None) -> str:
    return _MISSING if value is None else f"{value:f}"


def step_word(step: timedelta) -> str:
    """A time step as a word; raises `NotEncodable`."""
    for letter, unit in _UNIT.items():
        count, rest = divmod(step, unit)
        if not rest and 0 < count <= 99:
            return f"DR{letter}{count:02d}"
    raise NotEncodable(f"{step} is not a time step")
