"""The bureau's statistics: one page for a period, whoever looks sees its own; as Excel and PDF."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.backbone.papers import PDF
from anlan.backbone.workbooks import XLSX
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.statistics import queries
from anlan.operations.statistics.queries import Board
from anlan.operations.statistics.queries.papers import as_page, as_workbook
from anlan.operations.statistics.queries.words import (
    SECTOR_WORDS,
    kinds,
    period_word,
    whose,
    word_of,
)
from anlan.operations.statistics.rules.periods import (
    BadPeriod,
    Period,
    month_of,
    period,
    quarter_of,
    year_of,
)
from anlan.vocabulary import clock


@require_GET
@requires("assessment.view")
def statistics_page(request: HttpRequest) -> HttpResponse:
    found = asked(request)
    today, every = clock.today(), found.units
    tabs = [month_of(today), month_of(today).before, quarter_of(today), quarter_of(today).before,
            year_of(today), year_of(today).before]  # fmt: skip
    context = {
        "board": found, "all": every, "whole": every.whole, "whose": whose(found.seen),
        "tabs": [(one, period_word(one)) for one in tabs],
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
    found = asked(request)
    return _file(as_workbook(found, str(request.user)), XLSX, f"{found.units.period.key}.xlsx")


@require_GET
@requires("assessment.view")
def report(request: HttpRequest) -> HttpResponse:
    """The period on one page."""
    found = asked(request)
    return _file(as_page(found, str(request.user)), PDF, f"{found.units.period.key}.pdf")


def _file(body: bytes, media: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="statistics-{name}"'
    return answer


def asked(request: HttpRequest) -> Board:
    """The statistics that an address asks for; this year's where it names no period."""
    given = request.GET
    sector = given.get("sector", "")
    of = queries.seen(
        scope_of(request.user), given.get("area_code", ""), sector if sector in SECTOR_WORDS else ""
    )
    if of is None:
        raise PermissionDenied
    return queries.board(of, period_of(given.get("period", "")))


def period_of(text: str) -> Period:
    try:
        return period(text)
    except BadPeriod:
        return year_of(clock.today())


def chart(found: Board) -> dict[str, Any]:
    """Found and closed by month, for the island."""
    return {
        "labels": [one.key for one in found.months],
        "series": [
            {"name": pgettext("dangers", "Found"), "values": [m.tally.found for m in found.months]},
            {"name": pgettext("dangers", "Closed"),
             "values": [m.tally.closed for m in found.months]},
        ],
    }  # fmt: skip
