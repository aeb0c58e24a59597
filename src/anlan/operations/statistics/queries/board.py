"""The statistics of a period as somebody may see them, from the counted months and what is late."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet, Sum

from anlan.operations.people.queries import Scope, organisations
from anlan.operations.safety.queries.figures import (
    TOWNSHIP_DIGITS,
    Coverage,
    Firm,
    Late,
    Tally,
    coverage,
    late_dangers,
    late_firms,
    repeating_firms,
)
from anlan.operations.statistics.models import CountedMonth, MonthCount
from anlan.operations.statistics.queries.links import links
from anlan.operations.statistics.queries.rules import rule_on
from anlan.operations.statistics.rules.book import Rule
from anlan.operations.statistics.rules.periods import Period, month_of
from anlan.operations.statistics.rules.scores import Score, score, share
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock

FIGURES = tuple(one.name for one in fields(Tally))
SELF_CHECK = "self_check"
FIRMS = 10


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose figures: those of an area (its code's beginning) and of a sector, or of all of it."""

    area: str
    sector: str


@dataclass(slots=True)
class Line:
    """One line: what it stands for, its counts, what is late now, and the way to the records.

    `authority`: finds that were not an enterprise's own; a unit without any is a zero case 清零.
    """

    key: str
    tally: Tally = field(default_factory=Tally)
    name: str = ""
    late: int = 0
    late_major: int = 0
    authority: int = 0
    links: Mapping[str, str] = field(default_factory=dict)
    score: Score = field(default_factory=lambda: Score(None, {}))

    @property
    def zero(self) -> bool:
        return self.authority == 0

    @property
    def rectified(self) -> float | None:
        return share(self.tally.due_closed, self.tally.due)

    @property
    def in_time(self) -> float | None:
        return share(self.tally.in_time, self.tally.due_closed)

    @property
    def days(self) -> float | None:
        """Mean days from find to closing, of what was closed in the period."""
        return share(self.tally.days, self.tally.closed)


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
    rule: Rule
    counted_at: datetime | None

    @property
    def zero_units(self) -> list[Line]:
        return [one for one in (*self.townships, *self.departments) if one.zero]


@dataclass(frozen=True, slots=True)
class Board:
    """A period's statistics within one's sight."""

    seen: Seen
    units: Units
    months: list[Line]
    coverage: list[Coverage]
    late_firms: list[Firm]
    repeating_firms: list[Firm]


def seen(scope: Scope, area: str = "", sector: str = "") -> Seen | None:
    """What an account asks to see, within what it may; None where it may see no figures."""
    own = scope.area_prefix
    if own is None or len(own) > TOWNSHIP_DIGITS or not scope.may("assessment.view"):
        return None
    asked = area if area.startswith(own) and area.isdecimal() else own
    if scope.reach == "sector":
        return Seen(asked[:TOWNSHIP_DIGITS], scope.sector or "-")
    return Seen(asked[:TOWNSHIP_DIGITS], sector)


def units(of: Seen, period: Period) -> Units:
    """The units of what is seen. Seven queries."""
    today = clock.today()
    late = late_dangers(of.area, of.sector, today)
    cells = _cells(of, period)
    rule = rule_on(min(period.last, today))
    build = _Builder(of, period, today, rule.weights)
    by_township = build.lines(
        cells, late, lambda one: one["township"], lambda one: one.township, "area_code"
    )
    by_sector = build.lines(
        cells, late, lambda one: one["sector"], lambda one: one.sector, "sector"
    )
    # A township that somebody else runs has a line only if something was found in it.
    known = {one.key for one in by_township}
    townships = {
        one.code: one.name for one in areas("township", of.area)
        if not one.admin_by or one.code in known
    }  # fmt: skip
    departments = {
        one.sector: one.name for one in organisations(kind="department")
        if one.sector and (not of.sector or one.sector == of.sector)
    }  # fmt: skip
    one_street = len(of.area) == TOWNSHIP_DIGITS
    return Units(
        period, build.whole(cells, late),
        build.units(by_township, townships, "area_code"),
        [] if one_street else build.units(by_sector, departments, "sector"),
        by_sector,
        build.lines(cells, [], lambda one: one["source"], None, "source"),
        build.lines(cells, [], lambda one: one["grade"], None, "grade"),
        rule, _counted_at(period, today),
    )  # fmt: skip


