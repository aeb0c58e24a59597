"""The list of serious dishonesty: who is in it, a notice, a listing's file and its steps."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.credit.actions import Notice, give_notice, take_step
from anlan.operations.credit.queries import (
    events_in,
    listing_file,
    listings_in,
    person_of,
    terms_in_force,
)
from anlan.operations.credit.queries.registers import EVENTS, LISTINGS
from anlan.operations.credit.rules.states import (
    PROPOSE,
    SOURCE_WORDS,
    STATE_PILLS,
    STATE_WORDS,
    VERB_WORDS,
    State,
)
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import Input, StepForm, drawn, step_said
from anlan.operations.safety.queries.picking import picker
from anlan.operations.territory.queries import area_names, streets_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import NP_

_WHY = (Input("reason", NP_("listing form", "Why")),)
FORMS: Mapping[str, StepForm] = {
    verb: StepForm(word, inputs, take_step)
    for verb, word, inputs in (
        ("object", NP_("listing form", "Object"), _WHY),
        ("reject objection", NP_("listing form", "Reject the objection"), _WHY),
        ("uphold objection", NP_("listing form", "Uphold the objection"), _WHY),
        ("enter", NP_("listing form", "Enter it in the list"), ()),
        ("ask repair", NP_("listing form", "Ask for repair"), _WHY),
        ("refuse repair", NP_("listing form", "Refuse repair"), _WHY),
        ("grant repair", NP_("listing form", "Grant repair"), ()),
        ("withdraw notice", NP_("listing form", "Withdraw the notice"), _WHY),
        ("revoke listing", NP_("listing form", "Revoke the listing"), _WHY),
    )
}


@require_GET
@requires("credit.view")
def listings_page(request: HttpRequest) -> HttpResponse:
    """Everybody listed now, when nothing else is asked for."""
    scope = scope_of(request.user)
    asked = registers.asked_here(request, LISTINGS, "listed")
    page = registers.page(LISTINGS, listings_in(scope), asked, scope)
    rows = [
        row | {"pill": STATE_PILLS[State(row["state"])],
               "state_word": pgettext(*STATE_WORDS[State(row["state"])])}
        for row in page.rows
    ]  # fmt: skip
    context = {
        "page": page, "rows": rows, "places": _places(scope), "may_propose": scope.may(PROPOSE),
        "terms": terms_in_force(clock.today()),
    }  # fmt: skip
    return render(request, "credit/listings.html", context)


def _places(scope: Scope) -> list[tuple[str, str]]:
    """The streets to choose from; an enterprise has nothing to choose."""
    return [] if scope.reach == "itself" else streets_under(scope.area_prefix or "", area_names())


@require_GET
@requires("credit.view")
def listings_export(request: HttpRequest) -> HttpResponse:
    rows = listings_in(scope_of(request.user))
    return registers.taken_out(request, LISTINGS, rows, {}, "/credit", "credit-listings")


@require_GET
@requires("credit.view")
def events_page(request: HttpRequest) -> HttpResponse:
    """What counts now, when nothing else is asked for."""
    scope = scope_of(request.user)
    asked = registers.asked_here(request, EVENTS, "counting")
    page = registers.page(EVENTS, events_in(scope), asked, scope)
    rows = [row | {"source_word": pgettext(*SOURCE_WORDS[row["source"]])} for row in page.rows]
    context = {
        "page": page, "rows": rows, "places": _places(scope),
        "terms": terms_in_force(clock.today()),
    }  # fmt: skip
    return render(request, "credit/events.html", context)


@require_GET
@requires("credit.view")
def events_export(request: HttpRequest) -> HttpResponse:
    rows = events_in(scope_of(request.user))
    return registers.taken_out(request, EVENTS, rows, {}, "/credit/events", "credit-events")


@require_http_methods(["GET", "POST"])
@requires("credit.propose")
def notice_page(request: HttpRequest) -> HttpResponse:
    scope, wrong = scope_of(request.user), ""
    firm = picker(scope, request.POST or request.GET, required=True)
    if request.method == "POST" and not firm.searching:
        months = request.POST.get("months", "")
        if firm.chosen is None:
            raise Http404
        try:
            pk = give_notice(
                actor_of(request), person_of(scope), firm.chosen, Notice(
                    facts=request.POST.get("facts", ""), basis=request.POST.get("basis", ""),
                    months=int(months)
                    if months.isascii() and months.isdigit() and len(months) < 4 else 0,
                ),
            )  # fmt: skip
            return HttpResponseRedirect(f"/credit/{pk}", status=303)
        except Refused as fault:
            wrong = worded(fault)
    context = {"wrong": wrong, "picker": firm, "given": request.POST}
    return render(request, "credit/notice.html", context, status=422 if wrong else 200)


@require_GET
@requires("credit.view")
def listing_page(request: HttpRequest, listing_id: int) -> HttpResponse:
    file = listing_file(listing_id, scope_of(request.user))
    if file is None:
        raise Http404
    state = State(file.listing.state)
    context = {
        "file": file, "listing": file.listing, "pill": STATE_PILLS[state],
        "state_word": pgettext(*STATE_WORDS[state]),
        "steps": [(one, pgettext(*VERB_WORDS[one.verb])) for one in file.steps],
        "may_open_case": scope_of(request.user).may("enforcement.view"),
        "forms": drawn(FORMS, file.verbs, "enter", {}),
    }  # fmt: skip
    return render(request, "credit/listing.html", context)


@require_POST
@requires("credit.view")
def step(request: HttpRequest, listing_id: int) -> HttpResponse:
    scope, verb = scope_of(request.user), request.POST.get("verb", "")
    form = FORMS.get(verb)
    if form is None or listing_file(listing_id, scope) is None:
        raise Http404
    with step_said(request, form.button):
        take_step(
            actor_of(request), person_of(scope), listing_id, verb,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
    return HttpResponseRedirect(f"/credit/{listing_id}", status=303)
