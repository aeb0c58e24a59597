"""The unit verifies a report, and what is true becomes a hidden danger, once."""

from dataclasses import dataclass

from anlan.operations.hotline.actions.steps import Taken, step
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.files import ANOTHER, same_hazard
from anlan.operations.hotline.queries.known import known_of, written
from anlan.operations.hotline.queries.state import facts
from anlan.operations.hotline.rules.hazards import Sign, early
from anlan.operations.hotline.rules.loop import REWARDED, Person, not_reported
from anlan.operations.hotline.rules.states import Kind, Verdict
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSign:
    """What was found of a natural hazard's sign.

    `sign`: what it was indeed; `early`: it came before any alarm or finding, `why` where the
    records say otherwise; `brought_out`: people who were out in time because of it; `same_as`:
    number of the earlier report that told of the same, `ANOTHER` where none did.
    """

    verdict: Verdict
    finding: str
    sign: str
    early: bool
    why: str = ""
    brought_out: int = 0
    same_as: str = ""


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
        if tip.kind == Kind.HAZARD:
            raise Refused(N_("Choose what was seen.")).at("sign")
        _found(taken, person, found.verdict, found.finding)
        if facts(tip).becomes_danger:
            title = required(found.danger, N_("Name the danger, in words of your own."))
            taken.said["danger"] = title[:TITLE]
            finder = person_of(scope, person.organisation)
            tip.danger_id = find_danger(actor, finder, _find(tip, title))


def verify_sign(actor: Actor, person: Person, tip_id: int, *, found: FoundSign) -> None:
    """Say what was found of a natural hazard's sign, and decide whether it was early.

    The records that he was shown are kept with the decision. The event files hear of what is true.
    """
    with step("verify", actor, person, tip_id) as taken:
        tip = taken.tip
        if tip.kind != Kind.HAZARD or found.sign not in set(Sign):
            raise Refused(N_("Choose what was seen.")).at("sign")
        _found(taken, person, found.verdict, found.finding)
        tip.sign = found.sign
        if tip.verdict not in REWARDED:
            return
        known = known_of(tip)
        early(found.early, found.why, [one.at for one in known], tip.received_at)
        tip.early, tip.early_why = found.early, found.why.strip()[:300]
        tip.known = [written(one) for one in known]
        tip.brought_out = found.brought_out
        tip.same_as = _same(tip, found.same_as)
        taken.said |= {"early": tip.early, "brought_out": tip.brought_out}


def _found(taken: Taken, person: Person, verdict: Verdict, finding: str) -> None:
    tip = taken.tip
    tip.verdict, tip.verified_at, tip.verified_by_id = verdict, clock.now(), person.id
    tip.finding = required(finding, N_("Say what was found."))[:1000]
    taken.said, taken.reason = {"verdict": tip.verdict}, tip.finding


def _same(tip: Tip, said: str) -> Tip | None:
    """The first report of the same; raises `Refused` where earlier ones are there unanswered."""
    before = {one.number: one for one in same_hazard(tip)}
    if not before or said == ANOTHER:
        return None
    if said not in before:
        raise Refused(N_("Say which earlier report told of the same, or that none did.")).at(
            "same_as"
        )
    return before[said]


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
