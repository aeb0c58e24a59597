"""Files as others make them: Esri's coordinates, NetCDF-4, grids without place or true length."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
import xarray as xr
from rasterio.crs import CRS
from tests.hazards.flood.plain import changed, raster

from anlan.hazards.flood.casefile import RefusedCase, read_case

SLOPE = np.tile(np.linspace(2.0, 4.0, 12), (10, 1))
ESRI = (
    'PROJCS["CGCS2000_3_Degree_GK_CM_105E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",105.0],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)  # EPSG:4544, its axes the other way round


def test_a_plane_is_one_in_the_words_of_esri_and_of_epsg(folder: Path) -> None:
    changed(folder, 'dem = "dem.tif"', 'dem = "dem.tif"\ncrs = "EPSG:4544"')
    raster(folder / "dem.tif", SLOPE, crs=CRS.from_wkt(ESRI))
    raster(folder / "n.tif", np.full((10, 12), 0.05), crs="EPSG:4544")
    changed(folder, "n = 0.05", 'file = "n.tif"')
    assert read_case(folder / "case.toml").case.manning[4, 4] == np.float32(0.05)


@pytest.mark.parametrize("other", ["600000.0", "105.5", "6378245.0"])
def test_esri_words_of_another_plane_are_refused(folder: Path, other: str) -> None:
    known = {"600000.0": "500000.0", "105.5": "105.0", "6378245.0": "6378137.0"}[other]
    raster(folder / "n.tif", np.full((10, 12), 0.05), crs=CRS.from_wkt(ESRI.replace(known, other)))
    changed(folder, "n = 0.05", 'file = "n.tif"')
    with pytest.raises(RefusedCase, match="mixed coordinates"):
        read_case(folder / "case.toml")


def test_what_heights_count_from_matters_where_both_files_say_it(folder: Path) -> None:
    raster(folder / "dem.tif", SLOPE, crs="EPSG:32648+5773")
    raster(folder / "n.tif", np.full((10, 12), 0.05), crs="EPSG:32648")
    changed(folder, "n = 0.05", 'file = "n.tif"')
    read_case(folder / "case.toml")
    raster(folder / "n.tif", np.full((10, 12), 0.05), crs="EPSG:32648+3855")
    with pytest.raises(RefusedCase, match="mixed coordinates"):
        read_case(folder / "case.toml")


def test_a_plane_whose_metres_are_none_on_the_ground_is_refused(folder: Path) -> None:
    raster(folder / "dem.tif", SLOPE, crs="EPSG:3857")  # 28° N: cos of it is 0.88
    with pytest.raises(RefusedCase, match=r"dem.tif: a metre of EPSG:3857 is 0\.88 m on the"):
        read_case(folder / "case.toml")


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_raster_without_a_place_is_refused_as_that(folder: Path) -> None:
    raster(folder / "dem.tif", SLOPE, transform=None)
    with pytest.raises(RefusedCase, match="does not say where it lies"):
        read_case(folder / "case.toml")


@pytest.mark.parametrize("gap", [-999.0, -10_000.0])
def test_a_strip_of_one_height_far_below_all_others_is_a_gap(folder: Path, gap: float) -> None:
    ground = SLOPE.copy()
    ground[2:, :3] = gap
    ground[5, 8] = gap
    raster(folder / "dem.tif", ground, nodata=None)
    with pytest.raises(RefusedCase, match=r"row 2, column 0 .*no-data value not declared"):
        read_case(folder / "case.toml")


def test_a_trench_that_falls_step_by_step_is_ground(folder: Path) -> None:
    ground = np.tile(np.linspace(-1400.0, 4.0, 12), (10, 1))
    raster(folder / "dem.tif", ground, nodata=None)
    assert read_case(folder / "case.toml").case.grid.z.min() == -1400.0


def maps(folder: Path, **about: str) -> None:
    """Three hourly maps of rain as a NetCDF-4 file, which is HDF5, packed as others do."""
    rain = np.arange(3.0)[:, None, None] + np.arange(10.0)[:, None] + np.arange(12.0) * 0.1
    tags = {
        "NETCDF_DIM_EXTRA": "{time}", "NETCDF_DIM_time_DEF": "{3,6}",
        "NETCDF_DIM_time_VALUES": "{0,1,2}", "time#units": "hours since 2020-08-19 00:00:00",
        **about,
    }  # fmt: skip
    raster(folder / "maps.tif", rain)
    with rasterio.open(folder / "maps.tif", "r+") as file:
        file.update_tags(**tags)
    rasterio.shutil.copy(folder / "maps.tif", folder / "rain.nc", driver="netCDF", FORMAT="NC4",
                         COMPRESS="DEFLATE")  # fmt: skip
    assert (folder / "rain.nc").read_bytes()[1:4] == b"HDF"
    changed(folder, "rain_mm_h = 20", 'maps = "rain.nc"\nevery = "1h"')


def test_maps_of_rain_are_read_from_netcdf_4(folder: Path) -> None:
    maps(folder)
    rain = read_case(folder / "case.toml").case.rain.mm_h
    assert rain.t_s.tolist() == [0.0, 3600.0, 7200.0]
    assert rain.mm_h[2, 3, 4] == pytest.approx(2.0 + 3.0 + 0.4)


def test_a_ground_is_read_from_netcdf_4(folder: Path) -> None:
    rasterio.shutil.copy(folder / "dem.tif", folder / "dem.nc", driver="netCDF", FORMAT="NC4")
    assert (folder / "dem.nc").read_bytes()[1:4] == b"HDF"
    before = read_case(folder / "case.toml")
    changed(folder, "dem.tif", "dem.nc")
    after = read_case(folder / "case.toml")
    assert np.array_equal(after.ground.z, before.ground.z, equal_nan=True)
    assert (after.ground.x0, after.ground.y0) == (500000.0, 3270100.0)


def test_maps_in_a_calendar_without_leap_years_are_refused_by_its_name(folder: Path) -> None:
    maps(folder, **{"time#calendar": "noleap"})
    with pytest.raises(RefusedCase, match=r"rain.nc: hours since .* in the calendar noleap"):
        read_case(folder / "case.toml")


def packed(folder: Path, values: np.ndarray, unit: str) -> None:
    x, y = 500005.0 + 10.0 * np.arange(12), 3270095.0 - 10.0 * np.arange(10)
    hours = {"units": "hours since 2020-08-19", "calendar": "standard"}
    laid = xr.Dataset(
        {"rain": (("time", "y", "x"), values, {"units": unit, "_FillValue": np.float32(-999.0)})},
        coords={"time": ("time", [0.0, 1.0], hours), "y": ("y", y), "x": ("x", x)},
    )
    laid.to_netcdf(folder / "rain.nc", engine="scipy")
    changed(folder, "rain_mm_h = 20", 'maps = "rain.nc"\nevery = "1h"')


def test_a_gap_in_a_map_of_rain_is_named_with_its_map(folder: Path) -> None:
    rain = np.full((2, 10, 12), 5.0, dtype=np.float32)
    rain[1, 3, 4] = -999.0
    packed(folder, rain, "mm h-1")
    with pytest.raises(RefusedCase, match=r"rain.nc, map 2, row 3, column 4 .*no value where"):
        read_case(folder / "case.toml")


@pytest.mark.parametrize("unit", ["mm/hour", "mm h**-1", "mm hr^-1"])
def test_a_millimetre_an_hour_is_one_however_it_is_written(folder: Path, unit: str) -> None:
    packed(folder, np.full((2, 10, 12), 5.0, dtype=np.float32), unit)
    assert read_case(folder / "case.toml").case.rain.mm_h.mm_h.max() == 5.0


def test_an_edge_that_stands_inside_the_grid_is_told(folder: Path) -> None:
    ground = SLOPE.copy()
    ground[6:, 9:] = np.nan
    raster(folder / "dem.tif", ground)
    changed(folder, "[output]", '[[boundary]]\nkind = "free"\nside = "east"\n[output]')
    told = "\n".join(str(use) for use in read_case(folder / "case.toml").uses)
    assert "boundary[1]: attention: on 4 of them it stands inside the grid" in told
