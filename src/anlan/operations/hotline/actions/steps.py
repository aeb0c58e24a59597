"""The frame of every step of a report: locked, allowed, written, told to the desk, secret kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from anlan.operations.hotline.actions.desk import refresh
from anlan.operations.hotline.events import TipMoved
from anlan.operations.hotline.models import Informant, Tip, TipStep
from anlan.operations.hotline.queries.state import facts
from anlan.operations.hotline.rules.hazards import HAZARD_OF, Sign
from anlan.operations.hotline.rules.loop import Person, check
from anlan.operations.hotline.rules.secrecy import names_nobody
from anlan.operations.people.actions import Actor, act, unseal_text
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(slots=True)
class Taken:
    """A step under way: change the report, and say what the step sets."""

    tip: Tip
    said: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


@contextmanager
def step(verb: str, actor: Actor, person: Person, tip_id: int) -> Iterator[Taken]:
    """Take `verb`; the body sets what belongs to it. Raises `Refused`; then nothing is changed.

    Whatever text the step leaves is checked: none may name the informant.
    """
    with act(f"hotline.{verb.replace(' ', '_')}", actor) as this:
        tip = Tip.objects.select_for_update().filter(pk=tip_id).first()
        if tip is None:
            raise Refused(N_("There is no such report."))
        before = tip.state
        taken = check(verb, facts(tip), person, clock.today())
        under_way = Taken(tip)
        yield under_way
        keep_secret(tip, under_way)
        tip.state = taken.leads_to(before)
        tip.save()
        write(tip, actor, verb, before, under_way)
        refresh(tip)
        this.on("tip", tip.pk, tip.number)
        this.detail = {"from": before, "to": tip.state}
        this.publish(moved(tip, verb, before))


def write(tip: Tip, actor: Actor, verb: str, before: str, taken: Taken) -> None:
    """The step's row in the record."""
    TipStep.objects.create(
        tip=tip, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb, before=before,
        after=tip.state, reason=taken.reason[:1000], said=dict(taken.said),
    )  # fmt: skip


def moved(tip: Tip, verb: str, before: str) -> TipMoved:
    return TipMoved(
        tip_id=tip.pk, number=tip.number, verb=verb, before=before, after=tip.state,
        kind=tip.kind, verdict=tip.verdict, area_code=tip.area_code, sector=tip.sector,
        hazard=HAZARD_OF[Sign(tip.sign)] if tip.sign else "",
        source=tip.source, source_id=tip.source_id,
    )  # fmt: skip


def keep_secret(tip: Tip, taken: Taken) -> None:
    """Raises `Refused` where a text of the report or of the step names the informant."""
    informant = Informant.objects.filter(tip=tip).first()
    if informant is None:
        return
    written = (tip.matter, tip.accused, tip.place, tip.verifiers, tip.finding, tip.early_why,
               tip.handling, tip.reply, taken.reason, *_texts(taken.said))  # fmt: skip
    name, phone = unseal_text(informant.name_sealed), unseal_text(informant.phone_sealed)
    names_nobody(written, name, phone)


def _texts(said: Mapping[str, Any]) -> list[str]:
    return [value for value in said.values() if isinstance(value, str)]
