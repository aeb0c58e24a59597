"""What of the checks waits on desks: one item an enterprise a day, one a street for the missed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from anlan.operations.checks.models import CheckTask
from anlan.operations.checks.queries.due import missed_by_street, open_on
from anlan.operations.deadlines.actions import NewItem, close_item, close_items, open_items
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

OWN = "checks:own:"
MISSED = "checks:missed:"
MISSED_DAYS = 7  # a street is told of the missed of the last week [pv]
AT_ONCE = 500


def tell_enterprises(due: Mapping[int, tuple[CheckTask, int]]) -> None:
    """Put today's self-checks on the desks: by enterprise the task due first and whose desk.

    What was left from yesterday goes: a day that was missed is the street's to ask about.
    """
    close_items(OWN)
    items = [_own(task, owner) for task, owner in due.values()]
    for first in range(0, len(items), AT_ONCE):
        open_items(items[first : first + AT_ONCE])


def done_for(enterprise_id: int, day: date) -> None:
    """Take an enterprise's item off the desk once nothing is left to be done."""
    if not CheckTask.objects.filter(open_on(day), enterprise=enterprise_id).exists():
        close_item(f"{OWN}{enterprise_id}")


def tell_streets(day: date) -> None:
    """One item a street about all self-checks that were missed; streets without any lose theirs."""
    missed = list(missed_by_street(day - timedelta(days=MISSED_DAYS), day))
    close_items(MISSED)
    open_items([_missed(street, firms, tasks) for street, firms, tasks in missed])


def _own(task: CheckTask, owner: int) -> NewItem:
    return NewItem(
        key=f"{OWN}{task.enterprise_id}", kind="check", title=N_("Self-check of %(unit)s"),
        action=N_("Check"), link="/fieldwork", right="checks.do", area_code=task.area_code,
        sector=task.sector, due_at=_end(task.due_on), parameters={"unit": task.unit},
        owner_id=owner, chain=("safety.regulate",),
    )  # fmt: skip


def _missed(street: str, firms: int, tasks: int) -> NewItem:
    return NewItem(
        key=f"{MISSED}{street}", kind="check",
        title=N_("%(firms)d enterprises missed %(tasks)d self-checks in the last week"),
        action=N_("Ask them"), link=f"/checks/tasks?view=missed&area_code={street}",
        right="safety.regulate", area_code=street, unit=street,
        parameters={"firms": firms, "tasks": tasks},
    )  # fmt: skip


def soonest(tasks: Iterable[CheckTask]) -> dict[int, CheckTask]:
    """By enterprise the task that is due first."""
    found: dict[int, CheckTask] = {}
    for task in tasks:
        known = found.get(task.enterprise_id)
        if known is None or task.due_on < known.due_on:
            found[task.enterprise_id] = task
    return found


def _end(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), clock.CHINA)
