"""Event files: list, file, report form and report; pages only parse and render."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.incidents import forms, queries
from anlan.operations.incidents.actions import (
    ReportText,
    close_incident,
    decline_incident,
    open_incident,
    open_new_incident,
    record_phone_report,
    report_continuing,
    report_final,
    report_first,
    return_report,
    settle_incident,
    sign_report,
)
from anlan.operations.incidents.actions.reporting import FiguresRefused
from anlan.operations.incidents.rules.loss import FIELD, FIELDS, GROUP_WORDS, Figures, written
from anlan.operations.incidents.rules.states import (
    HAZARD_WORDS,
    STATE_WORDS,
    IncidentState,
    ReportKind,
)
from anlan.operations.people.actions import Actor, actor_of
from anlan.operations.people.queries import Scope, requires, scope_of, worded
from anlan.operations.registers.queries import Entered, series
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

PILLS = {"PROPOSED": "wait", "OPEN": "doing", "CLOSED": "done", "DECLINED": "stop"}
REPORT_PILLS = {"DRAFTED": "wait", "SIGNED": "done", "RETURNED": "stop"}
TERM_PILLS = {"met": "done", "met_late": "late", "waiting": "wait", "late": "late",
              "missed": "late"}  # fmt: skip
DRAFT: dict[str, Callable[[Actor, int, ReportText], int]] = {
    ReportKind.FIRST: report_first,
    ReportKind.CONTINUING: report_continuing,
    ReportKind.FINAL: report_final,
}


@require_GET
@requires("incidents.view")
def incidents_page(request: HttpRequest) -> HttpResponse:
    scope, state = scope_of(request.user), request.GET.get("state", "")
    rows = queries.incidents(scope)
    counted = Counter(row.state for row in rows)
    tabs = [("", _("All"), len(rows))]
    tabs += [(s.value, pgettext(*STATE_WORDS[s]), counted[s]) for s in IncidentState if counted[s]]
    context = {
        "rows": [(row, PILLS[row.state]) for row in rows if not state or row.state == state],
        "tabs": tabs, "state": state, "open": counted["OPEN"], "proposed": counted["PROPOSED"],
        "may_draft": scope.may("incidents.draft"),
    }  # fmt: skip
    return render(request, "incidents/list.html", context)


@require_http_methods(["GET", "POST"])
@requires("incidents.draft")
def new_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    entered = Entered({"known_at": f"{clock.now():%Y-%m-%dT%H:%M}"})
    if request.method == "POST":
        new, entered = forms.new_incident(request.POST.dict())
        if new is not None and _in_sight(scope, new.area_code):
            try:
                pk = open_new_incident(actor_of(request), new)
            except Refused as fault:
                entered.errors["known_at"] = worded(fault)
            else:
                return HttpResponseRedirect(f"/incidents/{pk}", status=303)
        elif new is not None:
            entered.errors["area_code"] = _("This place is outside your territory.")
    prefix = scope.area_prefix or "-"
    context = {
        "entered": entered, "hazards": [(k, pgettext(*t)) for k, t in HAZARD_WORDS.items()],
        "places": [(a.code, a.name) for kind in ("district", "township") for a in areas(kind)
                   if a.code.startswith(prefix)],
    }  # fmt: skip
    return render(request, "incidents/new.html", context, status=422 if entered.errors else 200)


@require_GET
@requires("incidents.view")
def incident_page(request: HttpRequest, incident_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    file = _file(incident_id, scope)
    last = next(iter(file.signed), None)
    context = {
        "file": file, "row": file.row, "pill": PILLS[file.row.state],
        "terms": [(term, TERM_PILLS[term.status]) for term in file.obligations],
        "reports": [(report, REPORT_PILLS[report.state]) for report in file.reports],
        "last": last, "figures": _shown(last.figures) if last else [],
        "may_draft": scope.may("incidents.draft"), "may_sign": scope.may("incidents.sign"),
        "may_respond": scope.may("response.view"),
    }  # fmt: skip
    return render(request, "incidents/file.html", context)


@require_http_methods(["GET", "POST"])
@requires("incidents.draft")
def report_form(request: HttpRequest, incident_id: int) -> HttpResponse:
    file = _file(incident_id, scope_of(request.user))
    if file.row.state != IncidentState.OPEN:
        messages.error(request, _("This file is not open; nothing can be reported on it."))
        return HttpResponseRedirect(f"/incidents/{incident_id}", status=303)
    ready = queries.prefill(incident_id, final=request.GET.get("kind") == "final")
    entered, findings = _before(file, ready), []
    if request.method == "POST":
        text, entered = forms.report_text(request.POST.dict())
        if not entered.errors:
            try:
                pk = DRAFT[ready.kind](actor_of(request), incident_id, text)
            except FiguresRefused as fault:
                findings = [_finding(one.message, one.fields) for one in fault.findings]
                entered.errors |= {key: "" for one in fault.findings for key in one.fields}
            except Refused as fault:
                messages.error(request, worded(fault))
            else:
                return HttpResponseRedirect(f"/incidents/{incident_id}/reports/{pk}", status=303)
    context = {
        "file": file, "row": file.row, "ready": ready, "entered": entered, "findings": findings,
        "groups": _groups(ready, entered), "holds": file.holds,
    }  # fmt: skip
    wrong = bool(entered.errors or findings)
    return render(request, "incidents/report_form.html", context, status=422 if wrong else 200)


@require_GET
@requires("incidents.view")
def report_page(request: HttpRequest, incident_id: int, report_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    file = _file(incident_id, scope)
    report = next((one for one in file.reports if one.id == report_id), None)
    if report is None:
        raise Http404
    before = next((one for one in file.signed if one.sequence < report.sequence), None)
    own = report.drafted_by_id == scope.account_id
    sent = queries.sent_to(report.mailing_id) if report.mailing_id else None
    context = {
        "file": file, "row": file.row, "report": report, "pill": REPORT_PILLS[report.state],
        "figures": _shown(report.figures), "before": before, "own": own,
        "changes": queries.difference(report.figures, before.figures if before else {}),
        "may_sign": scope.may("incidents.sign") and not own, "holds": file.holds,
        "can_sign": scope.may("incidents.sign"), "sent": sent,
    }  # fmt: skip
    return render(request, "incidents/report.html", context)


@require_POST
@requires("incidents.view")
def change_report(
    request: HttpRequest, incident_id: int, report_id: int, verb: str
) -> HttpResponse:
    scope = scope_of(request.user)
    report = queries.report(report_id, scope)
    if report is None or report.incident_id != incident_id or verb not in ("sign", "return"):
        raise Http404
    if not scope.may("incidents.sign"):
        return _refused(request)
    address = f"/incidents/{incident_id}/reports/{report_id}"
    try:
        if verb == "sign":
            sign_report(actor_of(request), report_id)
            messages.success(request, _("Signed."))
        else:
            return_report(actor_of(request), report_id, request.POST.get("why", ""))
            messages.success(request, _("Returned to the drafter."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(address, status=303)


@require_POST
@requires("incidents.view")
def change(request: HttpRequest, incident_id: int, verb: str) -> HttpResponse:
    scope = scope_of(request.user)
    if verb not in VERBS:
        raise Http404
    _file(incident_id, scope)
    right, act, words = VERBS[verb]
    if not scope.may(right):
        return _refused(request)
    try:
        act(request, incident_id)
        messages.success(request, _(words))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/incidents/{incident_id}", status=303)


def _open(request: HttpRequest, incident_id: int) -> None:
    open_incident(actor_of(request), incident_id)


def _decline(request: HttpRequest, incident_id: int) -> None:
    decline_incident(actor_of(request), incident_id, request.POST.get("why", ""))


def _phone(request: HttpRequest, incident_id: int) -> None:
    told = request.POST.get("told", "").strip() or _("the municipality's duty office")
    record_phone_report(actor_of(request), incident_id, told, request.POST.get("note", "").strip())


def _settle(request: HttpRequest, incident_id: int) -> None:
    settle_incident(actor_of(request), incident_id)


def _close(request: HttpRequest, incident_id: int) -> None:
    close_incident(actor_of(request), incident_id)


VERBS: dict[str, tuple[str, Callable[[HttpRequest, int], None], str]] = {
    "open": ("incidents.draft", _open, N_("The file is open; the reporting terms run.")),
    "decline": ("incidents.draft", _decline, N_("No file was opened.")),
    "phone": ("incidents.draft", _phone, N_("The call is recorded.")),
    "settle": ("incidents.draft", _settle, N_("The event is stable; the final report is owed.")),
    "close": ("incidents.sign", _close, N_("The file is closed.")),
}


def _file(incident_id: int, scope: Scope) -> queries.IncidentFile:
    file = queries.incident(incident_id, scope)
    if file is None:
        raise Http404
    return file


def _refused(request: HttpRequest) -> HttpResponse:
    return requires("incidents.sign")(lambda r: HttpResponse(status=403))(request)


def _in_sight(scope: Scope, area: str) -> bool:
    return area.startswith(scope.area_prefix or "-")


def _finding(message: str, keys: tuple[str, ...]) -> tuple[str, str]:
    return _(message), series(pgettext(*FIELD[key].word) for key in keys)


def _shown(figures: Figures) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Groups of (word, unit, figure), only groups in which something is known."""
    found = []
    for group, word in GROUP_WORDS.items():
        fields = [f for f in FIELDS if f.group == group]
        if any(figures.get(f.key) is not None for f in fields):
            lines = [
                (pgettext(*f.word), pgettext(*f.unit), written(figures.get(f.key))) for f in fields
            ]
            found.append((pgettext(*word), lines))
    return found


