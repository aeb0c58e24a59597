"""What is done with a policy: entered, renewed, corrected, withdrawn, its photos and documents."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.insurance import actions
from anlan.operations.insurance.actions import Holder
from anlan.operations.insurance.models import Policy, PolicyDocument
from anlan.operations.insurance.queries.policies import PolicyFile, policy_file
from anlan.operations.insurance.queries.registers import POLICIES
from anlan.operations.insurance.queries.scope import person_of, policies_in
from anlan.operations.insurance.rules.words import CATASTROPHE, LIABILITY
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.queries.photographs import paper_answer, sent_bytes
from anlan.operations.safety.queries.picking import picker
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def _file(request: HttpRequest, policy_id: int, verb: str = "") -> PolicyFile:
    """A policy within sight on which the reader may take the step; else 404."""
    file = policy_file(policy_id, scope_of(request.user))
    if file is None or (verb and verb not in file.verbs):
        raise Http404
    return file


@require_http_methods(["GET", "POST"])
@requires("insurance.keep")
def new_page(request: HttpRequest) -> HttpResponse:
    """A policy of an enterprise; with `kind=catastrophe` the district's own."""
    scope = scope_of(request.user)
    given = request.POST or request.GET
    own = given.get("kind") == CATASTROPHE
    firm = None if own else picker(scope, given.dict(), required=True)
    entered = registers.Entered({})
    if request.method == "POST" and not (firm and firm.searching):
        values, entered = registers.typed(POLICIES, request.POST.dict())
        if firm is not None and firm.chosen is None:
            raise Http404
        holder = (
            Holder(kind=CATASTROPHE, name=request.POST.get("insured", "")) if firm is None
            else Holder(kind=LIABILITY, enterprise_id=firm.chosen)
        )  # fmt: skip
        if not entered.errors and (done := _entered(request, holder, values, entered)):
            return done
    elif request.method == "POST":
        entered = registers.Entered(request.POST.dict())
    return _form(request, entered, {"picker": firm, "own": own})


def _entered(
    request: HttpRequest, holder: Holder, values: dict[str, Any], entered: registers.Entered,
    follows: int | None = None,
) -> HttpResponse | None:  # fmt: skip
    """The way to the new policy; None where it was refused, then `entered` says why."""
    try:
        pk = actions.enter_policy(
            actor_of(request), person_of(scope_of(request.user)), holder, values, follows=follows
        )
    except Refused as fault:
        entered.errors["number"] = worded(fault)
        return None
    messages.success(request, _("The policy is entered."))
    return HttpResponseRedirect(f"/insurance/{pk}", status=303)


def _form(
    request: HttpRequest, entered: registers.Entered, more: dict[str, Any]
) -> HttpResponse:  # fmt: skip
    context = {"entered": entered, "fields": POLICIES.typed, "given": request.POST, **more}
    status = 422 if entered.errors else 200
    return render(request, "insurance/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("insurance.keep")
def renew_page(request: HttpRequest, policy_id: int) -> HttpResponse:
    """The policy that follows: as the one before, a year on."""
    before = _file(request, policy_id, "renew").policy
    entered = registers.Entered(_said(before) | _next_year(before) | {"number": "", "note": ""})
    if request.method == "POST":
        values, entered = registers.typed(POLICIES, request.POST.dict())
        holder = Holder(kind=before.kind, enterprise_id=before.enterprise_id, name=before.name)
        if not entered.errors and (
            done := _entered(request, holder, values, entered, before.pk)
        ):  # fmt: skip
            return done
    return _form(request, entered, {"before": before})


def _said(policy: Policy) -> dict[str, str]:
    values = {one.key: getattr(policy, one.key) for one in POLICIES.typed}
    return {key: "" if value is None else str(value) for key, value in values.items()}


def _next_year(before: Policy) -> dict[str, str]:
    starts = before.ends_on + timedelta(days=1)
    try:
        again = starts.replace(year=starts.year + 1)
    except ValueError:  # 29 February
        again = date(starts.year + 1, 3, 1)
    return {"starts_on": f"{starts}", "ends_on": f"{again - timedelta(days=1)}"}


@require_http_methods(["GET", "POST"])
@requires("insurance.keep")
def correct_page(request: HttpRequest, policy_id: int) -> HttpResponse:
    policy = _file(request, policy_id, "correct").policy
    entered = registers.Entered(_said(policy))
    if request.method == "POST":
        values, entered = registers.typed(POLICIES, request.POST.dict())
        if not entered.errors:
            try:
                actions.correct_policy(
                    actor_of(request), person_of(scope_of(request.user)), policy_id, values,
                    reason=request.POST.get("reason", ""),
                    seen=registers.key_of(request.POST.get("seen", "")),
                )  # fmt: skip
            except Refused as fault:
                entered.errors["number"] = worded(fault)
            else:
                messages.success(request, _("Saved; what it said before is kept."))
                return HttpResponseRedirect(f"/insurance/{policy_id}", status=303)
    return _form(request, entered, {"corrected": policy})


@require_POST
@requires("insurance.keep")
def withdraw(request: HttpRequest, policy_id: int) -> HttpResponse:
    _file(request, policy_id)
    try:
        actions.withdraw_policy(
            actor_of(request), person_of(scope_of(request.user)), policy_id,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
        messages.success(request, _("The policy counts no more; its record stays."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/insurance/{policy_id}", status=303)


@require_POST
@requires("insurance.keep")
def add_document(request: HttpRequest, policy_id: int) -> HttpResponse:
    _file(request, policy_id)
    sent = request.FILES.get("document")
    try:
        raw = sent_bytes(sent, N_("Choose a photo or document of the policy."))
        person, name = person_of(scope_of(request.user)), str(sent.name) if sent else ""
        actions.add_document(actor_of(request), person, policy_id, raw, name)
        messages.success(request, _("It is kept with the policy."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/insurance/{policy_id}", status=303)


@require_GET
@requires("insurance.view")
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    mine = policies_in(scope_of(request.user)).values("pk")
    kept = PolicyDocument.objects.filter(pk=document_id, policy__in=mine).first()
    if kept is None:
        raise Http404
    return paper_answer(kept)
