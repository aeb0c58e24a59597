"""The enterprise register from a file: template, a look at what it would do, then all of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.backbone.workbooks import workbook
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, download, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.actions import (
    Sender,
    bytes_of,
    keep_enterprise_file,
    look_at,
    look_of,
    sort_out,
    take_enterprises,
)
from anlan.operations.safety.actions.enterprise_files import MOST_BYTES
from anlan.operations.safety.models import EnterpriseFile
from anlan.operations.safety.queries.registers import ENTERPRISES
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary.transitions import Refused


@never_cache
@require_http_methods(["GET", "POST"])
@requires("safety.register")
def import_page(request: HttpRequest) -> HttpResponse:
    """A POST keeps a file and opens it."""
    wrong = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        if sent is None:
            wrong = _("Choose a file.")
        else:
            try:
                raw = sent.read(MOST_BYTES + 1)
                scope = scope_of(request.user)
                kept = keep_enterprise_file(
                    actor_of(request), sent.name or "", raw, lambda raw: _look(raw, scope)
                )
                return HttpResponseRedirect(f"/enterprises/import/{kept}", status=303)
            except registers.Unreadable as fault:
                wrong = str(fault)
            except Refused as fault:
                wrong = worded(fault)
    context = {"wrong": wrong}
    return render(request, "safety/import.html", context, status=422 if wrong else 200)


@require_GET
@requires("safety.register")
def template(request: HttpRequest) -> HttpResponse:
    """An empty file with its head."""
    head = registers.head_of(ENTERPRISES)
    columns = range(1, len(head) + 1)
    return download(workbook(_("Enterprises"), [head], columns), "enterprises")


@never_cache
@require_GET
@requires("safety.register")
def file_page(request: HttpRequest, file_id: int) -> HttpResponse:
    """What the file would do, and cell by cell what is wrong with it; or what it did.

    With ``?faults`` what is wrong, as a workbook.
    """
    file = _mine(request, file_id)
    look = look_of(file)
    faults = look.faults if look is not None else []
    if registers.FAULTS in request.GET:
        return registers.fault_book(faults)
    context = {
        "file": file, "look": look, "faults": registers.fault_page(faults, request.GET.dict()),
        "address": reverse("take-enterprises", args=[file_id]),
    }  # fmt: skip
    return render(request, "safety/import_file.html", context)


@require_POST
@requires("safety.register")
def take(request: HttpRequest, file_id: int) -> HttpResponse:
    file = _mine(request, file_id)
    try:
        sheet, sender = _read(bytes_of(file), scope_of(request.user))
        take_enterprises(actor_of(request), file, sheet, sender)
    except registers.Unreadable as fault:
        messages.error(request, str(fault))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/enterprises/import/{file_id}", status=303)


def _look(raw: bytes, scope: Scope) -> registers.Look:
    sheet, sender = _read(raw, scope)
    return look_at(sheet, sort_out(sheet.rows, sender))


def _read(raw: bytes, scope: Scope) -> tuple[registers.Sheet, Sender]:
    named = area_names()
    within = {code for code, _name in places_under(scope.area_prefix or "", named)}
    sheet = registers.read_sheet(ENTERPRISES, raw, named, within)
    seen = frozenset(enterprises_in(scope).values_list("pk", flat=True))
    sector = scope.sector or "" if scope.reach == "sector" else ""
    return sheet, Sender(seen, sector)


def _mine(request: HttpRequest, file_id: int) -> EnterpriseFile:
    """Only who sent a file sees it."""
    file = EnterpriseFile.objects.filter(pk=file_id, sent_by=request.user.pk).first()
    if file is None:
        raise Http404
    return file
