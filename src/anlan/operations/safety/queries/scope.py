"""Who sees what of work safety: territory, sector, or one's own enterprise, in the query."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from anlan.operations.deadlines.queries import stands_in_for
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import within
from anlan.operations.safety.models import Danger, Enterprise, Membership, Supervision
from anlan.operations.safety.rules.states import COUNTERSIGN, REGULATE


def enterprises_in(scope: Scope) -> QuerySet[Enterprise]:
    """The enterprises within an account's sight."""
    return within_sight(Enterprise.objects.all(), scope, "pk__in")


def dangers_in(scope: Scope) -> QuerySet[Danger]:
    """The dangers within an account's sight, and those that it regulates or rectifies itself.

    A danger transferred to a unit of another sector or street is that unit's from then on. Those
    few are named by their keys, asked first: in one condition with the place they would keep the
    database from answering out of an index.
    """
    rows = Danger.objects.all()
    if scope.reach in ("itself", "district") or not scope.area_prefix:
        return within_sight(rows, scope, "enterprise__in")
    return within_sight(rows, scope, "enterprise__in", _elsewhere(rows, scope))


def supervisions_in(scope: Scope) -> QuerySet[Supervision]:
    """Listed supervision of the dangers within an account's sight."""
    return Supervision.objects.filter(danger__in=dangers_in(scope).values("pk"))


def _elsewhere(rows: QuerySet[Danger], scope: Scope) -> list[int]:
    """Those out of one's place that one rectifies or regulates, each kind out of its own index:
    as one condition with an "or" PostgreSQL reads every danger for them."""
    kinds = [Q(rectifier=scope.account_id), Q(rectifier__in=stands_in_for(scope.account_id))]
    if scope.organisation and (scope.may(REGULATE) or scope.may(COUNTERSIGN)):
        kinds += [Q(regulator=scope.organisation) & one for one in _beyond(scope)]
    far = [rows.filter(one).exclude(_sight(scope)).values_list("pk", flat=True) for one in kinds]
    return list(far[0].union(*far[1:]))


def _beyond(scope: Scope) -> list[Q]:
    """What lies out of one's sight, in ranges of the index of regulated dangers: of the hundred
    thousands that a department regulates in its own sector none is read."""
    if scope.reach != "sector":
        return [Q()]
    own, area = scope.sector or "-", scope.area_prefix or "-"
    return [
        Q(sector__lt=own), Q(sector__gt=own), Q(sector=own, area_code__lt=area),
        Q(sector=own, area_code__gt=f"{area}:"),  # the letter after 9
    ]  # fmt: skip


def _sight(scope: Scope) -> Q:
    """One's territory, for a department its sector in it."""
    seen = within("area_code", scope.area_prefix or "-")
    return seen & Q(sector=scope.sector or "-") if scope.reach == "sector" else seen


def own_enterprises(account_id: int | None) -> frozenset[int]:
    """The enterprises that an account works for."""
    mine = Membership.objects.filter(account=account_id, until=None)
    return frozenset(mine.values_list("enterprise_id", flat=True)) if account_id else frozenset()


def works_for(account_id: int | None) -> QuerySet[Membership, int]:
    """The enterprises that an account works for: for another query to ask within it."""
    mine = Membership.objects.filter(account=account_id, until=None)
    return mine.values_list("enterprise_id", flat=True)


def is_claimed(enterprise: OuterRef, roles: Collection[str] = ()) -> Exists:
    """Whether an open account, of some roles where any are named, works for the enterprise that the
    asking query names."""
    members = Membership.objects.filter(until=None, account__is_active=True)
    members = members.filter(account__role__in=roles) if roles else members
    return Exists(members.filter(enterprise=enterprise))


def colleagues(account_id: int) -> frozenset[int]:
    """Who works for the same enterprises."""
    mine = Membership.objects.filter(account=account_id, until=None).values("enterprise")
    with_me = Membership.objects.filter(enterprise__in=mine, until=None)
    return frozenset(with_me.values_list("account_id", flat=True))


def within_sight(
    rows: QuerySet[Any], scope: Scope, own: str, held: Sequence[int] = ()
) -> QuerySet[Any]:
    """Rows that carry place and sector, within an account's sight; `own`: the lookup by which they
    are an enterprise's, `held`: keys that are seen wherever they lie."""
    if not scope.may("safety.view"):
        return rows.none()
    if scope.reach == "itself":
        mine = Membership.objects.filter(account=scope.account_id, until=None)
        return rows.filter(**{own: mine.values("enterprise")})
    if not scope.area_prefix:
        return rows.none()
    seen = _sight(scope)
    return rows.filter(seen | Q(pk__in=held) if held else seen)
