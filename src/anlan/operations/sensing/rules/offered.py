"""Readings that somebody offers row by row: pushed over HTTP, in a file, in a feed's answer.

A row names a station, an element, a time and a value. What it says is parsed once, here; whether
the station and its series exist is asked of the register afterwards.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import UNITS, WITH_DATUM, Element
from anlan.vocabulary.words import N_

# By whom a reading was stated, where no device protocol states it.
PUSH, FILE, FEED = "push", "file", "feed"
# A station that reports so has no device of its own: its code is its address.
NO_DEVICE = (PUSH, FILE, FEED)

OLDEST = datetime(1990, 1, 1, tzinfo=CHINA)
AHEAD = timedelta(minutes=10)
_LONGEST_TEXT = 40
_SAME_UNIT = {"℃": "°C", "m3/s": "m³/s", "us/cm": "µS/cm", "μs/cm": "µS/cm", "百帕": "hPa",
              "米": "m", "毫米": "mm"}  # fmt: skip

MISSING = N_("it is missing")
NOT_A_TIME = N_("not a time such as 2026-06-01T08:00:00+08:00")
NO_ZONE = N_("a time needs its zone, such as +08:00")
IN_FUTURE = N_("the time lies ahead of now")
TOO_OLD = N_("the time lies before 1990")
FORMULA = N_("a formula; paste the value instead")
NOT_A_NUMBER = N_("not a number")
NO_ELEMENT = N_("no such element; there are %(known)s")
OTHER_UNIT = N_("%(given)s, but this element is stated in %(unit)s")
NO_DATUM = N_("a stage needs its datum, wusong or yellow_sea")
NO_SUCH_DATUM = N_("no such datum; there are wusong and yellow_sea")


class Flaw(ValueError):
    """Why a row cannot be taken: the field, and a message to translate with its parameters."""

    def __init__(self, where: str, message: str, **parameters: object) -> None:
        super().__init__(f"{where}: {message}")
        self.where = where
        self.message = message
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Offered:
    """One value of one element of a named station; None is "no data". `at` is aware."""

    station: str
    element: Element
    at: datetime
    value: float | None
    datum: Datum | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What is understood without being said: the time now, and the zone of times without one."""

    now: datetime
    zone: Any = None
    names: Mapping[str, Element] = field(default_factory=dict)


def parse_row(row: object, terms: Terms) -> Offered:
    """A row as it came, read into an `Offered`. Raises `Flaw` for the first field that is wrong.

    Fields: `station`, `element`, `at` (ISO 8601), `value` (a number; none is "no data"), and, where
    they are to be said, `unit` (must be the element's own) and `datum` (of a stage).
    """
    if not isinstance(row, Mapping):
        raise Flaw("row", MISSING)
    station = _text(row, "station")
    if not station:
        raise Flaw("station", MISSING)
    element = _element(row, terms)
    at = _time(row, terms)
    if "value" not in row:
        raise Flaw("value", MISSING)
    value = number("value", row["value"])
    unit = _text(row, "unit")
    if unit and _SAME_UNIT.get(unit.lower(), unit) != UNITS[element]:
        raise Flaw("unit", OTHER_UNIT, given=unit, unit=UNITS[element] or "1")
    return Offered(station, element, at, value, _datum(row, element))


def number(where: str, given: object) -> float | None:
    """A finite number; nothing at all is None. Raises `Flaw`."""
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    if isinstance(given, str) and given.lstrip().startswith("="):
        raise Flaw(where, FORMULA)
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise Flaw(where, NOT_A_NUMBER)
    try:
        value = float(given)
    except (ValueError, OverflowError):
        raise Flaw(where, NOT_A_NUMBER) from None
    if not math.isfinite(value):
        raise Flaw(where, NOT_A_NUMBER)
    return value


def moment(where: str, given: object, terms: Terms) -> datetime:
    """A moment, aware, not before 1990 and not ahead of now. Raises `Flaw`."""
    at = given if isinstance(given, datetime) else _written(where, str(given).strip())
    if at.tzinfo is None:
        if terms.zone is None:
            raise Flaw(where, NO_ZONE)
        at = at.replace(tzinfo=terms.zone)
    try:
        at = at.astimezone(CHINA)
    except OverflowError:
        raise Flaw(where, NOT_A_TIME) from None
    if at < OLDEST:
        raise Flaw(where, TOO_OLD)
    if at > terms.now + AHEAD:
        raise Flaw(where, IN_FUTURE)
    return at


_BY_HAND = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+"
    r"(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?[分秒]?"
)


def _written(where: str, text: str) -> datetime:
    """ISO 8601, or as people and spreadsheets write it: 2026/6/1 8:05, 2026年6月1日 8时5分."""
    if found := _BY_HAND.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        text = f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Flaw(where, FORMULA if text.startswith("=") else NOT_A_TIME) from None


def _text(row: Mapping[Any, Any], name: str) -> str:
    given = row.get(name)
    return "" if given is None else str(given).strip()[:_LONGEST_TEXT]


def _element(row: Mapping[Any, Any], terms: Terms) -> Element:
    name = _text(row, "element")
    if not name:
        raise Flaw("element", MISSING)
    if name in terms.names:
        return terms.names[name]
    try:
        return Element(name.lower())
    except ValueError:
        raise Flaw("element", NO_ELEMENT, known=", ".join(Element)) from None


def _time(row: Mapping[Any, Any], terms: Terms) -> datetime:
    given = row.get("at")
    if given is None or not str(given).strip():
        raise Flaw("at", MISSING)
    return moment("at", given, terms)


def _datum(row: Mapping[Any, Any], element: Element) -> Datum | None:
    name = _text(row, "datum")
    if element not in WITH_DATUM:
        return None
    if not name:
        raise Flaw("datum", NO_DATUM)
    name = {"吴淞": "wusong", "吴淞高程": "wusong", "黄海": "yellow_sea",
            "黄海高程": "yellow_sea", "85高程": "yellow_sea"}.get(name, name)  # fmt: skip
    try:
        return Datum(name)
    except ValueError:
        raise Flaw("datum", NO_SUCH_DATUM) from None
