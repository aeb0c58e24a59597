"""A patrol as the rules see it, and as its track measures it."""

from datetime import datetime, timedelta

from anlan.operations.patrols.models import PatrolTask
from anlan.operations.patrols.queries.terms import limits, terms
from anlan.operations.patrols.rules.loop import Task
from anlan.operations.patrols.rules.states import POSTS
from anlan.operations.patrols.rules.track import Fix, Point, Walked, manned, slots_of, walked
from anlan.vocabulary import clock


def facts(task: PatrolTask) -> Task:
    """What the rules ask of the record."""
    return Task(
        state=task.state, unit=task.unit, supervisor=task.supervisor_id,
        patroller=task.patroller_id, deputy=task.deputy_id, walker=task.walker_id,
        walkers=frozenset(task.walkers), complete=task.complete, post=task.form in POSTS,
    )  # fmt: skip


def points_of(task: PatrolTask) -> list[Point]:
    return [Point(p["name"], p["lon"], p["lat"], p["radius_m"]) for p in task.asked["points"]]


def signs_of(task: PatrolTask) -> list[datetime]:
    """When a post owes a sign of life; of a route none."""
    if task.form not in POSTS:
        return []
    every = task.asked["sign_min"]
    span = None if every is None else timedelta(minutes=every)
    begin, end = (one.astimezone(clock.CHINA) for one in (task.begins_at, task.due_at))
    return slots_of(begin, end, span)


def measured(task: PatrolTask, end: datetime) -> Walked:
    """What the fixes that are kept show, up to `end`. One query, and one for the figures."""
    found = terms(task.day)
    allowed = limits(found, task.asked["means"])
    begin = task.started_at or task.begins_at
    rows = task.fixes.filter(at__gte=begin, at__lte=end).values_list(
        "at", "lon", "lat", "accuracy_m"
    )
    fixes = [Fix(*row) for row in rows]
    points = points_of(task)
    if task.form in POSTS:
        return manned(points[0], signs_of(task), fixes, begin, end, allowed)
    return walked(points, fixes, begin, end, allowed)
