"""Where to send people before the shelters are assigned: the nearest dry one with room left.

Provisional, community by community, first water first; the response assigns them for good by
optimisation and can send an update.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPolygon

KM_A_DEGREE = 111.32
DETOUR = 1.3  # walking distance over straight line, urban default [pv]


@dataclass(frozen=True, slots=True)
class Refuge:
    """A shelter as this choice sees it: place in degrees, people it can still take."""

    code: str
    name: str
    lon: float
    lat: float
    room: int


@dataclass(frozen=True, slots=True)
class Need:
    """A community that must move: its middle, its people, and how soon (minutes)."""

    code: str
    lon: float
    lat: float
    people: int
    soon_min: float


def walk_m(lon: float, lat: float, refuge: Refuge) -> float:
    """Estimated walking distance in metres."""
    across = (lon - refuge.lon) * KM_A_DEGREE * math.cos(math.radians(lat))
    return 1000 * DETOUR * math.hypot(across, (lat - refuge.lat) * KM_A_DEGREE)


def choose(
    needs: Sequence[Need], refuges: Sequence[Refuge], water: MultiPolygon
) -> dict[str, Refuge]:
    """Community → refuge. When none has room for all, the nearest dry one; {} when all are wet."""
    shapely.prepare(water)
    dry = [r for r in refuges if not shapely.intersects_xy(water, r.lon, r.lat)]
    room = {r.code: r.room for r in dry}
    chosen: dict[str, Refuge] = {}
    for need in sorted(needs, key=lambda n: (n.soon_min, n.code)):
        by_distance = sorted(dry, key=lambda r: (walk_m(need.lon, need.lat, r), r.code))
        if not by_distance:
            return {}
        fitting = (r for r in by_distance if room[r.code] >= need.people)
        refuge = next(fitting, by_distance[0])
        room[refuge.code] -= need.people
        chosen[need.code] = refuge
    return chosen
