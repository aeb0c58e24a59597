"""Grids, and height models in and out of files with every way to be wrong."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from anlan.terrain import files
from anlan.terrain.crs import to_geographic
from anlan.terrain.grid import Grid, OutsideGrid
from anlan.terrain.hillshade import shade


@pytest.fixture
def slope() -> Grid:
    """40 rows x 50 columns of 20 m; height rises 1 m a column; one cell unknown."""
    z = np.tile(np.arange(50, dtype=np.float32) + 200.0, (40, 1))
    z[5, 7] = np.nan
    return Grid(z, 640000.0, 3275000.0, 20.0)


def written(path: Path, z: np.ndarray, **profile: object) -> Path:
    settings: dict[str, object] = {
        "driver": "GTiff", "height": z.shape[0], "width": z.shape[1], "count": 1,
        "dtype": z.dtype.name, "crs": "EPSG:4544", "nodata": -9999.0,
        "transform": from_origin(640000.0, 3275000.0, 20.0, 20.0),
    } | profile  # fmt: skip
    with rasterio.open(path, "w", **settings) as sink:
        sink.write(z, 1)
    return path


def test_a_position_finds_its_cell(slope: Grid) -> None:
    row, column = slope.index([640010.0, 640999.0], [3274990.0, 3274201.0])
    assert row.tolist() == [0, 39]
    assert column.tolist() == [0, 49]
    assert slope.sample([640130.0, 639999.0], [3274990.0, 3274990.0])[0] == 206.0
    assert np.isnan(slope.sample(639999.0, 3274990.0))
    assert np.isnan(slope.sample(640150.0, 3274890.0))


def test_a_window_keeps_its_place(slope: Grid) -> None:
    part = slope.window(640105.0, 3274500.0, 640300.0, 3274895.0)
    assert part.bounds == (640100.0, 3274500.0, 640300.0, 3274900.0)
    assert part.sample(640130.0, 3274600.0) == slope.sample(640130.0, 3274600.0)
    with pytest.raises(OutsideGrid):
        slope.window(0.0, 0.0, 100.0, 100.0)


def test_corners_go_around_from_the_upper_left(slope: Grid) -> None:
    corners = slope.corners_lonlat()
    lon, lat = to_geographic(640000.0, 3275000.0)
    assert corners[0] == pytest.approx((float(lon), float(lat)))
    assert corners[1][0] > corners[0][0]
    assert corners[2][1] < corners[1][1]


def test_what_is_written_is_read_again(slope: Grid, tmp_path: Path) -> None:
    path = tmp_path / "dem.tif"
    files.write_dem(path, slope)
    again = files.read_dem(path)
    assert np.array_equal(again.z, slope.z, equal_nan=True)
    assert (again.x0, again.y0, again.cell_m) == (slope.x0, slope.y0, slope.cell_m)
    with rasterio.open(path) as source:
        assert source.crs.to_epsg() == 4544
        assert "Yellow Sea" in source.tags()["VERTICAL_DATUM"]
        assert source.units == ("m",)


def test_degrees_are_reprojected_to_metres(tmp_path: Path) -> None:
    z = np.tile(np.linspace(200.0, 300.0, 60, dtype=np.float32)[:, None], (1, 80))
    place = from_origin(106.40, 29.60, 0.0002, 0.0002)
    grid = files.read_dem(written(tmp_path / "degrees.tif", z, crs="EPSG:4326", transform=place))
    from anlan.terrain.crs import to_metric

    x, y = to_metric(106.408, 29.594)
    assert grid.sample(x, y) == pytest.approx(200.0 + 100.0 * 29.5 / 59.0, abs=1.5)
    assert 15.0 < grid.cell_m < 25.0


def test_a_height_model_without_crs_is_refused_unless_it_is_stated(tmp_path: Path) -> None:
    path = written(tmp_path / "nowhere.tif", np.ones((4, 4), dtype=np.float32), crs=None)
    with pytest.raises(files.DemWithoutCrs):
        files.read_dem(path)
    assert files.read_dem(path, crs="EPSG:4544").cell_m == 20.0


def test_heights_in_feet_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "feet.tif", np.ones((4, 4), dtype=np.float32))
    with rasterio.open(path, "r+") as sink:
        sink.set_band_unit(1, "ft")
    with pytest.raises(files.DemInFeet):
        files.read_dem(path)


def test_nothing_but_nodata_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "empty.tif", np.full((4, 4), -9999.0, dtype=np.float32))
    with pytest.raises(files.EmptyDem):
        files.read_dem(path)


def test_undeclared_nodata_is_refused(tmp_path: Path) -> None:
    z = np.full((4, 4), 200.0, dtype=np.float32)
    z[0, 0] = -32768.0
    with pytest.raises(files.UndeclaredNodata):
        files.read_dem(written(tmp_path / "holes.tif", z, nodata=None))


def test_what_is_no_raster_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "letter.tif"
    path.write_text("not a raster")
    with pytest.raises(files.UnreadableDem):
        files.read_dem(path)
    with pytest.raises(files.UnreadableDem):
        files.read_dem(tmp_path / "absent.tif")


def test_light_from_the_north_west_brightens_north_west_slopes() -> None:
    y, x = np.mgrid[0:20, 0:20]
    towards = Grid((x + y).astype(np.float32) * 10.0, 0.0, 0.0, 20.0)
    away = Grid(-(x + y).astype(np.float32) * 10.0, 0.0, 0.0, 20.0)
    level = Grid(np.zeros((20, 20), dtype=np.float32), 0.0, 0.0, 20.0)
    assert shade(level)[10, 10] == round(255 * np.sin(np.radians(45.0)))
    assert shade(towards)[10, 10] > shade(level)[10, 10] > shade(away)[10, 10]
