"""The works of a year by the unit that does them and the leader who leads: planned, done, late."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, Sum

from anlan.operations.people.queries import Scope
from anlan.operations.responsibilities.models import Bearer, Reading, Work
from anlan.operations.responsibilities.queries.registers import DONE_LATE, IN_TIME, late_on
from anlan.operations.responsibilities.queries.scope import bearers_in, works_in
from anlan.operations.responsibilities.rules.states import State
from anlan.vocabulary import clock


@dataclass(slots=True)
class Figures:
    """Counts of works that were not dropped; `points` is the sum of their percents."""

    planned: int = 0
    in_time: int = 0
    done_late: int = 0
    late: int = 0
    waiting: int = 0
    points: int = 0

    @property
    def percent(self) -> int | None:
        return self.points // self.planned if self.planned else None

    @property
    def done(self) -> int:
        return self.in_time + self.done_late

    def add(self, other: "Figures") -> None:
        for name in ("planned", "in_time", "done_late", "late", "waiting", "points"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """A leader with the works led in one unit; `seen`: the leader's own page is within sight."""

    id: int
    title: str
    name: str
    seen: bool
    read_on: date | None
    figures: Figures


@dataclass(slots=True)
class UnitRow:
    """A unit with the works that it does, by who leads them."""

    code: str
    name: str
    figures: Figures = field(default_factory=Figures)
    leaders: list[LeaderRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Board:
    year: int
    years: list[int]
    whole: Figures
    units: list[UnitRow]
    mine: list[Bearer]


def board(scope: Scope, year: int) -> Board:
    """Units by name; a leader without a work this year stands with none. Four queries."""
    bearers = {one.pk: one for one in bearers_in(scope).filter(ended_on=None)}
    read = dict(Reading.objects.filter(year=year, bearer__in=bearers).values_list("bearer", "at"))
    units: dict[str, UnitRow] = {}
    whole, met = Figures(), set()
    for row in _counted(scope, year):
        leader = _leader(row, bearers, read)
        unit = units.setdefault(row["unit_code"], UnitRow(row["unit_code"], row["unit_name"]))
        unit.leaders.append(leader)
        unit.figures.add(leader.figures)
        whole.add(leader.figures)
        met.add(leader.id)
    for one in bearers.values():
        if one.pk not in met:
            unit = units.setdefault(one.unit_code, UnitRow(one.unit_code, one.unit_name))
            unit.leaders.append(
                LeaderRow(one.pk, one.title, one.name, True, _day(read, one.pk), Figures())
            )
    for unit in units.values():
        unit.leaders.sort(key=lambda one: one.title)
    years = set(works_in(scope).order_by().values_list("year", flat=True).distinct())
    mine = [one for one in bearers.values() if one.account_id == scope.account_id
            or (one.unit_code == scope.organisation and not one.post)]  # fmt: skip
    return Board(
        year, sorted(years | {year, clock.today().year}, reverse=True), whole,
        sorted(units.values(), key=lambda one: one.code), mine,
    )  # fmt: skip


def unit_figures(unit_code: str, year: int) -> Figures:
    """The works of a year that a unit does; for a reader who was found to see it. One query."""
    rows = Work.objects.filter(unit_code=unit_code, year=year).exclude(state=State.DROPPED)
    found = rows.aggregate(
        planned=Count("pk"), in_time=Count("pk", filter=IN_TIME),
        done_late=Count("pk", filter=DONE_LATE), late=Count("pk", filter=late_on(clock.today())),
        waiting=Count("pk", filter=Q(state=State.SUBMITTED)), points=Sum("percent", default=0),
    )  # fmt: skip
    return Figures(**found)


def _counted(scope: Scope, year: int) -> Iterable[Any]:
    rows = works_in(scope).filter(year=year).exclude(state=State.DROPPED)
    return (
        rows.order_by()
        .values("unit_code", "unit_name", "bearer", "bearer__unit_name", "bearer__post",
                "bearer__name")
        .annotate(
            planned=Count("pk"), in_time=Count("pk", filter=IN_TIME),
            done_late=Count("pk", filter=DONE_LATE),
            late=Count("pk", filter=late_on(clock.today())),
            waiting=Count("pk", filter=Q(state=State.SUBMITTED)), points=Sum("percent"),
        )
    )  # fmt: skip


def _leader(
    row: dict[str, Any], bearers: dict[int, Bearer], read: dict[int, datetime]
) -> LeaderRow:
    figures = Figures(**{name: row[name] for name in Figures.__slots__})
    title = f"{row['bearer__unit_name']} {row['bearer__post']}".strip()
    pk = row["bearer"]
    return LeaderRow(pk, title, row["bearer__name"], pk in bearers, _day(read, pk), figures)


def _day(read: dict[int, datetime], bearer_id: int) -> date | None:
    at = read.get(bearer_id)
    return at.astimezone(clock.CHINA).date() if at else None
