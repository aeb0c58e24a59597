"""A risk point as the rules of its loop see it."""

from anlan.operations.risks.models import RiskPoint
from anlan.operations.risks.rules.loop import Risk
from anlan.operations.safety.queries.persons import people_of


def facts(risk: RiskPoint) -> Risk:
    """Two queries: who works for the enterprise."""
    people = people_of(risk.enterprise_id)
    return Risk(
        state=risk.state, enterprise_id=risk.enterprise_id, level=risk.level, holder=risk.holder,
        responsible=risk.responsible, controls=risk.controls, rated_by=risk.rated_by_id,
        claimed=bool(people), alone=len(people) == 1,
    )  # fmt: skip
