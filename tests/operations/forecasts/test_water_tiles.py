"""Tiles of a run's water: a result made by hand, and what its tiles say at known places."""

import io
import json
import math

import numpy as np
import pytest
from PIL import Image
from zarr.storage import LocalStore

from anlan.operations.forecasts.models import ForecastRun
from anlan.operations.forecasts.rules.communities import COMMUNITIES_FILE, Communities
from anlan.operations.forecasts.rules.inundation import Course, Water
from anlan.operations.forecasts.rules.pyramid import MAX_ZOOM, MIN_ZOOM
from anlan.operations.forecasts.rules.store import Store
from anlan.operations.forecasts.rules.water_tiles import MARGIN_PX, RIVER, open_store, water_png
from anlan.terrain.crs import to_geographic, to_metric
from anlan.terrain.grid import Grid

from .conftest import START, log_in

X0, Y0 = (float(one) for one in to_metric(106.44, 29.60))
ROWS, COLUMNS, CELL_M = 100, 80, 20.0
GROUND_M = 180.0
WET, DEEP, IN_RIVER, DRY = (50, 20), (50, 30), (50, 41), (50, 70)


@pytest.fixture(scope="module")
def course():
    """Flat land at 180 m with a river of three columns, bed at 165 m."""
    z = np.full((ROWS, COLUMNS), GROUND_M, dtype=np.float32)
    river = np.zeros(z.shape, dtype=bool)
    river[:, 40:43] = True
    z[river] = 165.0
    nothing = np.zeros((0, 2))
    grid = Grid(z, X0, Y0, CELL_M)
    return Course(grid, nothing, nothing[:, 0], np.zeros_like(z), river, (50, 41))


def water_at(course, flood_m):
    """0.4 m west of column 25, `flood_m` from there to the river, 15.5 m in the river."""
    depth = np.zeros(course.grid.z.shape, dtype=np.float32)
    depth[:, 15:25], depth[:, 25:40], depth[:, 40:43] = 0.4, flood_m, 15.5
    return depth


@pytest.fixture(scope="module")
def folder(course, tmp_path_factory):
    """Two kept times: the deep part 0.02 m at first, 1.7 m half an hour later."""
    there = tmp_path_factory.mktemp("run")
    store = Store(there, course, np.array([0.0, 0.5]), START)
    for flood_m in (0.02, 1.7):
        store.keep(water_at(course, flood_m))
    most = water_at(course, 2.5)
    flood = np.where(course.river, np.float32(np.nan), most)
    store.finish(Water(flood, most, flood, flood, flood, 0.0, 0.0, 0))
    return there


def tile_under(cell, z):
    """Tile and pixel of a cell's centre (the OpenStreetMap formula)."""
    x, y = X0 + (cell[1] + 0.5) * CELL_M, Y0 - (cell[0] + 0.5) * CELL_M
    lon, lat = (float(one) for one in to_geographic(x, y))
    across = (lon + 180) / 360 * 2**z
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**z
    return (int(across), int(down)), (int(across % 1 * 256), int(down % 1 * 256))


def seen(png, pixel):
    """What a pixel says: class, and level in metres Yellow Sea (None: none)."""
    red, green, blue = Image.open(io.BytesIO(png)).convert("RGB").getpixel(pixel)
    level = ((red % 32) * 65536 + green * 256 + blue) / 100 - 1000
    return red // 32, None if level == -1000.0 else round(level, 2)


@pytest.mark.parametrize(("cell", "number", "says"), [
    (WET, 0, (2, 180.4)),
    (DEEP, 1, (4, 181.7)),
    (DEEP, None, (5, 182.5)),
    (IN_RIVER, 1, (RIVER, 180.5)),
    (DRY, None, (0, None)),
])  # fmt: skip
@pytest.mark.parametrize("z", [12, 14])
def test_a_tile_says_class_and_level_of_the_cell_under_each_pixel(folder, cell, number, says, z):
    tile, pixel = tile_under(cell, z)
    assert seen(water_png(open_store(folder), number, z, *tile), pixel) == says


def test_water_below_three_centimetres_is_dry(folder):
    tile, pixel = tile_under(DEEP, 14)
    assert seen(water_png(open_store(folder), 0, 14, *tile), pixel) == (0, None)


def test_the_level_goes_on_a_few_pixels_into_the_bank(folder):
    tile, (x, y) = tile_under((50, 43), 14)
    png = water_png(open_store(folder), 1, 14, *tile)
    assert seen(png, (x, y)) == (0, 180.5)
    assert seen(png, (x + 2 * MARGIN_PX, y)) == (0, None)


def test_a_tile_without_water_or_off_the_reach_is_none(folder):
    (x, y), _ = tile_under((50, 70), 14)
    assert water_png(open_store(folder), 1, 14, x + 1, y) is None
    assert water_png(open_store(folder), 1, 14, 0, 0) is None


WIDE = 1500  # cells a side: a reach of 30 km at 20 m
MOST_SQUARES = 9  # of each of the two fields that a tile reads
SQUARE_BYTES = 128 * 128 * 4


@pytest.fixture(scope="module")
def wide(tmp_path_factory):
    """One kept time of a wide land, all under 1.0 to 1.9 m of water."""
    there = tmp_path_factory.mktemp("wide")
    land = np.full((WIDE, WIDE), GROUND_M, dtype=np.float32)
    nothing = np.zeros((0, 2))
    grid, dry = Grid(land, X0, Y0, CELL_M), np.zeros(land.shape, dtype=bool)
    course = Course(grid, nothing, nothing[:, 0], np.zeros_like(land), dry, (0, 0))
    store = Store(there, course, np.array([0.0]), START)
    water = np.random.default_rng(8).uniform(1.0, 1.9, land.shape).astype(np.float32)
    store.keep(water)
    store.finish(Water(water, water, water, water, water, 0.0, 0.0, 0))
    return there


