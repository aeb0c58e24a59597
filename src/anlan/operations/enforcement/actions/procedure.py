"""From the investigation to the decision, and the way to the police: what each step sets."""

import re
from collections.abc import Mapping
from datetime import timedelta

from anlan.operations.enforcement.actions.recordings import filmed
from anlan.operations.enforcement.actions.site import nothing, range_of, to_publish
from anlan.operations.enforcement.actions.steps import Effect, Taken
from anlan.operations.enforcement.models import EnforcementUnit
from anlan.operations.enforcement.queries.state import due, limits
from anlan.operations.enforcement.queries.terms import until
from anlan.operations.enforcement.rules.penalties import (
    CONFISCATION,
    given_by_row,
    gives_a_hearing,
    term_said,
)
from anlan.vocabulary import clock
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
    case, penalty = taken.case, taken.penalty
    case.row, case.intention, case.terms = taken.row, penalty, taken.words("terms")
    given_by_row(penalty, range_of(taken), taken.row.others, discussed=True)
    term_said(penalty, case.terms)
    hearing, _summary = limits(case)
    case.hearing_right = gives_a_hearing(penalty, hearing)
    _anew(taken)


def _anew(taken: Taken) -> None:
    """What was heard and reviewed belonged to what was intended before."""
    case = taken.case
    case.waived, case.hearing_on, case.hearing_held = False, None, False
    case.reviewed_by, case.discussed = None, False
    taken.stop("answer")


def extend_the_term(taken: Taken) -> None:
    """Once, by the authority above, before the term has passed, within what the rule allows."""
    case, later, now = taken.case, taken.on("until"), due(taken.case, "decision")
    unit = EnforcementUnit.objects.get(code=case.unit)
    if taken.words("approver") == unit.name:
        raise Refused(N_("A superior authority approves it, not the unit itself."))
    most = until("decision_extended", case.filed_on or taken.day)
    if now is None or not now < later <= most:
        raise Refused(N_("The longer term ends after the term and by %(most)s."),
                      most=most)  # fmt: skip
    case.dues["decision"], case.extended = later.isoformat(), True


def notify(taken: Taken) -> None:
    taken.stop("answer")


def serve_the_notice(taken: Taken) -> None:
    """From the day on which the party has it, its days to answer run (CFF 44, 45, 64)."""
    day, case = taken.on("on"), taken.case
    issued = case.steps.filter(verb="notify").latest("id").at.astimezone(clock.CHINA).date()
    if not issued <= day <= taken.day:
        raise Refused(N_("It is served between the notice and today.")).at("on")
    filmed(taken, "serve the notice")
    taken.start("answer", "hearing_request" if case.hearing_right else "statement", since=day)


def waive(taken: Taken) -> None:
    taken.case.waived = True


def ask_for_a_hearing(taken: Taken) -> None:
    """In time is what was asked in time, whenever it is written down."""
    day, last = taken.on("on"), due(taken.case, "answer")
    if day > taken.day or last is None or day > last:
        raise Refused(N_("The time to ask for a hearing has passed."))
    taken.stop("answer")


def call_the_hearing(taken: Taken) -> None:
    day, first = taken.on("on"), until("hearing_notice", taken.day)
    if day < first:
        raise Refused(N_("The party is told seven working days before: %(day)s at the earliest."),
                      day=first)  # fmt: skip
    officers = taken.case.officers.values_list("certificate__holder", flat=True)
    if taken.words("chair") in officers:
        raise Refused(N_("Who investigates the case does not chair its hearing."))
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
    """Never more than the party was told of, CFF 45; after its term it is said how late."""
    case, penalty = taken.case, taken.penalty
    if not penalty.within(case.intention):
        raise Refused(N_("More than the party was notified of: notify it again first."))
    given_by_row(penalty, range_of(taken), case.intended_others + f",{CONFISCATION}",
                 discussed=case.discussed)  # fmt: skip
    case.terms = taken.words("terms") or case.terms
    case.penalty, case.decided_by_id, case.decided_on = penalty, taken.person.id, taken.day
    last = due(case, "decision")
    case.late_days = max(0, (taken.day - last).days) if last else 0
    taken.stop("decision", "crime_decision", "crime_transfer")
    taken.start("service")
    taken.start("publicity")


def propose_the_transfer(taken: Taken) -> None:
    taken.case.crime_proposed = True
    taken.start("crime_decision")


def approve_the_transfer(taken: Taken) -> None:
    taken.case.crime_approved = True
    taken.stop("crime_decision")
    taken.start_hours("crime_transfer")


def transfer(taken: Taken) -> None:
    """The police have it, and what was held as evidence; the days to decide stand still."""
    last = due(taken.case, "decision")
    taken.said = {"left": (last - taken.day).days if last else 0}
    taken.stop_all()
    taken.case.held = False


def take_back(taken: Taken) -> None:
    taken.case.crime_proposed = taken.case.crime_approved = False
    left = taken.case.steps.filter(verb="transfer").latest("id").said.get("left", 0)
    taken.case.dues["decision"] = (taken.day + timedelta(days=left)).isoformat()
    _anew(taken)


def withdraw(taken: Taken) -> None:
    """That no penalty follows is a decision too, once the case was filed."""
    taken.stop_all()
    if taken.case.filed_on is not None:
        to_publish(taken)


EFFECTS: Mapping[str, Effect] = {
    "hold evidence": hold_evidence,
    "end the hold": end_the_hold,
    "investigate": investigate,
    "extend the term": extend_the_term,
    "notify": notify,
    "serve the notice": serve_the_notice,
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
