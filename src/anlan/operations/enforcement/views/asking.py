"""What every page of enforcement asks first: who, of which unit, with which sight."""

from django.http import Http404, HttpRequest

from anlan.operations.enforcement.queries.cases import File, case_file
from anlan.operations.enforcement.queries.state import person_of
from anlan.operations.enforcement.rules.loop import Person
from anlan.operations.people.queries import scope_of


def unit_of(request: HttpRequest) -> str:
    """The organisation of who asks."""
    return str(getattr(request.user, "organisation_code", ""))


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user), unit_of(request))


def file_of(request: HttpRequest, case_id: int, *, reading: bool = False) -> File:
    """The case within sight, else 404; `reading`: also one that was given to read."""
    found = case_file(
        case_id, scope_of(request.user), unit_of(request), person(request), reading=reading
    )
    if found is None:
        raise Http404
    return found
