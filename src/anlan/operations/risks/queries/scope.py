"""Who sees which risks: those of the enterprises within sight, in the query."""

from django.db.models import QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.risks.models import MajorHazard, RiskPoint, SitePlan
from anlan.operations.risks.rules.loop import Person
from anlan.operations.safety.queries.scope import enterprises_in, own_enterprises, within_sight


def risks_in(scope: Scope) -> QuerySet[RiskPoint]:
    return within_sight(RiskPoint.objects.all(), scope, "enterprise__in")


def plans_in(scope: Scope) -> QuerySet[SitePlan]:
    return SitePlan.objects.filter(enterprise__in=enterprises_in(scope).values("pk"))


def hazards_in(scope: Scope) -> QuerySet[MajorHazard]:
    """The newest version of each major hazard source within sight."""
    mine = enterprises_in(scope).values("pk")
    return MajorHazard.objects.filter(enterprise__in=mine, replaced_at=None)


def person_of(scope: Scope) -> Person:
    """An account as the rules of the loop see it."""
    mine = own_enterprises(scope.account_id) if scope.reach == "itself" else frozenset()
    return Person(
        id=scope.account_id, rights=scope.rights, enterprises=mine, firm=scope.reach == "itself"
    )
