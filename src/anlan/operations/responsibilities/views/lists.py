"""The board of a year, a leader's or a unit's page, its duties, and that its list was read."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import (
    OrganisationRow,
    Scope,
    organisations,
    requires,
    scope_of,
    unit_staff,
    worded,
)
from anlan.operations.registers.queries import clean, day_typed, key_of
from anlan.operations.responsibilities.actions import (
    NewBearer,
    NewDuty,
    add_duty,
    change_duty,
    end_bearer,
    end_duty,
    put_bearer,
    sign_reading,
)
from anlan.operations.responsibilities.models import Duty
from anlan.operations.responsibilities.queries import bearer_file, bearers_in, board, person_of
from anlan.operations.responsibilities.queries.registers import EARLIEST, LATEST
from anlan.operations.responsibilities.rules.loop import may_keep
from anlan.operations.responsibilities.rules.states import KEEP, STATE_PILLS, STATE_WORDS, State
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


def year_asked(request: HttpRequest) -> int:
    """The year in the address, else this one."""
    year = key_of(request.GET.get("year", ""))
    return year if year is not None and EARLIEST <= year <= LATEST else clock.today().year


def units_kept(scope: Scope) -> list[OrganisationRow]:
    """The units whose lists an account keeps: of the bureau all, else its own."""
    person = person_of(scope)
    return [one for one in organisations() if may_keep(person, one.code)]


@require_GET
@requires("assessment.view")
def board_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    found = board(scope, year_asked(request))
    context = {"board": found, "whole": found.whole, "may_keep": scope.may(KEEP)}
    return render(request, "responsibilities/board.html", context)


@require_GET
@requires("assessment.view")
def bearer_page(request: HttpRequest, bearer_id: int) -> HttpResponse:
    file = bearer_file(bearer_id, year_asked(request), scope_of(request.user))
    if file is None:
        raise Http404
    works = [
        (one.work, one.late, STATE_PILLS[State(one.work.state)],
         pgettext(*STATE_WORDS[State(one.work.state)]))
        for one in file.works
    ]  # fmt: skip
    context = {"file": file, "bearer": file.bearer, "works": works, "today": clock.today()}
    return render(request, "responsibilities/bearer.html", context)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def new_page(request: HttpRequest) -> HttpResponse:
    """Open the list of a unit or of one of its posts; known ones are corrected."""
    scope, wrong = scope_of(request.user), ""
    units = units_kept(scope)
    given = request.POST or request.GET
    unit = given.get("unit", "") or (units[0].code if len(units) == 1 else "")
    if request.method == "POST":
        new = NewBearer(
            unit_code=unit, post=clean(given.get("post", "")), name=clean(given.get("name", "")),
            account_id=key_of(given.get("account", "")),
        )  # fmt: skip
        try:
            pk = put_bearer(actor_of(request), person_of(scope), new)
            return HttpResponseRedirect(f"/responsibilities/{pk}", status=303)
        except Refused as fault:
            wrong = worded(fault)
    people = unit_staff(unit) if unit in {one.code for one in units} else []
    context = {"units": units, "unit": unit, "people": people, "given": given, "wrong": wrong}
    return render(request, "responsibilities/new.html", context, status=422 if wrong else 200)


@require_POST
@requires("assessment.view")
def sign(request: HttpRequest, bearer_id: int) -> HttpResponse:
    """The list of the year was read; the button stands on the leader's own page only."""
    _seen(request, bearer_id)
    year = year_asked(request)
    return _done(
        request, bearer_id, _("Signed: the list of %(year)d was read.") % {"year": year},
        lambda: sign_reading(actor_of(request), person_of(scope_of(request.user)), bearer_id, year),
    )  # fmt: skip


@require_POST
@requires(KEEP)
def end(request: HttpRequest, bearer_id: int) -> HttpResponse:
    _seen(request, bearer_id)
    return _done(
        request, bearer_id, _("The list is ended."),
        lambda: end_bearer(actor_of(request), person_of(scope_of(request.user)), bearer_id),
    )  # fmt: skip


@require_POST
@requires(KEEP)
def add(request: HttpRequest, bearer_id: int) -> HttpResponse:
    _seen(request, bearer_id)
    return _done(
        request, bearer_id, _("The duty is in the list."),
        lambda: add_duty(
            actor_of(request), person_of(scope_of(request.user)), bearer_id, _duty(request)
        ),
    )  # fmt: skip


@require_POST
@requires(KEEP)
def change(request: HttpRequest, duty_id: int) -> HttpResponse:
    bearer_id = _of(request, duty_id)
    return _done(
        request, bearer_id, _("The duty has a new version."),
        lambda: change_duty(
            actor_of(request), person_of(scope_of(request.user)), duty_id, _duty(request)
        ),
    )  # fmt: skip


@require_POST
@requires(KEEP)
def end_a_duty(request: HttpRequest, duty_id: int) -> HttpResponse:
    bearer_id = _of(request, duty_id)
    return _done(
        request, bearer_id, _("The duty is ended."),
        lambda: end_duty(
            actor_of(request), person_of(scope_of(request.user)), duty_id,
            day_typed(request.POST.get("valid_to", "")),
        ),
    )  # fmt: skip


def _duty(request: HttpRequest) -> NewDuty:
    return NewDuty(
        text=clean(request.POST.get("text", "")), basis=clean(request.POST.get("basis", "")),
        valid_from=day_typed(request.POST.get("valid_from", "")),
    )  # fmt: skip


def _seen(request: HttpRequest, bearer_id: int) -> None:
    if not bearers_in(scope_of(request.user)).filter(pk=bearer_id).exists():
        raise Http404


def _of(request: HttpRequest, duty_id: int) -> int:
    """The list of a duty within sight."""
    seen = bearers_in(scope_of(request.user)).order_by().values("pk")
    duty = Duty.objects.filter(pk=duty_id, bearer__in=seen).first()
    if duty is None:
        raise Http404
    return duty.bearer_id


def _done(
    request: HttpRequest, bearer_id: int, said: str, take: Callable[[], object]
) -> HttpResponse:
    try:
        take()
        messages.success(request, said)
    except Refused as fault:
        messages.error(request, worded(fault))
    address = f"/responsibilities/{bearer_id}?year={year_asked(request)}"
    return HttpResponseRedirect(address, status=303)
