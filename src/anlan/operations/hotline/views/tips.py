"""Reports for the staff: list, export, the form of a call, a report's file, who reported."""

import secrets
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.hotline.actions import (
    NewTip,
    Who,
    correct_informant,
    see_informant,
    take_call,
)
from anlan.operations.hotline.forms.asking import person
from anlan.operations.hotline.forms.steps import forms_of
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.files import File, earlier, same_hazard, tip_file
from anlan.operations.hotline.queries.known import Known, known_of, read
from anlan.operations.hotline.queries.persons import able_handlers, units
from anlan.operations.hotline.queries.registers import ASKED_HAZARD, TIPS
from anlan.operations.hotline.queries.scope import tips_in
from anlan.operations.hotline.queries.state import grave
from anlan.operations.hotline.rules.hazards import HAZARD_OF, HAZARD_WORDS, Sign
from anlan.operations.hotline.rules.loop import REWARDED
from anlan.operations.hotline.rules.states import (
    APPROVE,
    PAY,
    RECEIVE,
    STATE_PILLS,
    STATE_WORDS,
    UNANSWERED,
    VERB_WORDS,
    Kind,
    State,
)
from anlan.operations.hotline.views.steps import given_choices
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.queries.picking import Picker, picker
from anlan.operations.territory.queries import area_names, streets_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import NP_

CORRECT = NP_("tip form", "Correct who reported")


@require_GET
@requires("hotline.view")
def tips_page(request: HttpRequest) -> HttpResponse:
    scope, one, named = scope_of(request.user), person(request), area_names()
    asked = registers.asked_here(request, TIPS, "open")
    page = registers.page(TIPS, tips_in(scope, one.organisation), asked, scope)
    context = {
        "page": page, "names": named, "places": streets_under("", named),
        "rows": [_line(row) for row in page.rows], "may_receive": scope.may(RECEIVE),
    }  # fmt: skip
    return render(request, "hotline/tips.html", context)


def _line(row: dict[str, Any]) -> dict[str, Any]:
    state, due = State(row["state"]), row["due_on"]
    left = (due - clock.today()).days if due and state in UNANSWERED else None
    return row | {
        "pill": STATE_PILLS[state], "state_word": pgettext(*STATE_WORDS[state]), "left": left,
    }  # fmt: skip


