"""What is counted of patrols by street and by hazard: each figure with the filter of its list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.db.models.functions import Substr
from django.utils.translation import pgettext

from anlan.operations.patrols.queries.registers import MARKS
from anlan.operations.patrols.queries.scope import tasks_in
from anlan.operations.patrols.rules.states import HAZARD_WORDS
from anlan.operations.people.queries import Scope
from anlan.vocabulary.areas import STREET_DIGITS


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of a street or a hazard: counts by mark with the address of their lists, km."""

    code: str
    name: str
    counts: Mapping[str, int]
    links: Mapping[str, str]
    km: float


@dataclass(frozen=True, slots=True)
class Spell:
    """The patrols of the days from one until another, both included."""

    since: date
    until: date

    @property
    def asked(self) -> dict[str, str]:
        return {"day_since": f"{self.since}", "day_until": f"{self.until}", "view": ""}


def counted(scope: Scope, spell: Spell, names: Mapping[str, str]) -> tuple[list[Line], list[Line]]:
    """Streets and hazards within sight, the most missed first; `names`: areas by code. Two
    queries."""
    rows = tasks_in(scope).filter(day__gte=spell.since, day__lte=spell.until).order_by()
    named: dict[str, Any] = {
        f"n_{key}": Count("pk", filter=condition) for key, condition in MARKS.items()
    }
    named["walked"] = Sum("metres")
    streets = rows.annotate(street=Substr("area_code", 1, STREET_DIGITS)).values("street")
    hazards = rows.values("hazard").annotate(**named)
    words = {str(key): pgettext(*word) for key, word in HAZARD_WORDS.items()}
    return (
        _lines(streets.annotate(**named), "street", "area_code", spell, names),
        _lines(hazards, "hazard", "hazard", spell, words),
    )


def _lines(rows: Any, by: str, filtered: str, spell: Spell, names: Mapping[str, str]) -> list[Line]:
    found = []
    for row in rows:
        code = row[by]
        links = {
            key: f"/patrols/tasks?{urlencode({**spell.asked, filtered: code, 'mark': key})}"
            for key in MARKS
        }
        counts = {key: int(row[f"n_{key}"]) for key in MARKS}
        km = (row["walked"] or 0) / 1000
        found.append(Line(code, names.get(code, code), counts, links, km))
    return sorted(found, key=lambda one: (-one.counts["missed"], -one.counts["owed"], one.code))
