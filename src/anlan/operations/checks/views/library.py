"""The item library: read by all, kept by the bureau, brought in from Excel."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.backbone.workbooks import workbook
from anlan.operations.checks.actions import put_item, put_items, retire_item
from anlan.operations.checks.forms import required_file
from anlan.operations.checks.models import CheckItem
from anlan.operations.checks.queries.library import current_items, versions_of
from anlan.operations.checks.queries.registers import ITEMS
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import download, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_BYTES = 5 * 1024 * 1024


@require_GET
@requires("checks.view")
def items_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    asked = registers.asked_here(request, ITEMS)
    page = registers.page(ITEMS, current_items(), asked, scope)
    context = {"page": page, "names": {}, "places": [], "may_keep": scope.may("checks.library")}
    return render(request, "checks/items.html", context)


@require_GET
@requires("checks.view")
def item_page(request: HttpRequest, item_code: str) -> HttpResponse:
    versions = versions_of(item_code)
    if not versions:
        raise Http404
    newest = versions[0]
    facts = [(one, _value(newest, one)) for one in ITEMS.fields if one.key != "text"]
    context = {
        "item": newest, "facts": facts, "versions": versions,
        "may_keep": scope_of(request.user).may("checks.library") and newest.until is None,
    }  # fmt: skip
    return render(request, "checks/item.html", context)


@require_http_methods(["GET", "POST"])
@requires("checks.library")
def new_item_page(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@requires("checks.library")
def correct_item_page(request: HttpRequest, item_code: str) -> HttpResponse:
    old = current_items().filter(code=item_code).first()
    if old is None:
        raise Http404
    return _form(request, old)


def _form(request: HttpRequest, old: CheckItem | None) -> HttpResponse:
    entered = registers.Entered(_typed_before(old))
    if request.method == "POST":
        given = request.POST.dict() | ({"code": old.code} if old else {})
        values, entered = registers.typed(ITEMS, {k: str(v) for k, v in given.items()})
        reason = str(given.get("reason", ""))
        if old and not reason.strip():
            entered.errors["reason"] = _("Say why.")
        if old is None and current_items().filter(code=values.get("code", "")).exists():
            entered.errors["code"] = _("There is an item of this code: correct that one.")
        if not entered.errors:
            try:
                put_item(actor_of(request), values, reason=reason)
            except Refused as fault:
                entered.errors["code"] = worded(fault)
            else:
                messages.success(request, _("The item is in force."))
                return HttpResponseRedirect("/checks/items", status=303)
    fields = [one for one in ITEMS.typed if old is None or one.key != "code"]
    context = {"item": old, "fields": fields, "entered": entered}
    return render(request, "checks/item_form.html", context, status=422 if entered.errors else 200)


@require_POST
@requires("checks.library")
def retire(request: HttpRequest, item_code: str) -> HttpResponse:
    if not versions_of(item_code):
        raise Http404
    try:
        retire_item(actor_of(request), item_code, reason=request.POST.get("reason", ""))
        messages.success(request, _("The item is off all lists from now on."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/checks/items/{item_code}", status=303)


@require_GET
@requires("checks.view")
def export(request: HttpRequest) -> HttpResponse:
    """The library as it stands, in the columns that an import reads."""
    rows = current_items().order_by("code")
    keys = [one.key for one in ITEMS.typed]
    lines = [
        [registers.in_figures(one, row[one.key], {}).replace("—", "") for one in ITEMS.typed]
        for row in rows.values(*keys)
    ]
    body = workbook(_("Item library"), [registers.head_of(ITEMS), *lines], range(1, len(keys) + 1))
    return download(body, "items")


@require_http_methods(["GET", "POST"])
@requires("checks.library")
def import_page(request: HttpRequest) -> HttpResponse:
    """A file is taken in whole or, when one cell is wrong, not at all.

    With `faults` nothing is: what is wrong comes as a workbook.
    """
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            raw = required_file(request.FILES.get("file")).read(MOST_BYTES + 1)
            if len(raw) > MOST_BYTES:
                raise Refused(N_("The file is too large."))
            sheet = registers.read_sheet(ITEMS, raw, {}, ())
            faults = registers.fault_lines(sheet.faults)
            if registers.FAULTS in request.POST:
                return registers.fault_book(faults)
            if not faults:
                rows = [values for _line, values in sheet.rows]
                count = put_items(actor_of(request), rows, reason=_("from a file"))
                messages.success(request, _("Taken in: %(count)d items.") % {"count": count})
                return HttpResponseRedirect("/checks/items", status=303)
            context = {
                "faults": registers.fault_page(faults, {}),
                "wrong_lines": sheet.faulty_lines,
            }
        except Refused as fault:
            context = {"wrong": worded(fault)}
        except registers.Unreadable as fault:
            context = {"wrong": str(fault)}
    return render(request, "checks/import.html", context, status=422 if context else 200)


def _value(row: CheckItem, one: registers.Field) -> str:
    return registers.shown(one, getattr(row, one.key), {})


def _typed_before(old: CheckItem | None) -> dict[str, str]:
    if old is None:
        return {"uses": "all", "weight": "plain"}
    return {
        one.key: "" if (value := getattr(old, one.key)) is None else str(value)
        for one in ITEMS.typed
    }
