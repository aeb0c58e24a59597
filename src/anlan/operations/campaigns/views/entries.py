"""A campaign's list, one listed enterprise with its steps, and the form that lists one."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.campaigns.actions import NewEntry, list_enterprise, take_step
from anlan.operations.campaigns.models import Campaign
from anlan.operations.campaigns.queries import campaigns_in, entries_in, entry_file, person_of
from anlan.operations.campaigns.queries.registers import ENTRIES
from anlan.operations.campaigns.rules.loop import late
from anlan.operations.campaigns.rules.states import (
    KEEP,
    MEASURE_WORDS,
    STATE_PILLS,
    STATE_WORDS,
    VERB_WORDS,
    VIEW,
    State,
)
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import Input, StepForm, drawn, step_said
from anlan.operations.safety.queries.picking import picker
from anlan.operations.safety.queries.rows import enterprise_row
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_

_WHY = (Input("words", NP_("campaign form", "Why")),)
FORMS: Mapping[str, StepForm] = {
    verb: StepForm(word, inputs, take_step)
    for verb, word, inputs in (
        ("begin", NP_("campaign form", "Begin"), ()),
        ("submit", NP_("campaign form", "Report it done"),
         (Input("words", NP_("campaign form", "What was done (evidence)")),)),
        ("accept", NP_("campaign form", "Accept"),
         (Input("words", NP_("campaign form", "How it was looked at")),)),
        ("return", NP_("campaign form", "Return"),
         (Input("words", NP_("campaign form", "What is lacking")),)),
        ("extend", NP_("campaign form", "Move the deadline"),
         (Input("due_on", NP_("campaign form", "New deadline"), "day"), *_WHY)),
        ("drop", NP_("campaign form", "Take off the list"), _WHY),
    )
}  # fmt: skip
TYPED = ("measure", "what", "due_on")


@require_GET
@requires(VIEW)
def campaign_page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """What is not settled, when nothing else is asked for."""
    scope, named = scope_of(request.user), area_names()
    campaign = _campaign(campaign_id, scope)
    asked = registers.asked_here(request, ENTRIES, "open")
    page = registers.page(ENTRIES, entries_in(scope).filter(campaign=campaign_id), asked, scope)
    today, running = clock.today(), campaign.ended_at is None
    leads = person_of(scope).leads(campaign.lead_code)
    context = {
        "campaign": campaign, "page": page, "names": named, "running": running,
        "places": places_under(scope.area_prefix or "", named),
        "rows": [
            row | {"pill": STATE_PILLS[State(row["state"])],
                   "state_word": pgettext(*STATE_WORDS[State(row["state"])]),
                   "measure_word": pgettext(*MEASURE_WORDS[row["measure"]]),
                   "late": late(row["state"], row["due_on"], today)}
            for row in page.rows
        ],
        "may_list": running and leads,
    }  # fmt: skip
    return render(request, "campaigns/campaign.html", context)


@require_GET
@requires(VIEW)
def export(request: HttpRequest, campaign_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    _campaign(campaign_id, scope)
    rows = entries_in(scope).filter(campaign=campaign_id)
    address = f"/campaigns/{campaign_id}"
    return registers.taken_out(request, ENTRIES, rows, area_names(), address, "campaign")


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def list_page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Put an enterprise on the list; a GET may name it already."""
    scope, wrong = scope_of(request.user), ""
    campaign, person = _campaign(campaign_id, scope), person_of(scope)
    if campaign.ended_at is not None or not person.leads(campaign.lead_code):
        raise Http404
    given = {key: str(value) for key, value in (request.POST or request.GET).items()}
    picked, entered = picker(scope, given, required=True), registers.Entered(given)
    if request.method == "POST" and not picked.searching:
        values, entered = registers.typed(ENTRIES, given, only=TYPED)
        if not entered.errors:
            try:
                new = _new(scope, picked.chosen, values)
                pk = list_enterprise(actor_of(request), person, campaign_id, new)
                return HttpResponseRedirect(f"/campaigns/entries/{pk}", status=303)
            except Refused as fault:
                wrong = worded(fault)
    context = {
        "campaign": campaign, "picker": picked, "entered": entered, "wrong": wrong,
        "fields": [ENTRIES.field(key) for key in TYPED],
    }  # fmt: skip
    bad = bool(wrong or entered.errors)
    return render(request, "campaigns/list.html", context, status=422 if bad else 200)


def _new(scope: Scope, enterprise_id: int | None, values: dict[str, Any]) -> NewEntry:
    firm = None if enterprise_id is None else enterprise_row(enterprise_id, scope)
    if firm is None:
        raise Refused(N_("Choose the enterprise."))
    return NewEntry(
        enterprise=firm, measure=values["measure"], what=values["what"], due_on=values["due_on"]
    )


@require_GET
@requires(VIEW)
def entry_page(request: HttpRequest, entry_id: int) -> HttpResponse:
    file = entry_file(entry_id, scope_of(request.user))
    if file is None:
        raise Http404
    state = State(file.entry.state)
    main = next((one for one in ("accept", "submit") if one in file.verbs), "")
    context = {
        "entry": file.entry, "campaign": file.entry.campaign, "late": file.late,
        "pill": STATE_PILLS[state], "state_word": pgettext(*STATE_WORDS[state]),
        "measure_word": pgettext(*MEASURE_WORDS[file.entry.measure]), "names": area_names(),
        "steps": [(one, pgettext(*VERB_WORDS[one.verb])) for one in file.steps],
        "forms": drawn(FORMS, file.verbs, main, {}),
    }  # fmt: skip
    return render(request, "campaigns/entry.html", context)


@require_POST
@requires(VIEW)
def step(request: HttpRequest, entry_id: int) -> HttpResponse:
    scope, verb = scope_of(request.user), request.POST.get("verb", "")
    form = FORMS.get(verb)
    if form is None or not entries_in(scope).filter(pk=entry_id).exists():
        raise Http404
    with step_said(request, form.button):
        take_step(
            actor_of(request), person_of(scope), entry_id, verb,
            words=request.POST.get("words", ""),
            due_on=registers.day_asked(request.POST.get("due_on", ""), None),
        )  # fmt: skip
    return HttpResponseRedirect(f"/campaigns/entries/{entry_id}", status=303)


def _campaign(campaign_id: int, scope: Scope) -> Campaign:
    campaign = campaigns_in(scope).filter(pk=campaign_id).first()
    if campaign is None:
        raise Http404
    return campaign
