"""Who is away: entered by the person, or by the leader for somebody of the unit."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anlan.operations.deadlines.actions import Leave, be_away, be_back
from anlan.operations.deadlines.queries import answered_for, away, in_sight, possible_deputies
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires
from anlan.operations.registers.queries import day_typed
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


@require_http_methods(["GET", "POST"])
@requires("duty.desk")
def absences_page(request: HttpRequest) -> HttpResponse:
    """Who of the unit is away, and the form; `account` names for whom it is."""
    people = answered_for(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    account = _account(asked.get("account", ""), people, request)
    wrong = ""
    if request.method == "POST":
        try:
            be_away(actor_of(request), _leave(request, account))
            messages.success(request, _("Entered: the deputy has the desk in that time."))
            return HttpResponseRedirect("/absences", status=303)
        except Refused as fault:
            wrong = _(fault.message)
    context = {
        "people": people, "account": account, "deputies": possible_deputies(account),
        "away": away(in_sight(request.user)), "wrong": wrong,
        "today": f"{clock.today()}", "typed": request.POST,
    }  # fmt: skip
    return render(request, "deadlines/absences.html", context, status=422 if wrong else 200)


@require_POST
@requires("duty.desk")
def end(request: HttpRequest) -> HttpResponse:
    """Back again, or the absence was entered in error."""
    people = answered_for(request.user)
    account = _account(request.POST.get("account", ""), people, request)
    be_back(actor_of(request), account, _number(request.POST.get("absence", "")) or None)
    messages.success(request, _("The absence has ended."))
    return HttpResponseRedirect("/absences", status=303)


def _account(text: str, people: dict[int, str], request: HttpRequest) -> int:
    if not text:
        return int(request.user.pk or 0)
    account = _number(text)
    if account not in people:
        raise Http404
    return account


def _leave(request: HttpRequest, account: int) -> Leave:
    return Leave(
        account_id=account, deputy_id=_number(request.POST.get("deputy", "")),
        first_on=day_typed(request.POST.get("first_on", "")),
        last_on=day_typed(request.POST.get("last_on", "")),
    )  # fmt: skip


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
