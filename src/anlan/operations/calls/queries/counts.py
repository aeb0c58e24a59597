"""What is counted for a unit: each figure with the filter that shows the calls it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Avg, Count, Q, QuerySet

from anlan.operations.calls.models import Call
from anlan.operations.calls.queries.registers import CONFIRMED, MARKS
from anlan.operations.calls.queries.scope import calls_in
from anlan.operations.calls.queries.units import units
from anlan.operations.calls.rules.states import ENDED
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock

SENT, REFUSED = MARKS["sent"], MARKS["refused"]
# What was not sent is counted nowhere. A refusal is its first unit's, whoever has the call now.
_COUNTED: Mapping[str, tuple[Q, Mapping[str, str]]] = {
    **{key: (one, {"mark": key}) for key, one in MARKS.items() if key != "refused"},
    "confirmed": (CONFIRMED, {"view": "confirmed"}),
    "open": (~Q(state__in=ENDED), {"view": "open", "mark": "sent"}),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's figures: counts by key with the address of their lists, the mean grade (1–5)."""

    code: str
    name: str
    counts: Mapping[str, int]
    links: Mapping[str, str]
    grade: float | None


@dataclass(frozen=True, slots=True)
class Spell:
    """The calls made from one day until another, both included."""

    since: date
    until: date

    @property
    def called(self) -> Q:
        begin = datetime.combine(self.since, time(), clock.CHINA)
        end = datetime.combine(self.until + timedelta(days=1), time(), clock.CHINA)
        return Q(called_at__gte=begin, called_at__lt=end)

    @property
    def asked(self) -> dict[str, str]:
        return {"called_at_since": f"{self.since}", "called_at_until": f"{self.until}"}


def counted(scope: Scope, spell: Spell) -> tuple[list[Line], list[Line]]:
    """Departments and streets within sight; a department sees itself alone. Four queries."""
    rows = calls_in(scope)
    departments, streets = units()
    lines = by_unit(rows, spell, departments)
    if scope.reach == "sector":
        lines = [one for one in lines if one.code == scope.organisation]
    return lines, by_street(rows, spell, streets)


def by_unit(rows: QuerySet[Call], spell: Spell, names: Mapping[str, str]) -> list[Line]:
    """For each department that has calls, or refused one. Two queries."""
    found = _grouped(rows, "unit", spell)
    first = rows.filter(SENT & REFUSED & spell.called).order_by().values("first_unit")
    refused = dict(first.annotate(n=Count("pk")).values_list("first_unit", "n"))
    for code in refused:
        found.setdefault(code, dict.fromkeys(_COUNTED, 0) | {"mean": None})
    lines = [_line(code, figures, "unit", spell, names) for code, figures in found.items()]
    return sorted((_refusing(one, refused, spell) for one in lines), key=_most_late)


def by_street(rows: QuerySet[Call], spell: Spell, names: Mapping[str, str]) -> list[Line]:
    """For each street that called: how it was served. One query."""
    found = _grouped(rows, "street", spell)
    lines = [_line(code, figures, "street", spell, names) for code, figures in found.items()]
    return sorted(lines, key=lambda one: (-one.counts["sent"], one.code))


def _grouped(rows: QuerySet[Call], by: str, spell: Spell) -> dict[str, dict[str, Any]]:
    named: dict[str, Any] = {
        f"n_{key}": Count("pk", filter=condition) for key, (condition, _asked) in _COUNTED.items()
    }
    grouped = rows.filter(SENT & spell.called).order_by().values(by)
    return {
        row.pop(by): {key.removeprefix("n_"): value for key, value in row.items()}
        for row in grouped.annotate(**named, mean=Avg("grade", filter=CONFIRMED))
    }


def _line(
    code: str, figures: Mapping[str, Any], by: str, spell: Spell, names: Mapping[str, str]
) -> Line:
    links = {
        key: f"/calls?{urlencode({by: code, **asked, **spell.asked})}"
        for key, (_condition, asked) in _COUNTED.items()
    }
    counts = {key: int(figures[key]) for key in _COUNTED}
    mean = figures["mean"]
    return Line(code, names.get(code, code), counts, links, None if mean is None else float(mean))


def _refusing(line: Line, refused: Mapping[str, int], spell: Spell) -> Line:
    """With the calls that the department was called for first, and refused."""
    asked = urlencode({"first_unit": line.code, "mark": "refused", **spell.asked})
    counts = {**line.counts, "refused": refused.get(line.code, 0)}
    links = {**line.links, "refused": f"/calls?{asked}"}
    return Line(line.code, line.name, counts, links, line.grade)


def _most_late(line: Line) -> tuple[int, int, str]:
    late = line.counts["answered_late"] + line.counts["handled_late"]
    return (-late, -line.counts["sent"], line.code)
