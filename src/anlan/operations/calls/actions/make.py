"""A street calls: at once, or a grid worker drafts and the street sends."""

import math
from dataclasses import dataclass

from anlan.operations.calls.actions.desk import refresh
from anlan.operations.calls.actions.steps import Taken, moved, step, write
from anlan.operations.calls.models import Call, CallCounter
from anlan.operations.calls.queries.terms import ends, spans
from anlan.operations.calls.queries.units import departments
from anlan.operations.calls.rules.loop import Person
from anlan.operations.calls.rules.states import DRAFT, MAKE, Kind, State, Urgency
from anlan.operations.people.actions import Actor, act
from anlan.operations.registers.actions import lock_numbers, next_number
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCall:
    """What a street asks for. `unit`: the department's organisation code; `lon`, `lat`: CGCS2000.

    `key` names one sending of the form; the same again is the same call.
    """

    key: str
    urgency: Urgency
    kind: Kind
    unit: str
    matter: str
    area_code: str
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    enterprise_id: int | None = None
    source: str = ""
    source_id: str = ""


def make_call(actor: Actor, person: Person, new: NewCall) -> int:
    """Call a department; a grid worker's is the street's draft. The id, once a `key`."""
    if DRAFT not in person.rights or not person.organisation:
        raise Refused(N_("Only a street or town calls a department."))
    _checked(new)
    verb = "call" if MAKE in person.rights else "draft"
    with act(f"calls.{verb}", actor) as this:
        now = clock.now()
        lock_numbers(CallCounter.objects, year=now.year)
        known = Call.objects.filter(key=new.key).values_list("pk", "by_id").first()
        if known is not None:
            if known[1] != actor.id:
                raise Refused(N_("Somebody else has made a call under this key."))
            return known[0]
        number = next_number(CallCounter.objects, year=now.year)
        call = Call(
            number=f"ZH-{now.year}-{number:05d}", key=new.key, source=new.source,
            source_id=new.source_id, urgency=new.urgency, kind=new.kind,
            matter=required(new.matter, N_("Say what is needed."))[:500],
            street=person.organisation, area_code=new.area_code, place=new.place.strip()[:200],
            lon=new.lon, lat=new.lat, enterprise_id=new.enterprise_id, unit=new.unit,
            first_unit=new.unit, state=State.DRAFT, called_at=now, by_id=actor.id,
            by_name=actor.label,
        )  # fmt: skip
        if verb == "call":
            call.state = State.CALLED
            comes_to(call, new.unit)
        call.save()
        write(call, actor, verb, "", Taken(call, {"unit": call.unit}))
        refresh(call)
        this.on("call", call.pk, call.number)
        this.detail = {"unit": call.unit, "urgency": call.urgency}
        if verb == "call":
            this.publish(moved(call, verb, ""))
    return call.pk


def send_call(actor: Actor, person: Person, call_id: int) -> None:
    """The street sends a draft: the terms begin now."""
    with step("send", actor, person, call_id) as taken:
        taken.call.called_at = clock.now()
        comes_to(taken.call, taken.call.unit)
        taken.said = {"unit": taken.call.unit}


def comes_to(call: Call, unit: str) -> None:
    """The call is the unit's from now on: its terms begin, what another one did counts no more."""
    now = clock.now()
    found, given = spans(call.urgency, now)
    if unit != call.unit:
        call.answer_late = call.handle_late = False
    call.unit = unit
    call.answered_at = call.handled_at = call.coming_at = None
    call.answered_by_id = call.handled_by_id = None
    call.comes = call.handling = ""
    call.answer_due_at = call.due_at = ends(given.answer, now, found)
    call.handle_due_at = ends(given.handle, now, found)


def _checked(new: NewCall) -> None:
    """Raises `Refused` for a department that is none, and for a place outside the world."""
    if new.unit not in departments():
        raise Refused(N_("Choose the department to call."))
    for value, most in ((new.lon, 180), (new.lat, 90)):
        if value is not None and not (math.isfinite(value) and abs(value) <= most):
            raise Refused(N_("The position is not on the earth: longitude, then latitude."))
    if (new.lon is None) != (new.lat is None):
        raise Refused(N_("A position has both longitude and latitude."))
