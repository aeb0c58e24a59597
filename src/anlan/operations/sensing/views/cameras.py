"""Cameras: which are online, and the live picture of one of them."""

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from anlan.operations.people.queries import Scope, requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import NoStream, start_stream, take_picture, video_platform
from anlan.operations.sensing.rules.video import STATE_MARKS, STATE_WORDS, CameraState
from anlan.operations.sensing.views.lines import acting, said
from anlan.operations.territory.queries import area_names


@require_GET
@requires("sensing.view")
def cameras_page(request: HttpRequest) -> HttpResponse:
    rows = queries.cameras(scope_of(request.user))
    street, state = request.GET.get("street", ""), request.GET.get("state", "")
    counts = Counter(row.street for row in rows)
    names = area_names(counts)
    of_street = [row for row in rows if not street or row.street == street]
    states = [
        (key, word, sum(map(test, of_street)))
        for key, (word, test) in _states().items()
    ]  # fmt: skip
    shown = [row for row in of_street if state not in _states() or _states()[state][1](row)]
    context = {
        "lines": camera_lines(shown, names),
        "tabs": [(code, names.get(code, code), n) for code, n in sorted(counts.items())],
        "states": states, "state": state,
        "street": street, "total": len(rows), "set_up": bool(settings.ANLAN_WVP_URL),
        "online": sum(row.state == CameraState.ONLINE for row in rows),
    }  # fmt: skip
    return render(request, "sensing/cameras.html", context)


def _states() -> dict[str, tuple[str, Callable[[queries.CameraRow], bool]]]:
    """What the list can be narrowed to."""
    return {
        CameraState.ONLINE.value: (
            said(STATE_WORDS[CameraState.ONLINE]), lambda row: row.state == CameraState.ONLINE
        ),
        "lost": (_("No picture any more"), lambda row: row.lost),
        "never": (_("Never seen"), lambda row: row.seen_at is None),
    }  # fmt: skip


def camera_lines(
    rows: Iterable[queries.CameraRow], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Lines of a table of cameras, those whose picture was lost first."""
    return [
        {"row": row, "place": names.get(row.street, row.street),
         "mark": STATE_MARKS[row.state], "state": said(STATE_WORDS[row.state])}
        for row in sorted(rows, key=lambda row: (not row.lost, row.area_code, row.code))
    ]  # fmt: skip


def near_cameras(station: queries.StationRow, scope: Scope) -> list[dict[str, Any]]:
    """The cameras around a station, for its page."""
    return [
        {"row": row, "metres": metres, "state": said(STATE_WORDS[row.state])}
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
    """One camera; a POST shows its live stream or a picture of now, and who looked is on record."""
    row, hls, picture, fault = _camera(request, code), "", "", ""
    if request.method == "POST":
        try:
            if "picture" in request.POST:
                picture = _inline(*take_picture(acting(request), code, video_platform()))
            else:
                hls = start_stream(acting(request), code, video_platform())
        except NoStream as why:
            fault = _("There is no live picture now: %(why)s") % {"why": why}
        if hls and urlsplit(hls).netloc not in settings.ANLAN_MEDIA_HOSTS:
            fault = _("The stream comes from %(host)s, which is not in ANLAN_MEDIA_HOSTS.") % {
                "host": urlsplit(hls).netloc
            }
            hls = ""
    context = {
        "row": row, "place": area_names([row.street]).get(row.street, row.street),
        "mark": STATE_MARKS[row.state], "state": said(STATE_WORDS[row.state]),
        "fault": fault, "picture": picture,
        "has_picture": bool(row.device_id and settings.ANLAN_WVP_URL),
        "player": {"hls": hls, "away": _("The stream has stopped. Start it again, or look at a"
                                         " picture.")} if hls else None,
    }  # fmt: skip
    return render(request, "sensing/camera.html", context)
