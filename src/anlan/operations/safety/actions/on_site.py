"""What an enterprise's people make on the spot, with a signal or without: kept once, whenever and
however often it comes in."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from anlan.operations.people.actions import Actor
from anlan.operations.registers.queries import required, timely
from anlan.operations.safety.actions.find import Find, find_danger, known_find
from anlan.operations.safety.actions.rectify import begin_rectification, submitted
from anlan.operations.safety.actions.steps import step
from anlan.operations.safety.models import Danger
from anlan.operations.safety.rules.loop import Person
from anlan.operations.safety.rules.states import State
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

NOT_BEGUN = (State.ASSIGNED, State.RETURNED)


def find_on_site(actor: Actor, person: Person, find: Find, list_at: datetime) -> int:
    """Register a danger that a phone reports; its id. The same key again is the same danger.

    `list_at`: when the phone took along what it knows. Raises `Refused`.
    """
    known = known_find(actor, find)
    if known is not None:
        return known
    now = clock.now()
    found_at = find.found_at or now
    timely(found_at, list_at, now)
    find = replace(
        find, title=required(find.title, N_("Say what is wrong.")),
        place=required(find.place, N_("Say where it is.")), found_at=min(found_at, now),
    )  # fmt: skip
    return find_danger(actor, person, find)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectified:
    """That it is rectified, as a phone says it: what was done, and when. `key` names the record."""

    key: str
    report: str
    done_at: datetime
    list_at: datetime


def rectified_on_site(actor: Actor, person: Person, danger_id: int, given: Rectified) -> None:
    """Begin where nobody has, and report it rectified: both or neither, and once a key.

    Its photos were sent before. Raises `Refused`.
    """
    with transaction.atomic():
        danger = Danger.objects.select_for_update().filter(pk=danger_id).first()
        if danger is None:
            raise Refused(N_("There is no such danger."))
        if danger.steps.filter(verb="submit", by=actor.id, said__key=given.key).exists():
            return
        timely(given.done_at, given.list_at, clock.now())
        returned = danger.steps.filter(verb="return", at__gt=given.done_at)
        if returned.exists():
            raise Refused(N_("It was returned after that: say what was done about it since."))
        if danger.state in NOT_BEGUN:
            begin_rectification(actor, person, danger_id)
        with step("submit", actor, person, danger_id) as taken:
            submitted(taken, person, given.report)
            taken.said = {"key": given.key, "done_at": given.done_at.isoformat()}
