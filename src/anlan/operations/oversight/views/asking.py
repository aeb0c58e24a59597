"""What every page of oversight asks first: who, of which unit."""

from django.http import HttpRequest

from anlan.operations.oversight.queries.reviews import person_of
from anlan.operations.oversight.rules.loop import Person
from anlan.operations.people.actions import Actor, actor_of
from anlan.operations.people.queries import scope_of


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user), str(request.user))


def doer(request: HttpRequest) -> tuple[Actor, Person]:
    return actor_of(request), person(request)
