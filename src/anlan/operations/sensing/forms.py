"""What the station pages ask in their addresses, parsed once."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import QueryDict

from anlan.operations.sensing.queries import StationRow
from anlan.operations.sensing.rules.kinds import WATER_QUALITY
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.readings import Element

PERIODS = (24, 72, 168)
FUTURE_SHARE = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """The period in hours, the datum of stages ("" where there is none), and what is drawn."""

    hours: int
    datum: str
    element: Element

    @property
    def span(self) -> timedelta:
        return timedelta(hours=self.hours)


def choice(query: QueryDict, station: StationRow) -> Choice:
    """The period and datum asked for; what cannot be shown falls back to the station's own."""
    asked = query.get("hours", "")
    hours = int(asked) if asked.isdigit() and int(asked) in PERIODS else PERIODS[1]
    datum = query.get("datum", "")
    convertible = station.offset_m is not None and datum in set(Datum)
    return Choice(
        hours,
        datum if station.datum and convertible else station.datum,
        _element(query.get("element", ""), station),
    )


def _element(asked: str, station: StationRow) -> Element:
    if station.kind == WATER_QUALITY and asked in set(Element):
        return Element(asked)
    return station.element