@pytest.mark.parametrize("z", range(MIN_ZOOM, MAX_ZOOM + 1))
def test_a_tile_reads_the_squares_under_it_however_far_one_looks(wide, monkeypatch, z):
    """Bytes, counted where the store reads its files; the whole land is 9 MB a field."""
    read = []
    real = LocalStore.get

    async def get(self, key, prototype, byte_range=None):
        found = await real(self, key, prototype, byte_range)
        read.append(len(found))
        return found

    store = open_store(wide)
    tile, pixel = tile_under((WIDE // 2, WIDE // 2), z)
    monkeypatch.setattr(LocalStore, "get", get)
    png = water_png(store, 0, z, *tile)
    what, level = seen(png, pixel)
    assert (what, level > GROUND_M + 1) == (4, True)
    assert len(read) >= 2
    assert sum(read) <= 2 * MOST_SQUARES * SQUARE_BYTES


def test_communities_are_told_depth_level_and_people_time_by_time(course, tmp_path):
    places = [(50, 20), (50, 30), (50, 31), (50, 70)]
    exposure = tmp_path / "exposure.npz"
    np.savez(
        exposure, x=[X0 + (c + 0.5) * CELL_M for _, c in places],
        y=[Y0 - (r + 0.5) * CELL_M for r, _ in places], people=[3, 4, 2, 5],
        community=[0, 1, 1, 2], community_code=["a", "b", "c"],
        community_name=["金碧", "金蓉", "童家桥"],
    )  # fmt: skip
    told = Communities(course, str(exposure))
    for flood_m in (0.02, 1.7):
        told.keep(water_at(course, flood_m))
    told.write(tmp_path, ["t0", "t1"])
    words = json.loads((tmp_path / COMMUNITIES_FILE).read_text(encoding="utf-8"))
    assert words["datum"] == "yellow_sea"
    first, second = words["communities"]
    assert (first["name"], first["people"], first["level_m"]) == ("金碧", [3, 3], [180.4, 180.4])
    assert (second["people"], second["depth_m"]) == ([0, 6], [None, 1.7])
    assert second["level_m"] == [None, 181.7]


@pytest.fixture
def flooded(issued, folder, settings):
    """The issued run of the pages' tests, its folder the one made by hand."""
    (folder / COMMUNITIES_FILE).write_text('{"at":[],"communities":[]}')
    settings.ANLAN_HOME = folder.parent
    ForecastRun.objects.filter(pk=issued.id).update(folder=folder.name)
    return issued.id


@pytest.mark.django_db(databases="__all__")
class TestPages:
    def test_a_tile_may_be_kept_for_ever_and_is_not_sent_twice(self, officer, flooded):
        x, y = tile_under(WET, 14)[0]
        answer = officer.get(f"/forecasts/{flooded}/water/1/14/{x}/{y}.png")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert "immutable" in answer["Cache-Control"]
        again = officer.get(
            f"/forecasts/{flooded}/water/1/14/{x}/{y}.png",
            headers={"If-None-Match": answer["ETag"]},
        )
        assert (again.status_code, again.content) == (304, b"")
        most = officer.get(f"/forecasts/{flooded}/water/most/14/{x}/{y}.png")
        assert most["ETag"] != answer["ETag"]
        assert officer.get(f"/forecasts/{flooded}/water/1/14/{x + 3}/{y}.png").status_code == 204
        assert officer.get(f"/forecasts/{flooded}/water.json").json()["communities"] == []

    @pytest.mark.parametrize(("path", "status", "says"), [
        ("999999/water/0/14/{x}/{y}.png", 404, ""),
        ("{run}/water/2/14/{x}/{y}.png", 404, "2"),
        ("{run}/water/0/15/{x}/{y}.png", 404, "8"),
        ("{run}/water/0/12/4096/0.png", 404, "4095"),
    ])  # fmt: skip
    def test_what_is_not_there_is_refused(self, officer, flooded, path, status, says):
        x, y = tile_under(WET, 14)[0]
        answer = officer.get("/forecasts/" + path.format(run=flooded, x=x, y=y))
        assert answer.status_code == status
        assert says in answer.content.decode()

    def test_a_run_that_kept_no_water_by_time_says_so(self, officer, issued):
        answer = officer.get(f"/forecasts/{issued.id}/water/0/14/1/1.png")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
        assert officer.get(f"/forecasts/{issued.id}/water.json").status_code == 404

    def test_a_run_elsewhere_has_no_tiles(self, client, flooded):
        elsewhere = log_in(client, "township", "500107001")
        x, y = tile_under(WET, 14)[0]
        for path in (f"water/1/14/{x}/{y}.png", f"water/most/14/{x}/{y}.png", "water.json"):
            assert elsewhere.get(f"/forecasts/{flooded}/{path}").status_code == 404

    def test_the_page_gives_the_map_its_tiles_and_its_words(self, officer, flooded):
        page = officer.get(f"/forecasts/{flooded}").content.decode()
        assert f'"url": "/forecasts/{flooded}/water/"' in page
        assert 'data-island="waterwords"' in page
