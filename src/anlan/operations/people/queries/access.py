"""Who may: the scope of an account, and the guard in front of every staff view."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anlan.operations.people.models import Account
from anlan.operations.people.rules import NOBODY, RIGHT_WORDS, ROLES, Scope, holders

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def scope_of(account: Account | AnonymousUser) -> Scope:
    """Rights and row scope; an unknown role or nobody gets nothing."""
    if not isinstance(account, Account) or account.role not in ROLES or not account.is_active:
        return NOBODY
    role = ROLES[account.role]
    return Scope(
        account.pk, role.key, role.rights, role.reach, account.area_code or None,
        account.sector or None,
    )  # fmt: skip


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
    display_name: str
    role: str
    post: str
    organisation_code: str
    area_code: str


def staff(*, role: str | None = None, area_code: str | None = None) -> list[Staff]:
    """Active accounts, by role and by the territory that holds `area_code`."""
    rows = Account.objects.filter(is_active=True).order_by("id")
    if role:
        rows = rows.filter(role=role)
    if area_code:
        rows = rows.filter(area_code=area_code)
    return [
        Staff(a.pk, str(a), a.role, a.post, a.organisation_code, a.area_code) for a in rows[:500]
    ]
