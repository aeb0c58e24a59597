"""A weather service's answer, read by a map of its columns into readings of our stations.

Six elements: air temperature °C, relative humidity %, station pressure hPa, wind speed m/s, wind
direction °, rain of the hour mm. The answer is CSV with a header, or JSON whose rows are objects.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from zoneinfo import ZoneInfo

from anlan.operations.sensing.rules.offered import Flaw, Offered, Terms, moment, number
from anlan.vocabulary.elements import Element
from anlan.vocabulary.words import N_

SIX = (
    Element.AIR_TEMPERATURE, Element.HUMIDITY, Element.AIR_PRESSURE, Element.WIND_SPEED,
    Element.WIND_DIRECTION, Element.RAIN_HOUR,
)  # fmt: skip
ZONES = {"china": ZoneInfo("Asia/Shanghai"), "utc": ZoneInfo("UTC")}
# As the national meteorological data service names them.
USUAL = {
    Element.AIR_TEMPERATURE: "TEM", Element.HUMIDITY: "RHU", Element.AIR_PRESSURE: "PRS",
    Element.WIND_SPEED: "WIN_S_Avg_1mi", Element.WIND_DIRECTION: "WIN_D_Avg_1mi",
    Element.RAIN_HOUR: "PRE_1h",
}  # fmt: skip
MOST_ROWS = 20_000
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?")


MANY_ROWS = N_("the answer has more than %(n)d rows")
NO_OBJECT = N_("row %(row)d of the answer is no object")
NO_SUCH_COLUMN = N_("the answer has no column %(column)s; it has %(known)s")
NOT_JSON = N_("the answer is not JSON: %(begins)s")
NO_LIST = N_("the answer has no list of rows there: %(begins)s")
NOT_CSV = N_("the answer is not CSV: %(why)s")


class NotWeather(ValueError):
    """The answer is not what the feed's settings say; `message` and parameters say where."""

    def __init__(self, message: str, **parameters: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Columns:
    """How to read an answer: where its rows are, its columns, and whose stations they are.

    `rows` is the dotted path to the list of a JSON answer ("" when it is the list itself),
    `stations` maps the service's ids to codes of our register, `missing` are figures that stand
    for no data. Stations that are not mapped are passed over.
    """

    format: str = "json"
    rows: str = ""
    station: str = "Station_Id_C"
    time: str = "Datetime"
    zone: str = "utc"
    elements: dict[str, str] = field(default_factory=lambda: {k.value: v for k, v in USUAL.items()})
    stations: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ("999999", "999990", "9999")

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> Self:
        return cls(**{**options, "missing": tuple(options.get("missing", ()))})

    def options(self) -> dict[str, Any]:
        return {**asdict(self), "missing": list(self.missing)}


def read_weather(body: bytes, columns: Columns, terms: Terms) -> list[tuple[int, Offered | Flaw]]:
    """The values of the mapped stations, each with its row's number (the first row is 1).

    Raises `NotWeather`.
    """
    found: list[tuple[int, Offered | Flaw]] = []
    terms = Terms(terms.now, ZONES[columns.zone])
    for at, row in enumerate(_rows(body, columns), 1):
        if at > MOST_ROWS:
            raise NotWeather(MANY_ROWS, n=MOST_ROWS)
        if not isinstance(row, Mapping):
            raise NotWeather(NO_OBJECT, row=at)
        if at == 1 and columns.station not in row:
            known = ", ".join(map(str, row))[:160]
            raise NotWeather(NO_SUCH_COLUMN, column=columns.station, known=known)
        code = columns.stations.get(str(row.get(columns.station, "")).strip())
        if code is not None:
            found += [(at, value) for value in _values(row, code, columns, terms)]
    return found


def _rows(body: bytes, columns: Columns) -> Iterable[Any]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("gb18030", "replace")
    if columns.format == "csv":
        return _csv(text)
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        raise NotWeather(NOT_JSON, begins=text[:60].strip()) from None
    for step in filter(None, columns.rows.split(".")):
        rows = rows.get(step) if isinstance(rows, dict) else None
    if not isinstance(rows, list):
        raise NotWeather(NO_LIST, begins=text[:60].strip())
    return rows


def _csv(text: str) -> Iterable[Any]:
    try:
        yield from csv.DictReader(io.StringIO(text, ""))
    except csv.Error as fault:
        raise NotWeather(NOT_CSV, why=str(fault)) from fault


def _values(
    row: Mapping[str, Any], code: str, columns: Columns, terms: Terms
) -> Iterable[Offered | Flaw]:
    try:
        at = moment("at", _iso(row.get(columns.time)), terms)
    except Flaw as flaw:
        yield flaw
        return
    for name, column in columns.elements.items():
        given = row.get(column)
        if given is None or not column or _absent(given, columns.missing):
            continue
        try:
            value = number(column, given)
        except Flaw as flaw:
            yield flaw
            continue
        if value is not None:
            yield Offered(code, Element(name), at, value)


def _absent(given: Any, missing: tuple[str, ...]) -> bool:
    text = str(given).strip()
    return text in missing or text.removesuffix(".0") in missing


def _iso(given: Any) -> str:
    """2026060108, 202606010800 and 20260601080000 too."""
    text = str(given or "").strip()
    if found := _DIGITS.fullmatch(text):
        year, month, day, hour, minute, second = found.groups()
        return f"{year}-{month}-{day}T{hour}:{minute or '00'}:{second or '00'}"
    return text
