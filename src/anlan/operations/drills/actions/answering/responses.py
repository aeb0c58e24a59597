"""Decisions on the response: sign it, change its level, take and finish its tasks, end it."""

from anlan.operations.alerts.queries import in_force
from anlan.operations.drills.actions.answering.proposal import Proposal, Verb
from anlan.operations.drills.rules.scenario import Decision
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import staff
from anlan.operations.response.actions import (
    TaskWords,
    accept_task,
    adjust,
    end_response,
    report_task,
    review_response,
    sign_activation,
)
from anlan.operations.response.queries import (
    ActivationRow,
    TaskRow,
    activations,
    proposed,
    task,
    tasks,
)

RUNNING = ("ACTIVE", "ADJUSTED")
STANDBY, ENDED = "STANDBY", "ENDED"
NOT_ACCEPTED, ACCEPTED = "WAITING", ("ACCEPTED", "DOING")
COUNTS_PEOPLE = ("people", "headcount")
TOWNSHIP, DEPARTMENT = "township", "department"


def _running() -> list[ActivationRow]:
    return activations(states=RUNNING)


def _to_start() -> list[Proposal]:
    return [
        Proposal("sign_activation", f"response:{a.id}:sign", a.id, a.plan_name, a.proposed_level)
        for a in proposed()
        if a.state == STANDBY
    ]


def _start(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    sign_activation(actor, proposal.ident)


def _to_adjust() -> list[Proposal]:
    return [
        Proposal("adjust_response", f"response:{a.id}:level:{a.level}:{a.proposed_level}", a.id,
                 a.plan_name, a.proposed_level)
        for a in proposed()
        if a.state in RUNNING
    ]  # fmt: skip


def _adjust(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    adjust(actor, proposal.ident)


def _to_accept() -> list[Proposal]:
    return [
        Proposal("accept_task", f"task:{t.id}:accept", t.id, t.title)
        for a in _running()
        for t in tasks(a.id)
        if t.state == NOT_ACCEPTED
    ]


def _accept(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    accept_task(_owner(_task(proposal.ident), actor), proposal.ident)


def _to_finish() -> list[Proposal]:
    return [
        Proposal("finish_task", f"task:{t.id}:finish:{t.target}", t.id, t.title)
        for a in _running()
        for t in tasks(a.id)
        if t.state in ACCEPTED
    ]


def _finish(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    row = _task(proposal.ident)
    counted = row.report in COUNTS_PEOPLE
    words = TaskWords(decision.words, (row.target or 0) if counted else None, done=True)
    report_task(_owner(row, actor), row.id, words)


def _to_end() -> list[Proposal]:
    """Responses that nothing in force and no open task keeps going."""
    if in_force() is not None:
        return []
    return [
        Proposal("end_response", f"response:{a.id}:end", a.id, a.plan_name, a.level)
        for a in _running()
        if not a.tasks_doing + a.tasks_waiting
    ]


def _end(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    end_response(actor, proposal.ident, decision.words)


def _to_review() -> list[Proposal]:
    return [
        Proposal("review_response", f"response:{a.id}:review", a.id, a.plan_name, a.level)
        for a in activations(states=[ENDED])
    ]


def _review(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    review_response(actor, proposal.ident, decision.words)


def _task(task_id: int) -> TaskRow:
    found = task(task_id)
    if found is None:
        raise LookupError(f"task {task_id}")
    return found[0]


def _owner(row: TaskRow, otherwise: Actor) -> Actor:
    """The owner's own account; else the duty room, on the owner's word by telephone."""
    for one in staff():
        own_street = one.role == TOWNSHIP and row.area_code.startswith(one.area_code)
        own_office = one.role == DEPARTMENT and one.organisation_code == row.owner_code
        if own_office or (own_street and row.owner_kind != DEPARTMENT):
            return Actor(one.id, one.display_name, one.role)
    return otherwise


RESPONSES = (
    Verb("sign_activation", _to_start, _start),
    Verb("adjust_response", _to_adjust, _adjust),
    Verb("accept_task", _to_accept, _accept),
    Verb("finish_task", _to_finish, _finish),
    Verb("end_response", _to_end, _end),
    Verb("review_response", _to_review, _review),
)
