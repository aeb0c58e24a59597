"""The street says whether it is settled; what happens by itself when a term passes."""

from datetime import datetime

from anlan.operations.calls.actions.desk import tell_bureau, tell_leader
from anlan.operations.calls.actions.make import comes_to
from anlan.operations.calls.actions.steps import Taken, moved, step, write
from anlan.operations.calls.models import Call
from anlan.operations.calls.rules.loop import Person
from anlan.operations.calls.rules.states import UNANSWERED, Settled, State
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

GRADES = range(1, 6)


def confirm_call(
    actor: Actor, person: Person, call_id: int, *, settled: Settled, grade: int, words: str = ""
) -> None:
    """It is settled, wholly or in part; the grade from 1 (poor) to 5 (very good)."""
    with step("confirm", actor, person, call_id) as taken:
        if grade not in GRADES:
            raise Refused(N_("A grade is from 1 to 5."))
        taken.call.settled, taken.call.grade = settled, grade
        taken.reason = words.strip()
        _over(taken.call)
        taken.said = {"settled": settled, "grade": grade}


def return_call(actor: Actor, person: Person, call_id: int, *, reason: str) -> None:
    """It is not settled: the department answers again, in the same terms."""
    with step("return", actor, person, call_id) as taken:
        taken.reason = required(reason, N_("Say what is not settled."))
        taken.call.returned += 1
        comes_to(taken.call, taken.call.unit)


def withdraw_call(actor: Actor, person: Person, call_id: int, *, reason: str) -> None:
    """The street needs nobody any more, before it is handled."""
    with step("withdraw", actor, person, call_id) as taken:
        taken.reason = required(reason, N_("Say why."))
        _over(taken.call)


def term_passed(call_id: int, due_at: datetime, stage: int) -> None:
    """A term has passed: counted as late, the unit's leader is told, later the bureau.

    A timer of a state that the call has left says nothing.
    """
    with act("calls.term_passed", PLATFORM) as this:
        call = Call.objects.select_for_update().filter(pk=call_id).first()
        if call is None or call.due_at != due_at:
            return
        this.on("call", call.pk, call.number)
        verb = "term passed" if stage == 1 else "told bureau"
        if stage == 1:
            if call.state in UNANSWERED:
                call.answer_late = True
            elif call.state == State.ANSWERED:
                call.handle_late = True
            call.save(update_fields=["answer_late", "handle_late"])
            tell_leader(call)
        else:
            tell_bureau(call)
        write(call, PLATFORM, verb, call.state, Taken(call))
        this.publish(moved(call, verb, call.state))


def danger_closed(danger_id: int, number: str) -> None:
    """The danger that was registered from a call is closed: its history says so."""
    call = Call.objects.filter(danger=danger_id).first()
    if call is None:
        return
    with act("calls.danger_closed", PLATFORM) as this:
        this.on("call", call.pk, call.number)
        write(call, PLATFORM, "danger closed", call.state, Taken(call, reason=number))


def _over(call: Call) -> None:
    call.due_at, call.closed_at = None, clock.now()
