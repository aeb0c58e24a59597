"""The territory as models compute on it: terrain, editions, and the arrays of what can be hit."""

import hashlib
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from django.conf import settings
from django.db.models import Max

from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.territory.events import TerritoryChanged
from anlan.operations.territory.models import Area, Edition, Household, Road, Site, Terrain
from anlan.operations.territory.queries.exposure import (
    FOLDER,
    exposure_path,
    territory_version,
)
from anlan.terrain.crs import to_metric
from anlan.vocabulary import clock

if TYPE_CHECKING:
    from anlan.terrain.grid import Grid

TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerrain:
    """A terrain to use from now on: Yellow Sea metres on a grid in EPSG:4544."""

    grid: "Grid"
    schematic: bool
    source: str


def set_terrain(actor: Actor, new: NewTerrain) -> str:
    """Keep a terrain as a file and use it from now on; returns its version.

    The version is the content's own hash: the same terrain again is the same version.
    """
    from anlan.terrain.files import write_dem  # GDAL is slow to start; only a load needs it

    z = np.ascontiguousarray(new.grid.z)
    digest = hashlib.sha256(z.tobytes())
    digest.update(repr((new.grid.x0, new.grid.y0, new.grid.cell_m)).encode())
    version = digest.hexdigest()[:16]
    relative = Path(FOLDER) / f"terrain-{version}.tif"
    path = Path(settings.ANLAN_HOME) / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part.tif")
    write_dem(beside, new.grid)
    os.replace(beside, path)
    with act("territory.set_terrain", actor) as this:
        before = Terrain.objects.aggregate(newest=Max("loaded_at"))["newest"]
        Terrain.objects.update_or_create(
            version=version,
            defaults={
                "path": relative.as_posix(), "cell_m": new.grid.cell_m, "rows": z.shape[0],
                "columns": z.shape[1], "schematic": new.schematic, "source": new.source,
                # The one loaded last is in use, also after a clock was set back.
                "loaded_at": max(clock.now(), before + TICK) if before else clock.now(),
            },
        )  # fmt: skip
        this.on("terrain", version, new.source)
    return version


def publish_edition(actor: Actor, reason: str) -> str:
    """Close a change of the territory: the next edition number, and its exposure file."""
    with act("territory.publish_edition", actor) as this:
        newest = Edition.objects.aggregate(newest=Max("number"))["newest"] or 0
        number = newest + 1
        Edition.objects.create(number=number, made_at=clock.now(), reason=reason[:200])
        this.on("edition", number, reason)
        this.publish(TerritoryChanged(edition=str(number), reason=reason))
    build_exposure()
    return str(number)


def build_exposure(actor: Actor = PLATFORM) -> Path:
    """Write the arrays that `queries.exposure_file` describes, for the present edition."""
    path = exposure_path(territory_version())
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part.npz")
    arrays: dict[str, Any] = _households() | _roads() | _sites()
    np.savez(beside, **arrays)
    os.replace(beside, path)
    return path


def _households() -> dict[str, np.ndarray]:
    columns = Household.objects.order_by("id").values_list(
        "id", "lon", "lat", "people", "needs_help", "area_code"
    )
    rows = list(columns.iterator(chunk_size=20000))
    names = dict(Area.objects.filter(kind="community").values_list("code", "name"))
    codes = sorted(set(names) | {row[5] for row in rows})
    index = {code: i for i, code in enumerate(codes)}
    x, y = to_metric(
        np.array([row[1] for row in rows], dtype=np.float64),
        np.array([row[2] for row in rows], dtype=np.float64),
    )
    return {
        "household_id": np.array([row[0] for row in rows], dtype=np.int64),
        "x": x,
        "y": y,
        "people": np.array([row[3] for row in rows], dtype=np.int16),
        "needs_help": np.array([row[4] for row in rows], dtype=np.bool_),
        "community": np.array([index[row[5]] for row in rows], dtype=np.int32),
        "community_code": np.array(codes, dtype="U12"),
        "community_name": np.array([names.get(code, code) for code in codes], dtype="U60"),
    }


def _roads() -> dict[str, np.ndarray]:
    rows = list(Road.objects.order_by("code"))
    lines = shapely.from_wkb([bytes(row.wkb) for row in rows])
    vertices, owner = shapely.get_coordinates(lines, return_index=True)
    x, y = to_metric(vertices[:, 0], vertices[:, 1])
    return {
        "road_code": np.array([row.code for row in rows], dtype="U40"),
        "road_name": np.array([row.name for row in rows], dtype="U60"),
        "road_grade": np.array([row.grade for row in rows], dtype="U20"),
        "road_x": x,
        "road_y": y,
        "road_start": np.searchsorted(owner, np.arange(len(rows) + 1)).astype(np.int32),
    }


def _sites() -> dict[str, np.ndarray]:
    rows = list(Site.objects.order_by("code"))
    x, y = to_metric(
        np.array([row.lon for row in rows], dtype=np.float64),
        np.array([row.lat for row in rows], dtype=np.float64),
    )
    return {
        "site_code": np.array([row.code for row in rows], dtype="U40"),
        "site_kind": np.array([row.kind for row in rows], dtype="U30"),
        "site_name": np.array([row.name for row in rows], dtype="U100"),
        "site_area": np.array([row.area_code for row in rows], dtype="U12"),
        "site_x": x,
        "site_y": y,
    }
