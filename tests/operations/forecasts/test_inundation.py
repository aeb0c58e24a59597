"""The flood of a reach on a tiny valley whose answer is known: a straight canal with flat banks."""

import json

import numpy as np
import pytest
import rasterio
import xarray as xr

from anlan.operations.forecasts.rules import inundation
from anlan.operations.forecasts.rules.extent import polygons_by_class
from anlan.operations.forecasts.rules.frames import classes_of
from anlan.operations.forecasts.rules.products import write_products
from anlan.operations.forecasts.rules.river import Hydrograph
from anlan.operations.forecasts.rules.store import Store
from anlan.terrain.crs import to_geographic, to_metric
from anlan.terrain.grid import Grid

from .conftest import START

CELL_M = 20.0
ROWS, COLUMNS = 40, 31
X0, Y0 = 640000.0, 3274000.0
TABLE = {
    "gauge_chainage_m": 16500.0, "normal_m": 172.0, "margin_m": 1e4,
    "channel_n": 0.042, "land_n": 0.06,
}  # fmt: skip


@pytest.fixture(scope="module")
def valley():
    """A canal 15 cells wide running south, bed 157 m, banks at 185 m, walls of 220 m beyond; in the
    middle a hollow behind the wall at 180 m that no river water can reach."""
    z = np.full((ROWS, COLUMNS), 220.0, dtype=np.float32)
    z[:, 4:27] = 185.0
    z[:, 8:23] = 157.0
    z[18:22, 28:30] = 180.0
    return Grid(z, X0, Y0, CELL_M)


@pytest.fixture(scope="module")
def course(valley):
    x = X0 + 15.5 * CELL_M
    y = Y0 - np.array([2.5, 12.5, 20.5, 30.5, 37.5]) * CELL_M
    lon, lat = to_geographic(np.full(5, x), y)
    station = (float(lon[2]), float(lat[2]))
    return inundation.course_of(valley, np.column_stack([lon, lat]), station, TABLE)


def hydrograph(lower_m, discharge_m3s=20000.0, hours=4):
    lower = np.asarray(lower_m, dtype=np.float64)
    lead = np.arange(float(hours))
    from anlan.hazards.hydrology import backwater
    from anlan.vocabulary.datum import Datum

    flow = np.full(hours, discharge_m3s)
    stage = backwater.stages(flow, lower, datum=Datum.YELLOW_SEA)
    return Hydrograph(lead, stage, flow, np.full(hours, 0.5), lower, np.zeros(hours), 0.0, "trend",
                      "trend")  # fmt: skip


def test_the_river_itself_is_no_flood_and_the_gauge_lies_in_it(course):
    assert course.river.sum() == 15 * ROWS
    assert course.river[course.gauge]
    assert course.above_mouth_m[2] == pytest.approx(16500.0, abs=1.0)
    assert course.above_mouth_m[0] - course.above_mouth_m[-1] == pytest.approx(700.0, abs=1.0)


def test_a_surface_floods_the_banks_it_reaches_and_not_the_hollow_behind_the_wall(course):
    depth = inundation.laid(course, np.full(5, 186.0))
    assert np.nanmax(depth) == pytest.approx(1.0)
    assert (np.nan_to_num(depth) > 0).sum() == 8 * ROWS
    assert np.nan_to_num(depth)[18:22, 28:30].max() == 0.0
    assert np.isnan(depth[:, 8:23]).all()


def test_a_line_outside_the_terrain_is_refused(valley):
    lon, lat = to_geographic(np.array([X0, X0]), np.array([Y0 + 500.0, Y0]))
    with pytest.raises(inundation.ReachOffTerrain):
        inundation.course_of(valley, np.column_stack([lon, lat]), (lon[0], lat[0]), TABLE)


@pytest.fixture(scope="module")
def water(course):
    """Rising from below the banks to above them, the crest in the third hour; with what was kept
    of it each half hour, and told how far it was."""
    found, kept, told = hydrograph([176.0, 180.0, 184.0, 182.0]), [], []
    flood = inundation.flood(found, course, TABLE, kept.append, {}, told.append)
    assert told == pytest.approx([n / 6.0 for n in range(1, 7)])
    return found, flood, kept


def test_the_water_rises_over_the_banks_by_the_hour_of_the_surface(water, course):
    found, flood, kept = water
    assert len(kept) == 7
    assert found.stage_m[0] < 185.0 < found.stage_m[2]
    wet = [(inundation.as_flood(course, frame) > 0.03).any() for frame in kept]
    assert wet[0] is np.False_
    assert wet[4] is np.True_
    bank = flood.max_depth[20, 5]
    assert bank == pytest.approx(found.stage_m[2] - 185.0, abs=0.6)
    assert abs(flood.at_gauge_m) < 0.6
    assert abs(flood.mass_error) < 1e-5


def test_the_arrival_lies_between_the_hours_that_were_dry_and_wet(water):
    _, flood, kept = water
    first = flood.arrival_h[20, 5]
    dry = max((n / 2 for n in range(7) if kept[n][20, 5] < 0.03 and n / 2 < first), default=0)
    assert dry <= first <= dry + 0.5
    assert np.isnan(flood.arrival_h[19, 29])


def test_the_possible_extent_holds_the_forecast_one(water, course):
    found, flood, _ = water
    widest = inundation.widest(found, course, flood)
    assert (widest | ~inundation.is_wet(flood.max_depth)).all()


def test_the_files_say_what_they_are(water, course, tmp_path):
    found, flood, kept = water
    store = Store(tmp_path, course, inundation.kept_hours(found, TABLE), START)
    for depth in kept:
        store.keep(depth)
    store.finish(flood)
    write_products(tmp_path, course, flood, inundation.widest(found, course, flood), START)
    with xr.open_zarr(tmp_path / "result.zarr", consolidated=False) as stored:
        assert stored.depth.attrs["standard_name"] == "flood_water_thickness"
        assert stored.depth.attrs["units"] == "m"
        assert stored.ground.attrs["vertical_datum"] == "Yellow Sea 1985"
        assert stored.surface.attrs["vertical_datum"] == "Yellow Sea 1985"
        assert stored.time.values[1] == np.datetime64("2020-08-18T00:30:00")
        assert "105" in stored.crs.attrs["crs_wkt"]
        np.testing.assert_array_equal(
            stored.depth.values[6], inundation.as_flood(course, kept[6])
        )  # fmt: skip
        river = course.gauge
        level = stored.surface.values[(6, *river)]
        assert level == pytest.approx(course.grid.z[river] + kept[6][river])
        assert stored.max_surface.values.shape == course.grid.z.shape
    with rasterio.open(tmp_path / "max_depth.tif") as raster:
        assert raster.crs.to_epsg() == 4544
        assert raster.units == ("m",)
    extent = json.loads((tmp_path / "extent.geojson").read_text())
    assert extent["features"]
    band = json.loads((tmp_path / "band.geojson").read_text())
    assert band["features"][0]["properties"] == {"extent": "p90"}


def test_polygons_have_the_area_of_their_cells(course):
    classes = classes_of(inundation.laid(course, np.full(5, 186.2)))
    (feature,) = polygons_by_class(course.grid, classes)["features"]
    assert feature["properties"] == {"class": 3}
    ring = np.array(feature["geometry"]["coordinates"][0][0])
    x, y = to_metric(ring[:, 0], ring[:, 1])
    assert np.ptp(y) == pytest.approx(ROWS * CELL_M, abs=2.0)
    assert np.ptp(x) == pytest.approx(4 * CELL_M, abs=2.0)
