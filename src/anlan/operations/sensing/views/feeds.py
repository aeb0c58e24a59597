"""Feeds: what is asked again and again, how it has been going, and how it is set up."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires
from anlan.operations.people.queries.days import moment_words
from anlan.operations.registers.queries import Entered
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import ask_feed, save_feed, switch_feed
from anlan.operations.sensing.feed_form import FORMATS, feed_settings, shown_feed
from anlan.operations.sensing.models import Feed
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS
from anlan.operations.sensing.rules.feeds import KIND_WORDS, FeedKind
from anlan.operations.sensing.rules.weather import SIX, ZONES
from anlan.operations.sensing.views.lines import said
from anlan.vocabulary import clock
from anlan.vocabulary.elements import UNITS

_HOUR_MIN, _DAY_MIN = 60, 2 * 24 * 60


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.configure")
def feeds_page(request: HttpRequest) -> HttpResponse:
    """Every feed; `?edit=` opens one in the form. A POST saves what was typed."""
    rows = {str(row.id): row for row in queries.feeds()}
    if request.method == "GET":
        edited = rows.get(request.GET.get("edit", ""))
        return _feeds(request, shown_feed(edited), opened=edited is not None)
    ident = request.POST.get("id", "")
    if ident and ident not in rows:
        raise Http404
    codes = {one.code for one in queries.stations()}
    settings, entered = feed_settings(request.POST.dict(), codes)
    if settings is None:
        return _feeds(request, entered, opened=True, status=422)
    save_feed(actor_of(request), settings, int(ident) if ident else None)
    messages.success(request, _("Saved. The feed is being asked; what it brings appears here."))
    return redirect("feeds")


@require_POST
@requires("sensing.configure")
def ask(request: HttpRequest, feed_id: int) -> HttpResponse:
    try:
        ask_feed(actor_of(request), feed_id)
    except Feed.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The feed is being asked; what it brings appears here."))
    return redirect("feeds")


@require_POST
@requires("sensing.configure")
def switch(request: HttpRequest, feed_id: int) -> HttpResponse:
    on = request.POST.get("on") == "1"
    try:
        switch_feed(actor_of(request), feed_id, on)
    except Feed.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The feed is asked again.") if on else _("The feed is off."))
    return redirect("feeds")


def feed_lines() -> list[dict[str, Any]]:
    """Every feed with its state in words."""
    return [
        {"row": row, "kind": said(KIND_WORDS[row.kind]), "mark": mark, "state": state,
         "success": _ago(row.last_success_at), "minutes": row.interval_s // 60}
        for row in queries.feeds()
        for mark, state in [_state(row)]
    ]  # fmt: skip


def _feeds(
    request: HttpRequest, entered: Entered, *, opened: bool, status: int = 200
) -> HttpResponse:
    lines = feed_lines()
    context = {
        "lines": lines, "entered": entered, "opened": opened or not lines, "formats": FORMATS,
        "late": sum(line["mark"] == "late" for line in lines),
        "kinds": [(kind.value, said(KIND_WORDS[kind])) for kind in FeedKind],
        "zones": [(key, _("China time") if key == "china" else "UTC") for key in ZONES],
        "six": [
            {"name": f"column_{one}", "word": said(ELEMENT_WORDS[one]), "unit": UNITS[one],
             "value": entered.values.get(f"column_{one}", "")}
            for one in SIX
        ],
    }  # fmt: skip
    return render(request, "sensing/feeds.html", context, status=status)


def _state(row: queries.FeedRow) -> tuple[str, str]:
    if not row.active:
        return "stop", pgettext("feed state", "off")
    if row.overdue:
        return "late", pgettext("feed state", "overdue")
    if row.last_error:
        return "late", pgettext("feed state", "last asking failed")
    if row.last_success_at is None:
        return "wait", pgettext("feed state", "not yet asked")
    return "done", pgettext("feed state", "on time")


def _ago(at: datetime | None) -> str:
    """12 minutes ago, 3 hours ago, or the day and time."""
    if at is None:
        return pgettext("success", "never")
    minutes = max(0, int((clock.now() - at).total_seconds() // 60))
    if minutes < 1:
        return _("less than a minute ago")
    if minutes < _HOUR_MIN:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if minutes < _DAY_MIN:
        hours = minutes // _HOUR_MIN
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    return moment_words(at)
