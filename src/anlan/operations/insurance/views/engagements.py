"""Engagements of providers: the list, a new one, its file with delivery and ratings."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.insurance import actions
from anlan.operations.insurance.actions import NewEngagement
from anlan.operations.insurance.queries.ratings import engagement_file, provider_file
from anlan.operations.insurance.queries.scope import engagements_in, person_of
from anlan.operations.insurance.queries.service_registers import ENGAGEMENTS, PROVIDERS
from anlan.operations.insurance.rules.engagements import (
    ENGAGEMENT_STATE_PILLS,
    ENGAGEMENT_STATE_WORDS,
    VERB_WORDS,
    EngagementState,
)
from anlan.operations.insurance.rules.words import SERVICE_WORDS, SIDE_WORDS
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import Input, StepForm, drawn, step_said
from anlan.operations.safety.queries.picking import picker
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import NP_

FORMS: Mapping[str, StepForm] = {
    "finish": StepForm(
        NP_("engagement form", "Enter what was delivered"),
        (Input("delivered", NP_("engagement form", "What was delivered")),
         Input("report_on", NP_("engagement form", "Day of the report"), "day")),
        actions.finish,
    ),
    "rate": StepForm(
        NP_("engagement form", "Rate the service"),
        (Input("score", NP_("engagement form", "From 1 (bad) to 5 (good)"), "choice"),
         Input("reason", NP_("engagement form", "Why"))),
        actions.rate,
    ),
    "cancel": StepForm(
        NP_("engagement form", "Call it off"), (Input("reason", NP_("engagement form", "Why")),),
        actions.take_engagement_step,
    ),
}  # fmt: skip
SCORES = {"score": [(n, str(n)) for n in range(5, 0, -1)]}


@require_GET
@requires("insurance.view")
def engagements_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    asked = registers.asked_here(request, ENGAGEMENTS)
    page = registers.page(ENGAGEMENTS, engagements_in(scope), asked, scope)
    rows = [
        row | {"pill": ENGAGEMENT_STATE_PILLS[EngagementState(row["state"])],
               "state_word": pgettext(*ENGAGEMENT_STATE_WORDS[EngagementState(row["state"])])}
        for row in page.rows
    ]  # fmt: skip
    return render(request, "insurance/engagements.html", {"page": page, "rows": rows})


@require_GET
@requires("insurance.view")
def engagements_export(request: HttpRequest) -> HttpResponse:
    rows = engagements_in(scope_of(request.user))
    return registers.taken_out(request, ENGAGEMENTS, rows, {}, "/engagements", "engagements")


@require_http_methods(["GET", "POST"])
@requires("insurance.keep")
def new_page(request: HttpRequest, provider_id: int) -> HttpResponse:
    """An engagement of a provider."""
    scope = scope_of(request.user)
    file = provider_file(provider_id, scope)
    if file is None:
        raise Http404
    firm = picker(scope, (request.POST or request.GET).dict(), required=True)
    entered = registers.Entered({})
    if request.method == "POST" and not firm.searching:
        values, entered = registers.typed(ENGAGEMENTS, request.POST.dict())
        if firm.chosen is None:
            raise Http404
        if not entered.errors:
            new = NewEngagement(
                provider_id=provider_id, enterprise_id=firm.chosen, kind=values["kind"],
                starts_on=values["starts_on"], ends_on=values["ends_on"],
            )  # fmt: skip
            try:
                pk = actions.engage(actor_of(request), person_of(scope), new)
                return HttpResponseRedirect(f"/engagements/{pk}", status=303)
            except Refused as fault:
                entered.errors["kind"] = worded(fault)
    elif request.method == "POST":
        entered = registers.Entered(request.POST.dict())
    context = {
        "provider": file.provider, "picker": firm, "entered": entered,
        "fields": ENGAGEMENTS.typed, "register": PROVIDERS,
    }  # fmt: skip
    status = 422 if entered.errors else 200
    return render(request, "insurance/engage.html", context, status=status)


@require_GET
@requires("insurance.view")
def engagement_page(request: HttpRequest, engagement_id: int) -> HttpResponse:
    file = engagement_file(engagement_id, scope_of(request.user))
    if file is None:
        raise Http404
    one, state = file.engagement, EngagementState(file.engagement.state)
    context = {
        "file": file, "one": one, "service": pgettext(*SERVICE_WORDS[one.kind]),
        "pill": ENGAGEMENT_STATE_PILLS[state],
        "state_word": pgettext(*ENGAGEMENT_STATE_WORDS[state]),
        "ratings": [(r, pgettext(*SIDE_WORDS[r.side])) for r in file.ratings],
        "steps": [(step, pgettext(*VERB_WORDS[step.verb])) for step in file.steps],
        "forms": drawn(FORMS, file.verbs, "" if file.mine else "rate", SCORES),
    }  # fmt: skip
    return render(request, "insurance/engagement.html", context)


@require_POST
@requires("insurance.keep")
def step(request: HttpRequest, engagement_id: int) -> HttpResponse:
    scope, verb = scope_of(request.user), request.POST.get("verb", "")
    form = FORMS.get(verb)
    if form is None or engagement_file(engagement_id, scope) is None:
        raise Http404
    with step_said(request, form.button):
        actions.take_engagement(
            actor_of(request), person_of(scope), engagement_id, verb, request.POST.dict()
        )
    return HttpResponseRedirect(f"/engagements/{engagement_id}", status=303)
