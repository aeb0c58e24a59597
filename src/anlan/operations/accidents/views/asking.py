"""What every page of accidents asks first."""

from collections.abc import Mapping
from datetime import date, datetime

from django.http import HttpRequest

from anlan.operations.accidents.queries.state import person_of
from anlan.operations.accidents.rules.loop import Person
from anlan.operations.people.queries import scope_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LONGEST = 9


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user))


def whole(given: Mapping[str, str], key: str) -> int:
    text = given.get(key, "").strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST):
        raise Refused(N_("Write a whole number."))
    return int(text)


def day(given: Mapping[str, str], key: str) -> date:
    try:
        return date.fromisoformat(given.get(key, ""))
    except ValueError:
        raise Refused(N_("Write the day.")) from None


def moment(given: Mapping[str, str], key: str) -> datetime:
    """A moment of the wall clock, as ``datetime-local`` sends it."""
    try:
        return datetime.fromisoformat(given.get(key, "")).replace(tzinfo=clock.CHINA)
    except ValueError:
        raise Refused(N_("Write the day and the time.")) from None
