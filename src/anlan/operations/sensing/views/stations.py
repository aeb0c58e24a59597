"""The station list, a station's page, and its series as a file."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anlan.backbone.workbooks import XLSX
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.forms import PERIODS, Choice, choice
from anlan.operations.sensing.queries.export import csv_of, workbook_of
from anlan.operations.sensing.queries.picture import (
    hydrograph,
    limit_word,
    rule_word,
    shift_m,
)
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS, figure
from anlan.operations.sensing.rules.kinds import FIRE_UNIT, KIND, KINDS, VEHICLE, WATER_QUALITY
from anlan.operations.sensing.rules.order_kinds import SPANS
from anlan.operations.sensing.rules.standing_now import NOW_MARKS, NOW_WORDS, Now
from anlan.operations.sensing.rules.water_class import CLASS_WORDS, TARGET
from anlan.operations.sensing.views.cameras import near_cameras
from anlan.operations.sensing.views.fire_units import fire_unit
from anlan.operations.sensing.views.instruments import HJ212, instrument
from anlan.operations.sensing.views.lines import (
    ON_A_PAGE,
    alarm_lines,
    crossed_by,
    figure_words,
    newest_figure,
    said,
    seen,
    skew_words,
)
from anlan.operations.sensing.views.orders import orders_of
from anlan.operations.sensing.views.vehicles import NO_CLASS, class_chips, class_word, vehicle
from anlan.operations.territory.queries import ResponsibleRow, area_names, responsible_for
from anlan.protocols.hj212 import AMOUNT_UNITS
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import Element

CSV = "text/csv; charset=utf-8"


@require_GET
@requires("sensing.view")
def stations_page(request: HttpRequest) -> HttpResponse:
    scope, since = scope_of(request.user), clock.now() - timedelta(days=1)
    rows = queries.board(scope)
    kind, now = request.GET.get("kind", ""), request.GET.get("now", "")
    counts = Counter(row.station.kind for row in rows)
    tabs = [("", _("All"), len(rows))]
    tabs += [
        (key, said(KINDS[key]) if key in KINDS else key, counts[key]) for key in sorted(counts)
    ]
    of_kind = [row for row in rows if not kind or row.station.kind == kind]
    states = Counter(row.now.value for row in of_kind)
    chips = [(n.value, said(NOW_WORDS[n]), states[n.value]) for n in Now if states[n.value]]
    shown = [row for row in of_kind if not now or row.now == now]
    of_class = request.GET.get("class", "") if kind == VEHICLE else ""
    if of_class:
        shown = [row for row in shown if (row.station.vehicle_class or NO_CLASS) == of_class]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    here = queries.with_rates(list(page.object_list))
    context = {
        "lines": [_line(row) for row in here], "page": page, "tabs": tabs, "chips": chips,
        "kind": kind, "now_state": now,
        "classes": class_chips(of_kind) if kind == VEHICLE else [], "of_class": of_class,
        "total": len(rows), "over": states[Now.OVER.value] + states[Now.UNDER.value],
        "alarmed": states[Now.ALARM.value], "silent": states[Now.SILENT.value],
        "places": area_names({row.station.area_code for row in here}),
        "bad": sum(queries.bad_frame_counts(scope, since).values()),
    }  # fmt: skip
    return render(request, "sensing/stations.html", context)


def _line(row: queries.BoardRow) -> dict[str, Any]:
    return {
        "row": row, "state": said(NOW_WORDS[row.now]), "mark": NOW_MARKS[row.now],
        "over": rule_word(row.over.kind) if row.over else "", "by": crossed_by(row),
        "newest": newest_figure(row),
        "skew": skew_words(row.health.skew_s) if row.health else "",
        "class": class_word(row.station.vehicle_class),
    }  # fmt: skip


@require_GET
@requires("sensing.view")
def station_page(request: HttpRequest, code: str) -> HttpResponse:
    scope = scope_of(request.user)
    row = seen(scope, code)
    chosen = choice(request.GET, row)
    limits = queries.limits(code)
    newest = queries.latest([code]).get(code)
    spoken = queries.health([code]).get(code)
    alarmed = code in queries.alarmed_stations()
    standing = queries.board_row(row, newest, spoken, limits, alarmed=alarmed)
    context = {
        "station": row,
        "kind": said(KIND[row.kind]) if row.kind in KIND else row.kind,
        "interval_min": row.interval_s / 60,
        "standing": standing,
        "state": said(NOW_WORDS[standing.now]),
        "mark": NOW_MARKS[standing.now],
        "place": area_names([row.area_code, row.area_code[:9]]),
        "chosen": chosen,
        "periods": PERIODS,
        "frames": queries.frame_counts(code),
        "skew": skew_words(spoken.skew_s) if spoken else "",
        "suspects": _suspects(code),
        "people": _people(row),
        "alarms": alarm_lines(queries.alarms(scope, station=code, limit=8)),
        "may_handle": scope.may("sensing.handle"),
        "maintained": next((one for one in queries.maintenances_of(code) if one.now), None),
        "near": near_cameras(row, scope) if row.kind != VEHICLE else [],
        **orders_of(row, scope),
    }
    if row.kind == VEHICLE:
        return render(request, "sensing/vehicle.html", context | vehicle(row, scope))
    if row.kind == FIRE_UNIT:
        return render(request, "sensing/fire_unit.html", context | fire_unit(code))
    if row.protocol == HJ212:
        context |= _periods(request, row, chosen) | {"particulars": instrument(code)}
    if row.kind == WATER_QUALITY:
        context |= _water(row, chosen, limits)
        return render(request, "sensing/water.html", context)
    return render(request, "sensing/station.html", context | _gauge(standing, chosen, limits))


def _suspects(code: str) -> int:
    """How often a check found something in the last seven days."""
    counts = queries.flag_counts(clock.now() - timedelta(days=7), code)
    return counts[code].readings if code in counts else 0


def _gauge(
    standing: queries.BoardRow, chosen: Choice, limits: list[queries.ThresholdRow]
) -> dict[str, Any]:
    """What the page of a stage or rain gauge says beyond what every station's page says."""
    row, newest = standing.station, standing.latest
    ahead = queries.outlook(row.code)
    since = clock.now() - chosen.span
    return {
        "over": rule_word(standing.over.kind) if standing.over else "",
        "under": -(standing.above or 0.0),
        "below": _below(standing, limits),
        "limits": _limit_rows([one for one in limits if one.element == chosen.element]),
        "chart": hydrograph(row, since, chosen.datum, limits, ahead, chosen.element),
        "both": _both_datums(row, newest),
        "ahead": ahead,
        "discharge": queries.latest([row.code], Element.DISCHARGE).get(row.code),
        "neighbours": _neighbours(ahead),
        "pictures": queries.pictures(row.code, 1) if row.protocol == "sl651" else [],
        "measured": _measured(row),
    }


