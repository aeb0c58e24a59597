"""Activation and Task (`domain.md` 3.6). The rights of a step at a level are the plan's own."""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_


class ActivationState(StrEnum):
    STANDBY = "STANDBY"
    ACTIVE = "ACTIVE"
    ADJUSTED = "ADJUSTED"
    ENDED = "ENDED"
    REVIEWED = "REVIEWED"
    STOOD_DOWN = "STOOD_DOWN"


class TaskState(StrEnum):
    WAITING = "WAITING"
    ACCEPTED = "ACCEPTED"
    DOING = "DOING"
    DONE = "DONE"
    CLEARED = "CLEARED"


_STANDBY = (ActivationState.STANDBY,)
_RUNNING = (ActivationState.ACTIVE, ActivationState.ADJUSTED)
RUNNING = frozenset(_RUNNING)
UNDECIDED_OR_RUNNING = frozenset({ActivationState.STANDBY, *_RUNNING})

# The platform proposes (STANDBY), a person signs: there is no step from outside to ACTIVE.
# "the plan": the right that the plan names for the level, at least response.sign.
ACTIVATION = Table(
    [
        Step("sign", _STANDBY, ActivationState.ACTIVE, "response.sign"),
        Step("stand down", _STANDBY, ActivationState.STOOD_DOWN, "response.sign"),
        Step("adjust", _RUNNING, ActivationState.ADJUSTED, "response.sign"),
        Step("dispatch", _RUNNING, "", "response.dispatch"),
        Step("report situation", _RUNNING, "", "response.dispatch"),
        Step("end", _RUNNING, ActivationState.ENDED, "response.sign"),
        Step("review", (ActivationState.ENDED,), ActivationState.REVIEWED, "response.dispatch"),
    ]
)
_OPEN = (TaskState.WAITING, TaskState.ACCEPTED, TaskState.DOING)
OPEN_TASKS = frozenset(_OPEN)
# Who: the owner within its area or organisation; the duty room on the owner's word by phone.
TASK = Table(
    [
        Step("accept", (TaskState.WAITING,), TaskState.ACCEPTED, "response.report"),
        Step("report", _OPEN, TaskState.DOING, "response.report"),
        Step("finish", _OPEN, TaskState.DONE, "response.report"),
        Step("count again", (TaskState.DONE,), "", "response.report"),
        # More people came into the water than the owner was told: the task is not done any more.
        Step("grow", (*_OPEN, TaskState.DONE), ""),
        Step("reopen", (TaskState.DONE,), TaskState.DOING),
        Step("clear", _OPEN, TaskState.CLEARED, "response.dispatch"),
    ]
)

ACTIVATION_WORDS = {
    ActivationState.STANDBY: NP_("response state", "Standby"),
    ActivationState.ACTIVE: NP_("response state", "Active"),
    ActivationState.ADJUSTED: NP_("response state", "Adjusted"),
    ActivationState.ENDED: NP_("response state", "Ended"),
    ActivationState.REVIEWED: NP_("response state", "Reviewed"),
    ActivationState.STOOD_DOWN: NP_("response state", "Not started"),
}
TASK_WORDS = {
    TaskState.WAITING: NP_("task state", "Not accepted"),
    TaskState.ACCEPTED: NP_("task state", "Accepted"),
    TaskState.DOING: NP_("task state", "Under way"),
    TaskState.DONE: NP_("task state", "Done"),
    TaskState.CLEARED: NP_("task state", "Cleared"),
}
# How a state is drawn: the work states of `ui.md` 3.
TASK_PILLS = {
    TaskState.WAITING: "wait",
    TaskState.ACCEPTED: "doing",
    TaskState.DOING: "doing",
    TaskState.DONE: "done",
    TaskState.CLEARED: "stop",
}
ACTIVATION_PILLS = {
    ActivationState.STANDBY: "wait",
    ActivationState.ACTIVE: "doing",
    ActivationState.ADJUSTED: "doing",
    ActivationState.ENDED: "done",
    ActivationState.REVIEWED: "done",
    ActivationState.STOOD_DOWN: "stop",
}
