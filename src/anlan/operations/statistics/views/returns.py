"""Statutory statistics of dangers: who owes, who is late, one sheet, its signature and papers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from anlan.backbone.papers import PDF
from anlan.backbone.workbooks import XLSX
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.people.queries.days import period_words
from anlan.operations.registers import queries as registers
from anlan.operations.statistics.actions import sign_return
from anlan.operations.statistics.queries.return_papers import (
    as_form,
    as_sheet,
    heads,
    plans_of,
    table_of,
)
from anlan.operations.statistics.queries.returns import (
    RETURNS,
    ReturnFile,
    return_file,
    returns_in,
)
from anlan.operations.statistics.queries.words import period_word
from anlan.operations.statistics.rules.returns import SIGN, SOURCE
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary import clock
from anlan.vocabulary.words import NP_

BUTTON = NP_("return", "Sign the statistics")


@require_GET
@requires("safety.view")
def returns_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    asked = registers.asked_here(request, RETURNS, "unsigned" if scope.may(SIGN) else "late")
    page, named = registers.page(RETURNS, returns_in(scope), asked, scope), area_names()
    context = {
        "page": page, "names": named, "places": places_under(scope.area_prefix or "-", named),
        "rows": [
            (row, period_words(row["period"]),
             row["due_on"] < (row["signed_at"] or clock.now()).astimezone(clock.CHINA).date())
            for row in page.rows
        ],
    }  # fmt: skip
    return render(request, "statistics/returns.html", context)


@require_GET
@requires("safety.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = returns_in(scope_of(request.user))
    return registers.taken_out(request, RETURNS, rows, area_names(), "/returns", "danger-returns")


@require_GET
@requires("safety.view")
def return_page(request: HttpRequest, return_id: int) -> HttpResponse:
    file = _file(request, return_id)
    return render(request, "statistics/return.html", _context(file))


@require_POST
@requires(SIGN)
def sign(request: HttpRequest, return_id: int) -> HttpResponse:
    _file(request, return_id)
    with registers.step_said(request, BUTTON):
        sign_return(
            actor_of(request), scope_of(request.user), return_id, why=request.POST.get("why", "")
        )
    return HttpResponseRedirect(f"/returns/{return_id}", status=303)


@require_GET
@requires("safety.view")
def take_pdf(request: HttpRequest, return_id: int) -> HttpResponse:
    file = _file(request, return_id)
    return _answer(as_form(file, str(request.user)), PDF, f"{file.row.period}.pdf")


@require_GET
@requires("safety.view")
def take_workbook(request: HttpRequest, return_id: int) -> HttpResponse:
    file = _file(request, return_id)
    return _answer(as_sheet(file, str(request.user)), XLSX, f"{file.row.period}.xlsx")


def _file(request: HttpRequest, return_id: int) -> ReturnFile:
    text = request.GET.get("version", "0")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    file = return_file(return_id, scope_of(request.user), version)
    if file is None:
        raise Http404
    return file


def _context(file: ReturnFile) -> dict[str, Any]:
    return {
        "file": file, "row": file.row, "heads": heads(), "lines": table_of(file.figures),
        "plans": plans_of(file.figures), "period_word": period_word(file.period),
        "source": SOURCE, "signed": bool(file.versions),
    }  # fmt: skip


def _answer(body: bytes, media: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="danger-return-{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
