"""What enforcement served on one's own enterprise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.operations.enforcement.queries.penalties import penalty_said
from anlan.operations.enforcement.queries.served import Served, served_on
from anlan.operations.people.queries import requires, scope_of
from anlan.vocabulary import clock


@require_GET
@requires("enforcement.answer")
def notices_page(request: HttpRequest) -> HttpResponse:
    """The notices, orders and decisions of one's enterprise, with what may be done until when."""
    rows = [(one, _penalty(one), [(pgettext(*word), number, day) for word, number, day in
                                  one.papers])
            for one in served_on(scope_of(request.user))]  # fmt: skip
    return render(request, "enforcement/notices.html", {"rows": rows, "today": clock.today()})


def _penalty(one: Served) -> str:
    meant = one.decided or one.intended
    return penalty_said(meant) if meant is not None else ""