def board(of: Seen, period: Period) -> Board:
    """Some twelve queries, none over more rows than there are late dangers or cells of months."""
    today = clock.today()
    found = units(of, period)
    return Board(
        of, found, _months(of, period, today),
        coverage(of.area, _keys(found.rule.key_sectors, of), period.first, period.last),
        late_firms(of.area, of.sector, today, FIRMS),
        repeating_firms(of.area, of.sector, (period.first, period.last), FIRMS),
    )  # fmt: skip


def _counted_at(period: Period, today: date) -> datetime | None:
    counted = CountedMonth.objects.filter(month__in=period.months, month__lte=today)
    counts = list(counted.values_list("counted_at", flat=True))
    known = [one for one in counts if one is not None]
    return min(known) if known and len(known) == len(counts) else None


def _keys(sectors: Iterable[str], of: Seen) -> list[str]:
    return [one for one in sectors if not of.sector or one == of.sector]


def _counts(of: Seen, period: Period) -> QuerySet[MonthCount]:
    asked = Q(month__gte=period.first, month__lte=period.last)
    if len(of.area) == TOWNSHIP_DIGITS:
        asked &= Q(township=of.area)
    else:
        asked &= Q(township__startswith=of.area)
    if of.sector:
        asked &= Q(sector=of.sector)
    return MonthCount.objects.filter(asked)


def _sums() -> dict[str, Any]:
    return {f"sum_{name}": Sum(name) for name in FIGURES}


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(**{name: row[f"sum_{name}"] for name in FIGURES})


def _cells(of: Seen, period: Period) -> list[dict[str, Any]]:
    kinds = _counts(of, period).values("township", "sector", "source", "grade")
    return [row | {"tally": _tally(row)} for row in kinds.annotate(**_sums())]


def _months(of: Seen, period: Period, today: date) -> list[Line]:
    """A line for each month that has begun."""
    found = {
        row["month"]: _tally(row) for row in _counts(of, period).values("month").annotate(**_sums())
    }
    kind = _kind(of)
    return [
        Line(f"{first:%Y-%m}", found.get(first, Tally()), f"{first.month}",
             links=links(month_of(first), today, kind))
        for first in period.months if first <= today
    ]  # fmt: skip


def _kind(of: Seen) -> dict[str, str]:
    """The register's filters that stand for what is seen."""
    area = of.area if len(of.area) == TOWNSHIP_DIGITS else ""
    return {key: value for key, value in (("area_code", area), ("sector", of.sector)) if value}


@dataclass(frozen=True, slots=True)
class _Builder:
    """Lines out of cells."""

    of: Seen
    period: Period
    today: date
    weights: Mapping[str, float]

    def whole(self, cells: list[dict[str, Any]], late: list[Late]) -> Line:
        line = Line("")
        for cell in cells:
            self._add(line, cell)
        line.late, line.late_major = sum(one.count for one in late), sum(one.major for one in late)
        return self._scored(line, _kind(self.of))

    def lines(
        self,
        cells: list[dict[str, Any]],
        late: list[Late],
        of_cell: Callable[[dict[str, Any]], str],
        of_late: Callable[[Late], str] | None,
        filtered: str,
    ) -> list[Line]:
        """One line for each value, the most found first."""
        found: dict[str, Line] = defaultdict(lambda: Line(""))
        for cell in cells:
            self._add(found[of_cell(cell)], cell)
        if of_late is not None:
            for one in late:
                line = found[of_late(one)]
                line.late += one.count
                line.late_major += one.major
        for key, line in found.items():
            line.key = key
            self._scored(line, _kind(self.of) | {filtered: key or "-"})
        return sorted(found.values(), key=lambda one: -one.tally.found)

    def units(self, found: list[Line], names: Mapping[str, str], filtered: str) -> list[Line]:
        """A line for every unit, also for those of which no record speaks."""
        by_key = {one.key: one for one in found}
        rows = []
        for key, name in names.items():
            line = by_key.get(key) or self._scored(
                Line(key), _kind(self.of) | {filtered: key}
            )  # fmt: skip
            line.name = name
            rows.append(line)
        return sorted(rows, key=lambda one: (-one.tally.found, one.key))

    def _add(self, line: Line, cell: dict[str, Any]) -> None:
        line.tally.add(cell["tally"])
        if cell["source"] != SELF_CHECK:
            line.authority += cell["tally"].found

    def _scored(self, line: Line, kind: Mapping[str, str]) -> Line:
        line.links = links(self.period, self.today, kind)
        line.score = score(self.weights, {
            "cycle": None, "rectified": line.rectified, "in_time": line.in_time,
            "cleared": float(not line.zero),
        })  # fmt: skip
        return line
