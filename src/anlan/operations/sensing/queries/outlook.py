"""What the rooms above know of a station's future; they register it here, sensing only shows it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Past:
    """One forecast of the station, for the list of the station's page. Metres of the datum."""

    link: str
    issued_at: datetime
    crest_m: float
    crest_at: datetime
    low90_m: float
    high90_m: float
    method: str
    against_newest: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A gauge that decides this one's stage, and how: `by` is a phrase already translated."""

    station_code: str
    by: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """The newest forecast of a station, metres above `datum`, and the ones before it."""

    datum: str = ""
    link: str = ""
    issued_at: datetime | None = None
    at: tuple[datetime, ...] = ()
    stage: tuple[float, ...] = ()
    discharge: tuple[float, ...] = ()
    low50: tuple[float, ...] = ()
    high50: tuple[float, ...] = ()
    low90: tuple[float, ...] = ()
    high90: tuple[float, ...] = ()
    crest_at: datetime | None = None
    crest_m: float | None = None
    records: list[Past] = field(default_factory=list)
    neighbours: list[Neighbour] = field(default_factory=list)


Looker = Callable[[str], Outlook | None]
_lookers: list[Looker] = []


def offer_outlook(looker: Looker) -> Looker:
    """Register a function from a station's code to its outlook (at process start)."""
    if looker not in _lookers:
        _lookers.append(looker)
    return looker


def outlook(code: str) -> Outlook | None:
    """The outlook of a station from the first room that has one."""
    return next((found for look in _lookers if (found := look(code)) is not None), None)