def _before(file: queries.IncidentFile, ready: queries.Prefill) -> Entered:
    """What the form shows at first: the draft that waits, else the records."""
    draft = file.draft
    figures = draft.figures if draft else ready.figures
    values = {k: _plain(v) for k, v in figures.items() if v is not None}
    values["situation"] = draft.situation if draft else ready.situation
    values["measures"] = draft.measures if draft else ready.measures
    values["reason"] = draft.reason if draft else ""
    return Entered(values)


def _groups(ready: queries.Prefill, entered: Entered) -> list[dict[str, Any]]:
    previous = ready.previous or {}
    return [
        {
            "word": pgettext(*word),
            "fields": [
                {
                    "key": f.key, "word": pgettext(*f.word), "unit": pgettext(*f.unit),
                    "decimals": f.decimals, "value": entered.values.get(f.key, ""),
                    "before": written(previous.get(f.key)),
                    "source": ready.sources.get(f.key), "wrong": f.key in entered.errors,
                    "error": entered.errors.get(f.key, ""),
                }
                for f in FIELDS
                if f.group == group
            ],
        }
        for group, word in GROUP_WORDS.items()
    ]  # fmt: skip


def _plain(value: object) -> str:
    text = f"{value}"
    return text.rstrip("0").rstrip(".") if "." in text else text
