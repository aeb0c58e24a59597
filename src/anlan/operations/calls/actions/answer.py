"""The department answers, refuses, handles; the bureau assigns; a danger is registered from it."""

from datetime import datetime, timedelta

from anlan.operations.calls.actions.make import comes_to
from anlan.operations.calls.actions.steps import step
from anlan.operations.calls.models import Call
from anlan.operations.calls.queries.terms import ends, spans
from anlan.operations.calls.queries.units import departments
from anlan.operations.calls.rules.loop import Person
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import Scope, organisations
from anlan.operations.registers.queries import required
from anlan.operations.safety.actions import Find, Source, find_danger, tell_of_call
from anlan.operations.safety.queries.persons import person_of as finder_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

EARLIEST = timedelta(minutes=10)  # a form is filled in while its minute passes
LATEST = timedelta(days=31)
TITLE = 60


def answer_call(
    actor: Actor, person: Person, call_id: int, *, comes: str, coming_at: datetime
) -> None:
    """The department takes it: who comes, and when."""
    with step("answer", actor, person, call_id) as taken:
        call, now = taken.call, clock.now()
        call.comes = required(comes, N_("Say who comes."))[:100]
        if not now - EARLIEST <= coming_at <= now + LATEST:
            raise Refused(N_("Say when they come: from now on, within a month."))
        call.coming_at, call.answered_at, call.answered_by_id = coming_at, now, actor.id
        call.answer_late = call.answer_late or _passed(call.answer_due_at, now)
        call.due_at = call.handle_due_at
        taken.said = {"comes": call.comes, "coming_at": coming_at.isoformat()}


def refuse_call(actor: Actor, person: Person, call_id: int, *, reason: str) -> None:
    """It is another department's: the bureau decides whose."""
    with step("refuse", actor, person, call_id) as taken:
        call, now = taken.call, clock.now()
        taken.reason = required(reason, N_("Say why it is not yours, and whose it is."))
        call.answer_late = call.answer_late or _passed(call.answer_due_at, now)
        call.refused_at, call.refused_by_id = now, actor.id
        found, given = spans(call.urgency, now)
        call.due_at = ends(given.assign, now, found)


def assign_call(actor: Actor, person: Person, call_id: int, *, unit: str, reason: str) -> None:
    """The bureau says whose it is, binding: another department's, or the first one's after all."""
    with step("assign", actor, person, call_id) as taken:
        if unit not in departments():
            raise Refused(N_("Choose the department to call."))
        taken.reason = required(reason, N_("Say what it rests on."))
        comes_to(taken.call, unit)
        taken.said = {"unit": unit}


def handle_call(actor: Actor, person: Person, call_id: int, *, handling: str) -> None:
    """Say what was done on the spot; the street says whether that settles it."""
    with step("handle", actor, person, call_id) as taken:
        call, now = taken.call, clock.now()
        call.handling = required(handling, N_("Say what was done."))[:1000]
        taken.reason = call.handling
        call.handled_at, call.handled_by_id = now, actor.id
        call.handle_late = call.handle_late or _passed(call.handle_due_at, now)
        found, given = spans(call.urgency, now)
        call.due_at = ends(given.confirm, now, found)


def make_danger(actor: Actor, scope: Scope, person: Person, call_id: int, *, title: str) -> None:
    """What was called for is a hidden danger: it is registered once, and each names the other."""
    with step("make danger", actor, person, call_id) as taken:
        call = taken.call
        title = required(title, N_("Name the danger."))[:TITLE]
        danger = find_danger(actor, finder_of(scope, scope.organisation), _find(call, title))
        call.danger_id = danger
        tell_of_call(danger, call.pk, call.number)
        taken.said = {"danger": title}


def _find(call: Call, title: str) -> Find:
    """The danger in the sector of the department that has the call."""
    names = {one.code: one for one in organisations()}
    sector = names[call.unit].sector if call.unit in names else ""
    street = names[call.street].name if call.street in names else call.street
    return Find(
        key=f"call:{call.pk}", title=title, area_code=call.area_code, sector=sector or "other",
        source=Source.INSPECTION, description=call.matter, enterprise_id=call.enterprise_id,
        unit=call.place or street, place=call.place, lon=call.lon, lat=call.lat,
    )  # fmt: skip


def _passed(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and now > due_at
