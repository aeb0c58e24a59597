"""Responses within sight, with the figures that a commander asks for first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.resources.queries import shelters
from anlan.operations.response.models import Activation, ActivationStep, ShelterPlan, Task
from anlan.operations.response.rules.plan import Answer, Owner
from anlan.operations.response.rules.states import (
    ACTIVATION_PILLS,
    ACTIVATION_WORDS,
    OPEN_TASKS,
    RUNNING,
    ActivationState,
    TaskState,
)
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """The board in figures; `late` are open ones past their deadline, within the others."""

    total: int
    waiting: int
    doing: int
    done: int
    late: int
    evacuated: int
    to_evacuate: int
    teams: int


@dataclass(frozen=True, slots=True)
class ActivationRow:
    """A response in one row. People counts are of its own tasks and shelters; distance metres.

    `gap` is the optimality gap to which the shelter assignment was solved, `unplaced` the people
    for whom no shelter had room.
    """

    id: int
    number: str
    plan_name: str
    plan_assumed: bool
    clause: str
    hazard: str
    state: str
    state_word: str
    pill: str
    standing: str
    area_code: str
    community_codes: tuple[str, ...]
    level: int | None
    proposed_level: int | None
    proposed_at: datetime | None
    proposed_by: str
    proposed_by_id: int | None
    trigger: dict[str, Any]
    alert_id: int | None
    alert_first_id: int | None
    run_id: int | None
    incident_id: int | None
    issuer: str
    signed_at: datetime | None
    signed_by: str
    ended_at: datetime | None
    ended_by: str
    reviewed_at: datetime | None
    review: str
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

    @property
    def mean_metres(self) -> int | None:
        return None if self.mean_distance_m is None else round(self.mean_distance_m)

    @property
    def running(self) -> bool:
        return self.state in RUNNING


@dataclass(frozen=True, slots=True)
class StepRow:
    at: datetime
    verb: str
    state_word: str
    level: int | None
    by: str
    reason: str


def current(scope: Scope | None = None) -> ActivationRow | None:
    """The most severe running response within sight; None on a quiet day."""
    found = _visible(scope).filter(state__in=RUNNING).order_by("level", "-signed_at").first()
    return None if found is None else _row(found, scope)


def activations(
    scope: Scope | None = None, states: Iterable[str] | None = None, limit: int = 50
) -> list[ActivationRow]:
    """Responses within sight, newest first."""
    rows = _visible(scope)
    if states is not None:
        rows = rows.filter(state__in=list(states))
    return [_row(a, scope) for a in rows.order_by("-proposed_at", "-id")[:limit]]


def proposed(scope: Scope | None = None) -> list[ActivationRow]:
    """Responses on which a person must decide: to start, or to adjust."""
    undecided = Q(state=ActivationState.STANDBY) | Q(
        state__in=RUNNING, proposed_level__isnull=False
    )
    return [_row(a, scope) for a in _visible(scope).filter(undecided).order_by("id")]


def activation(activation_id: int, scope: Scope | None = None) -> ActivationRow | None:
    """One response; None when it is not there or not within sight."""
    found = _visible(scope).filter(pk=activation_id).first()
    return None if found is None else _row(found, scope)


def steps(activation_id: int) -> list[StepRow]:
    """What was decided on a response, newest first."""
    rows = ActivationStep.objects.filter(activation_id=activation_id).order_by("-id")
    return [StepRow(s.at, s.verb, _word(s.to_state), s.level, s.by, s.reason) for s in rows]


def task_counts(activation_id: int, within: str = "") -> TaskCounts:
    """One query over the board of a response, or over its part within an area."""
    live = Q(state__in=[*OPEN_TASKS, TaskState.DONE])
    moving = live & Q(report=Answer.PEOPLE)
    board = Task.objects.filter(activation_id=activation_id, area_code__startswith=within)
    found = board.aggregate(
        total=Count("id", filter=live),
        waiting=Count("id", filter=Q(state=TaskState.WAITING)),
        doing=Count("id", filter=Q(state__in=[TaskState.ACCEPTED, TaskState.DOING])),
        done=Count("id", filter=Q(state=TaskState.DONE)),
        late=Count("id", filter=Q(state__in=OPEN_TASKS, due_at__lt=clock.now())),
        evacuated=Sum("people", filter=moving),
        to_evacuate=Sum("target", filter=moving),
        teams=Count("owner_code", distinct=True, filter=live & Q(owner_kind=Owner.TEAM)),
    )
    return TaskCounts(**{key: value or 0 for key, value in found.items()})


def _visible(scope: Scope | None) -> QuerySet[Activation]:
    rows = Activation.objects.select_related("plan", "proposed_by", "signed_by", "ended_by")
    if scope is None:
        return rows
    prefix = scope.area_prefix
    if prefix is None:
        return rows.none()
    # A street sees the district's response through the tasks that it has in it.
    own = Task.objects.filter(activation=OuterRef("pk"), area_code__startswith=prefix)
    return rows.filter(Q(area_code__startswith=prefix) | Exists(own))


def _word(state: str) -> str:
    term = ACTIVATION_WORDS[ActivationState(state)]
    return pgettext(term.context, term.word)


def _row(a: Activation, scope: Scope | None) -> ActivationRow:
    """The row with figures of what the scope may see: a street's own tasks and shelters."""
    counts = task_counts(a.pk, (scope.area_prefix or "") if scope else "")
    plan = ShelterPlan.objects.filter(activation=a).order_by("-id").first()
    codes: set[str] = set()
    if plan is not None:
        used = plan.shares.exclude(shelter_code="").values_list("shelter_code", flat=True)
        codes = set(used)
    used_shelters = shelters(scope, codes=codes) if codes else []
    opened = [s for s in used_shelters if s.open]
    return ActivationRow(
        a.pk, a.number, a.plan.name, a.plan.assumed, a.clause, a.plan.hazard, a.state,
        _word(a.state), ACTIVATION_PILLS[ActivationState(a.state)], a.standing, a.area_code,
        tuple(a.community_codes), a.level, a.proposed_level, a.proposed_at,
        str(a.proposed_by or ""), a.proposed_by_id, a.trigger, a.alert_id, a.alert_first_id,
        a.run_id, a.incident_id, a.issuer, a.signed_at, str(a.signed_by or ""), a.ended_at,
        str(a.ended_by or ""), a.reviewed_at, a.review, counts.total, counts.done, counts.doing,
        counts.waiting, counts.late, counts.evacuated, counts.to_evacuate, len(opened),
        len(used_shelters), sum(s.occupied for s in opened),
        sum(s.capacity for s in used_shelters), plan.assigned if plan else 0,
        plan.people - plan.assigned if plan else 0, plan.mean_distance_m if plan else None,
        plan.gap if plan else None, counts.teams,
    )  # fmt: skip
