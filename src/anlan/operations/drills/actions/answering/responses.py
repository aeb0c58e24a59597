"""Decisions on the response: sign it, change its level, take and finish its tasks, end it."""

from anlan.operations.alerts.queries import in_force
from anlan.operations.drills.actions.answering.proposal import Desk, Proposal
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
    task,
    tasks,
)

RUNNING = ("ACTIVE", "ADJUSTED")
STANDBY, ENDED = "STANDBY", "ENDED"
NOT_ACCEPTED, ACCEPTED = "WAITING", ("ACCEPTED", "DOING")
COUNTS_PEOPLE = ("people", "headcount")
TOWNSHIP, DEPARTMENT = "township", "department"


def look() -> list[Proposal]:
    """Responses to start, to change, to end or to review, and the tasks of the running ones."""
    quiet = in_force() is None
    return [
        proposal
        for row in activations(states=(STANDBY, *RUNNING, ENDED))
        for proposal in (_of_running(row, quiet) if row.state in RUNNING else _of_still(row))
    ]


def _of_still(row: ActivationRow) -> list[Proposal]:
    verb = "sign_activation" if row.state == STANDBY else "review_response"
    level = row.proposed_level if row.state == STANDBY else row.level
    return [Proposal(verb, f"response:{row.id}:{row.state}", row.id, row.plan_name, level)]


def _of_running(row: ActivationRow, quiet: bool) -> list[Proposal]:
    name, found = f"response:{row.id}", []
    if row.proposed_level is not None:
        key = f"{name}:level:{row.level}:{row.proposed_level}"
        found.append(Proposal("adjust_response", key, row.id, row.plan_name, row.proposed_level))
    if quiet and not row.tasks_doing + row.tasks_waiting:
        found.append(Proposal("end_response", f"{name}:end", row.id, row.plan_name, row.level))
    for one in tasks(row.id):
        if one.state == NOT_ACCEPTED:
            found.append(Proposal("accept_task", f"task:{one.id}:accept", one.id, one.title))
        elif one.state in ACCEPTED:
            key = f"task:{one.id}:finish:{one.target}"
            found.append(Proposal("finish_task", key, one.id, one.title))
    return found


def _start(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    sign_activation(actor, proposal.ident)


def _adjust(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    adjust(actor, proposal.ident)


def _accept(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    accept_task(_owner(_task(proposal.ident), actor), proposal.ident)


def _finish(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    row = _task(proposal.ident)
    counted = row.report in COUNTS_PEOPLE
    words = TaskWords(decision.words, (row.target or 0) if counted else None, done=True)
    report_task(_owner(row, actor), row.id, words)


def _end(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    end_response(actor, proposal.ident, decision.words)


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


RESPONSES = Desk(
    look,
    {"response", "alerts", "resources", "deadlines"},
    {
        "sign_activation": _start, "adjust_response": _adjust, "accept_task": _accept,
        "finish_task": _finish, "end_response": _end, "review_response": _review,
    },
)  # fmt: skip
