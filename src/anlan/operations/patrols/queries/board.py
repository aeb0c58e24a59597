"""Today's board: what is due, who is under way, and the map of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import pgettext

from anlan.operations.patrols.models import Beat, PatrolTask
from anlan.operations.patrols.queries.scope import tasks_in
from anlan.operations.patrols.rules.states import (
    FORM_WORDS,
    POSTS,
    STATE_PILLS,
    STATE_WORDS,
    Form,
    State,
)
from anlan.operations.people.queries import Scope
from anlan.vocabulary.layers import Features, collection, point

MOST = 300
MARGIN = 0.004  # degrees around what is drawn, some 400 m


@dataclass(frozen=True, slots=True)
class Board:
    """The patrols of a day within sight, the first due first; how many stand in each state."""

    day: date
    rows: list[PatrolTask]
    states: dict[str, int]
    more: bool

    @property
    def underway(self) -> list[PatrolTask]:
        return [one for one in self.rows if one.state == State.UNDERWAY]


def board(scope: Scope, day: date) -> Board:
    """One query; of more than `MOST` the first due."""
    rows = tasks_in(scope).filter(day=day).select_related("patroller").order_by("due_at", "pk")
    found = list(rows[: MOST + 1])
    counted = Counter(one.state for one in found[:MOST])
    return Board(day, found[:MOST], dict(counted), len(found) > MOST)


def lines(tasks: Iterable[PatrolTask]) -> Features:
    """The lines of routes, coloured by their state."""
    return collection([
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": task.asked["line"]},
         "properties": _properties(task)}
        for task in tasks if task.asked["line"]
    ])  # fmt: skip


def points(tasks: Iterable[PatrolTask], *, each: bool = False) -> Features:
    """Posts as marks; with `each` every point of a route as well, and whether it was reached."""
    marks = []
    for task in tasks:
        reached = {one["index"] for one in task.reached}
        if task.form in POSTS:
            marks.append(_mark(task, task.asked["points"][0], {}))
        elif each:
            marks += [
                _mark(task, one, {"code": f"patrol-{task.pk}-{index}", "name": one["name"],
                                  "label": f"{index + 1} {one['name']}",
                                  "tone": "done" if index in reached else "wait"})
                for index, one in enumerate(task.asked["points"])
            ]  # fmt: skip
        elif not task.asked["line"]:
            marks.append(_mark(task, task.asked["points"][0], {}))
    return collection(marks)


def fit(tasks: Iterable[PatrolTask]) -> list[float] | str:
    """[west, south, east, north] around points and lines; the district where there are none."""
    rows = list(tasks)
    places = [(p["lon"], p["lat"]) for task in rows for p in task.asked["points"]]
    return _around([*places, *((x, y) for task in rows for x, y in task.asked["line"])])


def fit_beat(beat: Beat) -> list[float] | str:
    """As `fit`, of one route."""
    return _around([*((p["lon"], p["lat"]) for p in beat.points), *map(tuple, beat.line)])


def _around(places: Sequence[tuple[float, ...]]) -> list[float] | str:
    if not places:
        return "district"
    lons, lats = zip(*places, strict=True)
    return [min(lons) - MARGIN, min(lats) - MARGIN, max(lons) + MARGIN, max(lats) + MARGIN]


def _mark(task: PatrolTask, at: dict[str, Any], said: dict[str, Any]) -> Features:
    return point(at["lon"], at["lat"], _properties(task) | said)


def _properties(task: PatrolTask) -> dict[str, Any]:
    state = State(task.state)
    word = pgettext(*STATE_WORDS[state])
    return {
        "code": f"patrol-{task.pk}", "kind": "patrol", "name": task.name, "schematic": False,
        "link": f"/patrols/tasks/{task.pk}", "label": f"{task.name} · {word}",
        "sub": f"{pgettext(*FORM_WORDS[Form(task.form)])} · {word}",
        "tone": STATE_PILLS[state], "late": task.late,
    }  # fmt: skip


def beat_lines(beat: Beat) -> Features:
    """A route's line alone."""
    return collection([
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": beat.line},
         "properties": {"code": f"beat-{beat.pk}", "kind": "patrol", "name": beat.name,
                        "schematic": False, "tone": "plain"}}
    ] if beat.line else [])  # fmt: skip


def beat_points(beat: Beat) -> Features:
    """A route's points in their order."""
    return collection([
        point(one["lon"], one["lat"], {
            "code": f"beat-{beat.pk}-{index}", "kind": "patrol", "name": one["name"],
            "label": f"{index + 1} {one['name']}", "sub": f"{one['radius_m']} m",
            "schematic": False,
        })
        for index, one in enumerate(beat.points)
    ])  # fmt: skip
