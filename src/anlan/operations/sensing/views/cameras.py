"""Cameras: which are online, and the live picture of one of them."""

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from anlan.backbone.video import Recording
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of
from anlan.operations.registers.queries import day_asked
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import (
    NoStream,
    list_recordings,
    play_recording,
    start_stream,
    take_picture,
    video_platform,
)
from anlan.operations.sensing.rules.video import STATE_MARKS, STATE_WORDS, UNCONNECTED, CameraState
from anlan.operations.sensing.views.lines import ON_A_PAGE, places_of, said
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

FIRST_DAY = date(2000, 1, 1)
NOT_MOMENTS = N_("say from when to when")


@require_GET
@requires("sensing.view")
def cameras_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    rows = queries.cameras(scope)
    places = places_of(scope, {row.area_code for row in rows})
    street, state = request.GET.get("street", ""), request.GET.get("state", "")
    counts = Counter(places[row.area_code] for row in rows)
    of_street = [row for row in rows if not street or places[row.area_code][0] == street]
    states = [
        (key, word, sum(map(test, of_street)))
        for key, (word, test) in _states().items()
    ]  # fmt: skip
    shown = [row for row in of_street if state not in _states() or _states()[state][1](row)]
    lines = camera_lines(shown, places)
    page = Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": page.object_list, "page": page,
        "tabs": [(*place, n) for place, n in sorted(counts.items())],
        "states": states, "state": state,
        "street": street, "total": len(rows), "set_up": bool(settings.ANLAN_WVP_URL),
        "online": sum(row.online for row in rows),
        "connected": sum(row.connected for row in rows),
    }  # fmt: skip
    return render(request, "sensing/cameras.html", context)


def _states() -> dict[str, tuple[str, Callable[[queries.CameraRow], bool]]]:
    """What the list can be narrowed to."""
    return {
        CameraState.ONLINE.value: (
            said(STATE_WORDS[CameraState.ONLINE]), lambda row: row.online
        ),
        "lost": (_("No picture any more"), lambda row: row.lost),
        "never": (_("Never seen"), lambda row: row.never_seen),
        "unconnected": (said(UNCONNECTED), lambda row: not row.connected),
    }  # fmt: skip


def camera_lines(
    rows: Iterable[queries.CameraRow], places: Mapping[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    """Lines of a table of cameras, those whose picture was lost first."""
    return [
        {"row": row, "place": places[row.area_code][1], **_state(row)}
        for row in sorted(rows, key=lambda row: (not row.lost, row.area_code, row.code))
    ]  # fmt: skip


def _state(row: queries.CameraRow) -> dict[str, str]:
    """How a camera is, in a word, and the mark beside it."""
    state = row.state if row.connected else CameraState.UNKNOWN
    return {"mark": STATE_MARKS[state], "state": said(queries.camera_word(row))}


def near_cameras(station: queries.StationRow, scope: Scope) -> list[dict[str, Any]]:
    """The cameras around a station, for its page."""
    return [
        {"row": row, "metres": metres, "state": said(queries.camera_word(row))}
        for row, metres in queries.cameras_near(scope, station.lon, station.lat)
    ]


def _inline(body: bytes, kind: str) -> str:
    """A picture as an address that needs no second question."""
    return f"data:{kind};base64,{base64.b64encode(body).decode()}"


def _camera(request: HttpRequest, code: str) -> queries.CameraRow:
    row = queries.camera(scope_of(request.user), code)
    if row is None:
        raise Http404
    return row


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.view")
def camera_page(request: HttpRequest, code: str) -> HttpResponse:
    """One camera; a POST shows its live stream, a picture or a recording: who looked is on record.

    A GET with `day` lists what the device has recorded on it.
    """
    scope, row, context = scope_of(request.user), _camera(request, code), dict[str, Any]()
    day = _day(request.GET.get("day", ""))
    try:
        if request.method == "POST":
            context = _look(request, code)
        elif day:
            context = {"recordings": list_recordings(code, day, video_platform())}
    except NoStream as why:
        context = {"fault": _("There is no picture to show: %(why)s") % {"why": _(str(why))}}
    now = clock.now().astimezone(clock.CHINA)
    context |= {
        "row": row, "place": places_of(scope, [row.area_code])[row.area_code][1],
        **_state(row), "has_picture": row.connected,
        "day": day or now.date(), "asked_day": day, "today": now.date(),
        "before": now - timedelta(minutes=30), "now": now,
    }  # fmt: skip
    return render(request, "sensing/camera.html", context)


def _look(request: HttpRequest, code: str) -> dict[str, Any]:
    """What a person asked to see. Raises `NoStream`."""
    if "picture" in request.POST:
        return {"picture": _inline(*take_picture(actor_of(request), code, video_platform()))}
    period = _period(request) if "recording" in request.POST else None
    if period:
        hls = play_recording(actor_of(request), code, period, video_platform())
    else:
        hls = start_stream(actor_of(request), code, video_platform())
    host = urlsplit(hls).netloc
    if host not in settings.ANLAN_MEDIA_HOSTS:
        words = _("The stream comes from %(host)s, which is not in ANLAN_MEDIA_HOSTS.")
        return {"fault": words % {"host": host}}
    away = _("The stream has stopped. Start it again, or look at a picture.")
    return {"player": {"hls": hls, "away": away}, "period": period}


def _period(request: HttpRequest) -> Recording:
    """From when to when; moments without a zone are China's. Raises `NoStream`."""
    try:
        return Recording(*(_moment(request.POST.get(key, "")) for key in ("from", "to")))
    except (ValueError, OverflowError):
        raise NoStream(NOT_MOMENTS) from None


def _moment(text: str) -> datetime:
    stated = datetime.fromisoformat(text)
    if stated.tzinfo is None:
        return stated.replace(tzinfo=clock.CHINA)
    return stated.astimezone(clock.CHINA)


def _day(text: str) -> date | None:
    """A day of which there can be a recording; None for any other text."""
    day = day_asked(text, None)
    return day if day and FIRST_DAY <= day <= clock.today() else None
