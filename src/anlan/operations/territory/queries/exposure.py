"""Which terrain and which exposure the models compute on: files of this installation."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from anlan.operations.territory.models import Edition, Terrain

FOLDER = "territory"


@dataclass(frozen=True, slots=True)
class TerrainRow:
    """The terrain in use: a GeoTIFF, EPSG:4544, Yellow Sea 1985 metres, square cells."""

    version: str
    path: Path
    cell_m: float
    rows: int
    columns: int
    schematic: bool
    source: str


class NoTerritory(LookupError):
    """Nothing has been loaded yet: `anlan district load` comes first."""


def territory_version() -> str:
    """The number of the newest edition of areas, sites and households; "0" before any."""
    newest = Edition.objects.order_by("-number").values_list("number", flat=True).first()
    return str(newest or 0)


def terrain() -> TerrainRow | None:
    """The terrain in use; None before any was loaded."""
    found = Terrain.objects.order_by("-loaded_at", "-version").first()
    if found is None:
        return None
    return TerrainRow(
        found.version, Path(settings.ANLAN_HOME) / found.path, found.cell_m, found.rows,
        found.columns, found.schematic, found.source,
    )  # fmt: skip


def exposure_file() -> Path:
    """The arrays of everything that can be hit, of the present edition (a .npz).

    households: `household_id` int64, `x`, `y` float64 (EPSG:4544 metres), `people` int16,
    `needs_help` bool, `community` int32 (index into `community_code`, `community_name`);
    roads: `road_code`, `road_name`, `road_grade`, `road_x`, `road_y` (vertices of all roads one
    after another) and `road_start` int32 (n+1 offsets into them);
    sites: `site_code`, `site_kind`, `site_name`, `site_x`, `site_y`, `site_area`.

    Raises `NoTerritory` before `territory.actions.build_exposure` has run for this edition.
    """
    path = exposure_path(territory_version())
    if not path.exists():
        raise NoTerritory(f"no exposure for edition {territory_version()}: {path.name} is missing")
    return path


def exposure_path(version: str) -> Path:
    return Path(settings.ANLAN_HOME) / FOLDER / f"exposure-{version}.npz"
