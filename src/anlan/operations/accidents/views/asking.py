"""What every page of accidents asks first."""

from collections.abc import Mapping
from datetime import date, datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from anlan.operations.accidents.queries.state import person_of
from anlan.operations.accidents.rules.loop import Person
from anlan.operations.people.queries import Scope, scope_of
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LONGEST = 9


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user))


def names() -> dict[str, str]:
    """The areas' names by code. One query."""
    return {one.code: one.name for one in areas()}


def places(scope: Scope, named: dict[str, str]) -> list[tuple[str, str]]:
    """The streets and communities within sight."""
    return [
        (code, name if len(code) <= 9 else f"　{name}")
        for code, name in sorted(named.items())
        if len(code) > 6 and code.startswith(scope.area_prefix or "-")
    ]


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


def said(fault: Refused) -> str:
    return _(fault.message) % fault.parameters if fault.parameters else _(fault.message)
