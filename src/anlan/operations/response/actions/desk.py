"""What of a response waits on a desk: keys, titles, terms and timers in one place."""

from datetime import timedelta

from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_item,
    close_items,
    open_item,
    set_timer,
)
from anlan.operations.response.events import SituationReportDue, TaskDue
from anlan.operations.response.models import Activation, Task
from anlan.operations.response.rules.plan import LevelText, PlanText
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

START_TITLES = {
    1: N_("Decide: start the level I response, %(plan)s"),
    2: N_("Decide: start the level II response, %(plan)s"),
    3: N_("Decide: start the level III response, %(plan)s"),
    4: N_("Decide: start the level IV response, %(plan)s"),
}
ADJUST_TITLES = {
    1: N_("Decide: change the response to level I, %(plan)s"),
    2: N_("Decide: change the response to level II, %(plan)s"),
    3: N_("Decide: change the response to level III, %(plan)s"),
    4: N_("Decide: change the response to level IV, %(plan)s"),
}


def key(activation: Activation, what: str) -> str:
    return f"response:{activation.pk}:{what}"


def link(activation: Activation) -> str:
    return f"/response/{activation.pk}"


def ask_to_sign(activation: Activation, plan: PlanText) -> None:
    """A proposed level waits for who may sign it; a running response: for its adjustment."""
    level = activation.proposed_level
    if level is None:
        return
    titles = START_TITLES if activation.level is None else ADJUST_TITLES
    open_item(
        NewItem(
            key=key(activation, "sign"), kind="response.proposal", title=titles[level],
            action=N_("Decide and sign"), link=link(activation), right=plan.level(level).right,
            area_code=activation.area_code, parameters={"plan": plan.name},
            due_at=clock.now() + timedelta(minutes=plan.sign_within_min),
        )
    )  # fmt: skip


def ask_to_refresh(activation: Activation, alert_number: str) -> None:
    """The alert behind a running response has changed: tasks and shelters may have to follow."""
    open_item(
        NewItem(
            key=key(activation, "refresh"), kind="response.refresh",
            title=N_("The alert has changed: bring tasks and shelters up to date"),
            action=N_("Look and update"), link=link(activation), right="response.dispatch",
            area_code=activation.area_code, detail=alert_number,
            due_at=clock.now() + timedelta(minutes=30),
        )
    )  # fmt: skip


def ask_to_end(activation: Activation, plan: PlanText) -> None:
    """The alert is lifted: whoever signed the level decides to end it."""
    level = activation.level or activation.proposed_level or 1
    open_item(
        NewItem(
            key=key(activation, "end"), kind="response.end",
            title=N_("Decide: end the response, %(plan)s"), action=N_("Decide and sign"),
            link=link(activation), right=plan.level(level).right, area_code=activation.area_code,
            parameters={"plan": plan.name},
        )
    )  # fmt: skip


def ask_for_situation_report(activation: Activation, level: LevelText, number: int) -> None:
    """The next situation report within the level's rhythm."""
    due_at = clock.now() + timedelta(hours=level.situation_report_h)
    open_item(
        NewItem(
            key=key(activation, "situation"), kind="response.situation",
            title=N_("Write situation report %(number)d"), action=N_("Open the draft"),
            link=f"{link(activation)}/situation", right="response.dispatch",
            area_code=activation.area_code, parameters={"number": number}, due_at=due_at,
        )
    )  # fmt: skip
    due = SituationReportDue(activation_id=activation.pk, number=number)
    set_timer(key(activation, "situation"), due_at, due)


def ask_for_review(activation: Activation, days: int) -> None:
    due_at = clock.now() + timedelta(days=days)
    open_item(
        NewItem(
            key=key(activation, "review"), kind="response.review",
            title=N_("Review the ended response, %(plan)s"), action=N_("Write the review"),
            link=link(activation), right="response.dispatch", area_code=activation.area_code,
            parameters={"plan": activation.plan.name}, due_at=due_at,
        )
    )  # fmt: skip


def ask_owner(task: Task) -> None:
    """The task waits on its owner's desk; the timer hands it up when it runs out."""
    open_item(
        NewItem(
            key=task_key(task), kind="response.task", title="%(title)s", action=N_("See the task"),
            link=f"/tasks/{task.pk}", right="response.report", area_code=task.area_code,
            due_at=task.due_at, parameters={"title": task.title}, detail=task.owner_name,
        )
    )  # fmt: skip
    set_timer(task_key(task), task.due_at, TaskDue(task_id=task.pk, due_at=task.due_at))


def release_owner(task: Task, by: str) -> None:
    close_item(task_key(task), by)
    cancel_timer(task_key(task))


def task_key(task: Task) -> str:
    return f"response:{task.activation_id}:task:{task.pk}"


def clear(activation: Activation, by: str) -> None:
    """Nothing of this response waits any more."""
    close_items(f"response:{activation.pk}:", by)
    cancel_timer(key(activation, "situation"))
