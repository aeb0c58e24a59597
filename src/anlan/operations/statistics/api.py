"""The statistics of work safety for other programs: counts by unit, sector, source and grade."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from anlan.operations.people.queries import scope_of
from anlan.operations.statistics import queries
from anlan.operations.statistics.queries import Line, OutOfSight
from anlan.operations.statistics.rules.periods import BadPeriod, period
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
WRITTEN = N_("A period is a month 2026-11, a quarter 2026-Q4 or a year 2026.")


class Figures(Schema):
    """Counts of dangers and checks. `key`: township code, sector, source, grade, cycle or month, by
    the list that it stands in; `days` is the sum over `closed`; `late` is of now, null where it is
    not told apart; of what was `due` in the period or `carried` into it, `due_closed` were closed
    by its end; `submitted` and `returned` count re-checks; `score` out of 100, of units alone.
    `checks_…`: self-checks whose last day is over, `inspected` those that an authority made, `hits`
    of those that found something."""

    key: str
    found: int
    repeated: int
    due: int
    due_closed: int
    in_time: int
    closed: int
    days: int
    carried: int
    submitted: int
    returned: int
    checks_due: int
    checks_done: int
    checks_in_time: int
    inspected: int
    hits: int
    late: int | None
    late_major: int | None
    zero: bool
    score: float | None


class CoverageOut(Schema):
    """Operating enterprises of a key sector, and those where an authority inspected or found."""

    sector: str
    enterprises: int
    covered: int


class StatisticsOut(Schema):
    """A period's statistics within sight; `counted_at` null while months are being counted."""

    period: str
    area_code: str
    sector: str
    counted_at: datetime | None
    whole: Figures
    townships: list[Figures]
    departments: list[Figures]
    sectors: list[Figures]
    sources: list[Figures]
    grades: list[Figures]
    cycles: list[Figures]
    months: list[Figures]
    coverage: list[CoverageOut]


class Asking(Schema):
    """`period`: a month 2026-11, a quarter 2026-Q4 or a year 2026; this year where it is empty."""

    period: str = ""
    area_code: str = ""
    sector: str = ""


@router.get("/statistics", response=StatisticsOut)
def statistics(request: HttpRequest, asking: Query[Asking]) -> Any:
    """What was found, due, closed, late and repeated, as the page shows it."""
    try:
        of = queries.seen(scope_of(request.user), asking.area_code, asking.sector)
    except OutOfSight:
        raise Http404 from None
    if of is None:
        raise PermissionDenied
    try:
        found = queries.board(of, period(asking.period or f"{clock.today():%Y}"))
    except BadPeriod:
        raise Refused(
            N_("A period is a month 2026-11, a quarter 2026-Q4 or a year 2026.")
        ) from None
    every = found.units
    lists = ("townships", "departments", "sectors", "sources", "grades", "cycles")
    return {
        "period": every.period.key, "area_code": of.area, "sector": of.sector,
        "counted_at": every.counted_at, "whole": _figures(every.whole),
        **{name: [_figures(one) for one in getattr(every, name)] for name in lists},
        "months": [_figures(one) for one in found.months], "coverage": found.coverage,
    }  # fmt: skip


def _figures(one: Line) -> dict[str, Any]:
    tally = {name: getattr(one.tally, name) for name in queries.FIGURES}
    checks = one.checks
    return tally | {
        "checks_due": checks.due, "checks_done": checks.done, "checks_in_time": checks.in_time,
        "inspected": checks.inspected, "hits": checks.hits,
        "key": one.key, "late": one.late, "late_major": one.late_major, "zero": one.zero,
        "score": one.score.points,
    }  # fmt: skip
