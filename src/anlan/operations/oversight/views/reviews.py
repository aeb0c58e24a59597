"""Case reviews: the list, a new one, and one with what was drawn and from what."""

from collections.abc import Mapping
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from anlan.operations.oversight.actions import NewReview, open_review
from anlan.operations.oversight.models import Sampled
from anlan.operations.oversight.queries.registers import REVIEWS
from anlan.operations.oversight.queries.reviews import (
    checklist_of,
    closed_counts,
    named_for,
    reviews_in,
)
from anlan.operations.oversight.rules.drawing import digest, drawn
from anlan.operations.oversight.rules.states import OPEN, STATE_PILLS, STATE_WORDS, State
from anlan.operations.oversight.views.asking import person
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import day_typed
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FIGURES = 6


@require_GET
@requires("oversight.view")
def reviews_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    page = registers.page(REVIEWS, reviews_in(scope), registers.asked_here(request, REVIEWS), scope)
    done = closed_counts([row["pk"] for row in page.rows])
    context = {
        "page": page, "may_open": scope.may(OPEN), "named": _named(scope),
        "rows": [row | {"done": done.get(row["pk"], 0)} for row in page.rows],
    }  # fmt: skip
    return render(request, "oversight/reviews.html", context)


def _named(scope: Scope) -> list[tuple[Sampled, str, str]]:
    """Cases of other units that the reader was named for and that are under way."""
    rows = named_for(scope).exclude(state=State.CLOSED).exclude(review__unit=scope.organisation)
    return [(row, STATE_PILLS[State(row.state)], pgettext(*STATE_WORDS[State(row.state)]))
            for row in rows.select_related("review").order_by("due_on", "pk")]  # fmt: skip


@require_GET
@requires("oversight.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = reviews_in(scope_of(request.user))
    return registers.taken_out(request, REVIEWS, rows, {}, "/cases/reviews", "case-reviews")


@require_http_methods(["GET", "POST"])
@requires("oversight.open")
def new_page(request: HttpRequest) -> HttpResponse:
    """Say which period and how many; what is drawn, nobody says."""
    scope, wrong = scope_of(request.user), ""
    today = clock.today()
    given: Mapping[str, str] = {
        "since": today.replace(month=1, day=1).isoformat(),
        "until": (today - timedelta(days=1)).isoformat(), "share": "10",
    }  # fmt: skip
    if request.method == "POST":
        given = request.POST.dict()
        try:
            new = _typed(given)
            pk = open_review(actor_of(request), person(request), scope.area or "", new)
        except Refused as fault:
            wrong = worded(fault)
        else:
            return HttpResponseRedirect(f"/cases/reviews/{pk}", status=303)
    context = {"given": given, "wrong": wrong, "today": today}
    return render(request, "oversight/new.html", context, status=422 if wrong else 200)


def _typed(given: Mapping[str, str]) -> NewReview:
    since, until = (day_typed(given.get(key, "")) for key in ("since", "until"))
    return NewReview(since=since, until=until, count=_whole(given.get("count", "")),
                     share=_whole(given.get("share", "")))  # fmt: skip


def _whole(text: str) -> int:
    text = text.strip()
    if text and not (text.isascii() and text.isdigit() and len(text) <= FIGURES):
        raise Refused(N_("Say how many cases, or a share from 1 to 100 percent."))
    return int(text or 0)


@require_GET
@requires("oversight.view")
def review_page(request: HttpRequest, review_id: int) -> HttpResponse:
    """The cases drawn, and the drawing, done again before the reader's eyes."""
    review = reviews_in(scope_of(request.user)).select_related("checklist").filter(
        pk=review_id
    ).first()  # fmt: skip
    if review is None:
        raise Http404
    rows = list(review.cases.select_related("reviewer_one", "reviewer_two").order_by("place"))
    again = drawn(review.frame, review.count, review.seed)
    chosen = set(again)
    context = {
        "review": review, "again": again == [row.number for row in rows],
        "rows": [(row, STATE_PILLS[State(row.state)], pgettext(*STATE_WORDS[State(row.state)]))
                 for row in rows],
        "frame": [(number, digest(review.seed, number)[:12], number in chosen)
                  for number in review.frame],
        "done": sum(1 for row in rows if row.state == State.CLOSED),
        "checklist": checklist_of(review.checklist.figures, review.checklist.source),
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "oversight/review.html", context)
