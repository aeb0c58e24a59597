"""Risk points out of a file: a look at what it would do, then its good rows all at once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.backbone.workbooks import workbook
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import download, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.risks import actions
from anlan.operations.risks.actions import Origin, put_risk
from anlan.operations.risks.actions.files import MOST_BYTES
from anlan.operations.risks.models import RiskPoint
from anlan.operations.risks.queries.entering import accidents_of, lacking
from anlan.operations.risks.queries.registers import RISKS
from anlan.operations.risks.queries.sent import sent_file
from anlan.operations.risks.rules.loop import CONTROLS, RATE, State
from anlan.operations.risks.rules.taking_in import Look
from anlan.operations.risks.views.asking import person
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary.transitions import Refused

KIND = "risks"
MOST_ROWS = 2_000


@require_GET
@requires(RATE)
def template(request: HttpRequest) -> HttpResponse:
    """An empty file with its head."""
    head = registers.head_of(RISKS)
    return download(workbook(_("Risk points"), [head], range(1, len(head) + 1)), "risks")


@require_http_methods(["GET", "POST"])
@requires(RATE)
def import_page(request: HttpRequest) -> HttpResponse:
    """A POST keeps a file and opens what it would do."""
    wrong = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        raw = sent.read(MOST_BYTES + 1) if sent is not None else b""
        name = registers.clean(sent.name or "") if sent is not None else ""
        try:
            kept = actions.keep_file(actor_of(request), KIND, name, raw, _taking(request))
            return HttpResponseRedirect(f"/risks/import/{kept}", status=303)
        except Refused as fault:
            wrong = worded(fault)
        except registers.Unreadable as fault:
            wrong = str(fault)
    return render(request, "risks/import.html", {"wrong": wrong}, status=422 if wrong else 200)


@never_cache
@require_GET
@requires(RATE)
def file_page(request: HttpRequest, sent_file_id: int) -> HttpResponse:
    file = sent_file(KIND, sent_file_id, request.user.pk)
    if file is None:
        raise Http404
    return render(request, "risks/sent_file.html", {"file": file, "look": file.look})


@require_POST
@requires(RATE)
def take(request: HttpRequest, sent_file_id: int) -> HttpResponse:
    """Take in the good rows, all of them or none."""
    if sent_file(KIND, sent_file_id, request.user.pk) is None:
        raise Http404
    try:
        actions.take_file(actor_of(request), KIND, sent_file_id, _taking(request))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/risks/import/{sent_file_id}", status=303)


def _taking(request: HttpRequest) -> Callable[[bytes], Look]:
    """What is done with a file of this person's: every good row is put, the others are said."""

    def taken(raw: bytes) -> Look:
        sheet = registers.read_sheet(RISKS, raw, {}, ())
        if len(sheet.rows) > MOST_ROWS:
            raise registers.Unreadable(_("At most %(most)d rows at once.") % {"most": MOST_ROWS})
        firms = dict(enterprises_in(scope_of(request.user)).values_list("credit_code", "pk"))
        look = Look(faults=[(f.line, f.column, f.text, f.why) for f in sheet.faults])
        for line, values in sheet.rows:
            firm = firms.get(str(values.pop("credit_code")))
            wrong = _prepare(values)
            if firm is None:
                wrong["credit_code"] = _("There is no such enterprise within your sight.")
            for key, why in wrong.items():
                look.refuse(line, pgettext(*RISKS.field(key).word), "", why)
            if firm is not None and not wrong:
                _put(request, look, line, firm, values)
        return look

    return taken


def _put(
    request: HttpRequest, look: Look, line: int, firm: int, values: dict[str, Any]
) -> None:  # fmt: skip
    """A cell left empty says nothing of a control that is written down already."""
    rows = RiskPoint.objects.filter(enterprise=firm, name=values["name"], place=values["place"])
    known = rows.exclude(state=State.RETIRED).first()
    if known is not None:
        values |= {key: values.get(key) or known.controls.get(key, "") for key in CONTROLS}
    try:
        pk = put_risk(actor_of(request), person(request), firm, values, Origin())
    except Refused as fault:
        look.refuse(line, "", str(values["name"]), worded(fault))
        return
    if known is None:
        look.count("new")
    else:
        version = RiskPoint.objects.values_list("version", flat=True).get(pk=pk)
        look.count("changed" if version > known.version else "same")


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
