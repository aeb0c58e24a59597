"""What a vehicle's page says: where it is, how it got there, how well it is located."""

from datetime import timedelta
from typing import Any

from anlan.operations.people.queries import Scope
from anlan.operations.sensing import queries
from anlan.vocabulary import clock

SHOWN = 40
STATED = 10


def vehicle(code: str, scope: Scope) -> dict[str, Any]:
    """The track of 24 hours on the map, the newest fixes and place, the newest alarms."""
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
        "holding": queries.standing_alarms(code),
    }


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
