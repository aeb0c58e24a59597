"""What a step of a report may and may not, `domain.md` 3.3: pure, asked before every step.

No one approves own work: who proposes a reward neither approves nor pays it, who took the report
does not pay it. Only the unit that
verifies acts on the matter; only the two named handlers deal with the informant.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from anlan.operations.hotline.rules.states import IDENTITY, TIP, VERIFY, Kind, State, Verdict
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, allowed
from anlan.vocabulary.words import N_

REWARDED = (Verdict.TRUE, Verdict.PARTLY)
REWARD_UNDER_WAY = (State.REWARD_PROPOSED, State.APPROVED, State.NOTIFIED)
MOST_HANDLERS = 2
LEAST_NAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """What the rules ask of a report. Persons are account ids; `unit`: who verifies (its code).

    `unfounded`: the decision that its reward rests on was revoked, or its fine changed.
    `grave`: a danger was graded major, or a case of it was decided; true of what is no danger.
    `named`: who reported is known, sealed.
    """

    state: str
    kind: str = Kind.DANGER
    unit: str = ""
    handlers: frozenset[int] = frozenset()
    verdict: str = ""
    due_on: date | None = None
    extended: bool = False
    told_of_more: bool = False
    proposed_by: int | None = None
    approved_by: int | None = None
    claim_by: date | None = None
    claimed: bool = False
    followed: bool = False
    verified_by: int | None = None
    received_by: int | None = None
    first_is_another: bool = False
    unfounded: bool = False
    grave: bool = True
    named: bool = True

    @property
    def rewardable(self) -> bool:
        return self.verdict in REWARDED and self.kind != Kind.OTHER

    @property
    def becomes_danger(self) -> bool:
        return self.verdict in REWARDED and self.kind in (Kind.DANGER, Kind.ILLEGAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who takes the step."""

    id: int | None
    rights: frozenset[str]
    organisation: str = ""


def longer(until: date, due_on: date, days: int) -> None:
    """More time ends after the deadline, at most `days` calendar days; raises `Refused`."""
    if until <= due_on:
        raise Refused(N_("More time ends after the deadline, %(day)s."), day=due_on).at("until")
    if (until - due_on).days > days:
        raise Refused(N_("At most %(days)s days more are given."), days=days).at("until")


