"""Kinds of sites, responsible persons and areas; the cell key that clusters points; masking.

Points are kept with a *cell*: 0.005° squares (about 500 m) numbered row by row from the south-west
of the world. A rectangle is then one range of cells per row, and rows stored in cell order lie
together on disk. The exact test follows, vectorised.
"""

import math
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anlan.vocabulary.words import NP_, Term

CELL_DEGREES = 0.005
CELLS_PER_ROW = 72_000
ROWS_SOUTH = 18_000
METRES_PER_DEGREE = 110_574.0


class SiteKind(StrEnum):
    """What stands on the map as a point."""

    RESERVOIR = "reservoir"
    FLASH_FLOOD = "flash_flood"
    CHECKPOINT = "checkpoint"
    GEOHAZARD = "geohazard"
    SHELTER = "shelter"
    CAMERA = "camera"
    WATER_QUALITY = "water_quality"
    SMART_GEOHAZARD = "smart_geohazard"
    WEATHER = "weather"
    STAGE_STATION = "stage_station"
    RAIN_STATION = "rain_station"
    TEAM_BASE = "team_base"
    STORE = "store"
    SCHOOL = "school"
    LOUDSPEAKER = "loudspeaker"
    BRIDGE = "bridge"
    FIRE_UNIT = "fire_unit"


SITE_WORDS: dict[SiteKind, Term] = {
    SiteKind.RESERVOIR: NP_("site kind", "Reservoir"),
    SiteKind.FLASH_FLOOD: NP_("site kind", "Flash-flood site"),
    SiteKind.CHECKPOINT: NP_("site kind", "Fire checkpoint"),
    SiteKind.GEOHAZARD: NP_("site kind", "Geohazard site"),
    SiteKind.SHELTER: NP_("site kind", "Shelter"),
    SiteKind.CAMERA: NP_("site kind", "Camera"),
    SiteKind.WATER_QUALITY: NP_("site kind", "Water-quality station"),
    SiteKind.SMART_GEOHAZARD: NP_("site kind", "Instrumented geohazard site"),
    SiteKind.WEATHER: NP_("site kind", "Weather station"),
    SiteKind.STAGE_STATION: NP_("site kind", "Stage station"),
    SiteKind.RAIN_STATION: NP_("site kind", "Rain gauge"),
    SiteKind.TEAM_BASE: NP_("site kind", "Team base"),
    SiteKind.STORE: NP_("site kind", "Supply store"),
    SiteKind.SCHOOL: NP_("site kind", "School"),
    SiteKind.LOUDSPEAKER: NP_("site kind", "Loudspeaker post"),
    SiteKind.BRIDGE: NP_("site kind", "Bridge monitoring point"),
    SiteKind.FIRE_UNIT: NP_("site kind", "Fire alarm unit"),
}


AREA_WORDS: dict[str, Term] = {
    "district": NP_("area kind", "District"),
    "township": NP_("area kind", "Street or town"),
    "community": NP_("area kind", "Community or village"),
}


class ResponsibleKind(StrEnum):
    """Who answers for a site or an area (`domain.md` 1, Roles)."""

    ADMINISTRATIVE = "administrative"
    TECHNICAL = "technical"
    PATROL = "patrol"
    GEO_MONITOR = "geo_monitor"
    GEO_AREA_HEAD = "geo_area_head"
    GEO_ENGINEER = "geo_engineer"
    GEO_DISTRICT = "geo_district"
    FLASH_FLOOD_LEAD = "flash_flood_lead"
    FLASH_FLOOD_WATCH = "flash_flood_watch"
    GRID_WORKER = "grid_worker"
    COMMUNITY_HEAD = "community_head"
    TOWNSHIP_DUTY = "township_duty"
    KEEPER = "keeper"


