"""What the station pages ask in their addresses, parsed once."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import QueryDict

from anlan.operations.sensing.queries import StationRow
from anlan.vocabulary.datum import Datum

PERIODS = (24, 72, 168)
FUTURE_SHARE = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """The period in hours and the datum in which stages are shown ("" where there is none)."""

    hours: int
    datum: str

    @property
    def span(self) -> timedelta:
        return timedelta(hours=self.hours)


def choice(query: QueryDict, station: StationRow) -> Choice:
    """The period and datum asked for; what cannot be shown falls back to the station's own."""
    asked = query.get("hours", "")
    hours = int(asked) if asked.isdigit() and int(asked) in PERIODS else PERIODS[1]
    datum = query.get("datum", "")
    convertible = station.offset_m is not None and datum in set(Datum)
    return Choice(hours, datum if station.datum and convertible else station.datum)
