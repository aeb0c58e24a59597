"""The supervisor confirms, sends back, excuses, and writes why one was missed."""

from datetime import timedelta

from anlan.operations.patrols.actions.steps import step
from anlan.operations.patrols.rules.loop import Person
from anlan.operations.people.actions import Actor
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_


def confirm_patrol(actor: Actor, person: Person, task_id: int, *, words: str = "") -> None:
    """It was walked as it should be; only a complete one can be."""
    with step("confirm", actor, person, task_id) as taken:
        if taken is not None:
            taken.task.confirmed_at, taken.task.confirmed_by_id = clock.now(), actor.id
            taken.reason = words.strip()


def return_patrol(actor: Actor, person: Person, task_id: int, *, reason: str) -> None:
    """It is to be walked again from the beginning, until the end of tomorrow: what was walked
    before counts no more."""
    with step("return", actor, person, task_id) as taken:
        if taken is not None:
            taken.reason = required(reason, N_("Say what is to be walked again."))
            taken.task.returned += 1
            taken.task.started_at = taken.task.ended_at = None
            taken.task.complete = False
            again = clock.end_of(clock.today() + timedelta(days=1))
            taken.task.due_at = max(taken.task.due_at, again)


def reject_patrol(actor: Actor, person: Person, task_id: int, *, reason: str) -> None:
    """The record is not accepted: it counts as missed, and the reason is why."""
    with step("reject", actor, person, task_id) as taken:
        if taken is not None:
            taken.reason = required(reason, N_("Say why it is not accepted."))
            taken.task.missed, taken.task.complete = True, False
            taken.task.missed_why = taken.reason[:1000]


def excuse_patrol(actor: Actor, person: Person, task_id: int, *, reason: str) -> None:
    """It is not owed: it counts neither as done nor as missed."""
    with step("excuse", actor, person, task_id) as taken:
        if taken is not None:
            taken.reason = required(reason, N_("Say why it is not owed."))
            taken.task.missed = False


def ask_why(actor: Actor, person: Person, task_id: int, *, reason: str) -> None:
    """Why it was missed, as the supervisor found it: it stays missed."""
    with step("ask why", actor, person, task_id) as taken:
        if taken is not None:
            taken.reason = required(reason, N_("Say why it was missed."))
            taken.task.missed_why = taken.reason[:1000]
