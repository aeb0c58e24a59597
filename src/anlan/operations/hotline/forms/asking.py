"""What every page of the hotline asks first: who, with which sight, over which places."""

from django.http import HttpRequest

from anlan.operations.hotline.queries.persons import person_of
from anlan.operations.hotline.rules.loop import Person
from anlan.operations.people.queries import scope_of


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user), getattr(request.user, "organisation_code", ""))
