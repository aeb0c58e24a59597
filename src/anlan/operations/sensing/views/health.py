"""How the devices are: by kind, by street, and each of them."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.backbone.workbooks import XLSX, workbook
from anlan.operations.people.actions import actor_of, log_export
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.rules.kinds import KINDS, VEHICLE
from anlan.operations.sensing.rules.latency import MEDIAN, NEARLY_ALL, percentile
from anlan.operations.sensing.rules.online import mean, target
from anlan.operations.sensing.views.camera_health import camera_health
from anlan.operations.sensing.views.lines import ON_A_PAGE, places_of, said
from anlan.operations.sensing.views.upkeep import limit_lines
from anlan.vocabulary import clock

STATES: dict[str, Callable[[queries.DeviceRow], bool]] = {
    "silent": lambda row: row.silent,
    "never": lambda row: not row.in_service,
    "battery": lambda row: row.low_battery,
    "weak": lambda row: row.weak_signal,
    "low": lambda row: row.online[0] is not None and row.online[0] < target(_today()).share,
}


@require_GET
@requires("sensing.view")
def health_page(request: HttpRequest) -> HttpResponse:
    limits, scope = queries.health_limits(), scope_of(request.user)
    rows = queries.fleet(scope, limits)
    places = places_of(scope, {row.station.area_code for row in rows})
    shown = _filtered(rows, places, request)
    if request.GET.get("format") == "xlsx":
        log_export(actor_of(request), "devices", request.GET.urlencode(), len(shown))
        return _exported(shown)
    page = Paginator(sorted(shown, key=_worst_first), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": page.object_list, "page": page, "count": len(shown), "total": len(rows),
        "speaking": sum(row.speaks for row in rows),
        "never": sum(not row.in_service for row in rows),
        "kinds": _groups(rows, lambda row: row.station.kind,
                         lambda kind: said(KINDS[kind]) if kind in KINDS else kind),
        "cameras": camera_health(scope, request.GET.get("page")),
        "streets": _groups(rows, lambda row: places[row.station.area_code][0],
                           dict(places.values()).__getitem__),
        "limits": limit_lines(limits.rows),
        "located": _located(rows), "all": _delays(rows),
        "target": target(_today()), "asked": request.GET,
        "filtered": len(shown) != len(rows),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "sensing/health.html", context)


def _located(rows: list[queries.DeviceRow]) -> dict[str, Any] | None:
    """K-37: vehicles with a signal within 30 days, and how many positions were located."""
    vehicles = {row.station.code for row in rows if row.station.kind == VEHICLE}
    if not vehicles:
        return None
    since = clock.now() - timedelta(days=1)
    found = [one for one in queries.positioning(since) if one.code in vehicles]
    fixes = sum(one.fixes for one in found)
    return {
        "rate": queries.positioning_rate(found),
        "vehicles": sum(one.counted for one in found),
        "signal": sum(one.signal for one in found if one.counted),
        "others": sum(not one.counted for one in found),
        "fixes": fixes,
        "located": sum(one.located for one in found),
    }


def _today() -> Any:
    return clock.now().astimezone(clock.CHINA).date()


def _filtered(
    rows: list[queries.DeviceRow], places: dict[str, tuple[str, str]], request: HttpRequest
) -> list[queries.DeviceRow]:
    asked = request.GET
    tests: list[Callable[[queries.DeviceRow], bool]] = []
    if kind := asked.get("kind"):
        tests.append(lambda row: row.station.kind == kind)
    if street := asked.get("street"):
        tests.append(lambda row: places[row.station.area_code][0] == street)
    if operator := asked.get("operator"):
        tests.append(lambda row: row.station.operator == operator)
    if network := asked.get("network"):
        tests.append(lambda row: row.station.network == network)
    if cell := asked.get("cell"):
        tests.append(lambda row: row.station.cell == cell)
    if asked.get("state") in STATES:
        tests.append(STATES[asked["state"]])
    return [row for row in rows if all(test(row) for test in tests)]


def _worst_first(row: queries.DeviceRow) -> tuple[bool, float, str]:
    share = row.online[0]
    return row.speaks, 2.0 if share is None else share, row.station.code


def _groups(
    rows: Iterable[queries.DeviceRow],
    key: Callable[[queries.DeviceRow], str],
    word: Callable[[str], str],
) -> list[dict[str, Any]]:
    grouped: dict[str, list[queries.DeviceRow]] = {}
    for row in rows:
        grouped.setdefault(key(row), []).append(row)
    return [
        {
            "key": name, "word": word(name), "registered": len(mine),
            "speaking": sum(row.speaks for row in mine), "silent": sum(row.silent for row in mine),
            "never": sum(not row.in_service for row in mine),
            "battery": sum(row.low_battery for row in mine),
            "weak": sum(row.weak_signal for row in mine),
            "signal": _median(row.signal_dbm for row in mine),
            "delays": _delays(mine),
            "online": [mean(s for row in mine if (s := row.online[n]) is not None)
                       for n in range(3)],
        }
        for name, mine in sorted(grouped.items())
    ]  # fmt: skip


def _median(values: Iterable[float | None]) -> float | None:
    return percentile((value for value in values if value is not None), MEDIAN)


def _delays(rows: list[queries.DeviceRow]) -> dict[str, float | None]:
    """Of the newest frames of these devices, seconds: under way, and from arrival to the store."""
    under_way = [delay for row in rows for delay in row.delays]
    stored = [row.stored_after_s for row in rows if row.stored_after_s is not None]
    return {
        "p50": percentile(under_way, MEDIAN), "p95": percentile(under_way, NEARLY_ALL),
        "stored50": percentile(stored, MEDIAN), "stored95": percentile(stored, NEARLY_ALL),
    }  # fmt: skip


def _exported(rows: list[queries.DeviceRow]) -> HttpResponse:
    head: list[Any] = [
        _("Station"), _("Device"), pgettext("upkeep", "Model"), pgettext("upkeep", "Place"),
        _("Kept by"), pgettext("upkeep", "Network"), _("Cell or link"), _("Last frame"),
        _("Online, 24 hours"), _("Online, 7 days"), _("Online, 30 days"), _("Battery, V"),
        _("Signal, dBm"), _("Delay, s"), _("Stored after, s"),
    ]  # fmt: skip
    lines = [
        [row.station.name, row.station.device, row.station.device_model, row.station.place,
         row.station.operator, row.station.network, row.station.cell,
         f"{row.last_at:%Y-%m-%d %H:%M}" if row.last_at else "",
         *("" if share is None else round(share, 4) for share in row.online),
         *("" if figure is None else round(figure, 1) for figure in
           (row.battery_v, row.signal_dbm, row.delay_s, row.stored_after_s))]
        for row in rows
    ]  # fmt: skip
    answer = HttpResponse(workbook(_("Devices"), [head, *lines]), content_type=XLSX)
    name = f"devices-{clock.now():%Y%m%d%H%M}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
