"""What every page of accidents asks first."""

from collections.abc import Mapping

from django.http import HttpRequest

from anlan.operations.accidents.queries.state import person_of
from anlan.operations.accidents.rules.loop import Person
from anlan.operations.people.queries import scope_of
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LONGEST = 9


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user))


def whole(given: Mapping[str, str], key: str) -> int:
    text = given.get(key, "").strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST):
        raise Refused(N_("Write a whole number.")).at(key)
    return int(text)