def _measured(row: queries.StationRow) -> list[dict[str, Any]]:
    """The newest value of everything that a station measures: each leads to its curve."""
    newest = queries.newest_of(row.code)
    return [
        {"row": one, "word": said(ELEMENT_WORDS[Element(one.element)]),
         "figure": figure_words(one.element, one.value)}
        for one in newest if len(newest) > 1
    ]  # fmt: skip


def _water(
    row: queries.StationRow, chosen: Choice, limits: list[queries.ThresholdRow]
) -> dict[str, Any]:
    """What the page of a water-quality station says: every indicator, the class, one curve."""
    found = queries.water(row.code)
    chart = hydrograph(row, clock.now() - chosen.span, "", limits, None, chosen.element)
    chart["title"] = f"{row.name} {said(ELEMENT_WORDS[chosen.element])}"
    verdict = found.judged
    return {
        "lines": [
            {
                "row": line,
                "word": said(ELEMENT_WORDS[line.element]),
                "figure": figure_words(line.element, line.value),
            }
            for line in found.lines
        ],
        "verdict": verdict,
        "class_word": said(CLASS_WORDS[verdict.water_class]) if verdict else "",
        "by": [said(ELEMENT_WORDS[element]) for element in verdict.by] if verdict else [],
        "bad": verdict is not None and verdict.water_class > TARGET,
        "chart": chart,
    }


