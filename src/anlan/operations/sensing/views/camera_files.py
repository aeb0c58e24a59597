"""Cameras from a file: template, a look at what it holds, then all of it or nothing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.backbone.workbooks import workbook
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import download, requires, worded
from anlan.operations.registers import queries as registers
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import camera_files
from anlan.operations.sensing.models import CameraFile
from anlan.operations.sensing.rules.camera_rows import COLUMNS
from anlan.operations.sensing.views.imports import fault_lines, receive
from anlan.operations.territory.queries import area_names
from anlan.vocabulary.transitions import Refused

SHOWN = 50
AS_TEXT = [n for n, key in enumerate(COLUMNS, 1) if key not in ("lon", "lat")]


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.configure")
def import_page(request: HttpRequest) -> HttpResponse:
    """What was imported; a POST sends a file in to be looked at."""
    return receive(request, _page, camera_files.keep_camera_file, "camera-file")


@never_cache
@require_GET
@requires("sensing.configure")
def file_page(request: HttpRequest, file_id: int) -> HttpResponse:
    """A file: what it would bring, row by row what is wrong with it, or what it brought.

    With ``?faults`` what is wrong, as a workbook.
    """
    found = queries.camera_file(file_id)
    if found is None:
        raise Http404
    row, sealed = found
    context: dict[str, Any] = {"row": row, "shown": SHOWN}
    if row.taken_at is None:
        checked = camera_files.check_cameras_file(camera_files.file_bytes(sealed))
        moving = checked.added + checked.changed
        names = area_names({one.area_code for one in moving})
        faults = fault_lines(checked.refused, _column)
        if registers.FAULTS in request.GET:
            return registers.fault_book(faults)
        context |= {
            "wrong": len(faults), "faults": registers.fault_page(faults, request.GET.dict()),
            "count": len(moving),
            "added": len(checked.added), "changed": len(checked.changed),
            "same": len(checked.same), "schematic": checked.schematic,
            "lines": [
                {"camera": one, "place": names.get(one.area_code, one.area_code),
                 "new": at < len(checked.added)}
                for at, one in enumerate(moving[:SHOWN])
            ],
        }  # fmt: skip
    return render(request, "sensing/camera_file.html", context)


@require_POST
@requires("sensing.configure")
def take(request: HttpRequest, file_id: int) -> HttpResponse:
    try:
        taken = camera_files.take_camera_file(actor_of(request), file_id)
    except CameraFile.DoesNotExist:
        raise Http404 from None
    except Refused as fault:
        messages.error(request, worded(fault))
        return redirect("camera-file", file_id)
    if taken.again:
        messages.info(request, _("This file was imported before. Nothing was changed."))
    else:
        words = _("Imported: %(added)d new cameras, %(changed)d changed, %(same)d as before.")
        figures = {"added": taken.added, "changed": taken.changed, "same": taken.same}
        messages.success(request, words % figures)
    return redirect("camera-file", file_id)


@require_GET
@requires("sensing.configure")
def template(request: HttpRequest) -> HttpResponse:
    """The register as a workbook: what is corrected or added there can be sent in again."""
    head = [_column(key) for key in COLUMNS]
    body = workbook(_("Cameras"), [head, *queries.camera_lines()], AS_TEXT)
    return download(body, "cameras")


def _page(request: HttpRequest, wrong: str) -> HttpResponse:
    context = {"rows": queries.camera_files(), "wrong": wrong}
    return render(request, "sensing/camera_files.html", context, status=422 if wrong else 200)


def _column(where: str) -> str:
    """The column's heading in the template, or its name."""
    chinese = (get_language() or "").startswith("zh")
    return COLUMNS[where][1] if chinese and where in COLUMNS else where
