"""The frame of what happens to an accident: locked, allowed, written, told to the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from anlan.operations.accidents.actions.desk import refresh
from anlan.operations.accidents.events import AccidentMoved
from anlan.operations.accidents.models import Accident, AccidentStep
from anlan.operations.accidents.queries.state import facts
from anlan.operations.accidents.rules.loop import Person, check
from anlan.operations.people.actions import Act, Actor, act
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(slots=True)
class Taken:
    """A step under way: change the accident, and say what the step sets."""

    accident: Accident
    said: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


@contextmanager
def step(verb: str, actor: Actor, person: Person, accident_id: int) -> Iterator[Taken]:
    """Take `verb` of the table; raises `Refused`, then nothing is changed."""
    with act(f"accidents.{verb.replace(' ', '_')}", actor) as this:
        accident = _locked(accident_id)
        before = accident.state
        taken = check(verb, facts(accident), person, clock.today())
        under_way = Taken(accident)
        yield under_way
        accident.state = taken.leads_to(before)
        finish(this, actor, verb, before, under_way)


@contextmanager
def note(verb: str, right: str, actor: Actor, person: Person, accident_id: int) -> Iterator[Taken]:
    """Something on record that keeps the state, for who holds `right`; not after the end."""
    with act(f"accidents.{verb.replace(' ', '_')}", actor) as this:
        accident = _locked(accident_id)
        if right not in person.rights:
            raise Refused(N_("Your role may not take this step."))
        if accident.closed_at is not None:
            raise Refused(N_("The accident is closed."))
        under_way = Taken(accident)
        yield under_way
        finish(this, actor, verb, accident.state, under_way)


def finish(this: Act, actor: Actor, verb: str, before: str, taken: Taken) -> None:
    """Save, write the step's row, tell desk and audit, publish."""
    accident = taken.accident
    accident.save()
    AccidentStep.objects.create(
        accident=accident, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb,
        before=before, after=accident.state, reason=taken.reason[:1000], said=dict(taken.said),
    )  # fmt: skip
    refresh(accident)
    this.on("accident", accident.pk, str(accident))
    this.detail = {"from": before, "to": accident.state, **taken.said}
    this.publish(
        AccidentMoved(
            accident_id=accident.pk, number=accident.number, verb=verb, before=before,
            after=accident.state, level=accident.level, area_code=accident.area_code,
            sector=accident.sector, kind=accident.kind, enterprise_id=accident.enterprise_id,
            in_production=accident.in_production,
        )
    )  # fmt: skip


def of_the_bureau(person: Person) -> None:
    """Raises `Refused` for a street or a department."""
    if not person.bureau:
        raise Refused(N_("Only the bureau may do this."))


def _locked(accident_id: int) -> Accident:
    accident = Accident.objects.select_for_update().filter(pk=accident_id).first()
    if accident is None:
        raise Refused(N_("There is no such accident."))
    return accident
