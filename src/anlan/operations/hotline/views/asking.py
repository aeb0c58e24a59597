"""What every page of the hotline asks first: who, with which sight, over which places."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from anlan.operations.hotline.queries.persons import person_of
from anlan.operations.hotline.rules.loop import Person
from anlan.operations.people.queries import scope_of
from anlan.operations.territory.queries import areas
from anlan.vocabulary.transitions import Refused


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user), getattr(request.user, "organisation_code", ""))


def names() -> dict[str, str]:
    """The areas' names by code. One query."""
    return {one.code: one.name for one in areas()}


def streets(named: dict[str, str]) -> list[tuple[str, str]]:
    """Streets and towns, as a form offers them to anybody."""
    return [(code, name) for code, name in sorted(named.items()) if len(code) == 9]


def said(fault: Refused) -> str:
    return _(fault.message) % fault.parameters if fault.parameters else _(fault.message)
