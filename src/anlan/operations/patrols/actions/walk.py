"""Whoever is named starts, hands a post over, reports what they find, and ends it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.operations.patrols.actions.steps import step
from anlan.operations.patrols.actions.track import Finding, apply_track
from anlan.operations.patrols.models import PatrolDanger, PatrolTask
from anlan.operations.patrols.queries.terms import terms
from anlan.operations.patrols.rules.loop import Person
from anlan.operations.patrols.rules.states import POSTS, State
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import Scope, organisations
from anlan.operations.registers.queries import AHEAD, required
from anlan.operations.safety.actions import Find, Source, find_danger
from anlan.operations.safety.queries.persons import person_of as finder_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

TITLE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How it was: all normal or not, and in words."""

    at: datetime
    normal: bool
    remark: str = ""


def start_patrol(
    actor: Actor, person: Person, task_id: int, *, at: datetime, key: str = ""
) -> None:
    """Start, or go again. Raises `Refused` before its time, in the future, and where it had lapsed
    by then: a phone without a signal hears of that late."""
    with step("start", actor, person, task_id, key) as taken:
        if taken is None:
            return
        task = taken.task
        early = timedelta(minutes=terms(task.day).early_min)
        _timely(at)
        if at < task.begins_at - early:
            begins_at = task.begins_at.astimezone(clock.CHINA)
            raise Refused(N_("It begins at %(at)s."), at=f"{begins_at:%H:%M}")
        if task.state == State.LAPSED and at >= task.steps.filter(verb="lapse").latest("id").at:
            raise Refused(N_("It has lapsed: what called it out is over."))
        _has_it(task, actor)
        task.started_at, task.ended_at = task.started_at or at, None
        taken.at = at


def hand_over(actor: Actor, person: Person, task_id: int, *, at: datetime, key: str = "") -> None:
    """Take over a post from whoever stands there: named for it, or standing in."""
    with step("hand over", actor, person, task_id, key) as taken:
        if taken is None:
            return
        _timely(at)
        _has_it(taken.task, actor)
        taken.at = at


def finish_patrol(actor: Actor, person: Person, task_id: int, ending: Ending, key: str = "") -> str:
    """End it: handed in where enough points were reached, else it is to be walked again; the
    state that it has then."""

    def choose(task: PatrolTask) -> str:
        apply_track(task, ending.at)
        return "finish" if task.complete else "fall short"

    with step("finish", actor, person, task_id, key, choose) as taken:
        if taken is not None:
            task = taken.task
            _timely(ending.at)
            if task.started_at is not None and ending.at < task.started_at:
                raise Refused(N_("It ended before it was started: set the phone's clock right."))
            task.ended_at, task.normal = ending.at, ending.normal
            task.remark = ending.remark.strip()[:1000]
            task.late = task.late or _ends_late(task)
            taken.at, taken.reason = ending.at, task.remark
            taken.said = {"share": task.share, "metres": task.metres}
    return PatrolTask.objects.values_list("state", flat=True).get(pk=task_id)


def report_danger(
    actor: Actor, scope: Scope, person: Person, task_id: int, finding: Finding, key: str
) -> int:
    """Register what was found as a hidden danger of source patrol, once a `key`; its id."""
    with step("report danger", actor, person, task_id, key) as taken:
        if taken is not None:
            danger = find_danger(
                actor, finder_of(scope, scope.organisation), _find(taken.task, finding, key)
            )
            PatrolDanger.objects.create(patrol=taken.task, danger_id=danger)
            taken.task.dangers += 1
            taken.task.normal = False
            taken.said = {"title": finding.title[:TITLE], "danger": danger}
            return danger
    known = PatrolTask.objects.get(pk=task_id).steps.get(key=key)
    return int(known.said["danger"])


def _timely(at: datetime) -> None:
    """Raises `Refused` for a moment that has not come yet."""
    if at > clock.now() + AHEAD:
        raise Refused(N_("The phone's clock is ahead: set it right and send again."))


def _ends_late(task: PatrolTask) -> bool:
    """A route is late by its end, a post by its begin: it ends when its time does."""
    if task.form not in POSTS:
        return task.ended_at is not None and task.ended_at > task.due_at
    slack = timedelta(minutes=terms(task.day).sign_slack_min)
    return task.started_at is not None and task.started_at > task.begins_at + slack


def _has_it(task: PatrolTask, actor: Actor) -> None:
    task.walker_id, task.walker_name = actor.id, actor.label
    if actor.id not in task.walkers:
        task.walkers = [*task.walkers, actor.id]


def _find(task: PatrolTask, finding: Finding, key: str) -> Find:
    units = {one.code: one.name for one in organisations()}
    return Find(
        key=f"patrol:{task.pk}:{key}"[:64],
        title=required(finding.title, N_("Name the danger."))[:TITLE], area_code=task.area_code,
        sector="other", source=Source.PATROL, description=finding.words[:1000],
        unit=units.get(task.unit, task.name), place=finding.place[:200] or task.name,
        lon=finding.lon, lat=finding.lat,
    )  # fmt: skip
