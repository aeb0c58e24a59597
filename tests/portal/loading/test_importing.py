"""Real files: what is taken, and for every bad row its own clear answer and no change."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from openpyxl import Workbook
from rasterio.transform import from_origin
from shapely.geometry import Point, Polygon, mapping

from anlan.operations.people.actions import PLATFORM, unseal_text
from anlan.operations.resources.actions import open_shelter
from anlan.operations.resources.queries import shelter_totals, shelters
from anlan.operations.territory import queries
from anlan.operations.territory.models import Household, ResponsiblePerson, Site
from anlan.portal.loading import import_file
from anlan.terrain.crs import cgcs2000_to_gcj02, to_metric
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
GEODATA = Path(__file__).resolve().parents[3].parent / "shared" / "geodata"
needs_geodata = pytest.mark.skipif(
    not GEODATA.exists(), reason="../shared/geodata is not beside the checkout"
)
CIQIKOU = (106.4515, 29.5815)


@pytest.fixture
def taken(shapingba):
    """Import a file; what was said, and whether it was taken."""

    def run(kind, path, crs=None, dry_run=False):
        said = []
        before = _picture()
        answer = import_file(kind, Path(path), crs, dry_run, say=said.append)
        if answer or dry_run:
            assert _picture() == before, "a refused or dry run changed something"
        return answer == 0, "\n".join(said)

    return run


def _picture():
    return (
        queries.territory_version(), queries.terrain().version, Site.objects.count(),
        Household.objects.count(), queries.outline("500106").wkb_hex[:200],
        tuple(Site.objects.order_by("code").values_list("code", "name")[:500]),
    )  # fmt: skip


def points(path, *rows, crs="EPSG:4326"):
    """A GeoJSON of points: (lon, lat, properties)."""
    features = [
        {"type": "Feature", "properties": about, "geometry": mapping(Point(lon, lat))}
        for lon, lat, about in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def site(code="res-1", **more):
    return {"code": code, "name": "胜天水库", "kind": "reservoir", **more}


def outline_file(path, *rows):
    features = [
        {"type": "Feature", "properties": about, "geometry": mapping(shape)}
        for shape, about in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def sheet(path, *lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


HOME = ["code", "area_code", "lon", "lat", "people", "needs_help", "name", "phone"]
A_HOME = ["h-1", "500106004002", 106.4478, 29.5843, 3, "是", "王桂芳", "13800002207"]


def test_sites_take_the_place_of_the_schematic_ones_of_their_kind(taken, tmp_path):
    geohazards = queries.site_counts(None)["geohazard"]
    path = points(tmp_path / "r.geojson", (*CIQIKOU, site(capacity_m3=120000)))
    ok, said = taken("sites", path)
    assert ok, said
    (reservoir,) = queries.sites(None, kind="reservoir")
    assert (reservoir.code, reservoir.schematic, reservoir.source) == ("res-1", False, "r.geojson")
    assert reservoir.attributes == {"capacity_m3": 120000}
    assert reservoir.area_code == "500106004001"
    assert queries.site_counts(None)["geohazard"] == geohazards
    assert not ResponsiblePerson.objects.filter(site_code__startswith="reservoir-").exists()


def test_an_import_makes_a_new_edition_with_its_exposure(taken, tmp_path):
    before = int(queries.territory_version())
    taken("sites", points(tmp_path / "r.geojson", (*CIQIKOU, site())))
    assert int(queries.territory_version()) == before + 1
    assert "res-1" in np.load(queries.exposure_file())["site_code"]


def test_responsible_persons_come_with_their_site(taken, tmp_path):
    about = site(administrative_name="郑海", administrative_phone="13800000001")
    ok, said = taken("sites", points(tmp_path / "r.geojson", (*CIQIKOU, about)))
    assert ok, said
    (person,) = queries.responsible_for(site_code="res-1")
    assert (person.kind, person.name, person.masked_phone) == (
        "administrative", "郑海", "138****0001",
    )  # fmt: skip


def test_a_dry_run_says_what_would_change_and_changes_nothing(taken, tmp_path):
    ok, said = taken("sites", points(tmp_path / "r.geojson", (*CIQIKOU, site())), dry_run=True)
    assert ok
    assert "水库" in said


def test_gcj02_points_are_put_back_where_they_are(taken, tmp_path):
    shown = cgcs2000_to_gcj02(*CIQIKOU)
    ok, said = taken(
        "sites", points(tmp_path / "r.geojson", (float(shown[0]), float(shown[1]), site())), "gcj02"
    )
    assert ok, said
    found = queries.site("res-1")
    assert (found.lon, found.lat) == pytest.approx(CIQIKOU, abs=1e-6)


def test_gcj02_taken_for_wgs84_would_be_hundreds_of_metres_off(taken, tmp_path):
    lon, lat = (float(v) for v in cgcs2000_to_gcj02(*CIQIKOU))
    taken("sites", points(tmp_path / "r.geojson", (lon, lat, site())))
    off = queries.sites_around(None, *CIQIKOU, 1.0, ["reservoir"])[0].distance_m
    assert 300 < off < 700


@pytest.mark.parametrize(
    ("about", "where", "reason"),
    [
        (site(kind="castle"), "kind", "castle"),
        (site(kind=""), "kind", "缺"),
        (site(name=None), "name", "缺"),
        (site(code=""), "code", "缺"),
        (site(area_code="50010X"), "area_code", "50010X"),
        (site(area_code="500106999"), "area_code", "500106999"),
        (site(code="ciqikou"), "code", "ciqikou"),
    ],
)  # fmt: skip
def test_a_bad_site_is_refused_with_its_row_and_field(taken, tmp_path, about, where, reason):
    good = (*CIQIKOU, site("good"))
    ok, said = taken("sites", points(tmp_path / "r.geojson", good, (*CIQIKOU, about)))
    assert not ok
    assert "2" in said
    assert where in said
    assert reason in said


def test_the_same_code_twice_in_a_file_names_both_rows(taken, tmp_path):
    ok, said = taken(
        "sites", points(tmp_path / "r.geojson", (*CIQIKOU, site()), (*CIQIKOU, site()))
    )
    assert not ok
    assert "res-1" in said
    assert "2" in said
    assert "1" in said


def test_a_point_outside_the_districts_box_is_refused(taken, tmp_path):
    ok, said = taken("sites", points(tmp_path / "r.geojson", (116.4, 39.9, site())))
    assert not ok
    assert "116.4" in said


def test_a_point_in_no_area_needs_a_named_area(taken, tmp_path):
    west = (106.22, 29.46)
    ok, said = taken("sites", points(tmp_path / "r.geojson", (*west, site())))
    assert not ok
    assert "area_code" in said
    ok, said = taken("sites", points(tmp_path / "r.geojson", (*west, site(area_code="500106108"))))
    assert ok, said


def test_a_line_is_no_site(taken, tmp_path):
    path = outline_file(tmp_path / "r.geojson", (Point(*CIQIKOU).buffer(0.001), site()))
    ok, said = taken("sites", path)
    assert not ok
    assert "Polygon" in said


def test_baidu_coordinates_are_refused_by_name(taken, tmp_path):
    ok, said = taken("sites", points(tmp_path / "r.geojson", (*CIQIKOU, site())), "bd09")
    assert not ok
    assert "BD-09" in said


def test_an_unknown_coordinate_system_is_refused(taken, tmp_path):
    ok, said = taken("sites", points(tmp_path / "r.geojson", (*CIQIKOU, site())), "EPSG:999999")
    assert not ok
    assert "EPSG:999999" in said


def test_a_self_crossing_outline_is_refused_where_it_crosses(taken, tmp_path):
    bow = Polygon([(106.44, 29.57), (106.46, 29.59), (106.46, 29.57), (106.44, 29.59)])
    path = outline_file(tmp_path / "a.geojson", (bow, {"code": "500106004", "name": "磁器口街道"}))
    ok, said = taken("areas", path)
    assert not ok
    assert "106.450000, 29.580000" in said


def test_an_area_of_nobody_is_refused(taken, tmp_path):
    square = Point(*CIQIKOU).buffer(0.001)
    path = outline_file(
        tmp_path / "a.geojson",
        (square, {"code": "500106777001", "name": "何处社区"}),
        (square, {"code": "1234", "name": "何处"}),
    )
    ok, said = taken("areas", path)
    assert not ok
    assert "500106777" in said
    assert "1234" in said


def test_an_imported_outline_keeps_what_else_is_known_of_the_area(taken, tmp_path):
    square = Point(106.372, 29.597).buffer(0.02)
    about = {"code": "500106017000", "name": "西永街道"}
    path = outline_file(tmp_path / "a.geojson", (square, about))
    ok, said = taken("areas", path)
    assert ok, said
    area = queries.area("500106017")
    assert (area.kind, area.admin_by, area.schematic) == ("township", "gaoxin", False)
    assert queries.outline("500106017").equals_exact(square, 1e-9)


def test_households_take_the_place_of_the_schematic_ones_of_their_community(taken, tmp_path):
    others = queries.area("500106004001").households
    ok, said = taken("households", sheet(tmp_path / "h.xlsx", HOME, A_HOME))
    assert ok, said
    (home,) = queries.households_in(["500106004002"])
    assert (home.people, home.needs_help, home.masked_name, home.masked_phone) == (
        3, True, "王**", "138****2207",
    )  # fmt: skip
    assert unseal_text(home.phone_sealed) == "13800002207"
    assert queries.area("500106004002").households == 1
    assert queries.area("500106004001").households == others


def test_a_chinese_header_is_understood(taken, tmp_path):
    header = ["编号", "社区代码", "经度", "纬度", "人数", "需要帮助", "户主", "电话"]
    ok, said = taken("households", sheet(tmp_path / "h.xlsx", header, A_HOME))
    assert ok, said


def test_a_csv_from_an_old_excel_in_gb18030_is_understood(taken, tmp_path):
    path = tmp_path / "h.csv"
    lines = [",".join(HOME), ",".join(str(v) for v in A_HOME)]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    ok, said = taken("households", path)
    assert ok, said


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        (1, "500106004", "500106004"),
        (1, "50010", "50010"),
        (2, "east", "lon"),
        (4, 0, "people"),
        (4, 2.5, "people"),
        (4, "三", "三"),
        (5, "也许", "也许"),
    ],
)
def test_a_bad_household_is_refused_with_its_line(taken, tmp_path, place, value, reason):
    bad = [*A_HOME]
    bad[0], bad[place] = "h-2", value
    ok, said = taken("households", sheet(tmp_path / "h.xlsx", HOME, A_HOME, bad))
    assert not ok
    assert "3" in said
    assert reason in said


def test_imported_shelters_bring_their_capacity(taken, tmp_path):
    about = {"code": "s-1", "name": "磁器口小学", "kind": "shelter", "area_m2": 1800,
             "duration": "short", "tier": "township"}  # fmt: skip
    ok, said = taken("sites", points(tmp_path / "s.geojson", (*CIQIKOU, about)))
    assert ok, said
    (row,) = shelters()
    assert (row.code, row.capacity, row.tier, row.schematic) == ("s-1", 900, "township", False)
    assert shelter_totals().count == 1


def test_a_shelter_without_its_area_is_refused(taken, tmp_path):
    about = {"code": "s-1", "name": "磁器口小学", "kind": "shelter"}
    ok, said = taken("sites", points(tmp_path / "s.geojson", (*CIQIKOU, about)))
    assert not ok
    assert "area_m2" in said


def test_shelters_are_not_replaced_while_one_is_open(taken, tmp_path):
    open_shelter(PLATFORM, "shelter-001")
    about = {"code": "s-1", "name": "磁器口小学", "kind": "shelter", "area_m2": 1800}
    ok, _ = taken("sites", points(tmp_path / "s.geojson", (*CIQIKOU, about)))
    assert not ok
    assert shelter_totals().count == 114


@pytest.mark.parametrize("form", ["gpkg", "shp", "zip"])
def test_geopackage_and_shapefiles_are_read(taken, tmp_path, form):
    x, y = to_metric(*CIQIKOU)
    path = tmp_path / f"sites.{'shp' if form == 'zip' else form}"
    write_layer(path, Point(float(x), float(y)), "EPSG:4544")
    if form == "zip":
        path = packed(tmp_path)
    ok, said = taken("sites", path)
    assert ok, said
    found = queries.site("res-1")
    assert (found.lon, found.lat) == pytest.approx(CIQIKOU, abs=1e-6)


def test_a_shapefile_without_its_coordinate_system_is_refused_until_it_is_said(taken, tmp_path):
    write_layer(tmp_path / "sites.shp", Point(*CIQIKOU), "EPSG:4326")
    (tmp_path / "sites.prj").unlink()
    ok, said = taken("sites", tmp_path / "sites.shp")
    assert not ok
    assert "--crs" in said
    ok, said = taken("sites", tmp_path / "sites.shp", "EPSG:4490")
    assert ok, said


@pytest.mark.parametrize(
    ("name", "content"),
    [("r.geojson", b"{not json"), ("r.zip", b"no zip"), ("r.xlsx", b"no book"), ("r.pdf", b"%PDF"),
     ("r.csv", b"code,name\n"), ("r.csv", b"\xff\xfe\x00\x81\x00")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_one_line(taken, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    ok, said = taken("sites", path)
    assert not ok
    assert name in said
    assert "Traceback" not in said


def write_layer(path, shape, crs):
    values = {"code": "res-1", "name": "胜天水库", "kind": "reservoir"}
    pyogrio.raw.write(
        str(path), np.array([shapely.to_wkb(shape)], dtype=object),
        [np.array([v], dtype=object) for v in values.values()], list(values),
        geometry_type="Point", crs=crs, encoding="UTF-8",
        driver="GPKG" if path.suffix == ".gpkg" else "ESRI Shapefile",
    )  # fmt: skip


def packed(folder):
    path = folder / "sites.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        for part in folder.glob("sites.*"):
            if part.suffix != ".zip":
                zipped.write(part, f"inside/{part.name}")
    return path


def dem(path, *, crs="EPSG:4544", cell=100.0, bounds=(619_600, 3_263_700, 646_800, 3_294_900)):
    west, south, east, north = bounds
    rows, columns = int((north - south) / cell), int((east - west) / cell)
    z = np.full((rows, columns), 250.0, dtype=np.float32)
    with rasterio.open(
        path, "w", driver="GTiff", width=columns, height=rows, count=1, dtype="float32", crs=crs,
        transform=from_origin(west, north, cell, cell),
    ) as sink:  # fmt: skip
        sink.write(z, 1)
    return path


def test_a_terrain_loaded_after_the_clock_was_set_back_is_in_use_all_the_same(taken, tmp_path):
    clock.use(clock.DrillClock(clock.now() - timedelta(days=900)))
    ok, said = taken("dem", dem(tmp_path / "dem.tif"))
    assert ok, said
    assert queries.terrain().source == "dem.tif"


def test_a_surveyed_terrain_becomes_the_one_in_use(taken, tmp_path):
    ok, said = taken("dem", dem(tmp_path / "dem.tif"))
    assert ok, said
    terrain = queries.terrain()
    assert (terrain.schematic, terrain.cell_m, terrain.source) == (False, 100.0, "dem.tif")


def test_a_terrain_without_coordinate_system_is_refused_until_it_is_said(taken, tmp_path):
    path = dem(tmp_path / "dem.tif", crs=None)
    ok, said = taken("dem", path)
    assert not ok
    assert "--crs" in said
    ok, said = taken("dem", path, "EPSG:4544")
    assert ok, said


def test_a_terrain_under_a_part_of_the_district_is_refused(taken, tmp_path):
    path = dem(tmp_path / "dem.tif", bounds=(619_600, 3_263_700, 633_000, 3_294_900))
    ok, said = taken("dem", path)
    assert not ok
    assert "%" in said


def test_a_terrain_of_coarse_cells_is_refused(taken, tmp_path):
    ok, said = taken("dem", dem(tmp_path / "dem.tif", cell=400.0))
    assert not ok
    assert "400" in said


def test_terrain_in_map_offset_is_refused(taken, tmp_path):
    ok, _ = taken("dem", dem(tmp_path / "dem.tif"), "gcj02")
    assert not ok


@needs_geodata
def test_the_gcj02_outline_lands_within_metres_of_the_wgs84_one(taken):
    ok, said = taken("areas", GEODATA / "boundaries" / "shapingba_500106_gcj02.geojson", "gcj02")
    assert ok, said
    wgs84 = pyogrio.raw.read(GEODATA / "boundaries" / "shapingba_500106_wgs84.geojson")[2]
    truth = shapely.from_wkb(wgs84[0])
    landed = queries.outline("500106")
    metres = shapely.hausdorff_distance(landed, truth) * 100_000
    assert metres < 3.0


@needs_geodata
def test_the_neighbours_townships_are_refused_row_by_row(taken):
    path = GEODATA / "boundaries" / "bishan_500120_townships_2021.geojson"
    ok, said = taken("areas", path)
    assert not ok
    for row in range(1, 16):
        assert f" {row}" in said


@needs_geodata
def test_an_australian_terrain_is_refused_because_it_lies_elsewhere(taken):
    path = GEODATA / "flood_tests" / "merewether_2007" / "topography1.asc"
    ok, said = taken("dem", path, "EPSG:32756")
    assert not ok
    assert "151." in said, said


@needs_geodata
def test_a_global_terrain_is_too_coarse_for_floods(taken):
    ok, said = taken("dem", GEODATA / "dem" / "global_topo_5arcmin_29_30N_106_107E.tif")
    assert not ok
    assert "100 m" in said