@require_GET
@requires("hotline.view")
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a workbook: it holds nothing of who reported."""
    rows = tips_in(scope_of(request.user), person(request).organisation)
    return registers.taken_out(request, TIPS, rows, area_names(), "/hotline", "hotline")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@requires("hotline.receive")
def call_page(request: HttpRequest, hazard: bool = False) -> HttpResponse:
    """The clerk writes down a call; the code to read out is shown once."""
    only = ASKED_HAZARD if hazard else None
    named = area_names()
    entered = registers.Entered({"key": secrets.token_hex(16)})
    firm = picker(scope_of(request.user), request.POST)
    if request.method == "POST" and firm.searching:
        entered = registers.Entered(request.POST.dict())
    elif request.method == "POST":
        known = {code for code, _name in streets_under("", named)}
        values, entered = registers.typed(TIPS, request.POST.dict(), known, only)
        if not entered.errors:
            try:
                new = _new(request, values, firm, hazard=hazard)
                code = take_call(actor_of(request), person(request), new, _who(request))
            except Refused as fault:
                entered.errors["matter"] = worded(fault)
            else:
                return render(request, "hotline/called.html", {"code": code})
    context = {
        "entered": entered, "fields": _fields(only), "hazard": hazard,
        "places": streets_under("", named),
        "picker": firm, "may_pick": scope_of(request.user).may("safety.view") and not hazard,
        "told": {key: request.POST.get(key, "") for key in ("name", "phone", "works_there")},
    }  # fmt: skip
    return render(request, "hotline/call.html", context, status=422 if entered.errors else 200)


def _fields(only: tuple[str, ...] | None) -> list[registers.Field]:
    """Those of a form: a sign has a form of its own."""
    if only is None:
        return [one for one in TIPS.typed if one.key != "sign"]
    chosen = [one for one in TIPS.typed if one.key in only]
    return [replace(one, required=True) if one.key == "sign" else one for one in chosen]


def _new(request: HttpRequest, values: dict[str, Any], firm: Picker, *, hazard: bool) -> NewTip:
    key = f"call:{request.user.pk}:{request.POST.get('key', '')}"[:64]
    if hazard:
        return NewTip(key=key, kind=Kind.HAZARD, **values)
    kind = Kind(values.pop("kind"))
    values["sign"] = ""
    values["enterprise_id"] = firm.chosen
    values["accused"] = values["accused"] or firm.row.get("name", "")
    return NewTip(key=key, kind=kind, **values)


def _who(request: HttpRequest) -> Who:
    return Who(
        name=request.POST.get("name", ""), phone=request.POST.get("phone", ""),
        works_there=request.POST.get("works_there") == "yes",
    )  # fmt: skip


@require_GET
@requires("hotline.view")
def tip_page(request: HttpRequest, tip_id: int) -> HttpResponse:
    return render(request, "hotline/tip.html", _context(request, _file(request, tip_id)))


@never_cache
@require_POST
@requires("hotline.identity")
def informant(request: HttpRequest, tip_id: int) -> HttpResponse:
    """Who reported, once, for one of the two handlers who says what for."""
    file = _file(request, tip_id)
    try:
        who = see_informant(
            actor_of(request), person(request), tip_id, purpose=request.POST.get("purpose", "")
        )
    except Refused as fault:
        messages.error(request, worded(fault))
        return HttpResponseRedirect(f"/hotline/{tip_id}", status=303)
    return render(request, "hotline/informant.html", {"file": file, "tip": file.tip, "who": who})


@never_cache
@sensitive_post_parameters("name", "phone")
@require_POST
@requires("hotline.identity")
def correct(request: HttpRequest, tip_id: int) -> HttpResponse:
    """Name or telephone as the informant corrects them; they are not shown again."""
    _file(request, tip_id)
    given = {key: request.POST.get(key, "") for key in ("name", "phone", "reason")}
    with registers.step_said(request, CORRECT):
        correct_informant(actor_of(request), person(request), tip_id, **given)
    return HttpResponseRedirect(f"/hotline/{tip_id}", status=303)


def _file(request: HttpRequest, tip_id: int) -> File:
    file = tip_file(tip_id, scope_of(request.user), person(request))
    if file is None:
        raise Http404
    return file


def _known(request: HttpRequest, tip: Tip) -> list[tuple[Known, bool, bool]]:
    """The records beside a sign: as they were shown at the decision, else as they are now; whether
    each is older than the report, and whether the reader's sight reaches it."""
    if not tip.sign or not (tip.unit or tip.verdict):
        return []
    rows = [read(one) for one in tip.known] if tip.verdict else known_of(tip)
    prefix = scope_of(request.user).area_prefix or "-"
    return [(one, one.at < tip.received_at, one.area_code.startswith(prefix)) for one in rows]


def _hazard(tip: Tip) -> str:
    return pgettext(*HAZARD_WORDS[HAZARD_OF[Sign(tip.sign)]]) if tip.sign else ""


def _context(request: HttpRequest, file: File) -> dict[str, Any]:
    tip = file.tip
    choices = given_choices(
        units(tip.kind, tip.sign),
        able_handlers(tip.area_code),
        earlier(tip),
        same_hazard(tip) if "verify" in file.verbs and tip.sign else [],
    )
    rights = scope_of(request.user).rights
    return {
        "file": file, "tip": tip, "pill": STATE_PILLS[State(tip.state)],
        "state_word": pgettext(*STATE_WORDS[State(tip.state)]),
        "steps": [(one, pgettext(*VERB_WORDS[one.verb])) for one in file.steps],
        "forms": registers.drawn(forms_of(tip), file.verbs, file.next_step, choices),
        "known": _known(request, tip), "hazard": _hazard(tip),
        "names": area_names(), "register": TIPS, "unit": units().get(tip.unit, ""),
        # What an insider gets is more: the sum is for who pays it, not for the unit that verifies.
        "sees_reward": file.may_see or bool(rights & {APPROVE, PAY}),
        "too_slight": file.may_see and tip.verdict in REWARDED and not grave(tip),
        "may_open_danger": scope_of(request.user).may("safety.view"),
    }  # fmt: skip
