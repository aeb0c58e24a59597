"""Forecast pages, depth pictures, tiles and extents: they parse and render; the rest is queries."""

import json
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from anlan.operations.forecasts import queries
from anlan.operations.forecasts.actions import NoReach, request_run
from anlan.operations.forecasts.queries.outlook import method_words
from anlan.operations.forecasts.queries.picture import (
    first_props,
    hydrograph,
    map_props,
    timeline_props,
    water_props,
)
from anlan.operations.forecasts.rules.frames import PALETTES, picture
from anlan.operations.forecasts.rules.pyramid import MAX_ZOOM, MIN_ZOOM
from anlan.operations.forecasts.rules.run_states import MARKS, STATE_WORDS, RunState
from anlan.operations.forecasts.rules.water_tiles import FORM, water_png
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of
from anlan.operations.sensing.queries import StationRow, station, stations, visible
from anlan.operations.territory.queries import area_names
from anlan.vocabulary import clock
from anlan.vocabulary.words import NP_, Term

GEOJSON = "application/geo+json"
# A run's files never change once it is issued.
FOR_A_DAY = "private, max-age=86400, immutable"
FOR_A_YEAR = "private, max-age=31536000, immutable"
DEPTHS = ("0.03–0.3", "0.3–0.5", "0.5–1", "1–2", "≥2")
BASES: dict[str, Term] = {
    "official": NP_("forecast basis", "official forecast"),
    "trend": NP_("forecast basis", "trend of the last hours"),
}


def said(term: Term) -> str:
    return pgettext(term.context, term.word)


def _seen(scope: Scope, run_id: int) -> tuple[queries.RunRow, StationRow]:
    """The run and its station; 404 for what this scope may not see."""
    row = queries.run(run_id)
    gauge = station(row.station_code) if row else None
    if row is None or gauge is None or not visible(scope, gauge):
        raise Http404
    return row, gauge


def _line(row: queries.RunRow, names: dict[str, str]) -> dict[str, Any]:
    return {
        "row": row, "name": names.get(row.station_code, row.station_code),
        "method": method_words(row), "state": said(STATE_WORDS[row.state]),
        "mark": MARKS[row.state], "why": trigger_words(row, names),
    }  # fmt: skip


def trigger_words(row: queries.RunRow, names: dict[str, str]) -> str:
    """Why the run was made: which alarm, or who asked."""
    parts = row.trigger.split(":")
    words = {
        "warning": _("%(name)s crossed the warning stage"),
        "guarantee": _("%(name)s crossed the guarantee stage"),
        "red": _("%(name)s crossed the red level"),
    }
    if len(parts) == 3 and parts[2] in words:
        return words[parts[2]] % {"name": names.get(parts[0], parts[0])}
    return _("asked for by %(by)s") % {"by": row.requested_by}


@require_http_methods(["GET", "POST"])
@requires("forecasts.view")
def runs_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    if request.method == "POST":
        return _start(request, scope)
    sights = {one.code: one.name for one in stations() if visible(scope, one)}
    rows = [row for row in queries.runs(60) if row.station_code in sights]
    context = {
        "lines": [_line(row, sights) for row in rows],
        "accuracy": queries.accuracy(),
        "by_lead": queries.error_by_lead_time(),
        "may_run": scope.may("forecasts.run") and bool(queries.reaches()),
        "newest": next((row for row in rows if row.state == RunState.DONE), None),
        **_cells(),
    }
    return render(request, "forecasts/runs.html", context)


def _cells() -> dict[str, float | None]:
    first = next(iter(queries.reaches()), None)
    return {
        "own_cell_m": first.cell_m if first else None,
        "fine_cell_m": first.fine_cell_m if first else None,
    }


