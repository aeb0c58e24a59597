"""Records of interference: those that one wrote or handles, and nothing of anybody else's."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from anlan.operations.accidents.queries.scope import accidents_in
from anlan.operations.enforcement.queries.scope import cases_in
from anlan.operations.oversight.models import Interference, InterferenceView
from anlan.operations.oversight.rules.interference import HANDLE, RECORD, SEE, Person, verbs
from anlan.operations.oversight.rules.interference import Interference as Facts
from anlan.operations.people.queries import Scope, Staff, names_of, staff

HANDLERS = "discipline_officer"


@dataclass(frozen=True, slots=True)
class File:
    """A record without what is sealed, its looks (newest first), and the steps open to me."""

    one: Interference
    names: dict[int, str]
    views: list[InterferenceView]
    verbs: tuple[str, ...]


def interference_in(scope: Scope) -> QuerySet[Interference]:
    """What one recorded, and what one is named for."""
    if not scope.may(SEE) or scope.account_id is None:
        return Interference.objects.none()
    mine = Q(recorder=scope.account_id)
    if scope.may(HANDLE):
        mine |= Q(handler_one=scope.account_id) | Q(handler_two=scope.account_id)
    return Interference.objects.filter(mine).order_by("-recorded_at", "-id")


def person_of(scope: Scope) -> Person:
    """An account as the rules see it."""
    return Person(id=scope.account_id, rights=scope.rights)


def facts(one: Interference) -> Facts:
    """A record as the rules see it."""
    both = (one.handler_one_id, one.handler_two_id)
    return Facts(state=one.state, recorder=one.recorder_id,
                 handlers=frozenset(who for who in both if who is not None))  # fmt: skip


def interference_file(interference_id: int, scope: Scope) -> File | None:
    """The file of one's own record or one that one handles, else None."""
    one = interference_in(scope).filter(pk=interference_id).first()
    if one is None:
        return None
    known = facts(one)
    return File(
        one, names_of([one.recorder_id, *known.handlers]), list(one.views.order_by("-id")),
        verbs(known, person_of(scope)),
    )  # fmt: skip


def able_handlers() -> list[Staff]:
    """Who can be named: the officers of discipline."""
    return staff(role=HANDLERS)


def subject_of(scope: Scope, number: str) -> str:
    """A case or accident within one's sight by its number, as a record names it; "" for none."""
    number = number.strip()
    if not number or not scope.may(RECORD):
        return ""
    for rows in (cases_in(scope, scope.organisation), accidents_in(scope)):
        found = rows.filter(number=number).values_list("number", "title").first()
        if found is not None:
            return " ".join(found)
    return ""
