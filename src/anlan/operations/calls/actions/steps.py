"""The frame of every step of a call: locked, allowed, written, told to the desk, published."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from anlan.operations.calls.actions.desk import refresh
from anlan.operations.calls.events import CallMoved
from anlan.operations.calls.models import Call, CallStep
from anlan.operations.calls.queries.state import facts
from anlan.operations.calls.rules.loop import Person, check
from anlan.operations.people.actions import Actor, act
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(slots=True)
class Taken:
    """A step under way: change the call, and say what the step sets."""

    call: Call
    said: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


@contextmanager
def step(verb: str, actor: Actor, person: Person, call_id: int) -> Iterator[Taken]:
    """Take `verb`; the body sets what belongs to it. Raises `Refused`; then nothing is changed."""
    with act(f"calls.{verb.replace(' ', '_')}", actor) as this:
        call = locked(call_id)
        before = call.state
        taken = check(verb, facts(call), person)
        under_way = Taken(call)
        yield under_way
        call.state = taken.leads_to(before)
        call.save()
        write(call, actor, verb, before, under_way)
        if call.state != before:
            refresh(call)
        this.on("call", call.pk, call.number)
        this.detail = {"from": before, "to": call.state}
        this.publish(moved(call, verb, before))


def locked(call_id: int) -> Call:
    """The call, held until the transaction ends; raises `Refused`."""
    call = Call.objects.select_for_update().filter(pk=call_id).first()
    if call is None:
        raise Refused(N_("There is no such call."))
    return call


def write(call: Call, actor: Actor, verb: str, before: str, taken: Taken) -> None:
    """The step's row in the record."""
    CallStep.objects.create(
        call=call, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb, before=before,
        after=call.state, reason=taken.reason[:1000], said=dict(taken.said),
    )  # fmt: skip


def moved(call: Call, verb: str, before: str) -> CallMoved:
    return CallMoved(
        call_id=call.pk, number=call.number, verb=verb, before=before, after=call.state,
        urgency=call.urgency, street=call.street, unit=call.unit, area_code=call.area_code,
        settled=call.settled, grade=call.grade or 0, due_at=call.due_at, source=call.source,
        source_id=call.source_id,
    )  # fmt: skip
