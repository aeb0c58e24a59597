"""The campaigns with their progress; opening and ending one."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.campaigns.actions import NewCampaign, end_campaign, open_campaign
from anlan.operations.campaigns.queries import campaigns_in, person_of, progress
from anlan.operations.campaigns.queries.registers import CAMPAIGN_FIELDS
from anlan.operations.campaigns.rules.states import KEEP, VIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.queries.persons import units
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@require_GET
@requires(VIEW)
def campaigns_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    context = {"campaigns": progress(scope), "may_open": scope.may(KEEP)}
    return render(request, "campaigns/campaigns.html", context)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def new_page(request: HttpRequest) -> HttpResponse:
    scope, entered, wrong = scope_of(request.user), registers.Entered({}), ""
    if request.method == "POST":
        given = {key: str(value) for key, value in request.POST.items()}
        values, entered = registers.typed(CAMPAIGN_FIELDS, given)
        if not entered.errors:
            try:
                new = _new(given, values)
                pk = open_campaign(actor_of(request), person_of(scope), new)
                return HttpResponseRedirect(f"/campaigns/{pk}", status=303)
            except Refused as fault:
                wrong = worded(fault)
    context = {
        "entered": entered, "wrong": wrong, "fields": CAMPAIGN_FIELDS.typed,
        "leads": _leads(scope),
    }  # fmt: skip
    bad = bool(wrong or entered.errors)
    return render(request, "campaigns/new.html", context, status=422 if bad else 200)


def _new(given: dict[str, str], values: dict[str, date | str]) -> NewCampaign:
    lead = units().get(given.get("lead", ""))
    if lead is None:
        raise Refused(N_("Choose the unit that leads it."))
    begins_on, ends_on = values["begins_on"], values["ends_on"]
    assert isinstance(begins_on, date)
    assert isinstance(ends_on, date)
    return NewCampaign(
        title=str(values["title"]), basis=str(values["basis"]), lead=lead, begins_on=begins_on,
        ends_on=ends_on,
    )  # fmt: skip


def _leads(scope: Scope) -> list[tuple[str, str]]:
    """The units that a campaign of this account may be led by: its own, for the bureau any."""
    person = person_of(scope)
    return [(code, one.name) for code, one in sorted(units().items()) if person.leads(code)]


@require_POST
@requires(KEEP)
def end(request: HttpRequest, campaign_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    campaign, person = campaigns_in(scope).filter(pk=campaign_id).first(), person_of(scope)
    if campaign is None or not person.leads(campaign.lead_code):
        raise Http404
    try:
        end_campaign(actor_of(request), person, campaign_id)
        messages.success(request, _("The campaign is over."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/campaigns/{campaign_id}", status=303)
