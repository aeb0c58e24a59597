"""What a vehicle's page says: where it is, how it got there, how well it is located."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of
from anlan.operations.registers.queries import series
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import release_terminal
from anlan.operations.sensing.rules.order_kinds import SET
from anlan.operations.sensing.rules.vehicle_classes import CLASS_WORDS, VehicleClass
from anlan.operations.sensing.views.lines import said
from anlan.vocabulary import clock

NO_CLASS = "none"
OTHER_TERMINAL = "other_terminal"
SHOWN = 40
STATED = 10


@never_cache
@require_POST
@requires("sensing.set_device")
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Let another terminal register for the vehicle."""
    row = queries.own_station(scope_of(request.user), code)
    if row is None:
        raise Http404
    if release_terminal(actor_of(request), row.code):
        messages.success(request, _("The next terminal that registers is the vehicle's."))
    else:
        messages.info(request, _("Nothing was different; nothing was changed."))
    return redirect("station", code)


def vehicle(row: queries.StationRow, scope: Scope) -> dict[str, Any]:
    """The track of 24 hours on the map, the newest fixes and place, the newest alarms."""
    code, device = row.code, row.device
    now = clock.now()
    fixes = queries.track(code, now - timedelta(hours=24), now + timedelta(hours=1))
    located = [fix.place for fix in fixes if fix.located and fix.place]
    return {
        "last": queries.last_fixes([code]).get(code),
        "fixes": fixes[: -SHOWN - 1 : -1],
        "counted": len(fixes),
        "located": len(located),
        "share": 100 * len(located) / len(fixes) if fixes else None,
        "map": _map(code, located),
        "stated": queries.vehicle_alarms(scope, queries.Asked(station=code), size=STATED),
        "holding": series(queries.standing_alarms(code)),
        "may_release": scope.may(SET) and queries.own_kind(scope, row.kind),
        "others": [
            one
            for one in queries.bad_frames(scope, device=device, reason=OTHER_TERMINAL, limit=3)
            if one.received_at > now - timedelta(days=7)
        ],
    }


def class_word(of: str) -> str:
    return said(CLASS_WORDS[of]) if of in CLASS_WORDS else ""


def class_choices() -> list[tuple[str, str]]:
    return [(one.value, class_word(one)) for one in VehicleClass]


def class_chips(rows: Iterable[queries.BoardRow]) -> list[tuple[str, str, int]]:
    """The classes that vehicles are of, how many are of each, those of none last."""
    counts = Counter(row.station.vehicle_class or NO_CLASS for row in rows)
    words = [*class_choices(), (NO_CLASS, pgettext("vehicle class", "No class stated"))]
    return [(key, word, counts[key]) for key, word in words if counts[key]]


def _map(code: str, located: list[tuple[float, float]]) -> dict[str, Any]:
    props: dict[str, Any] = {
        "layers": "/map/layers.json", "on": ["vehicles"], "fit": "district", "selected": code,
    }  # fmt: skip
    if len(located) > 1:
        places = [[round(lon, 6), round(lat, 6)] for lon, lat in located]
        props["way"] = {"line": places}
        lons, lats = zip(*places, strict=True)
        props["fit"] = [min(lons), min(lats), max(lons), max(lats)]
    return props
