"""What the statistics say of a sector between two days, for an evaluation of enforcement."""

from datetime import date

from anlan.operations.oversight.queries.evaluations import Line
from anlan.operations.people.queries import Scope
from anlan.operations.statistics.queries.rooms import other_rooms
from anlan.vocabulary import clock
from anlan.vocabulary.periods import Period

ROOMS = ("cases", "accidents")


def intensity(scope: Scope, sector: str, since: date, until: date) -> list[Line]:
    """Enforcement and accidents as the statistics count them (R-212, K-01..03)."""
    kind = {"sector": sector} if sector else {}
    period = Period(f"{since}/{until}", since, until)
    return [
        Line(key=f"{room.key}.{one.key}", value=f"{one.value}", said=f"{room.word}: {one.word}")
        for room in other_rooms(scope, kind, period, clock.today()) if room.key in ROOMS
        for one in room.figures if one.key not in ("late", "overdue")
    ]  # fmt: skip
