"""The year's board of scorecards, and one card with its items, events and steps."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.assessment.actions import add_paper, open_year
from anlan.operations.assessment.forms import FORMS, ON_THE_CARD
from anlan.operations.assessment.queries import (
    SCORECARDS,
    CardFile,
    card_file,
    cards_in,
    paper_of,
    person_of,
)
from anlan.operations.assessment.rules.scheme import (
    BY_WORDS,
    GRADE_WORDS,
    INDICATOR,
    KIND_WORDS,
)
from anlan.operations.assessment.rules.scorecard import (
    DECIDE,
    FILL,
    REVIEW,
    STATE_PILLS,
    STATE_WORDS,
    VERB_WORDS,
    State,
)
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import day_typed, drawn, key_of, step_said
from anlan.operations.safety.queries.photographs import paper_answer, sent_bytes
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_

VETO_WORDS = {
    "level": NP_("veto", "Considerable accident or worse"),
    "late": NP_("veto", "Accident reported late"),
    "missed": NP_("veto", "Accident not reported"),
    "false": NP_("veto", "Accident reported falsely"),
    "concealed": NP_("veto", "Accident concealed"),
}


@require_GET
@requires("assessment.view")
def board_page(request: HttpRequest) -> HttpResponse:
    """The newest year, when none is asked for."""
    scope = scope_of(request.user)
    rows = cards_in(scope)
    years = sorted(set(rows.order_by().values_list("year", flat=True).distinct()), reverse=True)
    this_year = clock.today().year
    asked = registers.asked_here(request, SCORECARDS, "")
    if "year" not in asked.filters:
        newest = years[0] if years else this_year
        asked = replace(asked, filters={**asked.filters, "year": f"{newest}"})
    page = registers.page(SCORECARDS, rows, asked, scope)
    year = int(asked.filters["year"])
    states = list(rows.filter(year=year).order_by().values_list("told_state", flat=True))
    here = {row["pk"] for row in page.rows}
    vetoed = set(rows.filter(pk__in=here, told_vetoed=True).values_list("pk", flat=True))
    late = {row["pk"] for row in page.rows
            if row["told_state"] == State.OPEN and row["due_on"] < clock.today()}  # fmt: skip
    context = {
        "page": page, "rows": [_row(row, row["pk"] in late, row["pk"] in vetoed)
                               for row in page.rows],
        "places": (), "year": year, "years": years, "count": len(states),
        "published": states.count(State.PUBLISHED), "final": states.count(State.FINAL),
        "may_open": scope.may(REVIEW), "may_publish": scope.may(DECIDE),
        "open_for": (this_year, this_year - 1),
    }  # fmt: skip
    return render(request, "assessment/scorecards.html", context)


@require_GET
@requires("assessment.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = cards_in(scope_of(request.user))
    return registers.taken_out(request, SCORECARDS, rows, {}, "/scorecards", "scorecards")


@require_POST
@requires(REVIEW)
def open_a_year(request: HttpRequest) -> HttpResponse:
    year = key_of(request.POST.get("year", "")) or 0
    try:
        due_on = day_typed(request.POST.get("due_on", ""))
        opened = open_year(actor_of(request), person_of(scope_of(request.user)), year, due_on)
        messages.success(request, _("%(count)d units have their scorecard.") % {"count": opened})
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect("/scorecards", status=303)


@require_POST
@requires(DECIDE)
def publish_all(request: HttpRequest) -> HttpResponse:
    """Every card of a year that is final; the first reason why one of them was not."""
    scope, year = scope_of(request.user), key_of(request.POST.get("year", "")) or 0
    ready = cards_in(scope).filter(year=year, state=State.FINAL).order_by("unit_code")
    who = actor_of(request), person_of(scope)
    done = registers.each(
        list(ready.values_list("pk", flat=True)), lambda pk: FORMS["publish"].take(*who, pk, {})
    )
    messages.success(request, _("%(count)d scorecards are published.") % {"count": done.count})
    for fault in list(done.refused.values())[:1]:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/scorecards?year={year}", status=303)


@require_GET
@requires("assessment.view")
def card_page(request: HttpRequest, scorecard_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    file = card_file(scorecard_id, scope, key_of(request.GET.get("version", "")) or 0)
    if file is None:
        raise Http404
    working = file.edition is None
    state = State(file.card.state if file.inside else State.PUBLISHED)
    on_card = next((one for one in ON_THE_CARD if working and one in file.verbs), "")
    context = {
        "file": file, "card": file.card, "sheet": file.sheet, "state": state,
        "pill": STATE_PILLS[state], "state_word": pgettext(*STATE_WORDS[state]),
        "kind_word": pgettext(*KIND_WORDS[file.card.kind]),
        "grade_word": _grade(file.sheet.grade), "lines": _lines(file), "today": clock.today(),
        "filling": on_card == "submit",
        "deciding": on_card if on_card in ("review", "settle") else "",
        "main_word": pgettext(*FORMS[on_card].button) if on_card else "",
        "vetoes": [(pgettext(*VETO_WORDS[one.why]), one) for one in file.sheet.vetoes],
        "steps": _steps(file), "told": not working or state not in (State.OPEN, State.SUBMITTED),
        "grades": [(_grade(key), least) for least, key in file.scheme.grades],
        "forms": _forms(file),
    }  # fmt: skip
    return render(request, "assessment/scorecard.html", context)


@require_POST
@requires("assessment.view")
def step(request: HttpRequest, scorecard_id: int) -> HttpResponse:
    scope, form = scope_of(request.user), FORMS.get(request.POST.get("verb", ""))
    if form is None or not cards_in(scope).filter(pk=scorecard_id).exists():
        raise Http404
    given = {key: str(value) for key, value in request.POST.items()}
    with step_said(request, form.button):
        form.take(actor_of(request), person_of(scope), scorecard_id, given)
    return HttpResponseRedirect(f"/scorecards/{scorecard_id}", status=303)


@require_POST
@requires(FILL)
def add(request: HttpRequest, scorecard_id: int) -> HttpResponse:
    """Keep a photo or document as evidence of an item."""
    scope = scope_of(request.user)
    if not cards_in(scope).filter(pk=scorecard_id).exists():
        raise Http404
    sent, code = request.FILES.get("photo"), request.POST.get("item", "")
    try:
        raw = sent_bytes(sent, N_("Choose a photo or document."))
        name = str(sent.name) if sent else ""
        add_paper(actor_of(request), person_of(scope), scorecard_id, code, raw, name)
        messages.success(request, _("The evidence is kept."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/scorecards/{scorecard_id}", status=303)


@require_GET
@requires("assessment.view")
def paper_page(request: HttpRequest, scorecard_paper_id: int) -> HttpResponse:
    kept = paper_of(scorecard_paper_id, scope_of(request.user))
    if kept is None:
        raise Http404
    return paper_answer(kept)


def _row(row: dict[str, Any], late: bool, vetoed: bool) -> dict[str, Any]:
    state = State(row["told_state"])
    return row | {
        "pill": STATE_PILLS[state], "state_word": pgettext(*STATE_WORDS[state]),
        "kind_word": pgettext(*KIND_WORDS[row["kind"]]), "grade_word": _grade(row["told_grade"]),
        "late": late, "vetoed": vetoed,
    }  # fmt: skip


def _steps(file: CardFile) -> list[tuple[Any, str, list[tuple[str, str]]]]:
    """What a review changed stands with the words of its items."""
    texts = {one.code: one.text for one in file.scheme.items}
    return [
        (one, pgettext(*VERB_WORDS[one.verb]),
         [(texts.get(code, code), said) for code, said in one.changes.items()
          if one.verb in ("review", "settle")])
        for one in file.steps
    ]  # fmt: skip


def _grade(key: str) -> str:
    return pgettext(*GRADE_WORDS[key]) if key else ""


def _lines(file: CardFile) -> list[dict[str, Any]]:
    typed = {one.code for one in file.scheme.items if one.typed}
    return [
        {"line": one, "typed": one.code in typed, "by_word": _by(one.by),
         "papers": file.papers.get(one.code, ())}
        for one in file.sheet.lines
    ]  # fmt: skip


def _by(by: str) -> str:
    if by.startswith(INDICATOR):
        return f"{pgettext(*BY_WORDS[INDICATOR])} {by}"
    return pgettext(*BY_WORDS[by])


def _forms(file: CardFile) -> list[dict[str, Any]]:
    """What may be done beside the card itself; nothing that has nothing to choose from."""
    choices = _choices(file)
    offered = {
        verb: form for verb, form in FORMS.items()
        if verb not in ON_THE_CARD
        and all(choices[one.key] for one in form.inputs if one.kind == "choice")
    }  # fmt: skip
    main = "publish" if "publish" in file.verbs else "accept"
    return drawn(offered, [one for one in file.verbs if one in offered], main, choices)


def _choices(file: CardFile) -> dict[str, list[tuple[object, str]]]:
    sheet = file.sheet
    entered = [one for one in (*sheet.taken, *sheet.given) if one.entry is not None]
    return {
        "code": [(one.code, f"{one.text} −{one.points:g}") for one in file.scheme.rules_by("hand")],
        "key": [(one.key, f"{one.what} −{one.points:g}") for one in sheet.taken
                if one.key and not one.why_not],
        "entry": [(one.entry, one.why_not or one.what) for one in entered],
    }  # fmt: skip
