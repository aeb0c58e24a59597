"""How the devices are: by kind, by street, and each of them."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.backbone.workbooks import XLSX, workbook
from anlan.operations.people.actions import actor_of, log_export
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.models import Station
from anlan.operations.sensing.rules.kinds import KINDS
from anlan.operations.sensing.rules.online import target
from anlan.operations.sensing.views.camera_health import camera_health
from anlan.operations.sensing.views.lines import ON_A_PAGE, places_of, said
from anlan.operations.sensing.views.upkeep import limit_lines
from anlan.vocabulary import clock


@require_GET
@requires("sensing.view")
def health_page(request: HttpRequest) -> HttpResponse:
    limits, scope = queries.health_limits(), scope_of(request.user)
    devices = queries.fleet(scope, limits)
    groups = queries.fleet_groups(scope, devices)
    places = places_of(scope, {group.area_code for group in groups})
    chosen = _chosen(request.GET, places)
    shown = devices.filter(chosen)
    if request.GET.get("format") == "xlsx":
        log_export(actor_of(request), "devices", request.GET.urlencode(), shown.count())
        return _exported(queries.device_rows(shown))
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    whole, listed = queries.together(groups), cast(QuerySet[Station], page.object_list)
    context = {
        "rows": list(queries.device_rows(listed)), "page": page,
        "count": page.paginator.count, "whole": whole, "total": whole.counts["registered"],
        "kinds": _lines(groups, lambda group: group.kind,
                        lambda kind: said(KINDS[kind]) if kind in KINDS else kind),
        "cameras": camera_health(
            scope, request.GET.get("kind"), request.GET.get("page")
        ),
        "streets": _lines(groups, lambda group: places[group.area_code][0],
                          dict(places.values()).__getitem__),
        "limits": limit_lines(limits.rows), "located": queries.located(scope),
        "target": target(clock.today()), "asked": request.GET,
        "filtered": page.paginator.count != whole.counts["registered"],
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "sensing/health.html", context)


def _states() -> dict[str, Q]:
    return {
        "silent": queries.SILENT, "never": queries.NEVER, "battery": Q(battery_is_low=True),
        "weak": Q(signal_is_weak=True), "low": Q(counted__day__lt=target(clock.today()).share),
    }  # fmt: skip


def _chosen(asked: QueryDict, places: dict[str, tuple[str, str]]) -> Q:
    """Which devices the address asks for."""
    chosen = _states().get(asked.get("state", ""), Q())
    for name in ("kind", "operator", "network", "cell"):
        if value := asked.get(name):
            chosen &= Q(**{name: value})
    if street := asked.get("street"):
        codes = [code for code, (key, _name) in places.items() if key == street]
        chosen &= Q(area_code__among=codes)
    return chosen


def _lines(
    groups: list[queries.Group], key: Callable[[queries.Group], str], word: Callable[[str], str]
) -> list[dict[str, Any]]:
    return [
        {"key": name, "word": word(name), **group.counts, "speaking": group.speaking,
         "signal": group.signal, "delays": group.delays, "online": group.online}
        for name, group in queries.put_together(groups, key)
    ]  # fmt: skip


def _exported(rows: Iterable[queries.DeviceRow]) -> HttpResponse:
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
