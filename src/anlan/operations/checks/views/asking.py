"""What every page of the checks asks first: who, with which sight, over which places."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from anlan.operations.checks.actions import Checker
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, scope_of
from anlan.operations.territory.queries import areas
from anlan.vocabulary.transitions import Refused


def checker(request: HttpRequest) -> Checker:
    organisation = getattr(request.user, "organisation_code", "")
    return Checker(actor_of(request), scope_of(request.user), organisation)


def names() -> dict[str, str]:
    """The areas' names by code. One query."""
    return {one.code: one.name for one in areas()}


def places(scope: Scope, named: dict[str, str]) -> list[tuple[str, str]]:
    """The streets and communities within sight, for a filter."""
    prefix = scope.area_prefix if scope.reach != "itself" else ""
    return [
        (code, name if len(code) <= 9 else f"　{name}")
        for code, name in sorted(named.items())
        if len(code) > 6 and code.startswith(prefix or "")
    ]


def said(fault: Refused) -> str:
    return _(fault.message) % fault.parameters if fault.parameters else _(fault.message)
