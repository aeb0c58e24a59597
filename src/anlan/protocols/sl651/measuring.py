"""From a station's report to the house's readings, and back for a station that reports."""

from datetime import datetime, timedelta
from decimal import Decimal

from anlan.protocols import jpeg
from anlan.protocols.sl651.elements import Kind
from anlan.protocols.sl651.items import Item
from anlan.protocols.sl651.manual import keyed_in
from anlan.protocols.sl651.messages import TEST, Message
from anlan.vocabulary.readings import Element, Picture, Reading

ELEMENT_OF = {
    0x02: Element.AIR_TEMPERATURE,
    0x03: Element.WATER_TEMPERATURE,
    0x08: Element.AIR_PRESSURE,
    0x0E: Element.GROUNDWATER_DEPTH,
    0x18: Element.HUMIDITY,
    0x1A: Element.RAIN_HOUR,
    0x22: Element.RAIN_5MIN,
    0x26: Element.RAIN_TOTAL,
    0x27: Element.DISCHARGE,
    0x33: Element.WIND_DIRECTION,
    0x35: Element.WIND_SPEED,
    0x38: Element.BATTERY,
    0x39: Element.STAGE,
    0x3B: Element.STAGE,  # in front of a dam, a sluice or a pumping station
    0x46: Element.PH,
    0x47: Element.DISSOLVED_OXYGEN,
    0x48: Element.CONDUCTIVITY,
    0x49: Element.TURBIDITY,
    0x4A: Element.PERMANGANATE,
    0x4C: Element.AMMONIA_NITROGEN,
    0x4D: Element.TOTAL_PHOSPHORUS,
    0x4E: Element.TOTAL_NITROGEN,
    0xF4: Element.RAIN_5MIN,
}
CLOCK_TICKS = timedelta(minutes=1)  # observation times have no seconds
_ONLY_READ = {0x33, 0xF4}
CODE_OF = {e: code for code, e in reversed(ELEMENT_OF.items()) if code not in _ONLY_READ}
_A_POINT_DEG = 22.5  # table E.1: 1 is north, 16 points clockwise


def readings(message: Message, received_at: datetime) -> tuple[Reading, ...]:
    """The sender's own readings in a message, for the elements the house knows.

    A period's value belongs to the end of its period (6.6.2.8), a row starts at the time in front
    of it. All nines are a station's "no data" and become None. Stage carries no datum here: SL 651
    has none, the station's series knows it. A test report (30) gives no readings: the standard
    keeps its data out of the database. What is in `doubts` is left out.
    """
    if message.function == TEST:
        return ()
    station, sent_at = message.station, message.sent_at or received_at
    own = [item for report in message.reports if report.station == station
           for item in report.items]  # fmt: skip
    latest = sent_at + CLOCK_TICKS
    found = []
    for item in (*own, *keyed_in(message)[0]):
        row = item.definition
        element = ELEMENT_OF.get(row.code) if row else None
        if element is None or row is None:
            continue
        for at, value in item.timed():
            if at <= latest:
                figure = _in_unit(element, value, row.digits)
                found.append(Reading(station, element, at, figure, sent_at))
    return tuple(found)


def pictures(message: Message) -> tuple[Picture, ...]:
    """The sender's own pictures (36) that are JPEGs; one without a time of its own is of the
    sending."""
    own = [item for report in message.reports if report.station == message.station
           for item in report.items if _is_picture(item)]  # fmt: skip
    timed = [(item.observed_at or message.sent_at, item.raw) for item in own]
    return tuple(Picture(message.station, at, raw) for at, raw in timed if at and jpeg.size(raw))


def _is_picture(item: Item) -> bool:
    row = item.definition if item.raw else None
    return row is not None and row.kind is Kind.PICTURE


def doubts(message: Message) -> tuple[tuple[str, str], ...]:
    """What in a message is not believed, ``(reason, detail)``, though the rest of it is.

    ``element``: figures that are none. ``unsupported``: words that a person keyed in and that are
    no values, and pictures that are no JPEG. ``foreign_station``: a station that did not send
    it (a relay's, or a false one). ``out_of_range``: observed after it was sent.
    """
    found = [("element", fault) for fault in message.faults]
    latest = message.sent_at and message.sent_at + CLOCK_TICKS
    items, words = keyed_in(message)
    if words:
        found.append(("unsupported", words))
    for item in items:
        found += _ahead(item, latest)
    for report in message.reports:
        if report.station != message.station:
            found.append(("foreign_station", report.station))
        for item in report.items:
            found += _ahead(item, latest)
            if _is_picture(item) and jpeg.size(item.raw) is None:
                found.append(("unsupported", f"a picture of {len(item.raw)} bytes that is no JPEG"))
    return tuple(found)


def _ahead(item: Item, latest: datetime | None) -> list[tuple[str, str]]:
    last = item.last_at
    if last is None or latest is None or last <= latest:
        return []
    return [("out_of_range", f"element {item.code} observed {last:%Y-%m-%d %H:%M}, sent before")]


def _in_unit(element: Element, value: Decimal | None, digits: int) -> float | None:
    if value is None or _all_nines(value, digits):
        return None
    if element is Element.WIND_DIRECTION:
        return (float(value) - 1) * _A_POINT_DEG % 360
    return float(value)


def _all_nines(value: Decimal, digits: int) -> bool:
    written = str(value)
    if written[-1] != "9" and "E" not in written:  # nearly always
        return False
    sign, figures, _exponent = value.as_tuple()
    return not sign and len(figures) >= digits and all(figure == 9 for figure in figures)
