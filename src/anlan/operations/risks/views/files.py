"""Risk points out of a file: the good rows are taken in, the others said cell by cell."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from anlan.backbone.workbooks import workbook
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import download, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.risks.actions import Origin, put_risk
from anlan.operations.risks.queries.entering import accidents_of, lacking
from anlan.operations.risks.queries.registers import RISKS
from anlan.operations.risks.rules.loop import RATE
from anlan.operations.risks.views.asking import person
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary.transitions import Refused

MOST_BYTES = 20 * 1024 * 1024
SHOWN = 100
Fault = tuple[int, str, str, str]


@require_GET
@requires(RATE)
def template(request: HttpRequest) -> HttpResponse:
    """An empty file with its head."""
    head = registers.head_of(RISKS)
    return download(workbook(_("Risk points"), [head], range(1, len(head) + 1)), "risks")


@require_http_methods(["GET", "POST"])
@requires(RATE)
def import_page(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {"shown": SHOWN}
    sent = request.FILES.get("file") if request.method == "POST" else None
    if request.method == "POST":
        try:
            raw = sent.read(MOST_BYTES + 1) if sent is not None else b""
            if not raw or len(raw) > MOST_BYTES:
                raise registers.Unreadable(_("Choose a file of at most 20 MB."))
            context |= _take(request, registers.read_sheet(RISKS, raw, {}, ()))
        except registers.Unreadable as fault:
            context["wrong"] = str(fault)
    status = 422 if context.get("wrong") else 200
    return render(request, "risks/import.html", context, status=status)


def _take(request: HttpRequest, found: registers.Sheet) -> dict[str, Any]:
    """Take in row after row; what is refused is said with its line."""
    firms = dict(enterprises_in(scope_of(request.user)).values_list("credit_code", "pk"))
    faults: list[Fault] = [(f.line, f.column, f.text, f.why) for f in found.faults]
    actor, who, taken = actor_of(request), person(request), 0
    for line, values in found.rows:
        code = str(values.pop("credit_code"))
        wrong = _prepare(values)
        firm = firms.get(code)
        if firm is None:
            wrong["credit_code"] = _("There is no such enterprise within your sight.")
        if wrong or firm is None:
            faults += [(line, pgettext(*RISKS.field(k).word), "", why) for k, why in wrong.items()]
            continue
        try:
            put_risk(actor, who, firm, values, Origin())
            taken += 1
        except Refused as fault:
            faults.append((line, "", str(values["name"]), worded(fault)))
    return {"taken": taken, "faults": sorted(faults)[:SHOWN], "faulty": len({f[0] for f in faults})}


def _prepare(values: dict[str, Any]) -> dict[str, str]:
    """Make a row's values those of a rating; what is wrong with them, by field."""
    for key in ("place", "l", "e", "c", "likely", "severe"):
        values.setdefault(key, "")
    wrong = lacking(values)
    try:
        values["accidents"] = accidents_of(str(values.pop("accident_types")))
    except KeyError as fault:
        wrong["accident_types"] = _("GB 6441 knows no %(name)s.") % {"name": fault.args[0]}
    return wrong
