"""Hotspots seen by satellite: which belong together, and which are worth a call.

[pv] 1 km and 24 h make one fire; a hotspot of high confidence not older than 6 h is raised (NASA
FIRMS brings near-real-time pixels within about 3 h of the overpass); about 10 km around the
district are kept too, for a fire does not know the boundary.
"""

import math
from datetime import timedelta
from enum import StrEnum

from anlan.vocabulary.words import NP_, Term

TOGETHER_M = 1000.0
TOGETHER = timedelta(hours=24)
FRESH = timedelta(hours=6)
OLD = timedelta(hours=24)
MARGIN_DEG = 0.1
EARTH_M = 6_371_008.8

CONFIDENCE_WORDS: dict[str, Term] = {
    "low": NP_("hotspot confidence", "low"),
    "nominal": NP_("hotspot confidence", "nominal"),
    "high": NP_("hotspot confidence", "high"),
}


class Finding(StrEnum):
    """What somebody found who went to look."""

    FIRE = "fire"
    BURNING = "burning"
    INDUSTRY = "industry"
    NOTHING = "nothing"


FINDING_WORDS: dict[str, Term] = {
    Finding.FIRE: NP_("hotspot finding", "Fire in the open"),
    Finding.BURNING: NP_("hotspot finding", "Burning of straw or refuse"),
    Finding.INDUSTRY: NP_("hotspot finding", "Heat of a works"),
    Finding.NOTHING: NP_("hotspot finding", "Nothing found"),
}


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Great-circle distance, metres (haversine on the mean sphere)."""
    north, east = math.radians(lat_b - lat_a), math.radians(lon_b - lon_a)
    chord = (
        math.sin(north / 2) ** 2
        + math.cos(math.radians(lat_a)) * math.cos(math.radians(lat_b)) * math.sin(east / 2) ** 2
    )
    return 2 * EARTH_M * math.asin(math.sqrt(min(1.0, chord)))
