"""From a station's report to the house's readings, and back for a station that reports."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from anlan.protocols.sl651.items import Item
from anlan.protocols.sl651.messages import TEST, Message
from anlan.vocabulary.readings import Element, Reading

ELEMENT_OF = {
    0x02: Element.AIR_TEMPERATURE,
    0x03: Element.WATER_TEMPERATURE,
    0x1A: Element.RAIN_HOUR,
    0x22: Element.RAIN_5MIN,
    0x26: Element.RAIN_TOTAL,
    0x27: Element.DISCHARGE,
    0x38: Element.BATTERY,
    0x39: Element.STAGE,
    0xF4: Element.RAIN_5MIN,
}
CODE_OF = {element: code for code, element in ELEMENT_OF.items() if code != 0xF4}


def readings(message: Message, received_at: datetime) -> tuple[Reading, ...]:
    """The readings of a message, for the elements the house knows.

    A period's value belongs to the end of its period (6.6.2.8), a row starts at the time in front
    of it. All nines are a station's "no data" and become None. Stage carries no datum here: SL 651
    has none, the station's series knows it. A test report (30) gives no readings: the standard
    keeps its data out of the database.
    """
    if message.function == TEST:
        return ()
    sent_at = message.sent_at or received_at
    return tuple(
        Reading(report.station, element, at, value, sent_at)
        for report in message.reports
        for item in report.items
        for element, at, value in _values(item)
    )


def foreign_stations(message: Message) -> tuple[str, ...]:
    """Stations a message reports for that did not send it (a relay's, or a false one)."""
    return tuple(r.station for r in message.reports if r.station != message.station)


def _values(item: Item) -> Iterator[tuple[Element, datetime, float | None]]:
    element = ELEMENT_OF.get(int(item.code, 16))
    row = item.definition
    if element is None or row is None:
        return
    for at, value in item.timed():
        missing = value is None or _all_nines(value, item.decimals, row.digits)
        yield element, at, None if value is None or missing else float(value)


def _all_nines(value: Decimal, decimals: int, digits: int) -> bool:
    figures = str(int(value.scaleb(decimals)))
    return len(figures) >= digits and figures.count("9") == len(figures)
