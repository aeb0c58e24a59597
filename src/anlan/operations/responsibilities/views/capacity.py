"""The capacity board of the streets, and one street's assessment with its steps."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers.queries import Input, StepForm, day_typed, drawn
from anlan.operations.responsibilities.actions import (
    answer,
    open_year,
    said_of,
    take_capacity_step,
)
from anlan.operations.responsibilities.queries import (
    capacity_board,
    capacity_file,
    checks_in,
    person_of,
)
from anlan.operations.responsibilities.rules.capacity import (
    ANSWER_WORDS,
    ASSESS,
    KIND_WORDS,
    REVIEW,
    STATE_PILLS,
    STATE_WORDS,
    VERB_WORDS,
    State,
)
from anlan.operations.responsibilities.views.lists import year_asked
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import NP_

_WHY = (Input("words", NP_("capacity form", "Why")),)
FORMS: Mapping[str, StepForm] = {
    verb: StepForm(word, inputs, take_capacity_step)
    for verb, word, inputs in (
        ("submit", NP_("capacity form", "Submit the assessment"), ()),
        ("accept", NP_("capacity form", "Accept the review"), ()),
        ("object", NP_("capacity form", "Object"), _WHY),
    )
}
DECIDES = ("review", "settle")  # these change items, so their form is the list itself


@require_GET
@requires("assessment.view")
def board_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    found = capacity_board(scope, year_asked(request))
    rows = [
        (one, STATE_PILLS[State(one.check.state)],
         pgettext(*STATE_WORDS[State(one.check.state)]),
         [one.missing[kind] for kind in KIND_WORDS])
        for one in found.rows
    ]  # fmt: skip
    final = sum(one.check.state == State.FINAL for one in found.rows)
    context = {
        "board": found, "rows": rows, "kinds": [pgettext(*word) for word in KIND_WORDS.values()],
        "may_open": scope.may(REVIEW) and found.year == clock.today().year, "final": final,
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "responsibilities/capacity.html", context)


@require_GET
@requires("assessment.view")
def check_page(request: HttpRequest, capacity_id: int) -> HttpResponse:
    file = capacity_file(capacity_id, scope_of(request.user))
    if file is None:
        raise Http404
    state = State(file.check.state)
    decides = next((one for one in DECIDES if one in file.verbs), "")
    answers = [(key, pgettext(*word)) for key, word in ANSWER_WORDS.items()]
    words = dict(answers)
    lines = [
        (one.item, one.answer, pgettext(*KIND_WORDS[one.item.kind]),
         words.get(one.answer.said, "") if one.answer else "",
         words.get(one.answer.reviewed, "") if one.answer else "")
        for one in file.lines
    ]  # fmt: skip
    context = {
        "file": file, "check": file.check, "pill": STATE_PILLS[state],
        "state_word": pgettext(*STATE_WORDS[state]), "lines": lines, "answers": answers,
        "answering": "submit" in file.verbs, "decides": decides,
        "steps": [(one, pgettext(*VERB_WORDS[one.verb])) for one in file.steps],
        "forms": drawn(FORMS, file.verbs, "submit", {}),
    }  # fmt: skip
    return render(request, "responsibilities/capacity_check.html", context)


@require_POST
@requires(REVIEW)
def open_a_year(request: HttpRequest) -> HttpResponse:
    try:
        due_on = day_typed(request.POST.get("due_on", ""))
        asked = open_year(
            actor_of(request), person_of(scope_of(request.user)), clock.today().year, due_on
        )
        messages.success(request, _("%(count)d streets are asked.") % {"count": asked})
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect("/responsibilities/capacity", status=303)


@require_POST
@requires(ASSESS)
def keep(request: HttpRequest, capacity_id: int) -> HttpResponse:
    """Keep what is answered so far; with the button of it, submit it at once."""
    who = actor_of(request), person_of(scope_of(request.user))

    def kept() -> None:
        answer(*who, capacity_id, said_of(request.POST.dict()))
        if request.POST.get("verb") == "submit":
            take_capacity_step(*who, capacity_id, "submit")

    return _done(request, capacity_id, _("The answers are kept."), kept)


@require_POST
@requires("assessment.view")
def step(request: HttpRequest, capacity_id: int) -> HttpResponse:
    verb = request.POST.get("verb", "")
    if verb not in FORMS and verb not in DECIDES:
        raise Http404
    return _done(
        request, capacity_id, _("Done."),
        lambda: take_capacity_step(
            actor_of(request), person_of(scope_of(request.user)), capacity_id, verb,
            words=request.POST.get("words", ""),
            changes=said_of(request.POST.dict()) if verb in DECIDES else None,
        ),
    )  # fmt: skip


def _done(
    request: HttpRequest, capacity_id: int, said: str, take: Callable[[], object]
) -> HttpResponse:
    if not checks_in(scope_of(request.user)).filter(pk=capacity_id).exists():
        raise Http404
    try:
        take()
        messages.success(request, said)
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/responsibilities/capacity/{capacity_id}", status=303)
