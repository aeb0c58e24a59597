"""The frame of every step of a risk point: locked, allowed by the table, written, told on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from anlan.operations.people.actions import Act, Actor, act
from anlan.operations.risks.actions.desk import refresh
from anlan.operations.risks.events import RiskMoved
from anlan.operations.risks.models import MajorHazard, RiskPoint, RiskStep
from anlan.operations.risks.queries.state import facts
from anlan.operations.risks.rules.loop import Person, State, check
from anlan.operations.risks.rules.rating import worst
from anlan.operations.safety.actions import set_enterprise_level
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(slots=True)
class Taken:
    """A step under way: change the risk point, and say what the step sets."""

    risk: RiskPoint
    said: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


@contextmanager
def step(verb: str, actor: Actor, person: Person, risk_id: int) -> Iterator[Taken]:
    """Take `verb`; the body sets what belongs to it. Raises `Refused`; then nothing is changed."""
    with act(f"risks.{verb.replace(' ', '_')}", actor) as this:
        risk = locked(risk_id)
        before = risk.state
        taken = check(verb, facts(risk), person)
        under_way = Taken(risk)
        yield under_way
        risk.state = taken.leads_to(before)
        settle(this, actor, verb, before, under_way)


def locked(risk_id: int) -> RiskPoint:
    """The risk point, locked until the action ends."""
    risk = RiskPoint.objects.select_for_update().filter(pk=risk_id).first()
    if risk is None:
        raise Refused(N_("There is no such risk point."))
    return risk


def settle(this: Act, actor: Actor, verb: str, before: str, taken: Taken) -> None:
    """Save the risk point with its step, its desk item, its event and its enterprise's level."""
    risk = taken.risk
    risk.save()
    RiskStep.objects.create(
        risk=risk, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb, before=before,
        after=risk.state, version=risk.version, reason=taken.reason[:300], said=taken.said,
    )  # fmt: skip
    refresh(risk)
    level_enterprise(actor, risk.enterprise_id)
    this.on("risk point", risk.pk, risk.name)
    this.detail = {"from": before, "to": risk.state, "version": risk.version}
    this.publish(
        RiskMoved(risk_id=risk.pk, enterprise_id=risk.enterprise_id, verb=verb, before=before,
                  after=risk.state, level=risk.level)
    )  # fmt: skip


def level_enterprise(actor: Actor, enterprise_id: int) -> None:
    """Hand the enterprise its level: of what is confirmed and not retired, the highest [pv]."""
    standing = RiskPoint.objects.filter(enterprise=enterprise_id).exclude(state=State.RETIRED)
    levels = standing.exclude(confirmed_level=None).values_list("confirmed_level", flat=True)
    hazards = MajorHazard.objects.filter(enterprise=enterprise_id, replaced_at=None)
    major = hazards.exclude(level=None).exists()
    set_enterprise_level(actor, enterprise_id, worst([one for one in levels if one], major))
