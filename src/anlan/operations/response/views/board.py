"""The responses, one response's board, and what is decided on it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.actions import Actor, actor_of
from anlan.operations.people.queries import Scope, requires, worded
from anlan.operations.response import forms, queries
from anlan.operations.response.actions import (
    adjust,
    end_response,
    propose_by_hand,
    refresh,
    review_response,
    sign_activation,
    stand_down,
    write_situation_report,
)
from anlan.operations.response.rules.states import TASK_WORDS, TaskState
from anlan.operations.response.views.frame import answer, seen, sight
from anlan.operations.territory.queries import area_names, areas
from anlan.vocabulary import clock
from anlan.vocabulary.levels import ResponseLevel
from anlan.vocabulary.transitions import Refused


@require_GET
@requires("response.view")
def responses_page(request: HttpRequest) -> HttpResponse:
    scope, _organisation = sight(request)
    rows = queries.activations(scope)
    context = {
        "rows": rows, "running": [row for row in rows if row.running],
        "waiting": [row for row in rows if row.state == "STANDBY"],
        "may_propose": scope.may("response.dispatch"),
    }  # fmt: skip
    return render(request, "response/list.html", context)


@require_http_methods(["GET", "POST"])
@requires("response.dispatch")
def new_page(request: HttpRequest) -> HttpResponse:
    scope, _organisation = sight(request)
    wrong = ""
    if request.method == "POST":
        try:
            pk = propose_by_hand(actor_of(request), forms.proposal(request.POST))
            return HttpResponseRedirect(f"/response/{pk}", status=303)
        except Refused as fault:
            wrong = worded(fault)
    prefix = scope.area_prefix or "-"
    context = {
        "wrong": wrong, "typed": request.POST, "plans": queries.plans(clock.today()),
        "levels": list(ResponseLevel),
        "places": [(a.code, a.name) for kind in ("district", "township") for a in areas(kind)
                   if a.code.startswith(prefix)],
    }  # fmt: skip
    return render(request, "response/new.html", context, status=422 if wrong else 200)


@require_GET
@requires("response.view")
def response_page(request: HttpRequest, activation_id: int) -> HttpResponse:
    scope, organisation = sight(request)
    row = seen(activation_id, scope)
    if row.state == "STANDBY":
        return render(request, "response/decide.html", _decision(row, scope))
    tasks = queries.tasks(activation_id, scope, organisation)
    state, place = request.GET.get("state", ""), request.GET.get("place", "")
    sent = queries.shares(activation_id)
    names = area_names({t.area_code[:9] for t in tasks} | {t.area_code for t in tasks})
    context = {
        "row": row, "tabs": _tabs(tasks), "state": state, "place": place,
        "tasks": [_task_line(t, names) for t in tasks if _asked(t, state, place)],
        "places": sorted({t.area_code[:9] for t in tasks}), "names": names,
        "late": [_task_line(t, names) for t in tasks if t.late][:8],
        "communities": queries.communities(activation_id, scope, sent),
        "shelters": queries.shelters_used(activation_id, scope, sent),
        "steps": queries.steps(activation_id), "reports": queries.situation_reports(activation_id),
        "open": sum(t.open for t in tasks), "whole": scope.may("response.dispatch"),
        **_rights(row, scope),
    }  # fmt: skip
    context["places"] = [(code, names.get(code, code)) for code in context["places"]]
    return render(request, "response/board.html", context)


@require_http_methods(["GET", "POST"])
@requires("response.dispatch")
def situation_page(request: HttpRequest, activation_id: int) -> HttpResponse:
    scope, _organisation = sight(request)
    row = seen(activation_id, scope)
    if request.method == "POST":

        def write() -> str:
            text = request.POST.get("text", "")
            number = write_situation_report(actor_of(request), activation_id, text)
            return _("Situation report %(number)d is filed.") % {"number": number}

        return answer(request, write, f"/response/{activation_id}")
    if not row.running:
        messages.error(request, _("The response does not run; there is nothing to report."))
        return HttpResponseRedirect(f"/response/{activation_id}", status=303)
    text, _figures = queries.situation(row)
    reports = queries.situation_reports(activation_id)
    context = {"row": row, "text": text, "number": len(reports) + 1, "reports": reports}
    return render(request, "response/situation.html", context)


@require_POST
@requires("response.view")
def change(request: HttpRequest, activation_id: int, verb: str) -> HttpResponse:
    scope, _organisation = sight(request)
    seen(activation_id, scope)
    if verb not in VERBS:
        raise Http404
    return answer(
        request,
        lambda: VERBS[verb](actor_of(request), activation_id, request),
        f"/response/{activation_id}",
    )


def _sign(who: Actor, activation_id: int, request: HttpRequest) -> str:
    chosen, reason = forms.level(request.POST), request.POST.get("reason", "")
    given = sign_activation(who, activation_id, chosen, reason)
    return _("The response runs; %(tasks)d tasks are given.") % {"tasks": given}


def _stand_down(who: Actor, activation_id: int, request: HttpRequest) -> str:
    stand_down(who, activation_id, request.POST.get("reason", ""))
    return _("No response was started.")


def _adjust(who: Actor, activation_id: int, request: HttpRequest) -> str:
    chosen, reason = forms.level(request.POST), request.POST.get("reason", "")
    given = adjust(who, activation_id, chosen, reason)
    return _("The level is changed; %(tasks)d tasks are new.") % {"tasks": given}


def _refresh(who: Actor, activation_id: int, request: HttpRequest) -> str:
    given = refresh(who, activation_id)
    return _("Up to date; %(tasks)d tasks are new.") % {"tasks": given}


def _end(who: Actor, activation_id: int, request: HttpRequest) -> str:
    clear_open = request.POST.get("clear_open") == "1"
    end_response(who, activation_id, request.POST.get("reason", ""), clear_open=clear_open)
    return _("The response has ended; the review is owed.")


def _review(who: Actor, activation_id: int, request: HttpRequest) -> str:
    review_response(who, activation_id, request.POST.get("text", ""))
    return _("The review is filed.")


VERBS: dict[str, Callable[[Actor, int, HttpRequest], str]] = {
    "sign": _sign,
    "stand-down": _stand_down,
    "adjust": _adjust,
    "refresh": _refresh,
    "end": _end,
    "review": _review,
}


def _decision(row: queries.ActivationRow, scope: Scope) -> dict[str, Any]:
    runs = queries.dry_run(row.id)
    proposed = next((one for one in runs if one.level.level == row.proposed_level), None)
    own = row.proposed_by_id is not None and row.proposed_by_id == scope.account_id
    return {
        "row": row, "runs": runs, "proposed": proposed, "own": own,
        "may_sign": proposed is not None and scope.may(proposed.level.right) and not own,
        "may_decide": scope.may("response.sign"), "reaches": [
            one.level.level for one in runs if scope.may(one.level.right)
        ],
    }  # fmt: skip


def _rights(row: queries.ActivationRow, scope: Scope) -> dict[str, Any]:
    """What this account may do with the running response."""
    levels = {one.level: one for one in queries.levels_of(row.id)}

    def may(level: int | None) -> bool:
        return level in levels and scope.may(levels[level].right)

    severest = min((n for n in (row.level, row.proposed_level) if n is not None), default=None)
    return {
        "may_dispatch": scope.may("response.dispatch") and row.running,
        "may_adjust": row.proposed_level is not None and row.running and may(severest),
        "may_end": row.running and may(row.level),
        "may_review": row.state == "ENDED" and scope.may("response.dispatch"),
    }


def _tabs(tasks: list[queries.TaskRow]) -> list[tuple[str, str, int]]:
    counted = Counter(t.state for t in tasks)
    late = sum(t.late for t in tasks)
    tabs = [("", _("All"), len(tasks))]
    if late:
        tabs.append(("LATE", pgettext("task state", "Late"), late))
    tabs += [(s.value, pgettext(*TASK_WORDS[s]), counted[s]) for s in TaskState if counted[s]]
    return tabs


def _asked(task: queries.TaskRow, state: str, place: str) -> bool:
    of_state = task.late if state == "LATE" else not state or task.state == state
    return of_state and task.area_code.startswith(place)


def _task_line(task: queries.TaskRow, names: dict[str, str]) -> dict[str, Any]:
    town = names.get(task.area_code[:9], "")
    place = "" if task.owner_name in (town, "") else town
    return {"task": task, "place": place, "pill": "late" if task.late else task.pill}
