"""The bureau's statistics: one page for a period, whoever looks sees its own; as Excel and PDF."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.backbone.papers import PDF
from anlan.backbone.workbooks import XLSX
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.statistics.queries import Board
from anlan.operations.statistics.queries.papers import as_page, as_workbook
from anlan.operations.statistics.queries.rooms import other_rooms
from anlan.operations.statistics.queries.words import (
    SECTOR_WORDS,
    cycles,
    kinds,
    period_word,
    whose,
    word_of,
)
from anlan.operations.statistics.views.asking import asked_board
from anlan.vocabulary import clock
from anlan.vocabulary.periods import Period, month_of, quarter_of, year_of


@require_GET
@requires("assessment.view")
def statistics_page(request: HttpRequest) -> HttpResponse:
    found = asked_board(request)
    every = found.units
    context = {
        "board": found, "all": every, "whole": every.whole, "whose": whose(found.seen),
        "sections": other_rooms(
            scope_of(request.user), found.seen.kind, every.period, clock.today()
        ),
        "tabs": tabs(), "narrowed": urlencode(found.seen.kind), "cycles": cycles(found),
        "period_word": period_word(every.period), "chart": chart(found), "kinds": kinds(found),
        "coverage": [(word_of(SECTOR_WORDS, one.sector), one) for one in found.coverage],
        "units": [
            (_("Streets and towns"), every.townships), (_("Departments"), every.departments),
        ],
    }  # fmt: skip
    return render(request, "statistics/board.html", context)


@require_GET
@requires("assessment.view")
def export(request: HttpRequest) -> HttpResponse:
    found = asked_board(request)
    return _file(as_workbook(found, str(request.user)), XLSX, f"{found.units.period.key}.xlsx")


@require_GET
@requires("assessment.view")
def report(request: HttpRequest) -> HttpResponse:
    """The period on one page."""
    found = asked_board(request)
    return _file(as_page(found, str(request.user)), PDF, f"{found.units.period.key}.pdf")


def _file(body: bytes, media: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="statistics-{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def tabs() -> list[tuple[Period, str]]:
    """The periods to choose from, with their words."""
    today = clock.today()
    known = [month_of(today), quarter_of(today), year_of(today)]
    return [(one, period_word(one)) for now in known for one in (now, now.before)]


def chart(found: Board) -> dict[str, Any]:
    """Found and closed by month, for the island."""
    return {
        "labels": [one.name for one in found.months],
        "series": [
            {"name": pgettext("dangers", "Found"), "values": [m.tally.found for m in found.months]},
            {"name": pgettext("dangers", "Closed"),
             "values": [m.tally.closed for m in found.months]},
        ],
    }  # fmt: skip
