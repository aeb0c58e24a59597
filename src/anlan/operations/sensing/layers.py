"""Stations on the one map: where they stand and how they stand now."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.people.queries.days import moment_words
from anlan.operations.registers.queries import series
from anlan.operations.sensing.queries import (
    BoardRow,
    HotspotRow,
    alarmed_sites,
    board,
    camera_word,
    cameras,
    hotspots,
    last_fixes,
    with_rates,
)
from anlan.operations.sensing.rules.elements import figure
from anlan.operations.sensing.rules.hotspots import CONFIDENCE_WORDS, FRESH, OLD
from anlan.operations.sensing.rules.kinds import (
    AIR_QUALITY,
    BRIDGE,
    FIRE_UNIT,
    GEOHAZARD,
    VEHICLE,
    WATER_QUALITY,
    WEATHER,
)
from anlan.operations.sensing.rules.standing_now import NOW_WORDS, Now
from anlan.vocabulary import clock, units
from anlan.vocabulary.layers import Features, Layer, collection, point
from anlan.vocabulary.words import NP_

HOTSPOT_DAYS = 3


def _stations(kind: str) -> "Layer":
    def features(scope: Scope) -> Features:
        rows = board(scope, kind)
        # Only a stage's label says whether it rises.
        return collection(
            [_feature(row) for row in (with_rates(rows) if kind == "stage" else rows)]
        )

    words = {
        "stage": (NP_("layer", "Stage stations"), "ripple"),
        "rain": (NP_("layer", "Rain gauges"), "cloud-rain"),
        WATER_QUALITY: (NP_("layer", "Automatic water-quality stations"), "droplet"),
        AIR_QUALITY: (NP_("layer", "Air-quality stations"), "wind"),
        WEATHER: (NP_("layer", "Weather stations"), "wind"),
        GEOHAZARD: (NP_("layer", "Geohazard monitoring points"), "ruler-2"),
        BRIDGE: (NP_("layer", "Bridge monitoring points"), "wave-sine"),
        FIRE_UNIT: (NP_("layer", "Fire alarm units"), "flame"),
    }
    word, icon = words[kind]
    return Layer(
        key=f"{kind}_stations", word=word, family="circle", icon=icon, right="sensing.view",
        features=features, on=kind == "stage", group="monitoring",
    )  # fmt: skip


def _feature(row: BoardRow) -> Features:
    station, newest = row.station, row.latest
    properties = {
        "code": station.code,
        "kind": station.kind,
        "name": station.name,
        "link": f"/stations/{station.code}",
        "schematic": station.schematic,
        "state": row.now.value,
        "stale": row.now in (Now.STALE, Now.SILENT, Now.NEVER),
        "sub": pgettext(*NOW_WORDS[row.now]),
    }
    if newest is not None:
        properties["label"] = f"{station.name} {_value(row)}"
        properties |= {"value": newest.value, "unit": newest.unit, "datum": newest.datum,
                       "at": newest.at.isoformat()}  # fmt: skip
    if row.now in (Now.OVER, Now.UNDER, Now.ALARM):
        properties["level"] = (row.over.alert_level if row.over else None) or 3
        properties["involved"] = True
    return point(station.lon, station.lat, properties)


def _value(row: BoardRow) -> str:
    newest = row.latest
    if newest is None:
        return units.UNKNOWN
    if row.station.kind != "stage":
        return f"{figure(newest.element, newest.value)} {newest.unit}"
    rate = newest.rate_per_h or 0.0
    arrow = "↑" if rate > 0.01 else "↓" if rate < -0.01 else ""
    return f"{units.stage_m(newest.value)} {arrow}".strip()


def _hotspots(scope: Scope) -> Features:
    """The last three days, coloured by age: to 6 hours, to a day, older."""
    now = clock.now()
    return collection([_hotspot(one, now) for one in hotspots(scope, HOTSPOT_DAYS)])


def _hotspot(one: HotspotRow, now: datetime) -> Features:
    age = now - one.acquired_at
    seen = moment_words(one.acquired_at)
    properties = {
        "code": f"hotspot-{one.id}", "kind": "hotspot", "schematic": False,
        "name": _("Hotspot %(at)s") % {"at": seen}, "stale": age > OLD,
        "heat": 1 if age <= FRESH else 2 if age <= OLD else 3,
        "link": f"/hotspots#fire-{one.cluster}" if one.cluster else "/hotspots",
        "sub": f"{one.satellite} · {pgettext(*CONFIDENCE_WORDS[one.confidence])}",
        "at": one.acquired_at.isoformat(),
    }  # fmt: skip
    if age <= FRESH:
        properties |= {"involved": True, "label": seen}
    return point(one.lon, one.lat, properties)


HOTSPOTS = Layer(
    key="hotspots", word=NP_("layer", "Satellite hotspots"), family="diamond", icon="flame",
    right="sensing.view", features=_hotspots, group="monitoring",
)  # fmt: skip


def _vehicles(scope: Scope) -> Features:
    """Where each vehicle was last; one that has never said where is not on the map."""
    last = last_fixes()
    features = []
    for row in board(scope, VEHICLE):
        fix = last.get(row.station.code)
        if fix is not None and fix.place is not None:
            feature = _feature(row)
            feature["geometry"]["coordinates"] = [round(degrees, 6) for degrees in fix.place]
            feature["properties"]["at"] = fix.at.isoformat()
            features.append(feature)
    return collection(features)


VEHICLES = Layer(
    key="vehicles", word=NP_("layer", "Vehicles"), family="circle", icon="truck",
    right="sensing.view", features=_vehicles, group="monitoring",
)  # fmt: skip


def _cameras(scope: Scope) -> Features:
    return collection(
        [
            point(row.lon, row.lat, {
                "code": row.code, "kind": "camera", "name": row.name, "schematic": row.schematic,
                "link": f"/cameras/{row.code}", "stale": row.lost,
                "sub": " · ".join(filter(None, (pgettext(*camera_word(row)), row.purpose))),
            })
            for row in cameras(scope)
        ]
    )  # fmt: skip


CAMERAS = Layer(
    key="cameras", word=NP_("layer", "Cameras"), family="circle", icon="video",
    right="sensing.view", features=_cameras, group="monitoring",
)  # fmt: skip


def _site_alarms(scope: Scope) -> Features:
    """The sites where a rule of their own is an alarm now."""
    return collection(
        [
            point(row.site.lon, row.site.lat, {
                "code": row.site.code, "kind": "site_alarm", "name": row.site.name,
                "link": f"/sites/{row.site.code}", "schematic": row.site.schematic,
                "sub": series(row.rules), "label": row.site.name, "level": row.level or 3,
                "involved": True,
            })
            for row in alarmed_sites(scope)
        ]
    )  # fmt: skip


SITE_ALARMS = Layer(
    key="site_alarms", word=NP_("layer", "Sites in alarm"), family="diamond",
    icon="alert-octagon", right="sensing.view", features=_site_alarms, on=True,
    group="monitoring",
)  # fmt: skip
KINDS = ("stage", "rain", WATER_QUALITY, AIR_QUALITY, WEATHER, GEOHAZARD, BRIDGE, FIRE_UNIT)
LAYERS = [SITE_ALARMS, HOTSPOTS, VEHICLES, CAMERAS, *map(_stations, KINDS)]
