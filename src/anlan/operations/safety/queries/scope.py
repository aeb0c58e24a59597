"""Who sees what of work safety: territory, sector, or one's own enterprise, in the query."""

from typing import Any

from django.db.models import Q, QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.safety.models import Danger, Enterprise, Membership


def enterprises_in(scope: Scope) -> QuerySet[Enterprise]:
    """The enterprises within an account's sight."""
    return _within(Enterprise.objects.all(), scope, "pk__in")


def dangers_in(scope: Scope) -> QuerySet[Danger]:
    """The dangers within an account's sight."""
    return _within(Danger.objects.all(), scope, "enterprise__in")


def own_enterprises(account_id: int | None) -> frozenset[int]:
    """The enterprises that an account works for."""
    mine = Membership.objects.filter(account=account_id, until=None)
    return frozenset(mine.values_list("enterprise_id", flat=True)) if account_id else frozenset()


def _within(rows: QuerySet[Any], scope: Scope, own: str) -> QuerySet[Any]:
    if not scope.may("safety.view"):
        return rows.none()
    if scope.reach == "itself":
        mine = Membership.objects.filter(account=scope.account_id, until=None)
        return rows.filter(**{own: mine.values("enterprise")})
    if not scope.area_prefix:
        return rows.none()
    within = Q(area_code__startswith=scope.area_prefix)
    if scope.reach == "sector":
        within &= Q(sector=scope.sector or "-")
    return rows.filter(within)
