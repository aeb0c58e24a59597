"""A line of the statistics: counts, the way to their records, the score; made out of cells."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from anlan.operations.checks.queries.figures import CheckTally
from anlan.operations.safety.queries.figures import Late, Tally
from anlan.operations.statistics.queries.links import all_links, check_links, links
from anlan.operations.statistics.rules.scores import Score, score, share
from anlan.vocabulary.areas import STREET_DIGITS
from anlan.vocabulary.periods import Period

NOT_LOOKED = ("self_check", "cycle")  # sources of dangers that no authority found by looking


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose figures: those of an area (its code's beginning) and of a sector, or of all of it."""

    area: str
    sector: str

    @property
    def one_street(self) -> bool:
        return len(self.area) == STREET_DIGITS

    @property
    def kind(self) -> dict[str, str]:
        """The registers' filters that stand for it."""
        area = self.area if self.one_street else ""
        return {k: v for k, v in (("area_code", area), ("sector", self.sector)) if v}


@dataclass
class Line:
    """One line: what it stands for, its counts, what is late now, and the way to the records.

    清零 has two sides. `authority`: finds that were not an enterprise's own, none is a unit that
    finds nothing, where it has an operating enterprise to look at (`supervises`).
    `cases`: enforcement cases filed, 0 is a unit with zero cases; None where it has no officers,
    or the line is no unit.
    `late`, `late_major` are None where lateness is not told apart by what the line stands for.
    `ways` makes the links to the records: only who shows a line asks for them.
    """

    key: str
    tally: Tally = field(default_factory=Tally)
    checks: CheckTally = field(default_factory=CheckTally)
    name: str = ""
    late: int | None = None
    late_major: int | None = None
    authority: int = 0
    supervises: bool = False
    cases: int | None = None
    ways: Callable[[], Mapping[str, str]] = dict
    score: Score = field(default_factory=lambda: Score(None, {}))
    page: str = ""

    @cached_property
    def links(self) -> Mapping[str, str]:
        """For each figure: where its records are."""
        return self.ways()

    @property
    def zero(self) -> bool:
        return self.supervises and self.authority == 0

    @property
    def caseless(self) -> bool:
        return self.cases == 0

    @property
    def rectified(self) -> float | None:
        """Closed by the end, of what was due by the end and not closed before it began."""
        return share(self.tally.due_closed, self.tally.to_close)

    @property
    def in_time(self) -> float | None:
        return share(self.tally.in_time, self.tally.due_closed)

    @property
    def returned(self) -> float | None:
        """How often a re-check sent back what was reported rectified."""
        return share(self.tally.returned, self.tally.submitted)

    @property
    def cycle(self) -> float | None:
        """Self-checks done, of those whose last day is over."""
        return share(self.checks.done, self.checks.due)

    @property
    def days(self) -> float | None:
        """Mean days from find to closing, of what was closed in the period."""
        return share(self.tally.days, self.tally.closed)


@dataclass(frozen=True, slots=True)
class Cells:
    """What the months give: dangers and checks by kind, and what is late now."""

    dangers: Sequence[Mapping[str, Any]]
    checks: Sequence[Mapping[str, Any]]
    late: Sequence[Late]


@dataclass(frozen=True, slots=True)
class Builder:
    """Lines out of cells; `filed`: cases by the key of a unit's line; `operating`: the townships
    and the sectors that have an operating enterprise."""

    of: Seen
    period: Period
    today: date
    weights: Mapping[str, float]
    cells: Cells
    filed: Mapping[str, int]
    operating: Collection[str]

    def whole(self) -> Line:
        line = Line("", late=0, late_major=0, supervises=bool(self.operating))
        for cell in self.cells.dangers:
            _add(line, cell)
        for cell in self.cells.checks:
            line.checks.add(cell["tally"])
        for one in self.cells.late:
            _late(line, one)
        return self._linked(self._scored(line), {})

    def units(self, key: str, filtered: str, late: Callable[[Late], str]) -> list[Line]:
        """A line for each value of what a unit answers for, the most found first."""
        found: dict[str, Line] = defaultdict(lambda: Line("", late=0, late_major=0))
        for cell in self.cells.dangers:
            _add(found[cell[key]], cell)
        for cell in self.cells.checks:
            found[cell[key]].checks.add(cell["tally"])
        for one in self.cells.late:
            _late(found[late(one)], one)
        for value, line in found.items():
            line.key, line.supervises = value, value in self.operating
            self._linked(self._scored(line), {filtered: value or "-"})
        return _most_first(found.values())

    def kinds(self, key: str) -> list[Line]:
        """A line for each kind of danger: these have no score, nobody answers for them."""
        found: dict[str, Line] = defaultdict(lambda: Line(""))
        for cell in self.cells.dangers:
            _add(found[cell[key]], cell)
        for value, line in found.items():
            line.key = value
            self._linked(line, {key: value or "-"})
        return _most_first(found.values())

    def cycles(self) -> list[Line]:
        """Self-checks by how often they are owed: daily by the post, monthly by the principal."""
        found: dict[str, Line] = defaultdict(lambda: Line(""))
        for cell in self.cells.checks:
            if cell["cycle"]:
                found[cell["cycle"]].checks.add(cell["tally"])
        for value, line in found.items():
            line.key = value
            asked = self.of.kind | {"cycle": value}
            line.ways = partial(check_links, self.period, self.today, asked)
        return sorted(found.values(), key=lambda one: -one.checks.due)

    def named(self, found: list[Line], names: Mapping[str, str], filtered: str) -> list[Line]:
        """A line for every unit, also for those of which no record speaks."""
        by_key = {one.key: one for one in found}
        rows = []
        for key, name in names.items():
            line = by_key.get(key) or self._linked(
                self._scored(Line(key, late=0, late_major=0, supervises=key in self.operating)),
                {filtered: key},
            )
            line.name = name
            if key in self.filed:
                line.cases = self.filed[key]
                self._scored(line)
            rows.append(line)
        return sorted(rows, key=lambda one: (-one.tally.found, one.key))

    def _scored(self, line: Line) -> Line:
        # Nobody has failed to find anything before a period is over.
        early = line.zero and self.period.last >= self.today
        nothing = early or not (line.supervises or line.authority)
        cleared = None if nothing else float(not line.zero)
        early = line.caseless and self.period.last >= self.today
        cases = None if line.cases is None or early else float(not line.caseless)
        line.score = score(self.weights, {
            "cycle": line.cycle, "rectified": line.rectified, "in_time": line.in_time,
            "cleared": cleared, "cases": cases,
        })  # fmt: skip
        return line

    def _linked(self, line: Line, kind: Mapping[str, str]) -> Line:
        asked = self.of.kind | dict(kind)
        ways = links if {"source", "grade"} & set(kind) else all_links
        line.ways = partial(ways, self.period, self.today, asked)
        return line


def _add(line: Line, cell: Mapping[str, Any]) -> None:
    line.tally.add(cell["tally"])
    if cell["source"] not in NOT_LOOKED:
        line.authority += cell["tally"].found


def _late(line: Line, one: Late) -> None:
    line.late = (line.late or 0) + one.count
    line.late_major = (line.late_major or 0) + one.major


def _most_first(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda one: -one.tally.found)
