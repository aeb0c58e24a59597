"""The unit verifies a report, and what is true becomes a hidden danger, once."""

from anlan.operations.hotline.actions.steps import required, step
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.state import facts
from anlan.operations.hotline.rules.loop import Person
from anlan.operations.hotline.rules.states import Verdict
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import Scope
from anlan.operations.safety.actions import Find, Source, find_danger
from anlan.operations.safety.queries.persons import person_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LEAST_VERIFIERS = 2
TITLE = 60


def begin_verification(
    actor: Actor, person: Person, tip_id: int, *, verifiers: tuple[str, str]
) -> None:
    """Two people at least verify it."""
    with step("begin", actor, person, tip_id) as taken:
        names = list(dict.fromkeys(name.strip()[:50] for name in verifiers if name.strip()))
        if len(names) < LEAST_VERIFIERS:
            raise Refused(N_("At least two people verify a report."))
        taken.tip.verifiers = "、".join(names)
        taken.said = {"verifiers": taken.tip.verifiers}


def verify_tip(
    actor: Actor, scope: Scope, person: Person, tip_id: int, *, verdict: Verdict, finding: str
) -> None:
    """Say what was found. What is true, in part or wholly, becomes a danger of the register."""
    with step("verify", actor, person, tip_id) as taken:
        tip = taken.tip
        tip.verdict = verdict
        tip.finding = required(finding, N_("Say what was found."))
        tip.verified_at = clock.now()
        taken.said, taken.reason = {"verdict": verdict}, tip.finding
        if facts(tip).becomes_danger:
            finder = person_of(scope, person.organisation)
            tip.danger_id = find_danger(actor, finder, _find(tip))


def handle_tip(actor: Actor, person: Person, tip_id: int, *, handling: str) -> None:
    """Say what was done about it."""
    with step("handle", actor, person, tip_id) as taken:
        taken.tip.handling = required(handling, N_("Say what was done."))
        taken.reason = taken.tip.handling


def _find(tip: Tip) -> Find:
    return Find(
        key=f"hotline:{tip.pk}", title=tip.matter.splitlines()[0][:TITLE],
        area_code=tip.area_code, sector=tip.sector or "other", source=Source.HOTLINE,
        description=tip.finding, enterprise_id=tip.enterprise_id,
        unit=tip.accused or tip.place or tip.number, place=tip.place,
    )  # fmt: skip
