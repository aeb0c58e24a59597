"""What a step of a reviewed case may and may not: pure, asked before every step.

Nobody reviews a case that they had part in, nor accepts the answer to its faults. Reviewers come
from the unit or from others 交叉评查; one of another unit may also judge, so that a bureau in which
everybody had part in the case can close its review.
"""

from dataclasses import dataclass

from anlan.operations.oversight.rules.states import ANSWER, OPEN, SAMPLED, SCORE
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, allowed
from anlan.vocabulary.words import N_

REVIEWERS = 2
JUDGES = ("close", "return", "send the faults")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """What the rules ask of a case in a review. Persons are account ids.

    `people`: who had part in the case; `named`: texts of its steps that name others who had.
    `faults`: how many were found.
    """

    state: str
    unit: str
    people: frozenset[int]
    named: tuple[str, ...] = ()
    reviewers: frozenset[int] = frozenset()
    scored: frozenset[int] = frozenset()
    faults: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who takes the step: the account, its name, rights and unit.

    `certified`: holds a certificate that is valid today, or needs none (legal reviewer, expert).
    """

    id: int | None
    name: str
    rights: frozenset[str]
    organisation: str
    certified: bool = True


def had_part(case: Sampled, account_id: int | None, name: str) -> bool:
    """Whether somebody handled, reviewed, heard, discussed or decided the case."""
    return account_id in case.people or any(name and name in text for text in case.named)


def is_guest(case: Sampled, person: Person) -> bool:
    """Whether somebody of another unit was named to review the case."""
    return person.organisation != case.unit and person.id in case.reviewers


def check(verb: str, case: Sampled, person: Person) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = SAMPLED.step(verb, case.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the review is as it is now.")) from None
    guest = is_guest(case, person)
    if (SCORE if guest and verb in JUDGES else step.right) not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if person.id is None or (person.organisation != case.unit and not guest):
        raise Refused(N_("Only the unit that reviews its cases may take this step."))
    if guest and verb not in ("score", *JUDGES):
        raise Refused(N_("Only the unit that reviews its cases may take this step."))
    if step.right == SCORE:
        _may_score(case, person)
    if step.right == ANSWER and person.id in case.reviewers:
        raise Refused(N_("Who reviewed the case does not answer for its faults."))
    if step.right == OPEN:
        _may_lead(verb, case, person)
    return step


def _may_score(case: Sampled, person: Person) -> None:
    if person.id not in case.reviewers:
        raise Refused(N_("Only the two reviewers named score the case."))
    if had_part(case, person.id, person.name):
        raise Refused(N_("%(name)s had part in the case: nobody reviews their own."),
                      name=person.name)  # fmt: skip
    if person.id in case.scored:
        raise Refused(N_("You have scored it."))


def _may_lead(verb: str, case: Sampled, person: Person) -> None:
    if verb in JUDGES and had_part(case, person.id, person.name):
        raise Refused(N_("Who had part in the case does not judge what was found in it."))
    if verb == "name reviewers" and case.scored:
        raise Refused(N_("A reviewer has scored it: the reviewers stay."))
    if verb == "send the faults" and not case.faults:
        raise Refused(N_("No fault was found: close it."))
    if verb == "close" and case.state == "SCORED" and case.faults:
        raise Refused(N_("Faults were found: send them to the unit first."))


def able(case: Sampled, reviewer: Person) -> None:
    """Raises `Refused` where somebody cannot review the case."""
    if SCORE not in reviewer.rights:
        raise Refused(N_("%(name)s may not review cases of this unit."), name=reviewer.name)
    if reviewer.organisation != case.unit and not reviewer.certified:
        raise Refused(N_("%(name)s of another unit holds no valid certificate."),
                      name=reviewer.name)  # fmt: skip
    if had_part(case, reviewer.id, reviewer.name):
        raise Refused(N_("%(name)s had part in the case: nobody reviews their own."),
                      name=reviewer.name)  # fmt: skip


def verbs(case: Sampled, person: Person) -> tuple[str, ...]:
    """What this person may do with the case now."""
    return allowed(SAMPLED.verbs(case.state), lambda verb: check(verb, case, person))
