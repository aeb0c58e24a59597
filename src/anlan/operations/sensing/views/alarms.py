"""Alarms: the list, and taking one in hand."""

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import AlreadyAcknowledged, acknowledge_alarm
from anlan.operations.sensing.rules.alarm_states import STATE_WORDS, AlarmState
from anlan.operations.sensing.views.lines import alarm_lines, said
from anlan.vocabulary import clock


@require_GET
@requires("sensing.view")
def alarms_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    state = request.GET.get("state", AlarmState.OPEN.value)
    rows = queries.alarms(scope)
    counts = Counter(row.state for row in rows)
    shown = [row for row in rows if not state or row.state == state]
    tabs = [(one.value, said(STATE_WORDS[one]), counts[one.value]) for one in AlarmState]
    context = {
        "lines": alarm_lines(shown), "state": state, "open": counts[AlarmState.OPEN.value],
        "tabs": [*tabs, ("", _("All"), len(rows))], "may_handle": scope.may("sensing.handle"),
    }  # fmt: skip
    return render(request, "sensing/alarms.html", context)


@require_POST
@requires("sensing.handle")
def acknowledge(request: HttpRequest, alarm_id: int) -> HttpResponse:
    actor = actor_of(request)
    scope = scope_of(request.user)
    if queries.alarm(scope, alarm_id) is None:
        raise Http404
    try:
        acknowledge_alarm(actor, scope, alarm_id, request.POST.get("note", ""))
        messages.success(request, _("You have taken this alarm. It left the desk."))
    except AlreadyAcknowledged as known:
        at = f"{known.at.astimezone(clock.CHINA):%H:%M}" if known.at else ""
        words = _("%(by)s has already taken this alarm at %(at)s. Nothing was changed.")
        messages.info(request, words % {"by": known.by, "at": at})
    back = request.POST.get("back", "")
    return redirect(back if back.startswith("/stations/") else "alarms-observed")
