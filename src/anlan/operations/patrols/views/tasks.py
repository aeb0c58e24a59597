"""Patrols: list, export, a patrol's file with its track, photos."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.patrols.actions import look_at_track
from anlan.operations.patrols.forms.steps import FORMS
from anlan.operations.patrols.queries import board
from anlan.operations.patrols.queries.files import File, patrol_file, patrol_photo
from anlan.operations.patrols.queries.registers import TASKS
from anlan.operations.patrols.queries.scope import tasks_in
from anlan.operations.patrols.queries.state import signs_of
from anlan.operations.patrols.queries.units import units
from anlan.operations.patrols.rules.states import POSTS, STATE_PILLS, STATE_WORDS, VERB_WORDS, State
from anlan.operations.patrols.views.asking import features, map_props
from anlan.operations.patrols.views.board import worded
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers import queries as registers
from anlan.operations.safety.queries.photographs import photo_answer
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary import clock


@require_GET
@requires("patrols.view")
def tasks_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, TASKS, "open")
    page = registers.page(TASKS, tasks_in(scope), asked, scope)
    context = {
        "page": page, "names": named, "rows": [_line(row) for row in page.rows],
        "places": places_under(scope.area_prefix or "-", named),
    }  # fmt: skip
    return render(request, "patrols/tasks.html", context)


def _line(row: dict[str, Any]) -> dict[str, Any]:
    state = State(row["state"])
    return row | {"pill": STATE_PILLS[state], "state_word": pgettext(*STATE_WORDS[state])}


@require_GET
@requires("patrols.view")
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a workbook."""
    rows = tasks_in(scope_of(request.user))
    return registers.taken_out(request, TASKS, rows, area_names(), "/patrols/tasks", "patrols")


@require_GET
@requires("patrols.view")
def task_page(request: HttpRequest, patrol_id: int) -> HttpResponse:
    """The file without the track: that is where somebody was, and is asked for by itself."""
    return render(request, "patrols/task.html", _context(_file(request, patrol_id)))


@require_POST
@requires("patrols.view")
def track_page(request: HttpRequest, patrol_id: int) -> HttpResponse:
    """The file with the track drawn; who looked is recorded."""
    file = _file(request, patrol_id)
    context = _context(file)
    fixes = look_at_track(actor_of(request), file.task)
    if len(fixes) > 1:
        line = [[round(one.lon, 6), round(one.lat, 6)] for one in fixes]
        context["map"]["way"] = {"line": line}
    return render(request, "patrols/task.html", context | {"shown": True})


@require_GET
@requires("patrols.view")
def map_part(request: HttpRequest, patrol_id: int, patrol_part: str) -> HttpResponse:
    """One layer of the map of a patrol's file: what was asked for, and what was reached."""
    rows = [_file(request, patrol_id).task]
    return features(
        patrol_part, {"lines": board.lines(rows), "points": board.points(rows, each=True)}
    )


@require_GET
@requires("patrols.view")
def photo_page(request: HttpRequest, patrol_photo_id: int) -> HttpResponse:
    kept = patrol_photo(patrol_photo_id, scope_of(request.user))
    if kept is None:
        raise Http404
    return photo_answer(kept)


def _file(request: HttpRequest, patrol_id: int) -> File:
    file = patrol_file(patrol_id, scope_of(request.user))
    if file is None:
        raise Http404
    return file


def _context(file: File) -> dict[str, Any]:
    task = file.task
    return worded(task) | {
        "file": file, "names": area_names(), "post": task.form in POSTS,
        "unit": units().get(task.unit, task.unit), "reached": _reached(file),
        "gaps": [(_moment(at), minutes) for at, minutes in task.gaps],
        "doubtful": [_moment(at) for at in task.doubtful],
        "steps": [(one, pgettext(*VERB_WORDS[one.verb])) for one in file.steps],
        "forms": registers.drawn(FORMS, file.verbs, file.next_step, {}),
        "map": map_props(f"/patrols/tasks/{task.pk}/map", board.fit([task])),
        "shown": False,
    }  # fmt: skip


def _reached(file: File) -> list[dict[str, Any]]:
    """What was asked for, point by point or sign by sign, and when it was reached."""
    task = file.task
    found = {one["index"]: one for one in task.reached}
    names = (
        [f"{at:%H:%M}" for at in signs_of(task)] if task.form in POSTS
        else [one["name"] for one in task.asked["points"]]
    )  # fmt: skip
    return [
        {"name": name, "off_m": found[index]["off_m"] if index in found else None,
         "at": _moment(found[index]["at"]) if index in found else None}
        for index, name in enumerate(names)
    ]  # fmt: skip


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(clock.CHINA)
