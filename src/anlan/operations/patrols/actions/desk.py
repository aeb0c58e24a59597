"""Whose desk a patrol waits on, and its timers: one item a patrol, renewed at every step."""

from datetime import datetime, timedelta

from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_items,
    open_item,
    set_timer,
)
from anlan.operations.deadlines.queries import Unit, after, away
from anlan.operations.patrols.events import PatrolTermPassed
from anlan.operations.patrols.models import PatrolTask
from anlan.operations.patrols.queries.terms import terms
from anlan.operations.patrols.rules.states import CONFIRM, LEAD, OWED, POSTS, WALK, State
from anlan.operations.patrols.rules.terms import Terms
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

_WALKS = {
    State.DUE: (N_("Patrol: %(name)s"), N_("Start")),
    State.UNDERWAY: (N_("Patrol under way: %(name)s"), N_("Go on")),
    State.RETURNED: (N_("Not complete yet: %(name)s"), N_("Go again")),
}
_CHECKS = {
    State.SUBMITTED: (N_("Confirm the patrol %(name)s"), N_("Confirm")),
    State.MISSED: (N_("Missed: %(name)s. Say why."), N_("Ask why")),
}
OVER = N_("Its time is over and it is not done: %(name)s")


def refresh(task: PatrolTask) -> None:
    """Put the patrol on the desk of whoever is next, with its timers; or take it off."""
    close_items(_key(task, ""))
    if task.state in OWED:
        title, action = _WALKS[State(task.state)]
        open_item(_item(task, "", title, action, WALK, walks_today(task), task.due_at))
        _set_timers(task)
        return
    for step in (1, 2):
        cancel_timer(_timer(task, step))
    if task.state not in _CHECKS or (task.state == State.MISSED and task.missed_why):
        return
    title, action = _CHECKS[State(task.state)]
    found = terms(clock.today())
    days = found.confirm_days if task.state == State.SUBMITTED else found.ask_days
    due = clock.end_of(after(clock.today(), days, Unit.WORKING))
    open_item(_item(task, "", title, action, CONFIRM, task.supervisor_id, due))


def tell_supervisor(task: PatrolTask, found: Terms) -> None:
    """Its time is over: the supervisor has an item beside the walker's until it is done."""
    due = gone_at(task, found)
    open_item(_item(task, "over", OVER, N_("Look into it"), CONFIRM, task.supervisor_id, due))


def told_at(task: PatrolTask, found: Terms) -> datetime:
    """When the supervisor hears of it: a route's time is over, nobody has come to a post."""
    if task.form in POSTS:
        return task.begins_at + timedelta(minutes=found.sign_slack_min)
    return task.due_at


def gone_at(task: PatrolTask, found: Terms) -> datetime:
    """When no record of it comes in any more."""
    return task.due_at + timedelta(hours=found.grace_h)


def walks_today(task: PatrolTask) -> int | None:
    """Who is at it; before that the one named, or the deputy where that one is away today."""
    if task.walker_id is not None:
        return task.walker_id
    named = [one for one in (task.patroller_id, task.deputy_id) if one is not None]
    gone = {one.account_id for one in away(named) if one.now}
    return next((one for one in named if one not in gone), task.patroller_id)


def _set_timers(task: PatrolTask) -> None:
    found = terms(task.day)
    for step, at in ((1, told_at(task, found)), (2, gone_at(task, found))):
        passed = PatrolTermPassed(task_id=task.pk, due_at=task.due_at, step=step)
        set_timer(_timer(task, step), at, passed)


def _item(
    task: PatrolTask, of: str, title: str, action: str, right: str, owner: int | None,
    due_at: datetime,
) -> NewItem:  # fmt: skip
    link = f"/fieldwork#p{task.pk}" if right == WALK else f"/patrols/tasks/{task.pk}"
    return NewItem(
        key=_key(task, of), kind="patrol", title=title, action=action, link=link, right=right,
        area_code=task.area_code, unit=task.unit, due_at=due_at, owner_id=owner,
        parameters={"name": str(task)},
        chain=(CONFIRM, LEAD, LEAD) if right == WALK else (LEAD, LEAD, LEAD),
    )  # fmt: skip


def _key(task: PatrolTask, of: str) -> str:
    return f"patrol:{task.pk}:{of}"


def _timer(task: PatrolTask, step: int) -> str:
    return f"patrol:{task.pk}:{step}"
