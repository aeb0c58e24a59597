"""From the investigation to the decision, and the way to the police: what each step sets."""

import re
from collections.abc import Mapping

from anlan.operations.enforcement.actions.site import nothing, range_of
from anlan.operations.enforcement.actions.steps import Effect, Taken
from anlan.operations.enforcement.queries.state import HEAVIER, limits
from anlan.operations.enforcement.queries.terms import until
from anlan.operations.enforcement.rules.money import allowed
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LEAST_DISCUSSING = 3  # leaders, so that they are a group [pv]


def hold_evidence(taken: Taken) -> None:
    taken.case.held = True
    taken.start("evidence_hold")


def end_the_hold(taken: Taken) -> None:
    taken.case.held = False
    taken.stop("evidence_hold")


def investigate(taken: Taken) -> None:
    """What the officers intend; with it the party's right to a hearing, CFF 63."""
    case, amount = taken.case, taken.money()
    case.row, case.intended, case.intended_other = taken.row, amount, taken.words("heavier")
    allowed(amount, range_of(taken), discussed=True)
    hearing, _summary = limits(case)
    case.hearing_right = amount >= hearing or case.intended_other in HEAVIER
    _anew(taken)


def _anew(taken: Taken) -> None:
    """What was heard and reviewed belonged to what was intended before."""
    case = taken.case
    case.waived, case.hearing_on, case.hearing_held = False, None, False
    case.reviewed_by, case.discussed = None, False
    taken.stop("answer")


def notify(taken: Taken) -> None:
    taken.start("answer", "hearing_request" if taken.case.hearing_right else "statement")


def waive(taken: Taken) -> None:
    taken.case.waived = True


def ask_for_a_hearing(taken: Taken) -> None:
    taken.stop("answer")


def call_the_hearing(taken: Taken) -> None:
    day, first = taken.on("on"), until("hearing_notice", taken.day)
    if day < first:
        raise Refused(N_("The party is told seven working days before: %(day)s at the earliest."),
                      day=first.isoformat())  # fmt: skip
    taken.case.hearing_on = day


def hold_the_hearing(taken: Taken) -> None:
    taken.case.hearing_held = True


def send_back(taken: Taken) -> None:
    _anew(taken)


def review(taken: Taken) -> None:
    taken.case.reviewed_by_id = taken.person.id
    taken.stop("answer")


def discuss(taken: Taken) -> None:
    names = {one for one in re.split(r"[、，,;；\s]+", taken.words("present")) if one}
    if len(names) < LEAST_DISCUSSING:
        raise Refused(N_("At least %(least)d leaders discuss it."), least=LEAST_DISCUSSING)
    taken.case.discussed = True


def decide(taken: Taken) -> None:
    """Never more than the party was told of, CFF 45."""
    case, amount = taken.case, taken.money()
    allowed(amount, range_of(taken), discussed=case.discussed)
    if amount > case.intended:
        raise Refused(N_("More than the party was notified of: notify it again first."))
    case.fine, case.decided_by_id, case.decided_on = amount, taken.person.id, taken.day
    taken.stop("decision", "crime_decision", "crime_transfer")
    taken.start("service")
    taken.start("publicity")


def propose_the_transfer(taken: Taken) -> None:
    taken.case.crime_proposed = True
    taken.start("crime_decision")


def approve_the_transfer(taken: Taken) -> None:
    taken.case.crime_approved = True
    taken.stop("crime_decision")
    taken.start("crime_transfer")


def transfer(taken: Taken) -> None:
    taken.case.dues = {}


def take_back(taken: Taken) -> None:
    taken.case.crime_proposed = taken.case.crime_approved = False
    taken.start("decision")
    _anew(taken)


def withdraw(taken: Taken) -> None:
    taken.case.dues = {}
    taken.case.held = False


EFFECTS: Mapping[str, Effect] = {
    "hold evidence": hold_evidence,
    "end the hold": end_the_hold,
    "investigate": investigate,
    "notify": notify,
    "hear the party": nothing,
    "waive": waive,
    "ask for a hearing": ask_for_a_hearing,
    "call the hearing": call_the_hearing,
    "hold the hearing": hold_the_hearing,
    "send back": send_back,
    "review": review,
    "discuss": discuss,
    "decide": decide,
    "propose the transfer": propose_the_transfer,
    "approve the transfer": approve_the_transfer,
    "transfer": transfer,
    "take back": take_back,
    "withdraw": withdraw,
}
