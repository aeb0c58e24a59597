"""The statistics of a period as somebody may see them, from the counted months and what is late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Sum

from anlan.operations.checks.queries.figures import CheckTally
from anlan.operations.enforcement.queries.filed import cases_filed
from anlan.operations.people.queries import Scope, organisations
from anlan.operations.people.queries.days import month_words
from anlan.operations.registers.queries import series
from anlan.operations.safety.queries.figures import (
    Coverage,
    Firm,
    Tally,
    coverage,
    late_dangers,
    late_firms,
    operating_in,
    repeating_firms,
)
from anlan.operations.safety.queries.registers import DANGERS
from anlan.operations.statistics.models import CheckCount, CountedMonth, MonthCount
from anlan.operations.statistics.queries.coverage import authority_looked
from anlan.operations.statistics.queries.lines import Builder, Cells, Line, Seen
from anlan.operations.statistics.queries.links import all_links
from anlan.operations.statistics.queries.rules import rule_on
from anlan.operations.statistics.rules.book import Rule
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.areas import STREET_DIGITS
from anlan.vocabulary.periods import Period, month_of
from anlan.vocabulary.periods import period as period_of

FIGURES = tuple(one.name for one in fields(Tally))
CHECK_FIGURES = tuple(one.name for one in fields(CheckTally))
FIRMS = 10


class OutOfSight(LookupError):
    """An area or a sector was asked for that is not the reader's, or that there is not."""


@dataclass(frozen=True, slots=True)
class Enforcer:
    """A unit with the power to enforce, and the cases that it filed in the period."""

    code: str
    name: str
    cases: int


@dataclass(frozen=True, slots=True)
class Units:
    """A period's lines; `counted_at`: when the oldest of its months was counted, None while some
    are not."""

    period: Period
    whole: Line
    townships: list[Line]
    departments: list[Line]
    sectors: list[Line]
    sources: list[Line]
    grades: list[Line]
    cycles: list[Line]
    rule: Rule
    counted_at: datetime | None
    enforcers: list[Enforcer]

    @property
    def zero_units(self) -> list[Line]:
        return [one for one in (*self.townships, *self.departments) if one.zero]

    @property
    def caseless(self) -> list[Enforcer]:
        return [one for one in self.enforcers if not one.cases]


@dataclass(frozen=True, slots=True)
class Covered:
    """A key sector: its operating enterprises, those looked at, and the way to both parts."""

    sector: str
    enterprises: int
    covered: int
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Board:
    """A period's statistics within one's sight."""

    seen: Seen
    units: Units
    months: list[Line]
    coverage: list[Covered]
    late_firms: list[Firm]
    repeating_firms: list[Firm]


def seen(scope: Scope, area: str = "", sector: str = "") -> Seen | None:
    """What an account asks to see; None where it may see no figures.

    Raises `OutOfSight` for an area or a sector that is not its own, or none at all.
    """
    own = scope.area_prefix
    if own is None or len(own) > STREET_DIGITS or not scope.may("assessment.view"):
        return None
    if area and area != own and not (area.startswith(own) and _is_township(area)):
        raise OutOfSight(area)
    mine = (scope.sector or "-") if scope.reach == "sector" else ""
    if sector and (sector not in DANGERS.field("sector").choices or (mine and sector != mine)):
        raise OutOfSight(sector)
    return Seen(area or own, mine or sector)


def _is_township(code: str) -> bool:
    return any(one.code == code for one in areas("township", code))


def units(of: Seen, period: Period) -> Units:
    """The units of what is seen. Twelve queries."""
    today = clock.today()
    cells = Cells(_cells(of, period), _check_cells(of, period),
                  late_dangers(of.area, of.sector, today))  # fmt: skip
    rule = rule_on(min(period.last, today))
    enforcers, filed = _enforcers(of, period)
    operating = {key for pair in operating_in(of.area, of.sector) for key in pair}
    build = Builder(of, period, today, rule.weights, cells, filed, operating)
    by_township = build.units("township", "area_code", lambda one: one.township)
    by_sector = build.units("sector", "sector", lambda one: one.sector)
    townships = build.named(by_township, _townships(of, by_township), "area_code")
    departments = [] if of.one_street else build.named(by_sector, _departments(of), "sector")
    for line, name in [(one, "area_code") for one in townships] + [
        (one, "sector") for one in departments
    ]:
        line.page = unit_page(of, period, {name: line.key})
    return Units(
        period, build.whole(), townships, departments, by_sector, build.kinds("source"),
        build.kinds("grade"), build.cycles(), rule, _counted_at(period, today), enforcers,
    )  # fmt: skip


def year_line(area: str, sector: str, year: int) -> Line | None:
    """The line of one unit's year: of a department by its sector, else of a street. None where the
    area is no street's. For a reader who was found to see that unit. Twelve queries."""
    found = units(Seen(area, sector), period_of(f"{year}"))
    lines = found.departments if sector else found.townships
    return next((one for one in lines if one.key == (sector or area)), None)


