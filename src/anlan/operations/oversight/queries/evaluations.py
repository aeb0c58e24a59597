"""Evaluations of enforcement's effect within sight, and the figures that they rest on."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import pgettext

from anlan.operations.accidents.queries import in_production_of
from anlan.operations.enforcement.queries.effect import Effect, effect_of, measured_of
from anlan.operations.oversight.models import Evaluation, EvaluationMeasure, EvaluationStep
from anlan.operations.oversight.rules.evaluation import VIEW, Measure, Person, verbs
from anlan.operations.oversight.rules.evaluation import Evaluation as Facts
from anlan.operations.people.queries import Scope, Staff, unit_staff
from anlan.operations.safety.queries.figures import repeats_of
from anlan.vocabulary import clock
from anlan.vocabulary.words import NP_

YEAR = timedelta(days=365)
FIGURE_WORDS = {
    "inspections": NP_("effect", "Inspections"),
    "found": NP_("effect", "Inspections that found something"),
    "ordered": NP_("effect", "Orders to rectify"),
    "rechecked": NP_("effect", "Orders whose case passed its re-check"),
    "decided": NP_("effect", "Decisions"),
    "fines": NP_("effect", "Fines (yuan)"),
    "hearing_right": NP_("effect", "Decisions with a right to a hearing"),
    "hearings": NP_("effect", "Hearings held"),
    "in_rows": NP_("effect", "Decisions by a row of the discretion table"),
    "outside": NP_("effect", "Fines outside their row"),
    "appealed": NP_("effect", "Decisions taken to reconsideration or court"),
    "changed": NP_("effect", "Decisions revoked or made lighter"),
    "enterprises": NP_("effect", "Enterprises with a decision"),
    "least": NP_("effect", "Smallest fine (yuan)"),
    "most": NP_("effect", "Largest fine (yuan)"),
    "mean": NP_("effect", "Mean fine (yuan)"),
    "again": NP_("effect", "Enterprises that it met again within 12 months"),
    "repeats": NP_("effect", "Repeated dangers there within 12 months after"),
    "accidents_before": NP_("effect", "Accidents there in the 12 months before"),
    "accidents_after": NP_("effect", "Accidents there in the 12 months after, so far"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A figure by its key, or by the words of the room that counted it.

    `whole`: of all items of the unit, where `value` is of one.
    """

    key: str
    value: str
    said: str = ""
    whole: str = ""

    @property
    def word(self) -> str:
        return self.said or pgettext(*FIGURE_WORDS[self.key])


Counter = Callable[[Scope, str, date, date], list[Line]]
Providers = Callable[[], list[str]]
_COUNTERS: list[Counter] = []
_PROVIDERS: list[Providers] = []


def offer_figures(query: Counter) -> None:
    """A room above adds what it counts of a sector ("" all) between two days."""
    _COUNTERS.append(query)


def offer_providers(query: Providers) -> None:
    """A room above says which third parties can be commissioned, by name."""
    _PROVIDERS.append(query)


def providers() -> list[str]:
    return [name for query in _PROVIDERS for name in query()]


def evaluations_in(scope: Scope) -> QuerySet[Evaluation]:
    """Those of one's own unit."""
    if not scope.may(VIEW) or not scope.organisation:
        return Evaluation.objects.none()
    return Evaluation.objects.filter(unit=scope.organisation)


def figures(scope: Scope, one: Evaluation) -> list[Line]:
    """Counted now: by enforcement, accidents, dangers, and the statistics above."""
    effect = effect_of(one.unit, one.sector, one.since, one.until)
    if one.item:
        return _item_figures(one, effect)
    lines = [Line(key=key, value=_value(getattr(effect, key))) for key in asdict(effect)]
    lines += [Line(key=key, value=f"{n}") for key, n in _after(effect).items()]
    others = [line for query in _COUNTERS for line in query(scope, one.sector, one.since,
                                                            one.until)]  # fmt: skip
    return lines + others


def _item_figures(one: Evaluation, effect: Effect) -> list[Line]:
    """Of one item, beside all of the unit. An inspection has no item before its case has."""
    mine = effect_of(one.unit, one.sector, one.since, one.until, one.item)
    measured = measured_of(one.unit, one.sector, one.item, one.since, one.until)
    counted, whole = asdict(mine) | _after(mine), asdict(effect) | _after(effect)
    lines = [Line(key=key, value=_value(counted[key]), whole=_value(whole[key]))
             for key in counted if key not in ("inspections", "found")]  # fmt: skip
    return lines + [Line(key=key, value=_value(said)) for key, said in asdict(measured).items()]


def _value(value: object) -> str:
    if isinstance(value, dict):
        return f"{len(value)}"
    if value is None:
        return "—"
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value}"


def _after(effect: Effect) -> dict[str, int]:
    """What happened in the enterprises around the day of their first decision of the period."""
    firsts, today = effect.enterprises, clock.today()
    before = after = repeats = 0
    for firm, day in in_production_of(firsts):
        before += firsts[firm] - YEAR <= day < firsts[firm]
        after += firsts[firm] <= day <= min(firsts[firm] + YEAR, today)
    for firm, day in repeats_of(firsts):
        repeats += firsts[firm] < day <= firsts[firm] + YEAR
    return {"repeats": repeats, "accidents_before": before, "accidents_after": after}


def person_of(scope: Scope) -> Person:
    return Person(id=scope.account_id, rights=scope.rights, organisation=scope.organisation)


def facts(one: Evaluation, measures: list[EvaluationMeasure]) -> Facts:
    return Facts(
        state=one.state, unit=one.unit, submitted_by=one.submitted_by_id,
        answered_by=one.answered_by_id, measures=tuple(map(measure_facts, measures)),
    )  # fmt: skip


def measure_facts(one: EvaluationMeasure) -> Measure:
    return Measure(state=one.state, owner=one.owner_id)


def measures_of(one: Evaluation) -> QuerySet[EvaluationMeasure]:
    """Those of the opinion that stands; of a returned one they are withdrawn."""
    return one.measures.filter(withdrawn_at=None)


@dataclass(frozen=True, slots=True)
class File:
    """An evaluation; its figures are counted now until its opinion is handed in."""

    evaluation: Evaluation
    lines: list[Line]
    measures: list[EvaluationMeasure]
    steps: list[EvaluationStep]
    verbs: tuple[str, ...]
    staff: list[Staff]


def evaluation_file(evaluation_id: int, scope: Scope) -> File | None:
    """The file within one's sight, else None."""
    one = evaluations_in(scope).filter(pk=evaluation_id).first()
    if one is None:
        return None
    measures = list(measures_of(one).order_by("due_on", "pk"))
    lines = [Line(**kept) for kept in one.figures] or figures(scope, one)
    may = verbs(facts(one, measures), person_of(scope))
    return File(one, lines, measures, list(one.steps.order_by("-id")), may,
                unit_staff(one.unit) if "set a measure" in may else [])  # fmt: skip


def published() -> QuerySet[Evaluation]:
    """What everybody may read."""
    return Evaluation.objects.exclude(published_at=None).order_by("-published_at")
