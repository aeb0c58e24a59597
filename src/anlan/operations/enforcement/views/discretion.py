"""The discretion table: in force and before; a new one out of a file that is looked at first."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.backbone.workbooks import workbook
from anlan.operations.enforcement.actions import (
    discretion_bytes,
    keep_discretion_file,
    take_discretion,
)
from anlan.operations.enforcement.actions.discretion import MOST_BYTES
from anlan.operations.enforcement.models import DiscretionFile, DiscretionRow, LegalTerm
from anlan.operations.enforcement.queries.discretion import in_force, sort_out
from anlan.operations.enforcement.queries.penalties import given_said
from anlan.operations.enforcement.queries.registers import DISCRETION
from anlan.operations.enforcement.rules.forms import TERM_WORDS
from anlan.operations.enforcement.views.asking import person
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import download, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import day_asked
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

SHOWN = 50


@require_GET
@requires("enforcement.view")
def discretion_page(request: HttpRequest) -> HttpResponse:
    """The table in force, with ``?all`` every version; and the law's terms with their sources."""
    every, today = "all" in request.GET, clock.today()
    rows = DiscretionRow.objects.all() if every else in_force(today)
    terms = [(one, pgettext(*TERM_WORDS[one.key])) for one in LegalTerm.objects.order_by("pk")
             if one.key in TERM_WORDS]  # fmt: skip
    context = {
        "rows": [(one, given_said(one.others)) for one in rows.order_by("code", "-valid_from")],
        "terms": terms, "every": every,
        "today": today, "may_take": scope_of(request.user).may("enforcement.decide"),
    }  # fmt: skip
    return render(request, "enforcement/discretion.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("enforcement.decide")
def import_page(request: HttpRequest) -> HttpResponse:
    """A POST keeps a file and opens it."""
    wrong, sent = "", request.FILES.get("file")
    if request.method == "POST":
        since = day_asked(request.POST.get("valid_from", ""), None)
        if sent is None or since is None:
            wrong = _("Choose a file and write the day from which it holds.")
        else:
            try:
                kept = keep_discretion_file(
                    (actor_of(request), person(request)), sent.name or "",
                    sent.read(MOST_BYTES + 1), since, request.POST.get("source", ""),
                )  # fmt: skip
                return HttpResponseRedirect(f"/cases/discretion/import/{kept}", status=303)
            except Refused as fault:
                wrong = worded(fault)
    context = {"wrong": wrong, "given": request.POST, "today": clock.today()}
    return render(request, "enforcement/discretion_import.html", context,
                  status=422 if wrong else 200)  # fmt: skip


@require_GET
@requires("enforcement.decide")
def template(request: HttpRequest) -> HttpResponse:
    """The table in force as a file to go on from."""
    rows = [[getattr(one, key.key) for key in DISCRETION.typed]
            for one in in_force(clock.today()).order_by("code")]  # fmt: skip
    lines = [[given_said(cell) if key.key == "others" else cell
              for key, cell in zip(DISCRETION.typed, line, strict=True)]
             for line in rows]  # fmt: skip
    words = {key: pgettext(*word) for key, word in DISCRETION.field("party").choices.items()}
    lines = [[words.get(cell, cell) if isinstance(cell, str) else f"{cell:.0f}" for cell in line]
             for line in lines]  # fmt: skip
    head = registers.head_of(DISCRETION)
    body = workbook(_("Discretion table"), [head, *lines], range(1, len(head) + 1))
    return download(body, "discretion")


@never_cache
@require_GET
@requires("enforcement.decide")
def file_page(request: HttpRequest, file_id: int) -> HttpResponse:
    """What the file would do, and cell by cell what is wrong with it; or what it did.

    With ``?faults`` what is wrong, as a workbook.
    """
    file = _mine(request, file_id)
    if file.taken_at is not None:
        return render(request, "enforcement/discretion_file.html", {"file": file})
    try:
        sheet = registers.read_sheet(DISCRETION, discretion_bytes(file), {}, ())
    except registers.Unreadable as fault:
        context: dict[str, object] = {"file": file, "unreadable": str(fault)}
        return render(request, "enforcement/discretion_file.html", context)
    found = sort_out(sheet.rows, file.valid_from)
    refused = [(line, "", "", _(why)) for line, why in found.refused]
    faults = sorted(registers.fault_lines(sheet.faults) + refused)
    if registers.FAULTS in request.GET:
        return registers.fault_book(faults)
    context = {
        "file": file, "found": found, "wrong": sheet.faulty_lines + len(found.refused),
        "faults": registers.fault_page(faults, request.GET.dict()),
        "any": bool(found.new or found.changed),
        "new": [values for _line, values in found.new[:SHOWN]],
        "changed": [(values, known) for (_line, values), known in found.changed[:SHOWN]],
    }  # fmt: skip
    return render(request, "enforcement/discretion_file.html", context)


@require_POST
@requires("enforcement.decide")
def take(request: HttpRequest, file_id: int) -> HttpResponse:
    file = _mine(request, file_id)
    try:
        sheet = registers.read_sheet(DISCRETION, discretion_bytes(file), {}, ())
        take_discretion((actor_of(request), person(request)), file.pk, sheet.rows,
                        sheet.faulty_lines)  # fmt: skip
    except registers.Unreadable as fault:
        messages.error(request, str(fault))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/cases/discretion/import/{file_id}", status=303)


def _mine(request: HttpRequest, file_id: int) -> DiscretionFile:
    """Only who sent a file sees it."""
    file = DiscretionFile.objects.filter(pk=file_id, sent_by=request.user.pk).first()
    if file is None:
        raise Http404
    return file
