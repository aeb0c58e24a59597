"""Indicators with the values that the records give at this moment, and the way to them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, pgettext

from anlan.operations.assessment.models import Indicator
from anlan.operations.assessment.queries.evidence import Evidence, Measured
from anlan.operations.assessment.queries.measures import MEASURES, whole_district
from anlan.operations.assessment.rules.progress import (
    NATURE_WORDS,
    STATUS_PILLS,
    STATUS_WORDS,
    Aim,
    Nature,
    Status,
    status,
    written,
)
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator. `value`, `numerator`, `denominator` are None where no record speaks.

    `expected` is how far the path should be today, in the same unit as value and target.
    """

    id: str
    name: str
    value: float | None
    unit: str
    target: float
    direction: str
    status: str
    numerator: float | None
    denominator: float | None
    evidence: list[Evidence]
    status_word: str
    pill: str
    nature: str
    nature_word: str
    formula: str
    source: str
    expected: float
    note: str
    measured: bool

    @property
    def words(self) -> dict[str, str]:
        """The figures as people write them."""
        sign = {"ge": "≥", "le": "≤", "lt": "<"}[self.direction]
        return {
            "value": written(self.value), "target": f"{sign} {written(self.target, 3)}",
            "expected": written(self.expected), "numerator": written(self.numerator),
            "denominator": written(self.denominator),
        }  # fmt: skip

    @property
    def share(self) -> bool:
        """Is it a share of counts (2,817 / 3,482 · 81%)?"""
        return self.denominator is not None and self.unit == "%"


def indicators(
    scope: Scope | None = None, codes: Iterable[str] | None = None
) -> list[IndicatorRow]:
    """All indicators in force today, in the plan's order, recomputed from records.

    A scope below the district gets its own figures where an indicator is one of areas, and no
    data for those that speak of the whole district. Scope None is the platform itself.
    """
    today = clock.today()
    wanted = None if codes is None else set(codes)
    return [
        _row(one, _measure(one.code, scope), today)
        for one in _in_force(today)
        if wanted is None or one.code in wanted
    ]


def indicator(code: str, scope: Scope | None = None) -> IndicatorRow | None:
    return next(iter(indicators(scope, [code])), None)


def indicator_on(code: str, day: date) -> IndicatorRow | None:
    """The whole district's indicator as it stood at the end of a day that is over, out of records
    that name their day; None where there is no such indicator, its value None where the records
    say only what is now."""
    one = next((one for one in _in_force(day) if one.code == code), None)
    measure = MEASURES.get(code)
    if one is None:
        return None
    return _row(one, measure.past(None, day) if measure and measure.past else None, day)


def counts(rows: Iterable[IndicatorRow]) -> list[tuple[str, str, int]]:
    """How many stand where: (status, its word, count), the worst first."""
    tally = Counter(row.status for row in rows)
    order = (Status.AT_RISK, Status.BEHIND, Status.ON_TRACK, Status.DONE, Status.NO_DATA)
    return [(s, _status_word(s), tally[s]) for s in order]


def _in_force(today: date) -> list[Indicator]:
    newest: dict[str, Indicator] = {}
    for one in Indicator.objects.filter(valid_from__lte=today).order_by("valid_from"):
        newest[one.code] = one
    return sorted(newest.values(), key=lambda one: one.place)


def _measure(code: str, scope: Scope | None) -> Measured | None:
    measure = MEASURES.get(code)
    if measure is None:
        return None
    if not measure.by_area and not whole_district(scope):
        return Measured(None, note_of_the_district())
    return measure.of(scope)


def note_of_the_district() -> str:
    return pgettext("indicator", "This figure is one of the whole district.")


def _row(one: Indicator, found: Measured | None, today: date) -> IndicatorRow:
    english = (get_language() or "").startswith("en")
    aim = Aim(one.target, one.direction, one.path, one.base, one.starts, one.ends)
    value = found.value if found else None
    where = status(value, aim, today)
    nature = NATURE_WORDS.get(Nature(one.nature))
    return IndicatorRow(
        id=one.code, name=one.name_en if english else one.name, value=value,
        unit=one.unit_en if english else one.unit, target=one.target, direction=one.direction,
        status=where, numerator=found.numerator if found else None,
        denominator=found.denominator if found else None,
        evidence=list(found.evidence) if found else [], status_word=_status_word(where),
        pill=STATUS_PILLS[where], nature=one.nature,
        nature_word=pgettext(nature.context, nature.word) if nature else "",
        formula=one.formula_en if english else one.formula, source=one.source,
        expected=aim.expected(today), note=found.note if found else "", measured=found is not None,
    )  # fmt: skip


def _status_word(where: Status) -> str:
    return pgettext(STATUS_WORDS[where].context, STATUS_WORDS[where].word)