def _start(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Start a run by hand; pressing twice within the minute is one run."""
    if not scope.may("forecasts.run"):
        return render(request, "refused.html", {"right": "forecasts.run"}, status=403)
    actor = actor_of(request)
    now = clock.now()
    try:
        fine = _cells()["fine_cell_m"] if request.POST.get("cells") == "fine" else None
        key = f"manual:{now:%Y%m%d%H%M}" + (":fine" if fine else "")
        run_id = request_run(key, "manual", now, cell_m=fine, actor=actor)
    except NoReach:
        messages.error(request, _("No river reach is set up to be forecast. Nothing was started."))
        return redirect("forecasts")
    return redirect("forecast", run_id)


@require_GET
@requires("forecasts.view")
def run_page(request: HttpRequest, run_id: int) -> HttpResponse:
    row, gauge = _seen(scope_of(request.user), run_id)
    names = {row.station_code: gauge.name}
    theme = request.COOKIES.get("theme", "light")
    context = {
        "line": _line(row, names),
        "run": row,
        "gauge": gauge,
        "reach": queries.reach(row.reach),
        "chart": hydrograph(row),
        "map": map_props(
            row, theme if theme in PALETTES else "light", request.GET.get("view") == "3d"
        ),
        "timeline": timeline_props(row),
        "waterwords": water_props(row),
        "first": first_props(row, theme if theme in PALETTES else "light"),
        "classes": list(zip(DEPTHS, row.people_by_depth_class, strict=False)),
        "upstream": said(BASES[row.method["upstream"]]) if "upstream" in row.method else "",
        "downstream": said(BASES[row.method["downstream"]]) if "downstream" in row.method else "",
        "townships": area_names({one.code[:9] for one in row.communities}),
        "fault": _(row.fault) if row.fault else "",
        "percent": row.percent,
        "computing": row.state in (RunState.QUEUED, RunState.RUNNING),
        "failed": row.state == RunState.FAILED,
    }
    return render(request, "forecasts/run.html", context)


@require_GET
@requires("forecasts.view")
def depth_picture(request: HttpRequest, run_id: int, number: int) -> HttpResponse:
    """One frame as a PNG, one pixel a cell, dry transparent; ?theme=dark or light."""
    _seen(scope_of(request.user), run_id)
    theme = request.GET.get("theme", "light")
    classes = queries.depth_frame(run_id, number)
    if classes is None:
        raise Http404
    answer = HttpResponse(
        picture(classes, theme if theme in PALETTES else "light"), content_type="image/png"
    )
    answer["Cache-Control"] = FOR_A_DAY
    return answer


def _kept(request: HttpRequest, run_id: int) -> queries.KeptWater:
    """The kept water of a run this account may see; 404 otherwise."""
    kept = queries.kept_water(run_id)
    gauge = station(kept.station_code) if kept else None
    if kept is None or gauge is None or not visible(scope_of(request.user), gauge):
        raise Http404
    return kept


def _not_kept(why: str) -> HttpResponse:
    """An RFC 9457 problem document."""
    body = json.dumps({"title": why, "status": int(HTTPStatus.NOT_FOUND)}, ensure_ascii=False)
    return HttpResponse(body, "application/problem+json", status=HTTPStatus.NOT_FOUND)


@require_GET
@requires("forecasts.view")
def water_tile(
    request: HttpRequest, run_id: int, z: int, x: int, y: int, number: int | None = None
) -> HttpResponse:
    """The water of a kept time (none: the greatest) as a map tile; 204 where all is dry."""
    kept = _kept(request, run_id)
    if kept.store is None:
        return _not_kept(_("This forecast kept no water by time."))
    if number is not None and number >= kept.store.times:
        return _not_kept(_("This forecast kept %(n)s times, from 0 on.") % {"n": kept.store.times})
    tag = f'"{FORM}-{kept.edition}-{number}-{z}-{x}-{y}"'
    return _tile(request, tag, partial(water_png, kept.store, number), (z, x, y))


def _tile(
    request: HttpRequest, tag: str, draw: Callable[[int, int, int], bytes | None],
    place: tuple[int, int, int],
) -> HttpResponse:  # fmt: skip
    """A tile that never changes; 204 where all is dry, 404 with the reason where none can be."""
    z, x, y = place
    if not MIN_ZOOM <= z <= MAX_ZOOM:
        zooms = {"least": MIN_ZOOM, "most": MAX_ZOOM}
        return _not_kept(_("No such tile: zoom levels are %(least)s to %(most)s.") % zooms)
    if max(x, y) >= 2**z:
        last = {"z": z, "last": 2**z - 1}
        return _not_kept(_("No such tile: at zoom level %(z)s both go up to %(last)s.") % last)
    headers = {"Cache-Control": FOR_A_YEAR, "ETag": tag}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    tile = draw(z, x, y)
    if tile is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)
    return HttpResponse(tile, "image/png", headers=headers)


@require_GET
@requires("forecasts.view")
def water_words(request: HttpRequest, run_id: int) -> HttpResponse:
    """Depth and level in each community at every kept time, as JSON."""
    kept = _kept(request, run_id)
    if kept.words is None:
        return _not_kept(_("This forecast kept no water by time."))
    body = kept.words.read_bytes()
    return HttpResponse(body, "application/json", headers={"Cache-Control": FOR_A_YEAR})


@require_GET
@requires("forecasts.view")
def stage_tile(
    request: HttpRequest, library_id: int, centimetres: int, z: int, x: int, y: int
) -> HttpResponse:
    """The water at rest at a stage of the gauge (cm Yellow Sea), as a map tile like a run's."""
    found = queries.library(library_id)
    gauge = station(found.station_code) if found else None
    if found is None or gauge is None or not visible(scope_of(request.user), gauge):
        raise Http404
    stage_m = centimetres / 100
    if not found.whole:
        return _not_kept(_("The stage library is still being made."))
    if not found.lowest_m <= stage_m <= found.highest_m:
        ends = {"lowest": f"{found.lowest_m:.2f}", "highest": f"{found.highest_m:.2f}"}
        return _not_kept(_("The stage library has %(lowest)s to %(highest)s m.") % ends)

    def draw(*place: int) -> bytes | None:
        return water_png(found.water(stage_m), None, *place)

    tag = f'"{FORM}-stage-{library_id}-{centimetres}-{z}-{x}-{y}"'
    return _tile(request, tag, draw, (z, x, y))


@require_GET
@requires("forecasts.view")
def extent(request: HttpRequest, run_id: int, name: str) -> HttpResponse:
    """Polygons of the greatest depth by class, or the 90 % possible extent."""
    row, _gauge = _seen(scope_of(request.user), run_id)
    path = queries.path_of(row.folder, f"{name}.geojson")
    if path is None:
        raise Http404
    answer = HttpResponse(path.read_bytes(), content_type=GEOJSON)
    answer["Cache-Control"] = FOR_A_DAY
    return answer
