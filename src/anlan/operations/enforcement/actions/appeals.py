"""Reconsideration and suit against a decision, and its revocation: what each step sets.

While either runs the fine is still owed but does not grow (CFF 73), and the court is not asked.
"""

from collections.abc import Mapping
from datetime import date

from anlan.operations.enforcement.actions.publicity import end_publicity
from anlan.operations.enforcement.actions.steps import Effect, Taken
from anlan.operations.enforcement.models import Appeal, Case
from anlan.operations.enforcement.queries.state import due
from anlan.operations.enforcement.queries.terms import until
from anlan.operations.enforcement.rules.penalties import NOTHING
from anlan.operations.enforcement.rules.states import RUNNING, State
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def record_an_appeal(taken: Taken) -> None:
    case, day = taken.case, taken.on("on")
    if day > taken.day or case.decided_on is None or day < case.decided_on:
        raise Refused(N_("It is accepted between the decision and today.")).at("on")
    Appeal.objects.create(case=case, kind=taken.words("kind"), body=taken.words("body"),
                          begun_on=day)  # fmt: skip


def end_the_appeal(taken: Taken) -> None:
    """The decision stands, or it is made lighter, never heavier (行政复议法, 行政诉讼法)."""
    case, day, outcome = taken.case, taken.on("on"), taken.words("outcome")
    running = case.appeals.get(ended_on=None)
    if not running.begun_on <= day <= taken.day:
        raise Refused(N_("It ends between its acceptance and today.")).at("on")
    if outcome == "changed":
        lighter = taken.penalty
        if lighter in (NOTHING, case.penalty) or not lighter.within(case.penalty):
            raise Refused(N_("Write the penalty as changed: less than it was.")).at("amount")
        case.penalty = lighter
        if case.published:
            end_publicity(taken, f"{running.kind}: {outcome}")
            taken.start("publicity")
    running.ended_on, running.outcome = day, outcome
    running.save()
    if case.state in RUNNING:
        _terms_after(taken, running)


def _terms_after(taken: Taken, ended: Appeal) -> None:
    """After a reconsideration a suit is still open; the three months for the court begin anew, and
    end where a warning alone is left: its execution is put on record."""
    last = max(due(taken.case, "appeal") or taken.day, ended.ended_on or taken.day)
    if ended.kind == "reconsideration" and ended.ended_on is not None:
        last = max(last, until("suit_after", ended.ended_on))
    taken.case.dues["appeal"] = last.isoformat()
    if taken.case.penalty.done_when_served:
        await_the_record(taken.case, ended.ended_on or taken.day)
        return
    if taken.case.state == State.SERVED and "court" in taken.case.dues:
        taken.start("court", since=last)


def await_the_record(case: Case, since: date) -> None:
    """A warning alone is left: nobody pays and no court is asked, its execution is put on record.
    Raises `NoSuchTerm`."""
    last = until("execution", since)
    for key in ("payment", "court", "reminder"):
        case.dues.pop(key, None)
    case.instalments = []
    case.dues["execution"] = last.isoformat()


def revoke_the_decision(taken: Taken) -> None:
    """By the unit itself (CFF 75), or as a reconsideration or a judgment says."""
    case = taken.case
    case.revoked_on = taken.day
    case.appeals.filter(ended_on=None).update(ended_on=taken.day, outcome="revoked")
    end_publicity(taken, taken.words("basis"))
    taken.stop_all()
    case.closed_at = None


EFFECTS: Mapping[str, Effect] = {
    "record an appeal": record_an_appeal,
    "end the appeal": end_the_appeal,
    "revoke the decision": revoke_the_decision,
}
