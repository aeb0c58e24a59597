"""The bureau's statistics: one page for a period, whoever looks sees its own; as Excel and PDF."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.operations.people.queries import requires, scope_of
from anlan.operations.safety.queries.registers import DANGERS
from anlan.operations.statistics import queries
from anlan.operations.statistics.queries import Board, Line
from anlan.operations.statistics.rules.periods import (
    BadPeriod,
    Period,
    month_of,
    period,
    quarter_of,
    year_of,
)
from anlan.vocabulary import clock

SECTOR_WORDS, SOURCE_WORDS, GRADE_WORDS = (
    DANGERS.field(key).choices for key in ("sector", "source", "grade")
)


@require_GET
@requires("assessment.view")
def statistics_page(request: HttpRequest) -> HttpResponse:
    found = asked(request)
    today = clock.today()
    tabs = [month_of(today), month_of(today).before, quarter_of(today), year_of(today),
            year_of(today).before]  # fmt: skip
    context = {
        "board": found, "all": found.units, "whole": found.units.whole,
        "tabs": [(one, period_word(one)) for one in tabs],
        "period_word": period_word(found.units.period), "chart": chart(found),
        "kinds": kinds(found), "coverage": [
            (pgettext(*SECTOR_WORDS[one.sector]), one) for one in found.coverage
            if one.sector in SECTOR_WORDS
        ],
        "units": [
            (_("Streets and towns"), found.units.townships),
            (_("Departments"), found.units.departments),
        ],
    }  # fmt: skip
    return render(request, "statistics/board.html", context)


def asked(request: HttpRequest) -> Board:
    """The statistics that an address asks for; this year's where it names no period."""
    scope = scope_of(request.user)
    given = request.GET
    of = queries.seen(scope, given.get("area_code", ""), sector_of(given.get("sector", "")))
    if of is None:
        raise PermissionDenied
    return queries.board(scope, of, period_of(given.get("period", "")))


def period_of(text: str) -> Period:
    try:
        return period(text)
    except BadPeriod:
        return year_of(clock.today())


def sector_of(text: str) -> str:
    return text if text in SECTOR_WORDS else ""


def period_word(one: Period) -> str:
    said = {"year": one.first.year, "month": one.first.month, "n": (one.first.month + 2) // 3}
    if "Q" in one.key:
        return pgettext("period", "%(year)s, quarter %(n)s") % said
    if "-" in one.key:
        return pgettext("period", "%(year)s-%(month)s") % said
    return pgettext("period", "%(year)s") % said


def kinds(found: Board) -> list[tuple[str, list[tuple[str, Line]]]]:
    """The tables by sector, source and grade, each line with its word."""
    ungraded = pgettext("danger grade", "Not graded yet")
    return [
        (_("By sector"), [(_word(SECTOR_WORDS, one.key), one) for one in found.units.sectors]),
        (_("By source"), [(_word(SOURCE_WORDS, one.key), one) for one in found.units.sources]),
        (
            _("By grade"),
            [(_word(GRADE_WORDS, one.key) or ungraded, one) for one in found.units.grades],
        ),
    ]


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


def _word(words: Any, key: str) -> str:
    return pgettext(*words[key]) if key in words else key