def check(verb: str, tip: Tip, person: Person, day: date) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = TIP.step(verb, tip.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the report is as it is now.")) from None
    if step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if step.right == VERIFY and tip.unit != person.organisation:
        raise Refused(N_("Only the unit that verifies it may take this step."))
    if step.right == IDENTITY:
        handler(tip, person)
    for rule in _RULES.get(verb, ()):
        rule(tip, person, day)
    return step


def verbs(tip: Tip, person: Person, day: date) -> tuple[str, ...]:
    """What this person may do with the report now."""
    return allowed(TIP.verbs(tip.state), lambda verb: check(verb, tip, person, day))


def handler(tip: Tip, person: Person) -> int:
    """The account of a named handler; raises `Refused` for anybody else."""
    if IDENTITY not in person.rights or person.id is None or person.id not in tip.handlers:
        raise Refused(N_("Only the two handlers named for this report deal with its informant."))
    return person.id


def two_handlers(chosen: frozenset[int], able: frozenset[int]) -> None:
    """Two different people who may know an informant; raises `Refused`."""
    if len(chosen) != MOST_HANDLERS or not chosen <= able:
        raise Refused(N_("Name two handlers from those who may know an informant.")).at(
            "handler_two"
        )


def same_two(chosen: frozenset[int], seen: frozenset[int]) -> None:
    """No third person learns who reported: whoever has looked stays one of the two."""
    if not seen <= chosen:
        raise Refused(N_("Who has seen the informant stays a handler: no third person learns it."))


def not_reported(names: Iterable[str], accused: str) -> None:
    """Who is reported neither verifies nor learns who reported; raises `Refused`."""
    for name in names:
        if len(name) >= LEAST_NAME and name in accused:
            raise Refused(N_("%(name)s is reported here and may not deal with it."), name=name)


def name_withdrawn(tip: Tip) -> None:
    """The name may be emptied now; raises `Refused`."""
    if not tip.named:
        raise Refused(N_("The report is anonymous."))
    if tip.state == State.NOTIFIED and tip.claimed:
        raise Refused(N_("The reward is claimed under this name: it is withdrawn once it is paid."))


def corrected_by(tip: Tip, person: Person) -> None:
    """A handler may correct who reported; raises `Refused`. Two know of whom a reward is paid."""
    handler(tip, person)
    if not tip.named:
        raise Refused(N_("The report is anonymous."))
    if tip.state in REWARD_UNDER_WAY and person.id == tip.proposed_by:
        raise Refused(N_("Who proposed the reward does not change to whom it is paid."))


def _name_withdrawn(tip: Tip, _person: Person, _day: date) -> None:
    name_withdrawn(tip)


def _in_time(tip: Tip, _person: Person, day: date) -> None:
    if tip.extended:
        raise Refused(N_("More time is given once."))
    if tip.due_on is None or day > tip.due_on:
        raise Refused(N_("More time is given before the deadline has passed."))


def _notice_owed(tip: Tip, _person: Person, _day: date) -> None:
    if not tip.extended or tip.told_of_more:
        raise Refused(N_("There is no extension that the informant was not told of."))


def _true(tip: Tip, _person: Person, _day: date) -> None:
    if tip.verdict not in REWARDED:
        raise Refused(N_("Only a report that was found true is rewarded."))


def _not_first(tip: Tip, _person: Person, _day: date) -> None:
    if tip.followed:
        raise Refused(N_("Another report was merged into this one: it stays the first."))


def _other_person(tip: Tip, person: Person, _day: date) -> None:
    if person.id is None or person.id == tip.proposed_by:
        raise Refused(N_("Who proposed the reward does not decide on it."))


def _not_verifier(tip: Tip, person: Person, _day: date) -> None:
    if person.id is not None and person.id == tip.verified_by:
        raise Refused(N_("Who verified the report neither approves nor pays its reward."))


def _first_informant(tip: Tip, _person: Person, _day: date) -> None:
    if tip.first_is_another:
        raise Refused(N_("An earlier report told of the same: only the first one is rewarded."))


def _founded(tip: Tip, _person: Person, _day: date) -> None:
    if tip.unfounded:
        raise Refused(N_("The decision that the reward rests on was revoked or changed."))


def _not_founded(tip: Tip, _person: Person, _day: date) -> None:
    if not tip.unfounded:
        raise Refused(N_("The decision that the reward rests on stands."))


def _major(tip: Tip, _person: Person, _day: date) -> None:
    if not tip.grave:
        raise Refused(N_("A danger is rewarded that was graded major, or whose case was decided."))


def _third_person(tip: Tip, person: Person, _day: date) -> None:
    if person.id is None or person.id in (tip.received_by, tip.proposed_by, tip.approved_by):
        raise Refused(N_("Who took the report, proposed or approved the reward does not pay it."))


def _claimed_in_time(tip: Tip, _person: Person, day: date) -> None:
    if not tip.claimed and (tip.claim_by is None or day > tip.claim_by):
        raise Refused(N_("The time to claim the reward is over."))


def _by_code(tip: Tip, _person: Person, _day: date) -> None:
    if not tip.named and not tip.claimed:
        raise Refused(N_("The reward of an anonymous report is paid once its code claimed it."))


def _unclaimed(tip: Tip, _person: Person, _day: date) -> None:
    if tip.claimed:
        raise Refused(N_("The informant has claimed the reward: it is paid."))


def _claim_over(tip: Tip, _person: Person, day: date) -> None:
    if tip.claim_by is not None and day <= tip.claim_by:
        raise Refused(N_("The informant may still claim the reward."))


Rule = Callable[[Tip, Person, date], None]
_RULES: Mapping[str, tuple[Rule, ...]] = {
    "merge": (_not_first,),
    "give more time": (_in_time,),
    "tell of more time": (_notice_owed,),
    "propose reward": (_true, _first_informant, _major),
    "approve reward": (_true, _other_person, _not_verifier, _first_informant, _founded, _major),
    "send back reward": (_other_person,),
    "withdraw reward": (_not_founded,),
    "notify": (_founded,),
    "pay": (
        _true,
        _third_person,
        _not_verifier,
        _first_informant,
        _claimed_in_time,
        _by_code,
        _founded,
    ),
    "claim": (_unclaimed, _claimed_in_time),
    "forfeit": (_unclaimed, _claim_over),
    "withdraw name": (_name_withdrawn,),
}
