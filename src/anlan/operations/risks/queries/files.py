"""A risk point's file, and the one map of an enterprise."""

from dataclasses import dataclass

from anlan.operations.people.queries import Scope
from anlan.operations.risks.models import RiskPoint, RiskStep, SitePlan
from anlan.operations.risks.queries.scope import plans_in, risks_in
from anlan.operations.risks.queries.state import facts
from anlan.operations.risks.rules.completeness import Completeness, Point, completeness
from anlan.operations.risks.rules.loop import Person, State, may_keep, verbs
from anlan.operations.risks.rules.rating import LEVELS


@dataclass(frozen=True, slots=True)
class File:
    """A risk point with its history (newest first) and the steps open to me."""

    risk: RiskPoint
    steps: list[RiskStep]
    verbs: tuple[str, ...]
    may_place: bool


def risk_file(risk_id: int, scope: Scope, person: Person) -> File | None:
    """The file within one's sight, else None. Five queries."""
    risk = risks_in(scope).select_related("enterprise", "plan", "terms").filter(pk=risk_id).first()
    if risk is None:
        return None
    seen = facts(risk)
    keeps = may_keep(person, risk.enterprise_id, seen.claimed) and risk.state != State.RETIRED
    return File(risk, list(risk.steps.order_by("-id")), verbs(seen, person), keeps)


@dataclass(frozen=True, slots=True)
class OneMap:
    """The risk points of an enterprise, most dangerous first, its plans, counts by colour, and how
    complete it is."""

    risks: list[RiskPoint]
    plans: list[SitePlan]
    counts: tuple[tuple[int, int], ...]
    complete: Completeness


def one_map(enterprise_id: int, scope: Scope) -> OneMap:
    """Two queries."""
    rows = risks_in(scope).filter(enterprise=enterprise_id).exclude(state=State.RETIRED)
    risks = list(rows.order_by("level", "name"))
    plans = list(plans_in(scope).filter(enterprise=enterprise_id).order_by("-id")[:6])
    counts = tuple((level, sum(one.level == level for one in risks)) for level in LEVELS)
    return OneMap(risks, plans, counts, completeness([_point(one) for one in risks]))


def _point(one: RiskPoint) -> Point:
    return Point(
        state=one.state, rated=one.level is not None, controls=one.controls,
        responsible=one.responsible, placed=one.plan_id is not None,
    )  # fmt: skip
