"""Today's board for street and bureau."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.operations.patrols.models import PatrolTask
from anlan.operations.patrols.queries import board as queries
from anlan.operations.patrols.rules.states import (
    FORM_WORDS,
    HAZARD_WORDS,
    STATE_PILLS,
    STATE_WORDS,
    WALK,
    Form,
    Hazard,
    State,
)
from anlan.operations.patrols.views.asking import features, map_props
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers.queries import day_asked
from anlan.vocabulary import clock


@require_GET
@requires("patrols.view")
def board_page(request: HttpRequest) -> HttpResponse:
    """What is due on a day (`?day=`, today where none is asked), who is under way, the map."""
    day, scope = day_asked(request.GET.get("day", ""), clock.today()), scope_of(request.user)
    found = queries.board(scope, day)
    props = map_props("/patrols/map", queries.fit(found.rows))
    for layer in props["layers"]:
        layer["url"] += f"?day={day}"
    context = {
        "board": found, "map": props, "rows": [worded(one) for one in found.rows],
        "states": [(pgettext(*STATE_WORDS[one]), STATE_PILLS[one], found.states.get(one, 0))
                   for one in State if found.states.get(one)],
        "underway": [worded(one) for one in found.underway], "may_walk": scope.may(WALK),
    }  # fmt: skip
    return render(request, "patrols/board.html", context)


@require_GET
@requires("patrols.view")
def map_part(request: HttpRequest, patrol_part: str) -> HttpResponse:
    """One layer of the board's map."""
    rows = queries.board(
        scope_of(request.user), day_asked(request.GET.get("day", ""), clock.today())
    ).rows
    return features(patrol_part, {"lines": queries.lines(rows), "points": queries.points(rows)})


def worded(task: PatrolTask) -> dict[str, Any]:
    """A patrol with its words for a row."""
    state = State(task.state)
    return {
        "task": task, "pill": STATE_PILLS[state], "state_word": pgettext(*STATE_WORDS[state]),
        "form_word": pgettext(*FORM_WORDS[Form(task.form)]),
        "hazard_word": pgettext(*HAZARD_WORDS[Hazard(task.hazard)]),
        "count": len(task.reached),
    }  # fmt: skip
