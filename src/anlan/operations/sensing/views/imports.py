"""Readings from a file: template, a look at what it holds, then all of it or nothing."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.backbone.workbooks import workbook
from anlan.operations.people.actions import Actor, actor_of
from anlan.operations.people.queries import download, requires, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import FaultLine
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import imports
from anlan.operations.sensing.actions.offered import Outcome, Placed
from anlan.operations.sensing.models import ReadingFile
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS
from anlan.operations.sensing.views.lines import said
from anlan.vocabulary.elements import Element
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import NP_

TEMPLATE = (
    NP_("column", "station"), NP_("column", "element"), NP_("column", "at"),
    NP_("column", "value"), NP_("column", "unit"), NP_("column", "datum"),
    NP_("column", "station name"),
)  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.configure")
def import_page(request: HttpRequest) -> HttpResponse:
    """What was imported; a POST sends a file in to be looked at."""
    return receive(request, _page, imports.keep_file, "import-file")


def receive(
    request: HttpRequest,
    page: Callable[[HttpRequest, str], HttpResponse],
    keep: Callable[[Actor, str, bytes], int],
    opens: str,
) -> HttpResponse:
    """A page of files; a POST keeps the one that is sent in and opens it, or says what is wrong."""
    if request.method == "GET":
        return page(request, "")
    sent = request.FILES.get("file")
    if sent is None:
        return page(request, _("Choose a file."))
    try:
        if (sent.size or 0) > imports.MOST_BYTES:
            raise Refused(imports.TOO_LARGE)
        kept = keep(actor_of(request), sent.name or "", sent.read())
    except Refused as fault:
        return page(request, worded(fault))
    return redirect(opens, kept)


def fault_lines(refused: Sequence[Outcome], column: Callable[[str], str]) -> list[FaultLine]:
    """The rows that cannot be taken."""
    return [(one.number, column(one.where), one.given, one.reason) for one in refused]


@never_cache
@require_GET
@requires("sensing.configure")
def file_page(request: HttpRequest, file_id: int) -> HttpResponse:
    """A file: what it would bring, row by row what is wrong with it, or what it brought.

    With ``?faults`` what is wrong, as a workbook.
    """
    found = queries.reading_file(file_id)
    if found is None:
        raise Http404
    row, body = found
    context: dict[str, Any] = {"row": row}
    if row.taken_at is None:
        checked = imports.check_rows(body)
        faults = fault_lines(checked.refused, _column)
        if registers.FAULTS in request.GET:
            return registers.fault_book(faults)
        context |= {"faults": registers.fault_page(faults, request.GET.dict())}
        context |= {
            "wrong": len(faults),
            "lines": _series_lines(checked),
            "count": len(checked.placed),
        }
    return render(request, "sensing/import_file.html", context)


@require_POST
@requires("sensing.configure")
def take(request: HttpRequest, file_id: int) -> HttpResponse:
    try:
        taken = imports.take_file(actor_of(request), file_id)
    except ReadingFile.DoesNotExist:
        raise Http404 from None
    except Refused as fault:
        messages.error(request, worded(fault))
        return redirect("import-file", file_id)
    figures = {"stored": taken.stored, "revised": taken.revised, "repeated": taken.repeated}
    if taken.again:
        messages.info(request, _("This file was imported before. Nothing was changed."))
    else:
        words = _("Imported: %(stored)d new, %(revised)d revised, %(repeated)d known already.")
        messages.success(request, words % figures)
    return redirect("import-file", file_id)


@require_GET
@requires("sensing.configure")
def template(request: HttpRequest) -> HttpResponse:
    """A workbook with a line for every series; lines that stay empty are passed over."""
    head = [said(term) for term in TEMPLATE]
    rows = [
        [code, said(ELEMENT_WORDS[Element(element)]), None, None, unit, datum, name]
        for code, name, element, unit, datum in queries.all_series()
    ]
    return download(workbook(_("Readings"), [head, *rows]), "readings-template")


def _page(request: HttpRequest, wrong: str) -> HttpResponse:
    context = {"rows": queries.reading_files(), "wrong": wrong}
    return render(request, "sensing/imports.html", context, status=422 if wrong else 200)


def _column(where: str) -> str:
    """The column's heading in the template, or its name."""
    return next((said(term) for term in TEMPLATE if term.word == where), where)


def _series_lines(checked: imports.Checked) -> list[dict[str, Any]]:
    """How many rows each series of the file has, and over which time."""
    of: dict[int, list[Placed]] = {}
    for one in checked.placed:
        of.setdefault(one.series, []).append(one)
    return [
        {"station": mine[0].station, "element": said(ELEMENT_WORDS[mine[0].reading.element]),
         "count": len(mine), "first": min(one.reading.at for one in mine),
         "last": max(one.reading.at for one in mine)}
        for mine in of.values()
    ]  # fmt: skip
