"""What a step of a case may and may not, `domain.md` 3.2: pure, asked before every step.

Two officers with valid certificates stand behind every paper (CFF 42). Who investigated neither
reviews nor decides; a decision in the ordinary procedure stands on a legal review (CFF 58), a
serious one also on a group discussion (CFF 57).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from anlan.operations.enforcement.rules.states import CASE, HANDLE, SETTLED, State
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, allowed
from anlan.vocabulary.words import N_

LEAST_OFFICERS = 2
ALONE = ("replace an officer", "withdraw")  # what may be done with fewer than two


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the rules ask of a case. Persons are account ids, money is in 元.

    `officers`: those of the case whose certificate is valid today; `hands`: everybody who ever
    investigated in it. `answer_until`: the last day for a statement or the request for a
    hearing, once the notice is served; `appealed`: a reconsideration or a suit is under way.
    `others_wait`: an order, measures or a dropped case that are to be published.
    `open` is what is still to be paid; `duties`: penalties that the party must carry out.
    """

    state: str
    unit: str
    officers: frozenset[int] = frozenset()
    hands: frozenset[int] = frozenset()
    proposed: bool = False
    investigated: bool = False
    held: bool = False
    hearing_right: bool = False
    waived: bool = False
    answer_until: date | None = None
    hearing_on: date | None = None
    hearing_held: bool = False
    reviewed_by: int | None = None
    serious: bool = False
    discussed: bool = False
    ordered: bool = False
    order_runs: bool = False
    recheck_asked: bool = False
    decide_by: date | None = None
    extended: bool = False
    appealed: bool = False
    decided: bool = False
    revoked: bool = False
    open: Decimal = Decimal(0)
    duties: bool = False
    reminded: bool = False
    pay_until: date | None = None
    appeal_until: date | None = None
    reminded_until: date | None = None
    court_until: date | None = None
    published: bool = False
    others_wait: bool = False
    others_published: bool = False
    crime_proposed: bool = False
    crime_approved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who takes the step: the account, its rights, its unit."""

    id: int | None
    rights: frozenset[str]
    organisation: str = ""


def check(verb: str, case: Case, person: Person, day: date) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = CASE.step(verb, case.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the case is as it is now.")) from None
    _acts(step.right, case, person)
    if verb not in ALONE and len(case.officers) < LEAST_OFFICERS:
        raise Refused(N_("At least two officers with valid certificates must be on the case."))
    for rule in _RULES.get(verb, ()):
        rule(case, person, day)
    return step


def check_filing(case: Case, person: Person) -> None:
    """Whether this person may file a photo or document with the case now; raises `Refused`."""
    if case.state == State.ARCHIVED:
        raise Refused(N_("The case is closed: nothing more is filed with it."))
    _acts(HANDLE, case, person)


def check_amending(case: Case, person: Person) -> None:
    """Whether another system may still word the case anew; raises `Refused`."""
    if case.state != State.PLANNED:
        raise Refused(N_("Steps were taken on the case: what it is about stays as it is."))
    _acts(HANDLE, case, person)


def may_file(case: Case, person: Person) -> bool:
    """The same as an answer."""
    return bool(allowed(("file",), lambda _verb: check_filing(case, person)))


def _acts(right: str, case: Case, person: Person) -> None:
    """Who acts in a case by a right: its officers handle it, others of its unit decide."""
    if right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if person.id is None or person.organisation != case.unit:
        raise Refused(N_("Only the unit that handles the case may take this step."))
    if right == HANDLE:
        if person.id not in case.officers:
            raise Refused(N_("Only an officer of the case with a valid certificate may do this."))
    elif person.id in case.hands:
        raise Refused(N_("Who investigates a case neither reviews nor decides it."))


def verbs(case: Case, person: Person, day: date) -> tuple[str, ...]:
    """What this person may do with the case now."""
    return allowed(CASE.verbs(case.state), lambda verb: check(verb, case, person, day))


def _proposed(case: Case, _person: Person, _day: date) -> None:
    if not case.proposed:
        raise Refused(N_("The officers have not proposed to file it."))


def _not_proposed(case: Case, _person: Person, _day: date) -> None:
    if case.proposed:
        raise Refused(N_("It is proposed already."))


def _not_held(case: Case, _person: Person, _day: date) -> None:
    if case.held:
        raise Refused(N_("Evidence is held already."))


def _held(case: Case, _person: Person, _day: date) -> None:
    if not case.held:
        raise Refused(N_("No evidence is held."))


def _hearing_may_be_asked(case: Case, _person: Person, day: date) -> None:
    if not case.hearing_right:
        raise Refused(N_("This penalty gives no right to a hearing."))
    if case.waived:
        raise Refused(N_("The party has waived its statement and the hearing."))
    _served(case, _person, day)


def _hearing_called(case: Case, _person: Person, day: date) -> None:
    if case.hearing_on is None or day < case.hearing_on:
        raise Refused(N_("The hearing is held on the day that was notified, not before."))
    if case.hearing_held:
        raise Refused(N_("The hearing has been held."))


def _hearing_open(case: Case, _person: Person, _day: date) -> None:
    if case.hearing_held:
        raise Refused(N_("The hearing has been held."))


def _investigated(case: Case, _person: Person, _day: date) -> None:
    if not case.investigated:
        raise Refused(N_("The investigation names a row of the discretion table first."))


def _served(case: Case, _person: Person, _day: date) -> None:
    if case.answer_until is None:
        raise Refused(N_("The notice has not been served on the party."))


def _not_served(case: Case, _person: Person, _day: date) -> None:
    if case.answer_until is not None:
        raise Refused(N_("The notice has been served."))


def _extendable(case: Case, _person: Person, day: date) -> None:
    if case.extended:
        raise Refused(N_("The term has been extended once."))
    if case.decide_by is None or day > case.decide_by:
        raise Refused(N_("A term is extended before it has passed."))


def _no_order_runs(case: Case, _person: Person, _day: date) -> None:
    if case.order_runs:
        raise Refused(N_("An order runs: check it first."))


def _recheck_may_be_asked(case: Case, _person: Person, _day: date) -> None:
    if not case.ordered and case.state not in SETTLED:
        raise Refused(N_("Nothing was ordered."))
    if case.state not in SETTLED and not case.order_runs:
        raise Refused(N_("No order runs: there is nothing to check again."))
    if case.recheck_asked:
        raise Refused(N_("A re-check was asked for already."))


def _evidence_settled(case: Case, _person: Person, _day: date) -> None:
    if case.held:
        raise Refused(N_("Deal with the evidence held first."))


def _not_appealed(case: Case, _person: Person, _day: date) -> None:
    if case.appealed:
        raise Refused(N_("A reconsideration or a suit is under way."))


def _appealed(case: Case, _person: Person, _day: date) -> None:
    if not case.appealed:
        raise Refused(N_("No reconsideration and no suit is under way."))


def _stands(case: Case, _person: Person, _day: date) -> None:
    if not case.decided or case.revoked:
        raise Refused(N_("There is no decision that stands."))


def _heard(case: Case, _person: Person, day: date) -> None:
    if case.state == State.HEARING:
        if not case.hearing_held:
            raise Refused(N_("The hearing comes before the legal review."))
        return
    if case.waived:
        return
    _served(case, _person, day)
    if case.answer_until is None or day <= case.answer_until:
        raise Refused(N_("The party may still state its case; wait until its time has passed."))


def _reviewed(case: Case, person: Person, _day: date) -> None:
    if case.reviewed_by is None:
        raise Refused(N_("No decision without a legal review."))
    if case.reviewed_by == person.id:
        raise Refused(N_("Who reviewed the case does not decide it."))


def _discussed(case: Case, _person: Person, _day: date) -> None:
    if case.serious and not case.discussed:
        raise Refused(N_("A serious penalty is discussed by the leaders as a group first."))


def _owes(case: Case, _person: Person, _day: date) -> None:
    if not case.open:
        raise Refused(N_("Nothing is owed any more."))


def _unfulfilled(case: Case, _person: Person, _day: date) -> None:
    if not case.open and not case.duties:
        raise Refused(N_("Nothing is owed any more."))


def _late(case: Case, _person: Person, day: date) -> None:
    if case.pay_until is not None and day <= case.pay_until:
        raise Refused(N_("The time to pay has not passed."))


def _reminder_issued(case: Case, _person: Person, _day: date) -> None:
    if not case.reminded or case.reminded_until is not None:
        raise Refused(N_("No reminder waits to be served."))


def _in_time_to_pay(case: Case, _person: Person, day: date) -> None:
    if case.pay_until is None or day > case.pay_until:
        raise Refused(N_("More time is given before the time to pay has passed."))


def _reminded_in_vain(case: Case, _person: Person, day: date) -> None:
    if case.appeal_until is None or day <= case.appeal_until:
        raise Refused(N_("The terms of appeal have not passed."))
    if case.reminded_until is None or day <= case.reminded_until:
        raise Refused(
            N_("The court is asked ten days after the service of a reminder at the earliest.")
        )
    if case.court_until is None or day > case.court_until:
        raise Refused(N_("The three months to ask the court have passed."))


def _paid(case: Case, _person: Person, _day: date) -> None:
    if case.open:
        raise Refused(N_("What was decided has not been paid in full."))


def _ordered(case: Case, _person: Person, _day: date) -> None:
    if not case.ordered:
        raise Refused(N_("Nothing was ordered."))


def _not_published(case: Case, _person: Person, _day: date) -> None:
    if case.published:
        raise Refused(N_("The decision is published already."))
    if not case.decided or case.revoked:
        raise Refused(N_("Only a penalty decision is published."))


def _others_wait(case: Case, _person: Person, _day: date) -> None:
    if not case.others_wait:
        raise Refused(N_("No order and no measure waits to be published."))


def _published(case: Case, _person: Person, _day: date) -> None:
    if not case.published and not case.others_published:
        raise Refused(N_("The decision is not published."))


def _no_crime_yet(case: Case, _person: Person, _day: date) -> None:
    if case.crime_proposed:
        raise Refused(N_("It is proposed already."))


def _crime_proposed(case: Case, _person: Person, _day: date) -> None:
    if not case.crime_proposed or case.crime_approved:
        raise Refused(N_("No transfer waits for approval."))


def _crime_approved(case: Case, _person: Person, _day: date) -> None:
    if not case.crime_approved:
        raise Refused(N_("The head approves a transfer to the police first."))


Rule = Callable[[Case, Person, date], None]
_RULES: Mapping[str, tuple[Rule, ...]] = {
    "order": (_no_order_runs,),
    "propose filing": (_not_proposed,),
    "file": (_proposed,),
    "hold evidence": (_not_held,),
    "end the hold": (_held,),
    "extend the term": (_extendable,),
    "notify": (_investigated,),
    "serve the notice": (_not_served,),
    "hear the party": (_served,),
    "waive": (_served,),
    "ask for a hearing": (_hearing_may_be_asked,),
    "call the hearing": (_hearing_open,),
    "hold the hearing": (_hearing_called,),
    "review": (_heard,),
    "decide": (_reviewed, _discussed, _evidence_settled),
    "give time to pay": (_owes, _in_time_to_pay),
    "record a payment": (_owes,),
    "remind": (_unfulfilled, _late),
    "serve the reminder": (_unfulfilled, _reminder_issued),
    "apply to the court": (_unfulfilled, _not_appealed, _reminded_in_vain),
    "record an appeal": (_stands, _not_appealed),
    "end the appeal": (_appealed,),
    "revoke the decision": (_stands,),
    "execute": (_paid,),
    "ask for a re-check": (_recheck_may_be_asked,),
    "check the order": (_ordered,),
    "publish": (_not_published,),
    "publish the measures": (_others_wait,),
    "take down": (_published,),
    "propose the transfer": (_no_crime_yet,),
    "approve the transfer": (_crime_proposed,),
    "transfer": (_crime_approved,),
    "withdraw": (_no_order_runs, _evidence_settled),
}
