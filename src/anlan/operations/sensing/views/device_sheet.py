"""The device register as an Excel sheet: out to who keeps the devices, and in again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from anlan.backbone.workbooks import workbook
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import download, requires
from anlan.operations.registers.queries import (
    FAULTS,
    Unreadable,
    fault_book,
    fault_lines,
    fault_page,
)
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import describe_devices
from anlan.operations.sensing.actions.imports import MOST_BYTES


@require_GET
@requires("sensing.configure")
def sheet(_request: HttpRequest) -> HttpResponse:
    """All devices with what is said of them, to be filled in."""
    rows = queries.device_table()
    book = workbook(_("Device register"), rows, range(1, len(rows[0]) + 1))
    return download(book, "devices")


@never_cache
@require_POST
@requires("sensing.configure")
def fill_in(request: HttpRequest) -> HttpResponse:
    """All rows of the sheet, or none of them and what is wrong with each.

    With `faults` none: what is wrong comes as a workbook.
    """
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise Unreadable(_("Choose a file."))
        if (sent.size or 0) > MOST_BYTES:
            raise Unreadable(_("A file has at most %(most)d MB.") % {"most": MOST_BYTES // 1024**2})
        filled = queries.filled_in(sent.read())
    except Unreadable as fault:
        messages.error(request, str(fault))
        return redirect("device-register")
    faults = fault_lines(filled.faults)
    if FAULTS in request.POST:
        return fault_book(faults)
    if faults:
        context = {"faults": fault_page(faults, {}), "wrong": len({one[0] for one in faults})}
        return render(request, "sensing/device_sheet.html", context, status=422)
    describe_devices(actor_of(request), filled.changed)
    words = ngettext(
        "%(n)d device is described anew, %(same)d as before.",
        "%(n)d devices are described anew, %(same)d as before.",
        len(filled.changed),
    )
    messages.success(request, words % {"n": len(filled.changed), "same": filled.same})
    return redirect("device-register")
