"""What vehicles stated as alarms: the list, filtered, and as an Excel file."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.backbone.workbooks import XLSX, workbook
from anlan.operations.people.actions import actor_of, log_export
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.rules.alarm_bits import GROUP_WORDS
from anlan.operations.sensing.views.lines import said
from anlan.vocabulary import clock

PERIODS = (1, 7, 30)  # days
LEVELS = (1, 2)
MOST_EXPORTED = 10_000
MOST_PAGES = 200


@require_GET
@requires("sensing.view")
def vehicle_alarms_page(request: HttpRequest) -> HttpResponse:
    scope, given = scope_of(request.user), request.GET
    days = _number(given, "days", PERIODS) or PERIODS[0]
    asked = queries.Asked(
        since=clock.now() - timedelta(days=days), station=given.get("vehicle", ""),
        group=given.get("group", "") if given.get("group") in GROUP_WORDS else "",
        level=_number(given, "level", LEVELS), standing=given.get("standing") == "1",
    )  # fmt: skip
    if given.get("format") == "xlsx":
        every = queries.vehicle_alarms(scope, asked, size=MOST_EXPORTED)
        log_export(actor_of(request), "vehicle alarms", given.urlencode(), len(every.rows))
        return _exported(every)
    page = next((n for n in range(1, MOST_PAGES) if given.get("page") == str(n)), 1)
    found = queries.vehicle_alarms(scope, asked, page)
    row = queries.station(asked.station) if asked.station else None
    context = {
        "found": found, "asked": asked, "days": days, "periods": PERIODS, "levels": LEVELS,
        "groups": [(key, said(term)) for key, term in GROUP_WORDS.items()],
        "vehicle": row if row and queries.visible(scope, row) else None,
        "page": page, "more": found.total > page * queries.A_PAGE,
        "links": {name: _without(given, name) for name in ("days", "group", "level", "standing",
                                                           "vehicle", "page", "format")},
    }  # fmt: skip
    return render(request, "sensing/vehicle_alarms.html", context)


def _number(given: QueryDict, name: str, known: tuple[int, ...]) -> int | None:
    return next((one for one in known if given.get(name) == str(one)), None)


def _without(given: QueryDict, name: str) -> str:
    """The question without one of its words (and from its first page), to be gone on with."""
    kept = given.copy()
    for one in {name, "page", "format"}:
        kept.pop(one, None)
    return kept.urlencode()


def _exported(found: queries.VehicleAlarms) -> HttpResponse:
    head: list[Any] = [
        pgettext("vehicle alarm", "Vehicle"), pgettext("vehicle", "Alarm"),
        pgettext("vehicle alarm", "Level"), pgettext("vehicle alarm", "Began"),
        pgettext("vehicle alarm", "Ended"), _("Speed, km/h"), _("Longitude, °"), _("Latitude, °"),
        pgettext("vehicle alarm", "Arrived"), pgettext("vehicle alarm", "Details"),
    ]  # fmt: skip
    lines = [
        [row.station_name, row.name, row.level or "", f"{row.began_at:%Y-%m-%d %H:%M:%S}",
         f"{row.ended_at:%Y-%m-%d %H:%M:%S}" if row.ended_at else "", row.speed_kmh, row.lon,
         row.lat, f"{row.received_at:%Y-%m-%d %H:%M:%S}", row.details]
        for row in found.rows
    ]  # fmt: skip
    answer = HttpResponse(workbook(_("Alarms of vehicles"), [head, *lines]), content_type=XLSX)
    name = f"vehicle-alarms-{clock.now():%Y%m%d%H%M}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
