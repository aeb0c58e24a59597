"""Tasks within sight: the board of a response, one task, the tasks of one owner."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.response.models import Task
from anlan.operations.response.rules.states import (
    OPEN_TASKS,
    RUNNING,
    TASK_PILLS,
    TASK_WORDS,
    TaskState,
)
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task; `late` is derived from the clock, never stored."""

    id: int
    activation_id: int
    card_key: str
    clause: str
    title: str
    detail: str
    owner_kind: str
    owner_code: str
    owner_name: str
    area_code: str
    state: str
    state_word: str
    pill: str
    report: str
    target: int | None
    people: int | None
    given_at: datetime
    due_at: datetime
    late: bool
    accepted_at: datetime | None
    accepted_by: str
    done_at: datetime | None
    done_by: str
    said: str
    said_at: datetime | None

    @property
    def open(self) -> bool:
        return self.state in OPEN_TASKS


@dataclass(frozen=True, slots=True)
class TaskReportRow:
    at: datetime
    by: str
    state_word: str
    text: str
    people: int | None


def tasks(activation_id: int, scope: Scope | None = None, organisation: str = "") -> list[TaskRow]:
    """The board of one response within sight: open ones by deadline, then the finished."""
    rows = visible(scope, organisation).filter(activation_id=activation_id)
    found = [_row(t) for t in rows.order_by("due_at", "id")]
    return sorted(found, key=lambda t: not t.open)


def my_tasks(scope: Scope, organisation: str = "") -> list[TaskRow]:
    """What an owner has to do now, in running responses: open by deadline, then the finished."""
    rows = visible(scope, organisation).filter(activation__state__in=RUNNING)
    found = [_row(t) for t in rows.exclude(state=TaskState.CLEARED).order_by("due_at", "id")[:200]]
    return sorted(found, key=lambda t: not t.open)


def task(
    task_id: int, scope: Scope | None = None, organisation: str = ""
) -> tuple[TaskRow, list[TaskReportRow]] | None:
    """One task with its reports, newest first; None when it is not there or not within sight."""
    found = visible(scope, organisation).filter(pk=task_id).first()
    if found is None:
        return None
    reports = [
        TaskReportRow(r.at, r.by, state_word(r.state), r.text, r.people)
        for r in found.reports.order_by("-id")
    ]
    return _row(found), reports


def visible(scope: Scope | None, organisation: str = "") -> QuerySet[Task]:
    """Tasks that a scope may see: its territory's; a department its own; None is the platform."""
    rows = Task.objects.all()
    if scope is None:
        return rows
    prefix = scope.area_prefix
    if prefix is None:
        return rows.none()
    rows = rows.filter(area_code__startswith=prefix)
    if scope.role == "department":
        return rows.filter(owner_code=organisation)
    if scope.may("response.dispatch") or not scope.may("response.report"):
        return rows
    return rows.exclude(owner_kind="department")


def state_word(state: str) -> str:
    term = TASK_WORDS[TaskState(state)]
    return pgettext(term.context, term.word)


def _row(t: Task) -> TaskRow:
    late = t.state in OPEN_TASKS and t.due_at < clock.now()
    return TaskRow(
        t.pk, t.activation_id, t.card_key, t.clause, t.title, t.detail, t.owner_kind, t.owner_code,
        t.owner_name, t.area_code, t.state, state_word(t.state), TASK_PILLS[TaskState(t.state)],
        t.report, t.target, t.people, t.given_at, t.due_at, late, t.accepted_at, t.accepted_by,
        t.done_at, t.done_by, t.said, t.said_at,
    )  # fmt: skip
