"""Responses and tasks for other programs and for phones in the field."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from anlan.operations.people.actions import Actor, actor_of
from anlan.operations.people.queries import Scope, scope_of
from anlan.operations.response import queries
from anlan.operations.response.actions import TaskWords, accept_task, report_task
from anlan.operations.response.models import Task

router = Router()


class ResponseOut(Schema):
    """A response; level 1 is the most severe. Distances in metres on foot."""

    id: int
    number: str
    plan_name: str
    state: str
    level: int | None
    proposed_level: int | None
    clause: str
    issuer: str
    signed_at: datetime | None
    signed_by: str
    ended_at: datetime | None
    tasks_total: int
    tasks_done: int
    tasks_doing: int
    tasks_waiting: int
    tasks_late: int
    evacuated: int
    to_evacuate: int
    shelters_open: int
    shelters_planned: int
    sheltered: int
    capacity: int
    assigned: int
    unplaced: int
    mean_distance_m: float | None
    gap: float | None
    teams: int


class TaskOut(Schema):
    """A task; states WAITING, ACCEPTED, DOING, DONE, CLEARED; late is derived."""

    id: int
    activation_id: int
    title: str
    detail: str
    owner_kind: str
    owner_code: str
    owner_name: str
    area_code: str
    state: str
    report: str
    target: int | None
    people: int | None
    given_at: datetime
    due_at: datetime
    late: bool
    accepted_at: datetime | None
    done_at: datetime | None
    said: str


class ReportIn(Schema):
    """Words, people in all so far, and whether the task is done."""

    text: str = Field("", max_length=500)
    people: int | None = Field(None, ge=0, le=10_000_000)
    done: bool = False


class Done(Schema):
    """`new` is false when exactly this was recorded before."""

    new: bool


@router.get("/responses", response=list[ResponseOut])
def responses(request: HttpRequest) -> Any:
    """Responses within sight, newest first."""
    return queries.activations(_scope(request)[0])


@router.get("/responses/{activation_id}", response=ResponseOut)
def response(request: HttpRequest, activation_id: int) -> Any:
    row = queries.activation(activation_id, _scope(request)[0])
    if row is None:
        raise Http404
    return row


@router.get("/responses/{activation_id}/tasks", response=list[TaskOut])
def tasks(request: HttpRequest, activation_id: int) -> Any:
    """The board within sight: open ones by deadline, then the finished."""
    scope, organisation = _scope(request)
    if queries.activation(activation_id, scope) is None:
        raise Http404
    return queries.tasks(activation_id, scope, organisation)


@router.get("/tasks", response=list[TaskOut])
def my_tasks(request: HttpRequest) -> Any:
    """What the account's owner has to do in running responses."""
    return queries.my_tasks(*_scope(request))


@router.post("/tasks/{task_id}/accept", response=Done)
def accept(request: HttpRequest, task_id: int) -> Any:
    try:
        return {"new": accept_task(_actor(request), task_id)}
    except Task.DoesNotExist as missing:
        raise Http404 from missing


@router.post("/tasks/{task_id}/report", response=Done)
def report(request: HttpRequest, task_id: int, said: ReportIn) -> Any:
    words = TaskWords(said.text, said.people, said.done)
    try:
        return {"new": report_task(_actor(request), task_id, words)}
    except Task.DoesNotExist as missing:
        raise Http404 from missing


def _scope(request: HttpRequest) -> tuple[Scope, str]:
    scope = scope_of(request.user)
    if not scope.may("response.view"):
        raise PermissionDenied
    return scope, getattr(request.user, "organisation_code", "")


def _actor(request: HttpRequest) -> Actor:
    _scope(request)
    return actor_of(request)
