"""From a station's report to the house's readings, and back for a station that reports."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from anlan.protocols import jpeg
from anlan.protocols.sl651.elements import ELEMENTS, FUNCTIONS, Kind
from anlan.protocols.sl651.gates import CODES, placed_gates
from anlan.protocols.sl651.items import FIVE_MINUTES, WIDTHS, Item, Report
from anlan.protocols.sl651.manual import keyed_in
from anlan.protocols.sl651.messages import HOURLY, TEST, Message
from anlan.protocols.sl651.states import switched
from anlan.vocabulary.elements import (
    GATE_OPENINGS,
    INTAKE_DISCHARGES,
    SOIL_MOISTURES,
    STAGE_INTAKES,
    STAGES_RELATIVE,
    WATER_HOURLY,
    WATER_LEFT,
    WATER_PRESSURES,
    Element,
)
from anlan.vocabulary.readings import Picture, Reading

ELEMENT_OF = {
    0x01: Element.CROSS_SECTION,
    0x02: Element.AIR_TEMPERATURE,
    0x03: Element.WATER_TEMPERATURE,
    0x06: Element.EVAPORATION_DAY,
    0x07: Element.EVAPORATION,
    0x08: Element.AIR_PRESSURE,
    0x0D: Element.GROUND_TEMPERATURE,
    0x0E: Element.GROUNDWATER_DEPTH,
    0x0F: Element.WAVE_HEIGHT,
    **dict(zip(range(0x10, 0x18), SOIL_MOISTURES, strict=True)),
    0x18: Element.HUMIDITY,
    0x19: Element.PUMPS_RUNNING,
    0x1A: Element.RAIN_HOUR,
    0x1B: Element.RAIN_2H,
    0x1C: Element.RAIN_3H,
    0x1D: Element.RAIN_6H,
    0x1E: Element.RAIN_12H,
    0x1F: Element.RAIN_DAY,
    0x20: Element.RAIN_TODAY,
    0x21: Element.RAIN_1MIN,
    0x22: Element.RAIN_5MIN,
    0x23: Element.RAIN_10MIN,
    0x24: Element.RAIN_30MIN,
    0x25: Element.RAIN_STORM,
    0x26: Element.RAIN_TOTAL,
    0x27: Element.DISCHARGE,
    **dict(zip(range(0x28, 0x30), INTAKE_DISCHARGES, strict=True)),
    0x30: Element.DISCHARGE_OUT,
    0x32: Element.SEDIMENT_LOAD,
    0x33: Element.WIND_DIRECTION,
    0x34: Element.WIND_FORCE,
    0x35: Element.WIND_SPEED,
    0x36: Element.VELOCITY_MEAN,
    0x37: Element.VELOCITY,
    0x38: Element.BATTERY,
    0x39: Element.STAGE,
    0x3A: Element.STAGE_DOWNSTREAM,
    0x3B: Element.STAGE_UPSTREAM,
    **dict(zip(range(0x3C, 0x44), STAGE_INTAKES, strict=True)),
    0x44: Element.SEDIMENT,
    0x46: Element.PH,
    0x47: Element.DISSOLVED_OXYGEN,
    0x48: Element.CONDUCTIVITY,
    0x49: Element.TURBIDITY,
    0x4A: Element.PERMANGANATE,
    0x4B: Element.REDOX,
    0x4C: Element.AMMONIA_NITROGEN,
    0x4D: Element.TOTAL_PHOSPHORUS,
    0x4E: Element.TOTAL_NITROGEN,
    0x4F: Element.ORGANIC_CARBON,
    0x50: Element.COPPER,
    0x51: Element.ZINC,
    0x52: Element.SELENIUM,
    0x53: Element.ARSENIC,
    0x54: Element.MERCURY,
    0x55: Element.CADMIUM,
    0x56: Element.LEAD,
    0x57: Element.CHLOROPHYLL,
    **dict(zip(range(0x58, 0x60), WATER_PRESSURES, strict=True)),
    **dict(zip(range(0x60, 0x68), WATER_LEFT, strict=True)),
    **dict(zip(range(0x68, 0x70), WATER_HOURLY, strict=True)),
    0x70: Element.VOLTAGE_A,
    0x71: Element.VOLTAGE_B,
    0x72: Element.VOLTAGE_C,
    0x73: Element.CURRENT_A,
    0x74: Element.CURRENT_B,
    0x75: Element.CURRENT_C,
    0xF4: Element.RAIN_5MIN,
    **dict(zip(range(0xF5, 0xFD), STAGES_RELATIVE, strict=True)),
}
# The length of a period says how the row beside it is to be read; a picture has its own way.
_NO_FIGURES = {0x05, 0x45, 0xF3}
CLOCK_TICKS = timedelta(minutes=1)  # observation times have no seconds
_WIND_DIRECTION, _GROUPS = 0x33, 0xF4
CODE_OF = {
    element: code
    for code, element in reversed(ELEMENT_OF.items())
    if code != _WIND_DIRECTION and code < _GROUPS
}
_A_POINT_DEG, _POINTS = 22.5, 16
_SHUT, _NO_HEIGHT, _DRY = 444, {555, 888, 999}, 444
_GROUP, _FIRST_TO_LAST = 12, 11 * FIVE_MINUTES
_PERIODS = {0x31, 0x38}  # tables 30 and 45 say themselves that the time is the first value's
_CODE, _HEX = re.compile(r"[0-9A-F]{2}"), re.compile(r"[0-9A-F]{2,4}( [-0-9A-F.]+)*")
_SENT_AT_ONCE = timedelta(minutes=65)


def readings(message: Message, received_at: datetime, station: str = "") -> tuple[Reading, ...]:
    """The readings in a message, for the elements the house knows: the sender's own, or those of
    another `station` that it speaks for (`relayed`). The bits of a station's state (45, table 58)
    are one, too.

    A period's value belongs to the end of its period (6.6.2.8); where a row starts, `placed` says.
    All nines are a station's "no data" and become None, and so do the figures of annex E that say
    there is none: a dry well, a gate fully open. How pumps and gates stand (4C, 4E) is of the
    sending. A stage carries no datum here: SL 651 has none, the station's series knows it. A
    relative stage (F5-FC) stands above the base that is set in the station. A test report (30)
    gives no readings: the standard keeps its data out of the database. What is in `doubts` is left
    out.
    """
    if message.function == TEST:
        return ()
    device = station or message.station
    sent_at = message.sent_at or received_at
    rows = [placed(message, report) for report in message.reports if report.station == device]
    if not station:
        rows += (keyed_in(message)[0], *switched(message))
    items = [item for row in rows for item in row]
    found = list(_figures(items, device, sent_at))
    if not CODES.isdisjoint([item.code for item in items]):  # seldom
        for row in rows:
            found += _of_gates(row, device, sent_at)
    return tuple(_once(found) if any(item.step for item in items) else found)


def _figures(items: Iterable[Item], device: str, sent_at: datetime) -> Iterator[Reading]:
    latest = sent_at + CLOCK_TICKS
    for item in items:
        row = item.definition
        if row is not None and row.kind is Kind.STATUS and item.raw and item.observed_at:
            word = float(int.from_bytes(item.raw, "big"))
            yield Reading(device, Element.STATUS, item.observed_at, word, sent_at)
        element = ELEMENT_OF.get(row.code) if row else None
        if element is None or row is None:
            continue
        for at, value in item.timed():
            if at <= latest:
                figure = _in_unit(element, value, row.digits)
                yield Reading(device, element, at, figure, sent_at)


def _of_gates(row: Sequence[Item], device: str, sent_at: datetime) -> Iterator[Reading]:
    for item, element in placed_gates(row):
        if element is not None and item.definition is not None:
            for at, value in item.timed():
                if at <= sent_at + CLOCK_TICKS:
                    figure = _in_unit(element, value, item.definition.digits)
                    yield Reading(device, element, at, figure, sent_at)


def _once(found: list[Reading]) -> Iterable[Reading]:
    """Rain of five minutes may stand in a group and by itself: what has a figure is kept."""
    kept: dict[tuple[Element, datetime], Reading] = {}
    for one in found:
        held = kept.get((one.element, one.at))
        if held is None or held.value is None:
            kept[one.element, one.at] = one
    return kept.values()


def relayed(message: Message) -> tuple[str, ...]:
    """The stations that a message speaks for beside its sender (6.6.2.7), each once."""
    own, reports = message.station, message.reports
    if message.function == TEST or (len(reports) == 1 and reports[0].station == own):
        return ()
    return tuple(dict.fromkeys(one.station for one in reports if one.station != own))


def placed(message: Message, report: Report) -> tuple[Item, ...]:
    """The elements of a report, each row and group at the time of its first value.

    Table 36: the time before the twelve groups of an hour is that of the first. Many stations
    write the hour's end there. It is the end when the standard's reading would put a value
    behind the sending; and in an hourly report that comes late, when the stamp is a full hour
    and also that of values of a moment, which have a time of their own otherwise (table 36, note).
    """
    if all(item.step is None for item in report.items):  # nearly always
        return report.items
    groups = [item for item in report.items if _is_group(item)]
    if not groups or message.sent_at is None or message.function in _PERIODS:
        return report.items
    ends = {item.observed_at for item in groups if _stamped_at_end(item, message, report)}
    if not ends:
        return report.items
    return tuple(
        item._replace(observed_at=item.observed_at - _FIRST_TO_LAST)
        if item.observed_at in ends and item.observed_at and _is_group(item)
        else item
        for item in report.items
    )


def _is_group(item: Item) -> bool:
    row = item.definition if len(item.values) == _GROUP else None
    return row is not None and row.kind in WIDTHS


def _stamped_at_end(group: Item, message: Message, report: Report) -> bool:
    at, sent_at = group.observed_at, message.sent_at
    if at is None or sent_at is None or at > sent_at + CLOCK_TICKS:
        return False
    if any(v is not None and t > sent_at + CLOCK_TICKS for t, v in group.timed()):
        return True
    late = message.function == HOURLY and sent_at - at > _SENT_AT_ONCE
    return (
        late
        and not at.minute
        and any(
            item.observed_at == at and item.step is None and item.values for item in report.items
        )
    )


def pictures(message: Message, station: str = "") -> tuple[Picture, ...]:
    """The sender's own pictures (36) that are JPEGs, or those of another `station`; one without a
    time of its own is of the sending."""
    device = station or message.station
    own = [item for report in message.reports if report.station == device
           for item in report.items if _is_picture(item)]  # fmt: skip
    timed = [(item.observed_at or message.sent_at, item.raw) for item in own]
    return tuple(Picture(device, at, raw) for at, raw in timed if at and jpeg.size(raw))


def _is_picture(item: Item) -> bool:
    row = item.definition if item.raw else None
    return row is not None and row.kind is Kind.PICTURE


def doubts(message: Message) -> tuple[tuple[str, str], ...]:
    """What in a message is not believed, ``(reason, detail)``, though the rest of it is.

    ``element``: figures that are none. ``unsupported``: elements that the house has no place for,
    words that a person keyed in and that are no values, pictures that are no JPEG, and what stands
    under a function of the maker's own.
    ``out_of_range``: observed after it was sent.
    """
    found = [("element", fault) for fault in message.faults]
    if message.function not in FUNCTIONS and message.rest:
        found.append(
            ("unsupported", f"function {message.function:02X} of {len(message.rest)} bytes")
        )
    latest = message.sent_at and message.sent_at + CLOCK_TICKS
    items, words = keyed_in(message)
    if words:
        found.append(("unsupported", words))
    for item in items:
        found += _ahead(item, latest)
    if message.function != TEST:
        rows = (items, *switched(message), *(report.items for report in message.reports))
        if without := [_written(item) for row in rows for item in _without_place(row)]:
            found.append(("unsupported", "; ".join(without)))
    for report in message.reports:
        for item in placed(message, report):
            found += _ahead(item, latest)
            if _is_picture(item) and jpeg.size(item.raw) is None:
                found.append(("unsupported", f"a picture of {len(item.raw)} bytes that is no JPEG"))
    return tuple(found)


def _without_place(row: Sequence[Item]) -> Iterator[Item]:
    found = [item for item in row if _has_no_place(item)]
    if found:
        gates = {id(one.item) for one in placed_gates(row)}
        yield from (item for item in found if id(item) not in gates)


def _has_no_place(item: Item) -> bool:
    row = item.definition
    known = row is not None and (row.code in ELEMENT_OF or row.code in _NO_FIGURES)
    return not known and not item.fault and bool(item.values or item.raw)


def _written(item: Item) -> str:
    row, values = item.definition, item.values or (item.raw.hex().upper(),)
    name = f"{row.symbol} {row.name}" if row else ""
    figures = " ".join("-" if value is None else str(value) for value in values)
    return " ".join(part for part in (item.code, name, figures, row.unit if row else "") if part)


def elements_named(detail: str) -> str:
    """The elements that a detail of `doubts` names, without their figures: what it says each time.

    Empty where it names none: what a person keyed in, or a picture.
    """
    codes = []
    for part in detail.split("; "):
        code, _, rest = part.partition(" ")
        row = ELEMENTS.get(int(code, 16)) if _CODE.fullmatch(code) else None
        if not (rest.startswith(f"{row.symbol} {row.name}") if row else _HEX.fullmatch(part)):
            return ""
        codes.append(code)
    return " ".join(codes)


def _ahead(item: Item, latest: datetime | None) -> list[tuple[str, str]]:
    if item.step is None:
        last = item.observed_at if item.values else None
    else:
        last = max((at for at, value in item.timed() if value is not None), default=None)
    if last is None or latest is None or last <= latest:
        return []
    return [("out_of_range", f"element {item.code} observed {last:%Y-%m-%d %H:%M}, sent before")]


def _in_unit(element: Element, value: Decimal | None, digits: int) -> float | None:
    if value is None or _all_nines(value, digits):
        return None
    read = _CODED.get(element)
    return float(value) if read is None else read(value)


def _bearing(point: Decimal) -> float | None:
    """Table E.1: 1 is north, 16 points clockwise; nothing else is a direction."""
    return (float(point) - 1) * _A_POINT_DEG if 1 <= point <= _POINTS else None


def _opening(metres: Decimal) -> float | None:
    """E.3.2.2, E.4.2.3: 444 is a gate that is shut; of one that has no leaf (555), is out of the
    water (888) or stands fully open (999) no figure says how high."""
    return 0.0 if metres == _SHUT else None if metres in _NO_HEIGHT else float(metres)


def _below_ground(metres: Decimal) -> float | None:
    """E.8.2.2: 444 is a well that has run dry."""
    return None if metres == _DRY else float(metres)


_CODED: dict[Element, Callable[[Decimal], float | None]] = {
    Element.WIND_DIRECTION: _bearing,
    Element.GROUNDWATER_DEPTH: _below_ground,
    **dict.fromkeys((Element.GATE_OPENING, *GATE_OPENINGS), _opening),
}


def _all_nines(value: Decimal, digits: int) -> bool:
    written = str(value)
    if written[-1] != "9" and "E" not in written:  # nearly always
        return False
    sign, figures, _exponent = value.as_tuple()
    return not sign and len(figures) >= digits and all(figure == 9 for figure in figures)
