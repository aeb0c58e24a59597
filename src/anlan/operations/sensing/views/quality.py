"""What the checks found: by station, one station's readings, and judging one of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anlan.backbone.workbooks import XLSX, workbook
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import Judgement, NotFlagged, judge_reading
from anlan.operations.sensing.queries.export import flagged_table
from anlan.operations.sensing.queries.picture import flag_words
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS, figure
from anlan.operations.sensing.rules.quality import CHECKS, FLAG_WORDS, Flag
from anlan.operations.sensing.views.lines import said, seen, skew_words
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

DAYS = (1, 7, 30)
MOST = 200
VERDICTS = {"right": Flag.RIGHT, "wrong": Flag.WRONG}


@require_GET
@requires("sensing.view")
def flagged_stations(request: HttpRequest) -> HttpResponse:
    """How many suspect values each station has, and whose clock is off."""
    scope, days = scope_of(request.user), _days(request)
    counts = queries.flag_counts(clock.now() - timedelta(days=days))
    rows = [row for row in queries.stations() if queries.visible(scope, row)]
    health = queries.health([row.code for row in rows])
    lines: list[dict[str, Any]] = [
        {"row": row, "total": mine.readings, "off": spoken is not None and spoken.clock_off,
         "skew": skew_words(spoken.skew_s) if spoken else "",
         "found": [(said(FLAG_WORDS[flag]), mine.by[flag]) for flag in CHECKS if mine.by[flag]]}
        for row in rows
        for mine, spoken in [(counts.get(row.code, queries.Suspects()), health.get(row.code))]
        if mine.readings or (spoken and spoken.clock_off)
    ]  # fmt: skip
    lines.sort(key=lambda line: (-line["total"], line["row"].code))
    context = {"lines": lines, "days": days, "periods": DAYS}
    return render(request, "sensing/flagged_stations.html", context)


@require_GET
@requires("sensing.view")
def flagged_page(request: HttpRequest, code: str) -> HttpResponse:
    scope = scope_of(request.user)
    station, days, check = seen(scope, code), _days(request), _check(request)
    since = clock.now() - timedelta(days=days)
    counts = queries.flag_counts(since, code).get(code, queries.Suspects())
    rows = queries.flagged(code, since, check, limit=MOST)
    tabs = [("", _("All"), counts.readings)]
    tabs += [
        (_key(flag), said(FLAG_WORDS[flag]), counts.by[flag]) for flag in CHECKS if counts.by[flag]
    ]
    context = {
        "station": station, "lines": [_line(row) for row in rows], "tabs": tabs, "days": days,
        "check": _key(check) if check else "", "periods": DAYS, "total": counts.readings,
        "usual": [(said(ELEMENT_WORDS[Element(one.element)]), one) for one in queries.usual(code)],
        "most": MOST, "may_judge": scope.may("sensing.handle"),
    }  # fmt: skip
    return render(request, "sensing/flagged.html", context)


@require_GET
@requires("sensing.view")
def flagged_export(request: HttpRequest, code: str) -> HttpResponse:
    """What the page shows, as Excel."""
    station = seen(scope_of(request.user), code)
    since = clock.now() - timedelta(days=_days(request))
    rows = queries.flagged(code, since, _check(request), limit=10_000)
    answer = HttpResponse(workbook(station.name, flagged_table(rows)), content_type=XLSX)
    name = f"{code}-flagged-{clock.now():%Y%m%d%H%M}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@requires("sensing.handle")
def judge(request: HttpRequest, code: str) -> HttpResponse:
    """Say of a flagged reading that it is right or wrong."""
    seen(scope_of(request.user), code)
    actor = actor_of(request)
    judgement = _judgement(code, request.POST)
    if judgement is None:
        raise Http404
    try:
        new = judge_reading(actor, judgement)
    except NotFlagged:
        messages.error(request, _("This reading is not flagged any more. Nothing was changed."))
    else:
        if not new:
            messages.info(request, _("It was judged so before. Nothing was changed."))
        elif judgement.verdict is Flag.WRONG:
            words = _("Kept, and left out of everything that is computed from now on.")
            messages.success(request, words)
        else:
            messages.success(request, _("Confirmed right: it is no longer marked as suspect."))
    asked = f"days={_days(request)}&check={request.POST.get('check', '')[:20]}"
    return redirect(f"{reverse('flagged', args=[code])}?{asked}")


def _judgement(code: str, post: Mapping[str, str]) -> Judgement | None:
    """What was asked; None when it names no reading or no verdict."""
    verdict = VERDICTS.get(post.get("verdict", ""))
    try:
        at = datetime.fromisoformat(post.get("at", ""))
    except ValueError:
        return None
    if verdict is None or at.tzinfo is None:
        return None
    return Judgement(
        code, post.get("element", ""), at, post.get("source", ""), verdict, post.get("note", "")
    )


def _days(request: HttpRequest) -> int:
    asked = (request.POST if request.method == "POST" else request.GET).get("days", "")
    return int(asked) if asked in {str(days) for days in DAYS} else DAYS[1]


def _key(flag: Flag) -> str:
    return (flag.name or "").lower()


def _check(request: HttpRequest) -> Flag | None:
    return next((flag for flag in CHECKS if _key(flag) == request.GET.get("check")), None)


def _line(row: queries.FlaggedRow) -> dict[str, Any]:
    return {
        "row": row, "element": said(ELEMENT_WORDS[Element(row.element)]),
        "figure": figure(row.element, row.value), "why": flag_words(row.flags & CHECKS),
        "at": row.at.isoformat(), "verdict": flag_words(row.verdict),
        "mark": {Flag.RIGHT: "done", Flag.WRONG: "stop"}.get(row.verdict, "wait"),
        "right": row.verdict is Flag.RIGHT, "wrong": row.verdict is Flag.WRONG,
    }  # fmt: skip
