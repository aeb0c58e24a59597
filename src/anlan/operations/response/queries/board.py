"""Responses within sight, with the figures that a commander asks for first."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.resources.queries import ShelterRow, shelters
from anlan.operations.response.models import (
    Activation,
    ActivationStep,
    ShelterPlan,
    ShelterShare,
    Task,
)
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

    total: int = 0
    waiting: int = 0
    doing: int = 0
    done: int = 0
    late: int = 0
    evacuated: int = 0
    to_evacuate: int = 0
    teams: int = 0


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
    found = _visible(scope).filter(state__in=RUNNING).order_by("level", "-signed_at")[:1]
    return next(iter(_rows(found, scope)), None)


def activations(
    scope: Scope | None = None, states: Iterable[str] | None = None, limit: int = 50
) -> list[ActivationRow]:
    """Responses within sight, newest first."""
    rows = _visible(scope)
    if states is not None:
        rows = rows.filter(state__in=list(states))
    return _rows(rows.order_by("-proposed_at", "-id")[:limit], scope)


def proposed(scope: Scope | None = None) -> list[ActivationRow]:
    """Responses on which a person must decide: to start, or to adjust."""
    undecided = Q(state=ActivationState.STANDBY) | Q(
        state__in=RUNNING, proposed_level__isnull=False
    )
    return _rows(_visible(scope).filter(undecided).order_by("id"), scope)


def activation(activation_id: int, scope: Scope | None = None) -> ActivationRow | None:
    """One response; None when it is not there or not within sight."""
    return next(iter(_rows(_visible(scope).filter(pk=activation_id), scope)), None)


def steps(activation_id: int) -> list[StepRow]:
    """What was decided on a response, newest first."""
    rows = ActivationStep.objects.filter(activation_id=activation_id).order_by("-id")
    return [StepRow(s.at, s.verb, _word(s.to_state), s.level, s.by, s.reason) for s in rows]


def task_counts(activation_id: int, within: str = "") -> TaskCounts:
    """The board of a response in figures, or of its part within an area."""
    return _counts([activation_id], within).get(activation_id, TaskCounts())


def _counts(activation_ids: Iterable[int], within: str) -> dict[int, TaskCounts]:
    """One query over the boards of many responses."""
    live = Q(state__in=[*OPEN_TASKS, TaskState.DONE])
    moving = live & Q(report=Answer.PEOPLE)
    board = Task.objects.filter(activation__in=activation_ids, area_code__startswith=within)
    found = (
        board.order_by()
        .values("activation_id")
        .annotate(
            total=Count("id", filter=live),
            waiting=Count("id", filter=Q(state=TaskState.WAITING)),
            doing=Count("id", filter=Q(state__in=[TaskState.ACCEPTED, TaskState.DOING])),
            done=Count("id", filter=Q(state=TaskState.DONE)),
            late=Count("id", filter=Q(state__in=OPEN_TASKS, due_at__lt=clock.now())),
            evacuated=Sum("people", filter=moving),
            to_evacuate=Sum("target", filter=moving),
            teams=Count("owner_code", distinct=True, filter=live & Q(owner_kind=Owner.TEAM)),
        )
    )
    figures = [one.name for one in fields(TaskCounts)]
    return {
        activation_id: TaskCounts(*(number or 0 for number in numbers))
        for activation_id, *numbers in found.values_list("activation_id", *figures)
    }


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


def _rows(found: Iterable[Activation], scope: Scope | None) -> list[ActivationRow]:
    """Rows with figures of what the scope may see: a street's own tasks and shelters.

    The number of queries does not grow with the rows.
    """
    listed = list(found)
    ids = [a.pk for a in listed]
    counts = _counts(ids, (scope.area_prefix or "") if scope else "")
    plans: dict[int, ShelterPlan] = {}
    for each in ShelterPlan.objects.filter(activation__in=ids).order_by("id"):
        plans[each.activation_id] = each
    codes: dict[int, set[str]] = {}
    newest = [plan.pk for plan in plans.values()]
    used = ShelterShare.objects.filter(plan__in=newest).exclude(shelter_code="")
    for plan_id, code in used.values_list("plan_id", "shelter_code"):
        codes.setdefault(plan_id, set()).add(code)
    wanted = set().union(*codes.values()) if codes else set()
    places = {s.code: s for s in shelters(scope, codes=wanted)} if wanted else {}
    rows = []
    for one in listed:
        plan = plans.get(one.pk)
        here = [places[c] for c in sorted(codes.get(plan.pk, ())) if c in places] if plan else []
        rows.append(_row(one, counts.get(one.pk, TaskCounts()), plan, here))
    return rows


def _row(
    a: Activation, counts: TaskCounts, plan: ShelterPlan | None, used: list[ShelterRow]
) -> ActivationRow:
    opened = [s for s in used if s.open]
    return ActivationRow(
        a.pk, a.number, a.plan.name, a.plan.assumed, a.clause, a.plan.hazard, a.state,
        _word(a.state), ACTIVATION_PILLS[ActivationState(a.state)], a.standing, a.area_code,
        tuple(a.community_codes), a.level, a.proposed_level, a.proposed_at,
        str(a.proposed_by or ""), a.proposed_by_id, a.trigger, a.alert_id, a.alert_first_id,
        a.run_id, a.incident_id, a.issuer, a.signed_at, str(a.signed_by or ""), a.ended_at,
        str(a.ended_by or ""), a.reviewed_at, a.review, counts.total, counts.done, counts.doing,
        counts.waiting, counts.late, counts.evacuated, counts.to_evacuate, len(opened),
        len(used), sum(s.occupied for s in opened), sum(s.capacity for s in used),
        plan.assigned if plan else 0, plan.people - plan.assigned if plan else 0,
        plan.mean_distance_m if plan else None, plan.gap if plan else None, counts.teams,
    )  # fmt: skip