def _enforcers(of: Seen, period: Period) -> tuple[list[Enforcer], dict[str, int]]:
    """The units with officers within sight, and their cases by the key of a line: a street's code,
    a department's sector."""
    filed = cases_filed(period.first, period.last)
    rows: list[Enforcer] = []
    by_line: dict[str, int] = defaultdict(int)
    for one in organisations():
        if one.code not in filed or not one.area_code.startswith(of.area):
            continue
        if of.sector and one.sector != of.sector:
            continue
        rows.append(Enforcer(one.code, one.name, filed[one.code]))
        by_line[one.sector or one.code] += filed[one.code]
    return rows, dict(by_line)


def unit_page(of: Seen, period: Period, kind: Mapping[str, str]) -> str:
    """Where a unit's figures and the parts of its score stand."""
    return f"/statistics/unit?{urlencode({'period': period.key} | of.kind | dict(kind))}"


def _townships(of: Seen, found: list[Line]) -> dict[str, str]:
    """One that somebody else runs has a line only if a record speaks of it."""
    known = {one.key for one in found}
    return {
        one.code: one.name for one in areas("township", of.area)
        if not one.admin_by or one.code in known
    }  # fmt: skip


def _departments(of: Seen) -> dict[str, str]:
    """By sector; several of one sector answer for it together."""
    names: dict[str, str] = {}
    for one in organisations(kind="department"):
        if one.sector and (not of.sector or one.sector == of.sector):
            names[one.sector] = series(filter(None, (names.get(one.sector), one.name)))
    return names


def board(of: Seen, period: Period) -> Board:
    """Some fifteen queries, none over more rows than there are late dangers or cells of months."""
    today = clock.today()
    found = units(of, period)
    looked = authority_looked(period)
    return Board(
        of, found, _months(of, period, today),
        [_covered(one, of, period)
         for one in coverage(of.area, _keys(found.rule.key_sectors, of), looked)],
        late_firms(of.area, of.sector, today, FIRMS),
        repeating_firms(of.area, of.sector, (period.first, period.last), FIRMS),
    )  # fmt: skip


def _covered(one: Coverage, of: Seen, period: Period) -> Covered:
    asked = {"period": period.key} | of.kind | {"sector": one.sector}
    ways = {
        which: f"/statistics/coverage?{urlencode(asked | {'looked': which})}"
        for which in ("yes", "no")
    }
    return Covered(one.sector, one.enterprises, one.covered, ways)


def _counted_at(period: Period, today: date) -> datetime | None:
    counted = CountedMonth.objects.filter(month__in=period.months, month__lte=today)
    counts = list(counted.values_list("counted_at", flat=True))
    known = [one for one in counts if one is not None]
    return min(known) if known and len(known) == len(counts) else None


def _keys(sectors: Iterable[str], of: Seen) -> list[str]:
    return [one for one in sectors if not of.sector or one == of.sector]


def _asked(of: Seen, period: Period) -> Q:
    asked = Q(month__gte=period.first, month__lte=period.last)
    asked &= Q(township=of.area) if of.one_street else Q(township__startswith=of.area)
    return asked & Q(sector=of.sector) if of.sector else asked


def _counts(of: Seen, period: Period) -> QuerySet[MonthCount]:
    return MonthCount.objects.filter(_asked(of, period))


def _sums(names: Iterable[str]) -> dict[str, Any]:
    return {f"sum_{name}": Sum(name) for name in names}


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(**{name: row[f"sum_{name}"] for name in FIGURES})


def _check_tally(row: Mapping[str, Any]) -> CheckTally:
    return CheckTally(**{name: row[f"sum_{name}"] for name in CHECK_FIGURES})


def _cells(of: Seen, period: Period) -> list[dict[str, Any]]:
    kinds = _counts(of, period).values("township", "sector", "source", "grade")
    # What was carried into the period is what was carried into its first month.
    sums = _sums(FIGURES) | {
        "sum_carried": Sum("carried", filter=Q(month=period.first), default=0)
    }  # fmt: skip
    return [row | {"tally": _tally(row)} for row in kinds.annotate(**sums)]


def _check_cells(of: Seen, period: Period) -> list[dict[str, Any]]:
    rows = CheckCount.objects.filter(_asked(of, period)).values("township", "sector", "cycle")
    return [row | {"tally": _check_tally(row)} for row in rows.annotate(**_sums(CHECK_FIGURES))]


def _months(of: Seen, period: Period, today: date) -> list[Line]:
    """A line for each month that has begun. Two queries."""
    by_month = _counts(of, period).values("month").annotate(**_sums(FIGURES))
    found = {row["month"]: _tally(row) for row in by_month}
    checked = CheckCount.objects.filter(_asked(of, period)).values("month")
    checks = {row["month"]: _check_tally(row) for row in checked.annotate(**_sums(CHECK_FIGURES))}
    return [
        Line(f"{first:%Y-%m}", found.get(first, Tally()), checks.get(first, CheckTally()),
             month_words(first), ways=partial(all_links, month_of(first), today, of.kind))
        for first in period.months if first <= today
    ]  # fmt: skip
