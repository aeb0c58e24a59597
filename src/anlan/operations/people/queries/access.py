"""Who may: the scope of an account, and the guard in front of every staff view."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anlan.operations.people.models import Account
from anlan.operations.people.rules import NOBODY, RIGHT_WORDS, ROLES, Reach, Scope, holders

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def scope_of(account: Account | AnonymousUser) -> Scope:
    """Rights and row scope; an unknown role or nobody gets nothing."""
    if not isinstance(account, Account) or account.role not in ROLES or not account.is_active:
        return NOBODY
    role = ROLES[account.role]
    return Scope(
        account.pk, role.key, role.rights, role.reach, account.area_code or None,
        account.sector or None, account.organisation_code,
    )  # fmt: skip


def scope_by(account_id: int) -> Scope:
    """The sight of an account by its id; nobody's where there is none."""
    account = Account.objects.filter(pk=account_id).first()
    return scope_of(account) if account is not None else NOBODY


def scopes_by(ids: Collection[int]) -> dict[int, Scope]:
    """The sights of open accounts by id. One query."""
    return {a.pk: scope_of(a) for a in Account.objects.filter(pk__in=ids, is_active=True)}


def admitted(request: HttpRequest, right: str) -> Scope:
    """The scope of who asks through the typed interface; raises `PermissionDenied`."""
    scope = scope_of(request.user)
    if not scope.may(right):
        raise PermissionDenied
    return scope


def requires(right: str) -> Callable[[View[P]], View[P]]:
    """Let a view run only for accounts that hold `right`; the refusal names who has it."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not scope_of(request.user).may(right):
                context: dict[str, Any] = {
                    "right": RIGHT_WORDS.get(right, right),
                    "holders": holders(right),
                }
                return render(request, "refused.html", context, status=403)
            return view(request, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]
        return guarded

    return guard


@dataclass(frozen=True, slots=True)
class Staff:
    """One account as other contexts see it."""

    id: int
    username: str
    display_name: str
    role: str
    post: str
    organisation_code: str
    area_code: str


def staff(*, role: str | None = None, area_code: str | None = None) -> list[Staff]:
    """Active accounts, by role and by the territory that is theirs."""
    rows = Account.objects.filter(is_active=True).order_by("id")
    if role:
        rows = rows.filter(role=role)
    if area_code:
        rows = rows.filter(area_code=area_code)
    return [_staff(row) for row in rows]


def staff_over(area_code: str, roles: Collection[str]) -> list[Staff]:
    """The active accounts of some roles whose territory holds a place."""
    over = [area_code[:digits] for digits in range(1, len(area_code) + 1)]
    rows = Account.objects.filter(is_active=True, role__in=roles, area_code__in=over)
    return [_staff(row) for row in rows.order_by("id")]


def roles_with(right: str) -> frozenset[str]:
    """The roles that hold a right, by key."""
    return frozenset(role.key for role in ROLES.values() if right in role.rights)


def rights_within() -> dict[frozenset[str], frozenset[str]]:
    """The rights of an enterprise's own people, by the roles of theirs that hold them."""
    own = [role for role in ROLES.values() if role.reach == Reach.ITSELF]
    held: dict[frozenset[str], set[str]] = {}
    for right in {right for role in own for right in role.rights}:
        holding = frozenset(role.key for role in own if right in role.rights)
        held.setdefault(holding, set()).add(right)
    return {roles: frozenset(rights) for roles, rights in held.items()}


def _staff(a: Account) -> Staff:
    return Staff(a.pk, a.username, str(a), a.role, a.post, a.organisation_code, a.area_code)


def stand_ins(account_id: int, also: Collection[int] = ()) -> list[Staff]:
    """Who can have an account's desk: of its unit, in a role with every right of its own.

    `also`: accounts that work with it though they share no unit, such as an enterprise's.
    """
    one = Account.objects.filter(pk=account_id, is_active=True).first()
    if one is None or one.role not in ROLES:
        return []
    near = Q(pk__in=also)
    if one.organisation_code:
        near |= Q(organisation_code=one.organisation_code)
    rights = ROLES[one.role].rights
    able = [key for key, role in ROLES.items() if rights <= role.rights]
    rows = Account.objects.filter(near, role__in=able, is_active=True).exclude(pk=one.pk)
    return [_staff(row) for row in rows.order_by("display_name")]


def unit_staff(organisation_code: str) -> list[Staff]:
    """The active accounts of one unit; nobody where none is named."""
    rows = Account.objects.filter(organisation_code=organisation_code, is_active=True)
    return [_staff(row) for row in rows.order_by("display_name")] if organisation_code else []


def staff_by(ids: Collection[int]) -> list[Staff]:
    """Active accounts by id, by name."""
    rows = Account.objects.filter(pk__in=ids, is_active=True)
    return [_staff(row) for row in rows.order_by("display_name")]


def able(right: str, organisation_code: str = "") -> list[Staff]:
    """The active accounts that hold a right, of one unit where it is named."""
    rows = Account.objects.filter(role__in=roles_with(right), is_active=True)
    if organisation_code:
        rows = rows.filter(organisation_code=organisation_code)
    return [_staff(row) for row in rows.order_by("organisation_code", "display_name")]


@dataclass(frozen=True, slots=True)
class Reachable:
    """An account that can be written to; the phone is sealed, empty where none is known."""

    id: int
    name: str
    area_code: str
    phone_sealed: bytes


def reachable(ids: Iterable[int]) -> dict[int, Reachable]:
    """Active accounts by id, as they are written to."""
    rows = Account.objects.filter(pk__in=set(ids), is_active=True)
    return {row.pk: _reachable(row) for row in rows}


def holding(right: str, area_code: str, sector: str = "", unit: str = "") -> list[Reachable]:
    """Who holds a right over an area, the nearest only: a street's own people before the district.

    Where a `sector` is given, departments count if it is theirs. A `unit` (organisation code) that
    has somebody with the right comes before all others.
    """
    holders = Account.objects.filter(role__in=roles_with(right), is_active=True).order_by("id")
    its_own = [row for row in holders if unit and row.organisation_code == unit]
    if its_own:
        return [_reachable(row) for row in its_own]
    rows = [
        row for row in holders
        if row.area_code and area_code.startswith(row.area_code)
        and (not sector or not row.sector or row.sector == sector)
        and ROLES[row.role].reach != Reach.ITSELF
    ]  # fmt: skip
    own = [row for row in rows if sector and row.sector == sector]
    nearest = max((len(row.area_code) for row in rows), default=0)
    return [_reachable(row) for row in own or rows if own or len(row.area_code) == nearest]


def _reachable(row: Account) -> Reachable:
    return Reachable(row.pk, str(row), row.area_code, bytes(row.phone_sealed))


def closed_accounts() -> QuerySet[Account, int]:
    """The accounts that are closed, by id: for another query to ask within it."""
    return Account.objects.filter(is_active=False).values_list("pk", flat=True)


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """What these accounts are called, by id; those that are closed are left out."""
    return {a.pk: str(a) for a in Account.objects.filter(pk__in=list(ids), is_active=True)}
