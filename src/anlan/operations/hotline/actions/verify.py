"""The unit verifies a report, and what is true becomes a hidden danger, once."""

from dataclasses import dataclass

from anlan.operations.hotline.actions.steps import step
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.state import facts
from anlan.operations.hotline.rules.loop import Person, not_reported
from anlan.operations.hotline.rules.states import Verdict
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import required
from anlan.operations.safety.actions import Find, Source, find_danger
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.safety.queries.signboards import named
from anlan.operations.territory.queries import area_names
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LEAST_VERIFIERS = 2
TITLE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the verification found. `danger` names it for the register, in the verifiers' words."""

    verdict: Verdict
    finding: str
    danger: str = ""


def begin_verification(
    actor: Actor, person: Person, tip_id: int, *, verifiers: tuple[str, str]
) -> None:
    """Two people at least verify it."""
    with step("begin", actor, person, tip_id) as taken:
        names = list(dict.fromkeys("".join(name.split())[:50] for name in verifiers))
        if len([one for one in names if one]) < LEAST_VERIFIERS:
            raise Refused(N_("At least two people verify a report."))
        not_reported(names, taken.tip.accused)
        taken.tip.verifiers = "、".join(names)
        taken.said = {"verifiers": taken.tip.verifiers}


def verify_tip(actor: Actor, scope: Scope, person: Person, tip_id: int, *, found: Found) -> None:
    """Say what was found. What is true, in part or wholly, becomes a danger of the register."""
    with step("verify", actor, person, tip_id) as taken:
        tip = taken.tip
        tip.verdict = found.verdict
        tip.finding = required(found.finding, N_("Say what was found."))[:1000]
        tip.verified_at = clock.now()
        taken.said, taken.reason = {"verdict": tip.verdict}, tip.finding
        if facts(tip).becomes_danger:
            title = required(found.danger, N_("Name the danger, in words of your own."))
            taken.said["danger"] = title[:TITLE]
            finder = person_of(scope, person.organisation)
            tip.danger_id = find_danger(actor, finder, _find(tip, title))


def handle_tip(actor: Actor, person: Person, tip_id: int, *, handling: str) -> None:
    """Say what was done about it."""
    with step("handle", actor, person, tip_id) as taken:
        taken.tip.handling = required(handling, N_("Say what was done."))[:1000]
        taken.reason = taken.tip.handling


def _find(tip: Tip, title: str) -> Find:
    """A danger as the inspection found it: who is reported reads it.

    Not a word of the informant's goes into it, nor that there was a report.
    """
    street = area_names().get(tip.area_code, tip.area_code)
    return Find(
        key=f"hotline:{tip.pk}", title=title[:TITLE], area_code=tip.area_code,
        sector=tip.sector or "other", source=Source.INSPECTION, description=tip.finding,
        enterprise_id=tip.enterprise_id or named(tip.accused), unit=tip.accused or street,
        place=tip.place,
    )  # fmt: skip