RESPONSIBLE_WORDS: dict[ResponsibleKind, Term] = {
    ResponsibleKind.ADMINISTRATIVE: NP_("responsible person", "Administrative"),
    ResponsibleKind.TECHNICAL: NP_("responsible person", "Technical"),
    ResponsibleKind.PATROL: NP_("responsible person", "Patrol"),
    ResponsibleKind.GEO_MONITOR: NP_("responsible person", "Community monitor"),
    ResponsibleKind.GEO_AREA_HEAD: NP_("responsible person", "Area head"),
    ResponsibleKind.GEO_ENGINEER: NP_("responsible person", "Resident geologist"),
    ResponsibleKind.GEO_DISTRICT: NP_("responsible person", "District technical manager"),
    ResponsibleKind.FLASH_FLOOD_LEAD: NP_("responsible person", "Evacuation lead"),
    ResponsibleKind.FLASH_FLOOD_WATCH: NP_("responsible person", "Site watcher"),
    ResponsibleKind.GRID_WORKER: NP_("responsible person", "Grid worker"),
    ResponsibleKind.COMMUNITY_HEAD: NP_("responsible person", "Community head"),
    ResponsibleKind.TOWNSHIP_DUTY: NP_("responsible person", "Township duty room"),
    ResponsibleKind.KEEPER: NP_("responsible person", "Keeper"),
}

DEMANDED: dict[SiteKind, tuple[ResponsibleKind, ...]] = {
    SiteKind.RESERVOIR: (
        ResponsibleKind.ADMINISTRATIVE, ResponsibleKind.TECHNICAL, ResponsibleKind.PATROL,
    ),
    SiteKind.GEOHAZARD: (
        ResponsibleKind.GEO_MONITOR, ResponsibleKind.GEO_AREA_HEAD,
        ResponsibleKind.GEO_ENGINEER, ResponsibleKind.GEO_DISTRICT,
    ),
    SiteKind.FLASH_FLOOD: (ResponsibleKind.FLASH_FLOOD_LEAD, ResponsibleKind.FLASH_FLOOD_WATCH),
}  # fmt: skip
"""Who must be named for a site of a kind: three persons of a reservoir, the four-fold grid."""


class Box(NamedTuple):
    """A rectangle in degrees, lon/lat."""

    west: float
    south: float
    east: float
    north: float


def cell_of(lon: float, lat: float) -> int:
    """The cell that holds a point."""
    return _row(lat) * CELLS_PER_ROW + _column(lon)


def cells_of(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
    """`cell_of` for arrays of one shape."""
    rows = np.floor(lat / CELL_DEGREES).astype(np.int64) + ROWS_SOUTH
    columns = np.floor((lon + 180.0) / CELL_DEGREES).astype(np.int64)
    return rows * CELLS_PER_ROW + columns


def cell_ranges(box: Box) -> list[tuple[int, int]]:
    """First and last cell of every row of cells that a rectangle touches."""
    west, east = _column(box.west), _column(box.east)
    return [
        (row * CELLS_PER_ROW + west, row * CELLS_PER_ROW + east)
        for row in range(_row(box.south), _row(box.north) + 1)
    ]


def box_around(lon: float, lat: float, km: float) -> Box:
    """The rectangle that holds every point within `km` kilometres."""
    tall = km * 1000.0 / METRES_PER_DEGREE * 1.01
    wide = tall / max(math.cos(math.radians(lat)), 0.01)
    return Box(lon - wide, lat - tall, lon + wide, lat + tall)


def mask_name(name: str) -> str:
    """A private person's name: the family name stays.

    >>> mask_name("王桂芳")
    '王**'
    """
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def mask_phone(phone: str) -> str:
    """The first three and the last four digits stay.

    >>> mask_phone("13812342207")
    '138****2207'
    """
    if len(phone) < 8:
        return "*" * len(phone)
    return f"{phone[:3]}****{phone[-4:]}"


def _row(lat: float) -> int:
    return math.floor(lat / CELL_DEGREES) + ROWS_SOUTH


def _column(lon: float) -> int:
    return math.floor((lon + 180.0) / CELL_DEGREES)
