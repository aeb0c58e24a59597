"""What every page of work safety asks first: who, with which sight, over which places."""

from django.http import HttpRequest

from anlan.operations.people.queries import scope_of
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.safety.rules.loop import Person


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user), getattr(request.user, "organisation_code", ""))


def number(text: str) -> int | None:
    """The id that a form sent; None for whatever is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
