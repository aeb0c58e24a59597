"""What enforcement served on one's own enterprise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.operations.enforcement.queries.penalties import penalty_said
from anlan.operations.enforcement.queries.served import Served, served_on
from anlan.operations.people.queries import requires, scope_of
from anlan.vocabulary import clock

ANSWER, HANDLES = "enforcement.answer", "enforcement.handle"


@require_GET
def notices_page(request: HttpRequest) -> HttpResponse:
    """Of an enterprise that has nobody, whoever handles the `case` is led to it."""
    case = request.GET.get("case", "")
    if case.isascii() and case.isdigit() and scope_of(request.user).may(HANDLES):
        return redirect("case", case_id=int(case[:18]))
    return _own(request)


@requires(ANSWER)
def _own(request: HttpRequest) -> HttpResponse:
    """The notices, orders and decisions of one's enterprise, with what may be done until when."""
    rows = [(one, _penalty(one), [(pgettext(*word), number, day) for word, number, day in
                                  one.papers])
            for one in served_on(scope_of(request.user))]  # fmt: skip
    return render(request, "enforcement/notices.html", {"rows": rows, "today": clock.today()})


notices_page.right = ANSWER  # type: ignore[attr-defined]


def _penalty(one: Served) -> str:
    meant = one.decided or one.intended
    return penalty_said(meant) if meant is not None else ""