def _periods(request: HttpRequest, row: queries.StationRow, chosen: Choice) -> dict[str, Any]:
    """What the instrument states of periods of the chosen element, the chosen kind of period."""
    spans = queries.stated_spans(row.code, chosen.element)
    asked = request.GET.get("span", "")
    span = asked if asked in spans else (spans or [""])[0]
    rows = queries.stated_periods(row.code, chosen.element, span) if span else []
    return {
        "chosen_word": said(ELEMENT_WORDS[chosen.element]),
        "stated_spans": [(one, said(SPANS[one])) for one in spans],
        "span_chosen": span,
        "stated": [
            {"row": one, **{name: "—" if (value := getattr(one, name)) is None
                            else figure(chosen.element, value) for name in ("low", "mean", "high")}}
            for one in rows
        ],
        "amounts_in": AMOUNT_UNITS.get(chosen.element, "")
        if any(one.total is not None for one in rows) else "",
    }  # fmt: skip


def _below(standing: queries.BoardRow, limits: list[queries.ThresholdRow]) -> Any:
    """The lowest threshold and how far the stage is under it, where none is reached."""
    newest = standing.latest
    if newest is None or standing.over:
        return None
    levels = [
        (level, rule_word(limit.kind))
        for limit in limits
        if limit.element == newest.element
        and not limit.lower
        and (level := limit.in_datum(newest.datum)) is not None
    ]
    if not levels:
        return None
    level, word = min(levels)
    return {"word": word, "metres": level - newest.value}


def _both_datums(row: queries.StationRow, newest: queries.LatestRow | None) -> Any:
    """The newest stage in the other datum: metres and datum."""
    if newest is None or not row.datum or row.offset_m is None:
        return None
    other = Datum.YELLOW_SEA if row.datum == Datum.WUSONG else Datum.WUSONG
    return {"metres": newest.value + shift_m(row, other), "datum": other.value}


def _limit_rows(limits: Sequence[queries.ThresholdRow]) -> list[dict[str, Any]]:
    return [
        {
            "word": limit_word(limit.kind), "row": limit,
            "wusong": limit.in_datum(Datum.WUSONG), "yellow_sea": limit.in_datum(Datum.YELLOW_SEA),
            "minutes": limit.duration_s // 60, "figure": figure(limit.element, limit.value),
        }
        for limit in limits
    ]  # fmt: skip


def _neighbours(ahead: queries.Outlook | None) -> list[dict[str, Any]]:
    if ahead is None:
        return []
    codes = [one.station_code for one in ahead.neighbours]
    newest, named = queries.latest(codes), queries.stations(codes=codes)
    names = {row.code: row.name for row in named}
    return [
        {"code": one.station_code, "name": names.get(one.station_code, one.station_code),
         "latest": newest.get(one.station_code), "by": one.by}
        for one in ahead.neighbours
    ]  # fmt: skip


def _people(row: queries.StationRow) -> list[ResponsibleRow]:
    """Who answers for the station's site, else for the community it stands in."""
    found = responsible_for(site_code=row.site_code) if row.site_code else []
    return found or responsible_for(area_code=row.area_code)


@require_GET
@requires("sensing.view")
def station_export(request: HttpRequest, code: str) -> HttpResponse:
    """The shown period of the drawn series, as CSV or Excel."""
    row = seen(scope_of(request.user), code)
    chosen = choice(request.GET, row)
    now = clock.now()
    values = queries.series(code, chosen.element, now - chosen.span, now, all_kept=True)
    datum = chosen.datum if values.datum else ""
    moved = shift_m(row, datum) if datum else 0.0
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    written = workbook_of if kind == "xlsx" else csv_of
    body = written(row, chosen.element, values, datum, moved)
    name = f"{row.code}-{clock.now():%Y%m%d%H%M}-{chosen.hours}h.{kind}"
    answer = HttpResponse(body, content_type=XLSX if kind == "xlsx" else CSV)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
