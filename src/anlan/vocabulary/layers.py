"""What a map layer is: one kind of thing on the one map (一张图), offered by the app that owns it.

The shape says the family (`ui.md` 6): a circle observes, a diamond endangers, a square helps;
areas and lines are drawn as they are. Portal asks every app's `layers.LAYERS` and draws them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from anlan.vocabulary.words import Term

Family = Literal["circle", "diamond", "square", "area", "line"]
Features = dict[str, Any]


class Sight(Protocol):
    """Whoever looks: what a scope of the people app says of itself."""

    @property
    def area_prefix(self) -> str | None:
        """Every visible row's area code starts with it; None when nothing is visible."""
        ...

    def may(self, right: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the map.

    `icon` is the name of a Tabler icon. `right` is needed to see the layer at all; `features`
    gives a GeoJSON FeatureCollection (lon/lat CGCS2000, x,y order) of what the looker may see.
    Each feature's properties hold at least `code`, `kind`, `name`, `link` and `schematic`.
    """

    key: str
    word: Term
    family: Family
    icon: str
    right: str
    features: Callable[[Any], Features]
    on: bool = False
    group: str = ""


def collection(features: list[Features]) -> Features:
    """A GeoJSON FeatureCollection."""
    return {"type": "FeatureCollection", "features": features}


def point(lon: float, lat: float, properties: dict[str, Any]) -> Features:
    """A GeoJSON point; degrees to six decimals (0.1 m)."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]},
        "properties": properties,
    }
