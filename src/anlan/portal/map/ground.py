"""What lies under every map: outline, rivers, town names, relief; kept on disk an edition."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from shapely.geometry.base import BaseGeometry

from anlan.operations.territory.queries import (
    AreaRow,
    TerrainRow,
    WaterRow,
    areas,
    outline,
    terrain,
    territory_version,
    waters,
)
from anlan.portal.map import relief
from anlan.terrain.crs import to_geographic, to_metric
from anlan.terrain.files import read_dem
from anlan.terrain.grid import Grid
from anlan.terrain.tiles import frame_of

THEMES = ("light", "dark")
_TOLERANCE_DEG = 0.00005


@dataclass(frozen=True, slots=True)
class Edition:
    """Which territory and terrain are loaded: the key of everything kept."""

    territory: str
    terrain: TerrainRow | None

    @property
    def key(self) -> str:
        drawn = self.terrain.version if self.terrain else "flat"
        return hashlib.sha256(f"3|{self.territory}|{drawn}".encode()).hexdigest()[:16]


def edition() -> Edition:
    return Edition(territory_version(), terrain())


def district() -> AreaRow | None:
    """The loaded district; None before any."""
    found = areas("district")
    return found[0] if found else None


def base(now: Edition) -> dict[str, Any]:
    """Everything the browser needs to draw the ground; {"empty": true} before a load."""
    here = district()
    shape = outline(here.code) if here else None
    if here is None or shape is None:
        return {"empty": True}
    west, south, east, north = shape.bounds
    return {
        "edition": now.key,
        "code": here.code,
        "name": here.name,
        "schematic": bool(now.terrain and now.terrain.schematic),
        "bounds": [west, south, east, north],
        "outline": _geometry(shape),
        "waters": [_water(row) for row in waters()],
        "towns": [
            {"name": town.name, "lon": town.lon, "lat": town.lat} for town in areas("township")
        ],
        **_relief(now),
    }


def hillshade(now: Edition, theme: str) -> bytes | None:
    """The shaded relief (JPEG); None without a terrain."""
    if now.terrain is None or theme not in THEMES:
        return None
    row = now.terrain
    return _kept(
        Path("hillshade") / f"{row.version}-{theme}-3.jpg",
        lambda: relief.hillshade_jpeg(_grid(str(row.path)), theme),
    )


def height_tile(now: Edition, z: int, x: int, y: int) -> bytes | None:
    """One tile of heights (PNG); None without a terrain, off it, or at another zoom."""
    if now.terrain is None or not relief.MIN_ZOOM <= z <= relief.MAX_ZOOM:
        return None
    row = now.terrain
    return _kept(
        Path("terrain") / row.version / str(z) / str(x) / f"{y}.png",
        lambda: relief.height_png(_grid(str(row.path)), z, x, y),
    )


def _relief(now: Edition) -> dict[str, Any]:
    if now.terrain is None:
        return {"relief": None, "terrain": None}
    frame = frame_of(_grid(str(now.terrain.path)))
    version = now.terrain.version
    return {
        "relief": {
            **{theme: f"/map/base/hillshade-{theme}.jpg?v={version}-3" for theme in THEMES},
            "corners": frame.corners,
        },
        "terrain": {
            "tiles": f"/map/terrain/{{z}}/{{x}}/{{y}}.png?v={version}",
            "minzoom": relief.MIN_ZOOM,
            "maxzoom": relief.MAX_ZOOM,
            "bounds": [frame.west, frame.south, frame.east, frame.north],
        },
    }


def _water(row: WaterRow) -> dict[str, Any]:
    """A water's middle line, and for one wide enough to see its bed as an area."""
    bed = None
    if row.kind == "river" and row.width_m > 0 and row.geometry.geom_type.endswith("LineString"):
        middle = shapely.transform(row.geometry, _metric)
        round_bed = middle.buffer(row.width_m / 2, cap_style="flat", join_style="round")
        bed = _geometry(shapely.transform(round_bed, _geographic))
    return {"name": row.name, "kind": row.kind, "line": _geometry(row.geometry), "bed": bed}


def _metric(points: np.ndarray[Any, np.dtype[np.float64]]) -> Any:
    return np.column_stack(to_metric(points[:, 0], points[:, 1]))


def _geographic(points: np.ndarray[Any, np.dtype[np.float64]]) -> Any:
    return np.column_stack(to_geographic(points[:, 0], points[:, 1]))


def _geometry(shape: BaseGeometry) -> dict[str, Any]:
    """GeoJSON, drawn no finer than 5 m and to six decimals."""
    drawn = shapely.set_precision(shape.simplify(_TOLERANCE_DEG), 1e-6)
    mapping: dict[str, Any] = shapely.geometry.mapping(drawn)
    return mapping


@lru_cache(maxsize=1)
def _grid(path: str) -> Grid:
    return read_dem(Path(path))


def _kept(name: Path, make: Callable[[], bytes | None]) -> bytes | None:
    """A drawn picture, from this installation's cache when it has been drawn before."""
    path = Path(settings.ANLAN_HOME) / "cache" / "map" / name
    if path.exists():
        return path.read_bytes()
    content = make()
    if content is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{hashlib.sha256(content).hexdigest()[:8]}")
        draft.write_bytes(content)
        draft.replace(path)
    return content
