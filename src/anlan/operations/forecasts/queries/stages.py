"""The stage library as pages and the first answer see it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from anlan.impact.flood import Flooding
from anlan.operations.forecasts.models import Reach, StageLibrary
from anlan.operations.forecasts.rules.stages import Floats, between, parts_of
from anlan.operations.forecasts.rules.water_tiles import WaterStore, still_store
from anlan.operations.territory import queries as territory
from anlan.terrain.grid import Grid

# A map that is looked at asks for some ten tiles of one stage at once.
WATERS_KEPT = 8


@dataclass(frozen=True)
class LibraryRow:
    """The library of a reach on the terrain in use. Stages are metres Yellow Sea 1985 at the
    gauge; `done` of `total` parts are made, `whole` when it can be used."""

    id: int
    reach: str
    station_code: str
    done: int
    total: int
    faulty: bool
    lowest_m: float
    highest_m: float
    folder: Path
    parts: dict[str, dict[str, Any]]

    @property
    def whole(self) -> bool:
        return self.done == self.total

    @cached_property
    def reached_m(self) -> Floats:
        numbers = sorted(self.parts, key=int)
        return np.array([m for number in numbers for m in self.parts[number]["reached_m"]])

    @property
    def corners(self) -> list[list[float]]:
        corners: list[list[float]] = self.parts["0"]["corners"]
        return corners

    def flooding(self, stage_m: float) -> Flooding:
        """The steady flood at a stage; it has always been there."""
        grid, still = self._grid(), between(self.folder, self.reached_m, stage_m)
        return Flooding(grid, still.depth, grid.z, still.speed, still.depth * still.speed)

    def water(self, stage_m: float) -> WaterStore:
        """The steady water at a stage, ready for tiles."""
        place = self.parts["0"]
        where = (place["x0"], place["y0"], place["cell_m"])
        return _water(self.folder, tuple(self.reached_m), stage_m, where)

    def _grid(self) -> Grid:
        place = self.parts["0"]
        flat = np.zeros((place["rows"], place["columns"]), dtype=np.float32)
        return Grid(flat, place["x0"], place["y0"], place["cell_m"])


@lru_cache(maxsize=WATERS_KEPT)
def _water(
    folder: Path, reached_m: tuple[float, ...], stage_m: float, where: tuple[float, float, float]
) -> WaterStore:
    reached = np.array(reached_m)
    still, most = (between(folder, reached, stage) for stage in (stage_m, reached[-1]))
    return still_store(Grid(still.depth, *where), still, most.surface)


def library_of(reach: str) -> LibraryRow | None:
    """The library on the terrain in use, finished or not; None before its first part."""
    terrain = territory.terrain()
    if terrain is None:
        return None
    found = StageLibrary.objects.filter(reach=reach, terrain_version=terrain.version).first()
    return _row(found) if found else None


def library(library_id: int) -> LibraryRow | None:
    found = StageLibrary.objects.filter(pk=library_id).first()
    return _row(found) if found else None


def _row(one: StageLibrary) -> LibraryRow | None:
    reach = Reach.objects.filter(code=one.reach).first()
    table = reach.settings.get("stages") if reach else None
    if reach is None or table is None:
        return None
    return LibraryRow(
        one.pk, one.reach, reach.station, len(one.parts), len(parts_of(table)), one.faults > 0,
        table["lowest_m"], table["highest_m"], Path(settings.ANLAN_HOME) / one.folder, one.parts,
    )  # fmt: skip
