"""Real files instead of schematic records: checked row by row, then all of it or nothing.

What a file brings takes the place of the schematic records of the same kind: sites of the kinds in
the file, households of the communities in the file, the outlines of the areas in the file, the
terrain as a whole. Every import makes a new edition of the territory.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.actions import PLATFORM
from anlan.operations.resources.actions import NewShelter, ShelterRefused, load_shelters
from anlan.operations.sensing.actions import follow_camera_sites
from anlan.operations.territory import actions as territory
from anlan.operations.territory.queries import (
    areas,
    existing_codes,
    outline,
    outlines,
    territory_version,
)
from anlan.operations.territory.rules import AREA_WORDS, SITE_WORDS, SiteKind
from anlan.portal.loading.folder import open_district
from anlan.portal.loading.import_rows import Checked, Refusal, Standing, check_rows
from anlan.portal.loading.import_tables import BAIDU, GCJ, BadFile, crs_of, read_rows
from anlan.portal.loading.schematic_areas import metric
from anlan.terrain.crs import to_geographic
from anlan.terrain.grid import Grid

SHOWN = 40
COARSEST_M = 100.0
MOST_CELLS = 150_000_000
COVERED = 0.98
Say = Callable[[str], None]


def import_file(
    kind: str, path: Path, crs: str | None = None, dry_run: bool = False, *, say: Say = print
) -> int:
    """Import a file of `sites`, `areas`, `households` or `dem`; 0 when it was taken.

    A file with one bad row is refused whole: 1, and every reason is said. `dry_run` says what
    would change and changes nothing.
    """
    try:
        if territory_version() == "0":
            raise BadFile(_("Nothing is loaded yet: load a district first."))
        if kind == "dem":
            return _terrain(path, crs, dry_run, say)
        checked = check_rows(kind, read_rows(path, crs), _standing(kind, path))
    except BadFile as fault:
        say(str(fault))
        say(_("Nothing was changed."))
        return 1
    if checked.refusals:
        _tell(path, checked.refusals, say)
        return 1
    return _take(kind, path, checked, dry_run, say)


def _standing(kind: str, path: Path) -> Standing:
    district = open_district(settings.ANLAN_DISTRICT)
    homes = outlines("community")
    codes, shapes = list(homes), np.array(list(homes.values()), dtype=object)
    tree = shapely.STRtree(shapes)

    def area_at(lon: float, lat: float) -> str:
        held = tree.query(shapely.Point(lon, lat), predicate="intersects")
        return codes[int(held.min())] if len(held) else ""

    known = frozenset(area.code for area in areas())
    real = existing_codes(kind) if kind in ("sites", "households") else frozenset()
    return Standing(district.box, known, real, area_at, path.name)


def _take(kind: str, path: Path, checked: Checked, dry_run: bool, say: Say) -> int:
    for line in _preview(kind, checked):
        say(line)
    if dry_run:
        say(_("Dry run: nothing was changed."))
        return 0
    try:
        with transaction.atomic():
            {"sites": _sites, "areas": _areas, "households": _households}[kind](path, checked)
            territory.publish_edition(PLATFORM, f"import of {kind} from {path.name}")
    except (ShelterRefused, territory.SiteTaken) as fault:
        say(str(fault))
        say(_("Nothing was changed."))
        return 1
    say(_("%(file)s is imported.") % {"file": path.name})
    return 0


def _preview(kind: str, checked: Checked) -> list[str]:
    if kind == "sites":
        kinds = Counter(site.kind for site in checked.sites)
        return [
            _("%(count)s sites of kind %(kind)s take the place of the schematic ones.")
            % {"count": count, "kind": pgettext(*SITE_WORDS[SiteKind(name)])}
            for name, count in sorted(kinds.items())
        ]
    if kind == "areas":
        levels = Counter(area.kind for area in checked.areas)
        return [
            _("%(count)s outlines of kind %(kind)s are replaced or added.")
            % {"count": count, "kind": pgettext(*AREA_WORDS[name])}
            for name, count in sorted(levels.items())
        ]
    homes = {home.area_code for home in checked.homes}
    return [
        _("%(count)s households take the place of the schematic ones in %(communities)s "
          "communities.") % {"count": len(checked.homes), "communities": len(homes)}
    ]  # fmt: skip


def _sites(path: Path, checked: Checked) -> None:
    kinds = sorted({site.kind for site in checked.sites})
    rooms = [
        NewShelter(
            code=site.code, area_code=site.area_code, source=site.source,
            tier=str(site.attributes.get("tier", "community")),
            duration=str(site.attributes.get("duration", "emergency")),
            area_m2=float(site.attributes["area_m2"]),
        )
        for site in checked.sites
        if site.kind == SiteKind.SHELTER
    ]  # fmt: skip
    if rooms:
        load_shelters(PLATFORM, rooms, instead_of_schematic=True)
    territory.load_sites(PLATFORM, checked.sites, instead_of_schematic=kinds)
    if SiteKind.CAMERA in kinds:
        follow_camera_sites(PLATFORM)
    if checked.persons:
        territory.appoint_responsible(PLATFORM, checked.persons)


def _areas(path: Path, checked: Checked) -> None:
    territory.replace_outlines(PLATFORM, checked.areas)


def _households(path: Path, checked: Checked) -> None:
    homes = checked.homes
    new = territory.Households(
        code=[home.code for home in homes], area_code=[home.area_code for home in homes],
        lon=np.array([home.lon for home in homes]), lat=np.array([home.lat for home in homes]),
        people=np.array([home.people for home in homes], dtype=np.int16),
        needs_help=np.array([home.needs_help for home in homes], dtype=np.bool_),
        name=[home.name for home in homes], phone=[home.phone for home in homes],
        schematic=False, source=path.name,
    )  # fmt: skip
    communities = {home.area_code for home in homes}
    territory.load_households(PLATFORM, new, instead_of_schematic=communities)
    territory.count_people(PLATFORM)


def _tell(path: Path, refusals: list[Refusal], say: Say) -> None:
    say(
        _("%(file)s is refused: %(count)s rows cannot be taken.")
        % {"file": path.name, "count": len(refusals)}
    )
    for refusal in refusals[:SHOWN]:
        say(
            _("  row %(row)s, %(field)s: %(reason)s")
            % {"row": refusal.row, "field": refusal.field, "reason": refusal.reason}
        )
    if len(refusals) > SHOWN:
        say(_("  … and %(count)s more") % {"count": len(refusals) - SHOWN})
    say(_("Nothing was changed."))


def _terrain(path: Path, crs: str | None, dry_run: bool, say: Say) -> int:
    grid = _read_terrain(path, crs)
    _refuse_misplaced(path, grid)
    low, high = float(np.nanmin(grid.z)), float(np.nanmax(grid.z))
    rows, columns = grid.z.shape
    say(
        _("%(file)s: %(columns)s × %(rows)s cells of %(cell)s m, %(low)s to %(high)s m. Heights "
          "are taken as Yellow Sea 1985.")
        % {"file": path.name, "columns": columns, "rows": rows, "cell": f"{grid.cell_m:g}",
           "low": f"{low:.1f}", "high": f"{high:.1f}"}
    )  # fmt: skip
    if dry_run:
        say(_("Dry run: nothing was changed."))
        return 0
    with transaction.atomic():
        territory.set_terrain(
            PLATFORM, territory.NewTerrain(grid=grid, schematic=False, source=path.name)
        )
        territory.publish_edition(PLATFORM, f"import of terrain from {path.name}")
    say(_("%(file)s is imported.") % {"file": path.name})
    return 0


def _read_terrain(path: Path, crs: str | None) -> Grid:
    import rasterio

    from anlan.terrain.files import BadDem, DemInFeet, DemWithoutCrs, EmptyDem, read_dem

    said = (crs or "").lower()
    if said in GCJ | BAIDU:
        raise BadFile(
            _("Terrain in shifted map coordinates is not supported. Ask for CGCS2000 or WGS 84.")
        )
    if crs:
        crs_of(crs)
    try:
        with rasterio.open(path) as raster:
            if raster.width * raster.height > MOST_CELLS:
                raise BadFile(
                    _("%(file)s has too many cells (%(count)s); resample it to 5 m or more.")
                    % {"file": path.name, "count": f"{raster.width * raster.height:,}"}
                )
        return read_dem(path, crs=crs)
    except DemWithoutCrs as fault:
        raise BadFile(
            _("%(file)s does not say its coordinate system. Say it with --crs, for example --crs "
              "EPSG:4544.") % {"file": path.name}
        ) from fault  # fmt: skip
    except DemInFeet as fault:
        raise BadFile(
            _("%(file)s counts heights in feet; convert them to metres.") % {"file": path.name}
        ) from fault
    except EmptyDem as fault:
        raise BadFile(_("%(file)s holds no heights here.") % {"file": path.name}) from fault
    except (BadDem, rasterio.errors.RasterioError) as fault:
        raise BadFile(_("%(file)s cannot be read: %(why)s") % {
            "file": path.name, "why": fault}) from fault  # fmt: skip


def _refuse_misplaced(path: Path, grid: Grid) -> None:
    """A terrain must lie under the whole district, in cells fine enough for water."""
    code = open_district(settings.ANLAN_DISTRICT).code
    home = outline(code)
    if home is None:
        raise BadFile(_("The district has no outline yet."))
    west, south, east, north = metric(home).bounds
    xmin, ymin, xmax, ymax = grid.bounds
    if xmin > east or xmax < west or ymin > north or ymax < south:
        lon, lat = to_geographic((xmin + xmax) / 2, (ymin + ymax) / 2)
        raise BadFile(
            _("%(file)s lies elsewhere: its middle is at %(lon)s, %(lat)s, the district at "
              "%(home)s.")
            % {"file": path.name, "lon": f"{float(lon):.3f}", "lat": f"{float(lat):.3f}",
               "home": f"{home.centroid.x:.3f}, {home.centroid.y:.3f}"}
        )  # fmt: skip
    if grid.cell_m > COARSEST_M:
        raise BadFile(
            _("Cells of %(cell)s m are too coarse for floods; at most %(most)s m.")
            % {"cell": f"{grid.cell_m:.0f}", "most": f"{COARSEST_M:.0f}"}
        )
    x, y = np.meshgrid(np.arange(west, east, 100.0), np.arange(south, north, 100.0))
    inside = shapely.contains_xy(metric(home), x, y)
    covered = float(np.isfinite(grid.sample(x[inside], y[inside])).mean())
    if covered < COVERED:
        raise BadFile(
            _("%(file)s covers %(share)s of the district; the rest would have no heights.")
            % {"file": path.name, "share": f"{100 * covered:.0f}%"}
        )
