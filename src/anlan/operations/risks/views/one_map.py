"""The risk one map of an enterprise: its plans in four colours, its board and cards for print."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers.queries import clean, key_of, qr, series, watermark
from anlan.operations.risks import actions
from anlan.operations.risks.models import RiskPoint
from anlan.operations.risks.queries.files import one_map, risk_file
from anlan.operations.risks.queries.scope import hazards_in, plans_in
from anlan.operations.risks.rules.accident_types import ACCIDENT_WORDS
from anlan.operations.risks.rules.completeness import LACKING_WORDS
from anlan.operations.risks.rules.loop import (
    CONTROL_WORDS,
    CONTROLS,
    RATE,
    STATE_PILLS,
    STATE_WORDS,
    State,
    may_keep,
)
from anlan.operations.risks.views.asking import enterprise, person
from anlan.operations.safety.queries.persons import people_of
from anlan.operations.safety.queries.photographs import photo_answer, sent_bytes
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@require_GET
@requires("safety.view")
def map_page(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    firm = enterprise(scope, enterprise_id)
    found = one_map(enterprise_id, scope)
    rows = [
        {"risk": one, "pill": STATE_PILLS[State(one.state)],
         "state_word": pgettext(*STATE_WORDS[State(one.state)])}
        for one in found.risks
    ]  # fmt: skip
    context = {
        "firm": firm, "counts": found.counts, "rows": rows, "plans": _plans(found.plans, rows),
        "score": found.complete.score,
        "lacking": [(pgettext(*LACKING_WORDS[k]), n) for k, n in found.complete.lacking.items()],
        "hazards": list(hazards_in(scope).filter(enterprise=enterprise_id).order_by("level")),
        "may_keep": may_keep(person(request), enterprise_id, bool(people_of(enterprise_id))),
        "on_map": scope.may("territory.map"),
    }  # fmt: skip
    return render(request, "risks/one_map.html", context)


def _plans(plans: list[Any], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each plan with the risk points that stand on it; places in percent."""
    return [
        {"plan": plan, "points": [
            {"risk": row["risk"], "x": f"{row['risk'].x * 100:.2f}",
             "y": f"{row['risk'].y * 100:.2f}"}
            for row in rows if row["risk"].plan_id == plan.pk
        ]}
        for plan in plans
    ]  # fmt: skip


@require_POST
@requires("safety.view")
def add_plan(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    firm = enterprise(scope_of(request.user), enterprise_id)
    sent = request.FILES.get("plan")
    try:
        raw = sent_bytes(sent, N_("Choose a picture of the plan."))
        name = clean(request.POST.get("name", "")) or firm["name"]
        actions.keep_plan(actor_of(request), person(request), enterprise_id, name, raw)
        messages.success(request, _("The plan is kept. Now place the risk points on it."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/enterprises/{enterprise_id}/risks", status=303)


@require_GET
@requires("safety.view")
def plan_picture(request: HttpRequest, plan_id: int) -> HttpResponse:
    kept = plans_in(scope_of(request.user)).filter(pk=plan_id).first()
    if kept is None:
        raise Http404
    return photo_answer(kept)


@require_http_methods(["GET", "POST"])
@requires(RATE)
def place_page(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Tap on the plan where the risk point is."""
    scope = scope_of(request.user)
    file = risk_file(risk_id, scope, person(request))
    if file is None:
        raise Http404
    if not file.may_place:
        messages.error(request, _("The enterprise's own people take this step."))
        return HttpResponseRedirect(f"/risks/{risk_id}", status=303)
    risk = file.risk
    plans = list(plans_in(scope).filter(enterprise=risk.enterprise_id).order_by("-id")[:6])
    if request.method == "POST":
        try:
            at = _share(request, "x"), _share(request, "y")
            pk = key_of(request.POST.get("plan", "")) or 0
            actions.place_risk(actor_of(request), person(request), risk_id, pk, at)
        except Refused as fault:
            messages.error(request, worded(fault))
        else:
            messages.success(request, _("Placed on the plan."))
            return HttpResponseRedirect(f"/enterprises/{risk.enterprise_id}/risks", status=303)
    asked = next((p for p in plans if str(p.pk) == request.GET.get("plan", "")), None)
    plan = asked or risk.plan or (plans[0] if plans else None)
    own = plan is not None and risk.plan_id == plan.pk
    context = {
        "risk": risk, "plans": plans, "plan": plan,
        "x": f"{risk.x * 100:.2f}" if own and risk.x is not None else "",
        "y": f"{risk.y * 100:.2f}" if own and risk.y is not None else "",
    }  # fmt: skip
    return render(request, "risks/place.html", context)


def _share(request: HttpRequest, key: str) -> float:
    try:
        return float(request.POST.get(key, ""))
    except ValueError:
        raise Refused(N_("Tap on the plan where it is.")) from None


@require_GET
@requires("safety.view")
def card(request: HttpRequest, risk_id: int) -> HttpResponse:
    """The risk notice card 风险告知卡 of one point, for print."""
    file = risk_file(risk_id, scope_of(request.user), person(request))
    if file is None:
        raise Http404
    return render(request, "risks/card.html", _printed(request) | _card(file.risk))


def _card(risk: RiskPoint) -> dict[str, Any]:
    return {
        "risk": risk, "qr": qr(f"/risks/{risk.pk}"),
        "accidents": series(pgettext(*ACCIDENT_WORDS[code]) for code in risk.accidents),
        "controls": [
            (pgettext(*CONTROL_WORDS[key]), risk.controls[key])
            for key in CONTROLS if key != "emergency" and risk.controls.get(key)
        ],
        "emergency": risk.controls.get("emergency", ""),
    }  # fmt: skip


@require_GET
@requires("safety.view")
def board(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """The four-colour board 四色图公告栏 of an enterprise, for print."""
    scope = scope_of(request.user)
    firm = enterprise(scope, enterprise_id)
    found = one_map(enterprise_id, scope)
    rows = [
        {"risk": one,
         "accidents": series(pgettext(*ACCIDENT_WORDS[code]) for code in one.accidents)}
        for one in found.risks
    ]  # fmt: skip
    context = _printed(request) | {
        "firm": firm, "counts": found.counts, "rows": rows, "plans": _plans(found.plans, rows),
        "qr": qr(f"/enterprises/{enterprise_id}/risks"),
    }  # fmt: skip
    return render(request, "risks/board.html", context)


def _printed(request: HttpRequest) -> dict[str, Any]:
    return {"mark": watermark(str(request.user)), "today": clock.today()}
