"""Who sees what of work safety: territory, sector, or one's own enterprise, in the query."""

from typing import Any

from django.db.models import Q, QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.safety.models import Danger, Enterprise, Membership
from anlan.operations.safety.rules.states import COUNTERSIGN, REGULATE


def enterprises_in(scope: Scope) -> QuerySet[Enterprise]:
    """The enterprises within an account's sight."""
    return _within(Enterprise.objects.all(), scope, "pk__in")


def dangers_in(scope: Scope) -> QuerySet[Danger]:
    """The dangers within an account's sight, and those that it regulates or rectifies itself.

    A danger transferred to a unit of another sector or street is that unit's from then on.
    """
    return _within(Danger.objects.all(), scope, "enterprise__in", _held(scope))


def _held(scope: Scope) -> Q:
    mine = Q(rectifier=scope.account_id)
    if scope.organisation and (scope.may(REGULATE) or scope.may(COUNTERSIGN)):
        mine |= Q(regulator=scope.organisation)
    return mine


def own_enterprises(account_id: int | None) -> frozenset[int]:
    """The enterprises that an account works for."""
    mine = Membership.objects.filter(account=account_id, until=None)
    return frozenset(mine.values_list("enterprise_id", flat=True)) if account_id else frozenset()


def _within(rows: QuerySet[Any], scope: Scope, own: str, held: Q | None = None) -> QuerySet[Any]:
    if not scope.may("safety.view"):
        return rows.none()
    if scope.reach == "itself":
        mine = Membership.objects.filter(account=scope.account_id, until=None)
        return rows.filter(**{own: mine.values("enterprise")})
    if not scope.area_prefix:
        return rows.none()
    within = lies_in(scope.area_prefix)
    if scope.reach == "sector":
        within &= Q(sector=scope.sector or "-")
    return rows.filter(within | held if held else within)


def lies_in(area: str) -> Q:
    """Whatever lies in an area, as a range: an index serves it, which it does not for LIKE."""
    return Q(area_code__gte=area, area_code__lt=str(int(area) + 1))
