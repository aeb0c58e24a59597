"""Providers of services: the register, a provider's file, and what everybody may read of them."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.insurance import actions
from anlan.operations.insurance.models import Provider
from anlan.operations.insurance.queries.ratings import (
    provider_file,
    providers_in,
    rated_providers,
)
from anlan.operations.insurance.queries.scope import person_of
from anlan.operations.insurance.queries.service_registers import PROVIDERS
from anlan.operations.insurance.rules.engagements import (
    ENGAGEMENT_STATE_PILLS,
    ENGAGEMENT_STATE_WORDS,
    PROVIDER_STATE_PILLS,
    PROVIDER_STATE_WORDS,
    VERB_WORDS,
    EngagementState,
    ProviderState,
)
from anlan.operations.insurance.rules.words import KEEP, MANAGE, SERVICE_WORDS
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import Input, StepForm, drawn, step_said
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import NP_

_WHY = (Input("reason", NP_("provider form", "Why")),)
FORMS: Mapping[str, StepForm] = {
    verb: StepForm(word, _WHY, actions.take_provider_step)
    for verb, word in (
        ("suspend", NP_("provider form", "Suspend")),
        ("restore", NP_("provider form", "Restore")),
        ("strike off", NP_("provider form", "Strike off")),
    )
}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """A provider's row with the words of its state, and whether its qualification has ended."""
    state, ends = ProviderState(row["state"]), row["qualified_until"]
    return row | {
        "pill": PROVIDER_STATE_PILLS[state], "state_word": pgettext(*PROVIDER_STATE_WORDS[state]),
        "lapsed": ends is not None and ends < clock.today(),
    }  # fmt: skip


@require_GET
@requires("insurance.view")
def providers_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    asked = registers.asked_here(request, PROVIDERS, "active")
    page = registers.page(PROVIDERS, providers_in(scope), asked, scope)
    context = {
        "page": page, "rows": [_row(row) for row in page.rows], "may_manage": scope.may(MANAGE)
    }  # fmt: skip
    return render(request, "insurance/providers.html", context)


@require_GET
@requires("insurance.view")
def providers_export(request: HttpRequest) -> HttpResponse:
    rows = providers_in(scope_of(request.user))
    return registers.taken_out(request, PROVIDERS, rows, {}, "/providers", "service-providers")


@require_GET
def published_page(request: HttpRequest) -> HttpResponse:
    """Names, qualifications and means for everybody, without an account and without a word."""
    rows = rated_providers().exclude(state=ProviderState.STRUCK).order_by("name")
    keys = ("name", "kinds", "qualification", "qualified_until", "state", "enterprise_mean",
            "enterprise_count", "regulator_mean", "regulator_count")  # fmt: skip
    context = {"rows": [_row(row) for row in rows.values(*keys)], "register": PROVIDERS}
    return render(request, "insurance/published.html", context)


@require_http_methods(["GET", "POST"])
@requires("insurance.manage")
def new_page(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@requires("insurance.manage")
def correct_page(request: HttpRequest, provider_id: int) -> HttpResponse:
    file = provider_file(provider_id, scope_of(request.user))
    if file is None or "correct" not in file.verbs:
        raise Http404
    return _form(request, file.provider)


def _form(request: HttpRequest, provider: Provider | None) -> HttpResponse:
    said = {one.key: getattr(provider, one.key) or "" for one in PROVIDERS.typed if provider}
    entered = registers.Entered({key: str(value) for key, value in said.items()})
    kinds = provider.kinds.split(",") if provider else []
    if request.method == "POST":
        fixed = {"credit_code": provider.credit_code} if provider else {}
        values, entered = registers.typed(PROVIDERS, request.POST.dict() | fixed)
        kinds = request.POST.getlist("kinds")
        if not entered.errors:
            try:
                pk = _save(request, provider, values | {"kinds": kinds})
            except Refused as fault:
                entered.errors["name" if provider else "credit_code"] = worded(fault)
            else:
                return HttpResponseRedirect(f"/providers/{pk}", status=303)
    context = {
        "provider": provider, "entered": entered, "given": request.POST,
        "fields": [one for one in PROVIDERS.typed if not (provider and one.key == "credit_code")],
        "kinds": [(key, pgettext(*word), key in kinds) for key, word in SERVICE_WORDS.items()],
    }  # fmt: skip
    status = 422 if entered.errors else 200
    return render(request, "insurance/provider_form.html", context, status=status)


def _save(request: HttpRequest, provider: Provider | None, values: dict[str, Any]) -> int:
    actor, person = actor_of(request), person_of(scope_of(request.user))
    if provider is None:
        return actions.register_provider(actor, person, values)
    reason = request.POST.get("reason", "")
    actions.correct_provider(actor, person, provider.pk, values, reason=reason)
    return int(provider.pk)


@require_GET
@requires("insurance.view")
def provider_page(request: HttpRequest, provider_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    file = provider_file(provider_id, scope)
    if file is None:
        raise Http404
    one, state = file.provider, ProviderState(file.provider.state)
    ends = one.qualified_until
    context = {
        "file": file, "provider": one, "pill": PROVIDER_STATE_PILLS[state],
        "state_word": pgettext(*PROVIDER_STATE_WORDS[state]), "register": PROVIDERS,
        "lapsed": ends is not None and ends < clock.today(),
        "steps": [(step, pgettext(*VERB_WORDS[step.verb])) for step in file.steps],
        "engagements": [
            (e, pgettext(*SERVICE_WORDS[e.kind]), ENGAGEMENT_STATE_PILLS[EngagementState(e.state)],
             pgettext(*ENGAGEMENT_STATE_WORDS[EngagementState(e.state)]))
            for e in file.engagements
        ],
        "forms": drawn(FORMS, file.verbs, "restore", {}), "may_keep": scope.may(KEEP),
    }  # fmt: skip
    return render(request, "insurance/provider.html", context)


@require_POST
@requires("insurance.manage")
def step(request: HttpRequest, provider_id: int) -> HttpResponse:
    scope, verb = scope_of(request.user), request.POST.get("verb", "")
    form = FORMS.get(verb)
    if form is None or provider_file(provider_id, scope) is None:
        raise Http404
    with step_said(request, form.button):
        actions.take_provider_step(
            actor_of(request), person_of(scope), provider_id, verb,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
    return HttpResponseRedirect(f"/providers/{provider_id}", status=303)
