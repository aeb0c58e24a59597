"""Who sees which accidents: territory or sector, in the query."""

from django.db.models import Q, QuerySet

from anlan.operations.accidents.models import Accident
from anlan.operations.accidents.rules.states import VIEW
from anlan.operations.people.queries import Scope


def accidents_in(scope: Scope) -> QuerySet[Accident]:
    """The accidents within an account's sight."""
    rows = Accident.objects.all()
    if not scope.may(VIEW) or not scope.area_prefix:
        return rows.none()
    within = Q(area_code__startswith=scope.area_prefix)
    if scope.reach == "sector":
        within &= Q(sector=scope.sector or "-")
    return rows.filter(within)
