"""The statistics of work safety for other programs: counts by unit, sector, source and grade."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Query, Router, Schema

from anlan.operations.people.queries import scope_of
from anlan.operations.statistics import queries
from anlan.operations.statistics.queries import Line
from anlan.operations.statistics.rules.periods import BadPeriod, period
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
WRITTEN = N_("A period is a month 2026-11, a quarter 2026-Q4 or a year 2026.")


class Figures(Schema):
    """Counts of dangers. `key`: township code, sector, source, grade or month, by the list that it
    stands in; `days` is the sum over `closed`; `late` is of now; `score` out of 100."""

    key: str
    found: int
    repeated: int
    due: int
    due_closed: int
    in_time: int
    closed: int
    days: int
    late: int
    late_major: int
    zero: bool
    score: float | None


class CoverageOut(Schema):
    """Operating enterprises of a key sector, and those where anything was found."""

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
    of = queries.seen(scope_of(request.user), asking.area_code, asking.sector)
    if of is None:
        raise PermissionDenied
    try:
        found = queries.board(of, period(asking.period or f"{clock.today():%Y}"))
    except BadPeriod:
        raise Refused(
            N_("A period is a month 2026-11, a quarter 2026-Q4 or a year 2026.")
        ) from None
    every = found.units
    lists = ("townships", "departments", "sectors", "sources", "grades")
    return {
        "period": every.period.key, "area_code": of.area, "sector": of.sector,
        "counted_at": every.counted_at, "whole": _figures(every.whole),
        **{name: [_figures(one) for one in getattr(every, name)] for name in lists},
        "months": [_figures(one) for one in found.months], "coverage": found.coverage,
    }  # fmt: skip


def _figures(one: Line) -> dict[str, Any]:
    tally = {name: getattr(one.tally, name) for name in queries.FIGURES}
    return tally | {
        "key": one.key, "late": one.late, "late_major": one.late_major, "zero": one.zero,
        "score": one.score.points,
    }  # fmt: skip
