"""The frame of every step of a danger: locked, allowed by the table, written, told to the desk."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from anlan.operations.people.actions import Actor, act
from anlan.operations.safety.actions.desk import refresh
from anlan.operations.safety.events import DangerMoved
from anlan.operations.safety.models import Danger, DangerStep
from anlan.operations.safety.queries.state import facts
from anlan.operations.safety.rules.loop import Person, check
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(slots=True)
class Taken:
    """A step under way: change the danger, and say what the step sets; `leads_to`: the state where
    the table leaves it open."""

    danger: Danger
    leads_to: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


@contextmanager
def step(verb: str, actor: Actor, person: Person, danger_id: int) -> Iterator[Taken]:
    """Take `verb`; the body sets what belongs to it. Raises `Refused`; then nothing is changed."""
    with act(f"safety.{verb.replace(' ', '_')}", actor) as this:
        danger = Danger.objects.select_for_update().filter(pk=danger_id).first()
        if danger is None:
            raise Refused(N_("There is no such danger."))
        before = danger.state
        taken = check(verb, facts(danger), person, clock.today())
        under_way = Taken(danger)
        yield under_way
        danger.state = under_way.leads_to or taken.leads_to(before)
        danger.save()
        write(danger, actor, verb, before, under_way.said, under_way.reason)
        refresh(danger)
        this.on("danger", danger.pk, str(danger))
        this.detail = {"from": before, "to": danger.state, **under_way.said}
        this.publish(moved(danger, verb, before))


def write(
    danger: Danger, actor: Actor, verb: str, before: str, said: Mapping[str, Any], reason: str
) -> None:
    """The step's row in the record."""
    DangerStep.objects.create(
        danger=danger, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb,
        before=before, after=danger.state, reason=reason[:500], said=dict(said),
    )  # fmt: skip


def moved(danger: Danger, verb: str, before: str) -> DangerMoved:
    return DangerMoved(
        danger_id=danger.pk, number=danger.number, verb=verb, before=before, after=danger.state,
        grade=danger.grade, area_code=danger.area_code, sector=danger.sector,
    )  # fmt: skip
