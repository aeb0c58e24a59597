"""What the statistics say of a sector between two days, for an evaluation of enforcement."""

from datetime import date

from django.utils.translation import pgettext

from anlan.operations.checks.queries.figures import CheckTally
from anlan.operations.oversight.queries.evaluations import Line
from anlan.operations.people.queries import Scope
from anlan.operations.statistics.queries.inspections import inspections
from anlan.operations.statistics.queries.rooms import other_rooms
from anlan.vocabulary import clock
from anlan.vocabulary.periods import Period

ROOMS = ("cases", "accidents")


def intensity(scope: Scope, sector: str, since: date, until: date) -> list[Line]:
    """Inspections within sight, by a checklist and in cases, enforcement and accidents as the
    statistics count them (R-212, K-01..03)."""
    kind = {"sector": sector} if sector else {}
    period = Period(f"{since}/{until}", since, until)
    return _inspected(scope, sector, since, until) + [
        Line(key=f"{room.key}.{one.key}", value=f"{one.value}", said=f"{room.word}: {one.word}")
        for room in other_rooms(scope, kind, period, clock.today()) if room.key in ROOMS
        for one in room.figures if one.key not in ("late", "overdue")
    ]  # fmt: skip


def _inspected(scope: Scope, sector: str, since: date, until: date) -> list[Line]:
    """All that were made, and those that found something: the board's own two figures."""
    area, whole = scope.area_prefix, CheckTally()
    mine = scope.sector if scope.reach == "sector" else ""
    if area is None:
        return []
    for (township, of), tally in inspections(since, until).items():
        if township.startswith(area) and sector in ("", of) and mine in ("", of):
            whole.add(tally)
    word = pgettext("statistics", "Inspections")
    said = {
        "made": (whole.inspections, pgettext("inspections", "Made")),
        "hits": (whole.finding, pgettext("inspections", "Found something")),
    }
    return [
        Line(key=f"inspections.{key}", value=f"{n}", said=f"{word}: {what}")
        for key, (n, what) in said.items()
    ]
