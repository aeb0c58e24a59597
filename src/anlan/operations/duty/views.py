"""The duty desk and the command screen: they parse and render; the rest is queries."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.checks.queries import OnSite
from anlan.operations.checks.queries import on_site as checks_on_site
from anlan.operations.deadlines.queries import DeskItem, desk
from anlan.operations.duty.actions import note
from anlan.operations.duty.actions.log import EmptyNote
from anlan.operations.duty.queries import log, shift_now
from anlan.operations.duty.queries.picture import (
    hydrograph_props,
    map_props,
    stages_props,
    timeline_props,
)
from anlan.operations.duty.queries.sentence import sentence
from anlan.operations.duty.queries.situation import situation, waters
from anlan.operations.duty.queries.wall import wall_lists
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of
from anlan.operations.territory.queries import AreaRow, areas
from anlan.vocabulary import clock

NOW_MINUTES = 30
TODAY_MINUTES = 24 * 60


def groups(items: list[DeskItem]) -> list[tuple[str, list[DeskItem]]]:
    """Work items as the desk shows them, by how soon they are due; empty groups are left out."""

    def place(item: DeskItem) -> str:
        if item.minutes_left is None:
            return "undated"
        if item.minutes_left <= NOW_MINUTES:
            return "now"
        return "today" if item.minutes_left <= TODAY_MINUTES else "later"

    named = {
        "now": _("Now"), "today": _("Within a day"), "later": _("After a day"),
        "undated": _("No deadline"),
    }  # fmt: skip
    sorted_in = {key: [item for item in items if place(item) == key] for key in named}
    return [(named[key], rows) for key, rows in sorted_in.items() if rows]


@require_GET
@requires("duty.desk")
def desk_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    items = desk(scope)
    on_site = _on_site(scope, items)
    context = {
        "waiting": len(items) + (on_site is not None),
        "items": items,
        "groups": groups(items),
        "on_site": on_site,
        "shift": shift_now(),
        "waters": waters() if scope.may("sensing.view") else (),
        "log": log() if scope.may("duty.log") else (),
        "may_write": scope.may("duty.log"),
    }
    part = "duty/desk_part.html" if request.GET.get("part") else "duty/desk.html"
    return render(request, part, context)


def _on_site(scope: Scope, items: list[DeskItem]) -> OnSite | None:
    """Checks that wait for this account and of which no item on its desk speaks."""
    said = any(item.kind == "check" for item in items)
    return None if said else checks_on_site(scope, clock.today())


@require_POST
@requires("duty.log")
def write_log(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    try:
        note(actor, request.POST.get("text", ""))
    except EmptyNote:
        messages.error(request, _("The line is empty. Nothing was written."))
    return redirect("desk")


def district() -> AreaRow | None:
    """The district of this installation; None before it is loaded."""
    return next(iter(areas(kind="district")), None)


@require_GET
@requires("duty.command")
def command_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    home = district()
    now = situation(scope, home.code if home else "")
    context = {
        "s": now,
        "sentence": sentence(now),
        "shift": shift_now(),
        "district": home,
        "hydrograph": hydrograph_props(now),
        "map": map_props(now),
        "timeline": timeline_props(now),
        "stages": stages_props(now),
        **wall_lists(scope, now),
    }
    part = "duty/command_part.html" if request.GET.get("part") else "duty/command.html"
    return render(request, part, context)
