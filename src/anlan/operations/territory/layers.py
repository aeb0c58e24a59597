"""Areas, roads and sites on the one map (一张图), each kind a layer of its own."""

from typing import Literal

import shapely
from django.utils.translation import pgettext
from shapely.geometry import mapping

from anlan.operations.people.queries import Scope
from anlan.operations.territory.queries import (
    SiteRow,
    area_names,
    areas,
    link_to,
    link_to_site,
    outlines,
    roads,
    sites,
)
from anlan.operations.territory.rules import SITE_WORDS, SiteKind
from anlan.vocabulary.layers import Family, Features, Layer, collection, point
from anlan.vocabulary.words import NP_, Term

RIGHT = "territory.map"
OnOff = Literal["on", "off"]


def _sites(key: str, kind: SiteKind, word: Term, family: Family, icon: str, group: str) -> Layer:
    def features(scope: Scope) -> Features:
        rows = sites(scope, kind=kind)
        names = area_names({row.area_code for row in rows})
        return collection([_site(row, names) for row in rows])

    return Layer(key, word, family, icon, RIGHT, features, group=group)


def _site(row: SiteRow, names: dict[str, str]) -> Features:
    return point(
        row.lon, row.lat,
        {
            "code": row.code, "kind": row.kind, "name": row.name,
            "link": link_to_site(row), "schematic": row.schematic,
            "sub": names.get(row.area_code) or pgettext(*SITE_WORDS[SiteKind(row.kind)]),
        },
    )  # fmt: skip


def _areas(kind: str, word: Term, on: OnOff) -> Layer:
    def features(scope: Scope) -> Features:
        prefix = scope.area_prefix
        if prefix is None:
            return collection([])
        shapes = outlines(kind)
        return collection(
            [
                {
                    "type": "Feature",
                    "geometry": mapping(shapes[row.code]),
                    "properties": {
                        "code": row.code, "kind": "area", "name": row.name,
                        "link": link_to("area", row.code), "schematic": row.schematic,
                        "people": row.people, "households": row.households,
                        "lon": row.lon, "lat": row.lat,
                    },
                }
                for row in areas(kind)
                if row.code in shapes and _within(row.code, prefix)
            ]
        )  # fmt: skip

    return Layer(
        f"{kind}_areas", word, "area", "map-2", RIGHT, features, on=on == "on", group="areas"
    )


def _within(code: str, prefix: str) -> bool:
    """One's own areas, and those that hold them: a township also sees the district's line."""
    return code.startswith(prefix) or prefix.startswith(code)


def _roads(scope: Scope) -> Features:
    return collection(
        [
            {
                "type": "Feature",
                "geometry": mapping(shapely.from_wkb(row.wkb)),
                "properties": {
                    "code": row.code, "kind": "road", "name": row.name, "grade": row.grade,
                    "link": link_to("road", row.code), "schematic": row.schematic,
                },
            }
            for row in roads(scope)
        ]
    )  # fmt: skip


LAYERS = [
    _areas("township", NP_("layer", "Streets and towns"), "on"),
    _areas("community", NP_("layer", "Communities and villages"), "off"),
    Layer("roads", NP_("layer", "Roads"), "line", "road", RIGHT, _roads, group="areas"),
    _sites("reservoirs", SiteKind.RESERVOIR, NP_("layer", "Reservoirs"), "diamond",
           "droplet-half-2", "dangers"),
    _sites("flash_floods", SiteKind.FLASH_FLOOD, NP_("layer", "Flash-flood sites"), "diamond",
           "wave-sine", "dangers"),
    _sites("geohazards", SiteKind.GEOHAZARD, NP_("layer", "Geohazard sites"), "diamond",
           "mountain", "dangers"),
    _sites("checkpoints", SiteKind.CHECKPOINT, NP_("layer", "Fire checkpoints"), "diamond",
           "flame", "dangers"),
    _sites("smart_geohazards", SiteKind.SMART_GEOHAZARD,
           NP_("layer", "Instrumented geohazard sites"), "circle", "radar-2", "monitoring"),
    _sites("water_quality", SiteKind.WATER_QUALITY, NP_("layer", "Water-quality stations"),
           "circle", "droplet", "monitoring"),
    _sites("weather", SiteKind.WEATHER, NP_("layer", "Weather stations"), "circle",
           "temperature", "monitoring"),
    _sites("schools", SiteKind.SCHOOL, NP_("layer", "Schools"), "square", "school", "resources"),
    _sites("stores", SiteKind.STORE, NP_("layer", "Supply stores"), "square",
           "building-warehouse", "resources"),
    _sites("loudspeakers", SiteKind.LOUDSPEAKER, NP_("layer", "Loudspeaker posts"), "square",
           "speakerphone", "resources"),
]  # fmt: skip
