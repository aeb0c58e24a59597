"""Rasters of a case are taken as their files mean them: scale, place, time, coordinates, gaps."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import xarray as xr
from rasterio.transform import from_origin
from tests.hazards.flood.plain import changed, raster

from anlan.hazards.flood.casefile import RefusedCase, read_case
from anlan.hazards.flood.casefile.rasters import read_ground
from anlan.hazards.flood.results import land_of, write_map

SLOPE = np.tile(np.linspace(2.0, 4.0, 12), (10, 1))
LOCAL = 'LOCAL_CS["survey",UNIT["{unit}",{metres}]]'


def scaled(path: Path, values: np.ndarray, scale: float, offset: float = 0.0) -> None:
    """Whole numbers that are to be multiplied and shifted, as hydrological services send them."""
    with rasterio.open(
        path, "w", driver="GTiff", width=values.shape[1], height=values.shape[0], count=1,
        dtype="int16", crs="EPSG:4544", nodata=-32768,
        transform=from_origin(500000.0, 3270100.0, 10.0, 10.0),
    ) as sink:  # fmt: skip
        sink.write(values.astype(np.int16), 1)
        sink.scales, sink.offsets = (scale,), (offset,)


@pytest.mark.parametrize("odd", [-9999.0, -32768.0, 9999.0, -99999.0, 3.4028235e38, 1e20])
def test_a_no_data_value_nobody_declared_is_refused_by_name_and_cell(
    folder: Path, odd: float
) -> None:
    ground = SLOPE.copy()
    ground[3, 2] = odd
    raster(folder / "dem.tif", ground, nodata=None)
    with pytest.raises(RefusedCase, match=r"dem.tif, row 3, column 2.*no-data value"):
        read_case(folder / "case.toml")


def test_a_gap_in_another_raster_that_nobody_declared_is_refused(folder: Path) -> None:
    surface = np.full((10, 12), 5.0)
    surface[6, 4] = -9999.0
    raster(folder / "surface.tif", surface, nodata=None)
    changed(folder, "[rain]", '[initial]\nfile = "surface.tif"\n[rain]')
    with pytest.raises(RefusedCase, match=r"surface.tif, row 6, column 4.*no-data value"):
        read_case(folder / "case.toml")


@pytest.mark.parametrize("place", [(3, 2), (9, 0)])
def test_a_cell_far_below_all_around_it_is_refused(folder: Path, place: tuple[int, int]) -> None:
    ground = SLOPE + 300.0
    ground[place] = 0.0
    raster(folder / "dem.tif", ground)
    with pytest.raises(RefusedCase, match=rf"row {place[0]}, column {place[1]} .*below all"):
        read_case(folder / "case.toml")


def test_a_gorge_is_no_gap(folder: Path) -> None:
    ground = SLOPE + 900.0
    ground[:, 5] = np.linspace(500.0, 480.0, 10)
    raster(folder / "dem.tif", ground)
    changed(folder, "stage_m = 3.5", "stage_m = 903.5")
    assert read_case(folder / "case.toml").case.grid.z.min() == 480.0


def test_scale_and_offset_of_a_ground_are_applied(folder: Path) -> None:
    scaled(folder / "dem.tif", np.round((SLOPE - 1.0) * 10.0), 0.1, 1.0)
    z = read_case(folder / "case.toml").case.grid.z
    assert z[0] == pytest.approx(np.round(SLOPE[0], 1), abs=1e-6)


def test_a_scaled_9999_is_a_height(folder: Path) -> None:
    scaled(folder / "dem.tif", np.full((10, 12), 9999), 0.1)
    changed(folder, "stage_m = 3.5", "stage_m = 1001")
    assert read_case(folder / "case.toml").case.grid.z[4, 4] == pytest.approx(999.9)


def test_scale_of_a_roughness_is_applied(folder: Path) -> None:
    scaled(folder / "n.tif", np.full((10, 12), 35), 0.001)
    changed(folder, "n = 0.05", 'file = "n.tif"')
    assert read_case(folder / "case.toml").case.manning[2, 2] == pytest.approx(0.035)


@pytest.mark.parametrize("name", ["dem", "n"])
def test_a_raster_of_two_bands_is_refused(folder: Path, name: str) -> None:
    raster(folder / f"{name}.tif", np.stack([SLOPE / 80.0, SLOPE]))
    if name == "n":
        changed(folder, "n = 0.05", 'file = "n.tif"')
    with pytest.raises(RefusedCase, match=rf"{name}.tif: holds 2 bands"):
        read_case(folder / "case.toml")


def ascii_grid(
    path: Path, values: np.ndarray, corner: tuple[float, float] = (500000, 3270000),
    cell: float = 10,
) -> None:  # fmt: skip
    head = f"ncols 12\nnrows 10\nxllcorner {corner[0]}\nyllcorner {corner[1]}\ncellsize {cell}\n"
    rows = "\n".join(" ".join(f"{value:.3f}" for value in row) for row in values)
    path.write_text(f"{head}NODATA_value -9999\n{rows}\n")


def test_a_ground_of_no_published_system_is_taken_as_local(folder: Path) -> None:
    ascii_grid(folder / "dem.asc", SLOPE)
    changed(folder, 'dem = "dem.tif"', 'dem = "dem.asc"')
    with pytest.raises(RefusedCase, match=r'dem.asc: does not say .*"local"'):
        read_case(folder / "case.toml")
    changed(folder, 'dem = "dem.asc"', 'dem = "dem.asc"\ncrs = "local"')
    (folder / "houses.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
        '{"type":"Polygon","coordinates":[[[500020,3270020],[500040,3270020],[500040,3270040],'
        "[500020,3270040],[500020,3270020]]]}}]}"
    )
    changed(folder, "[rain]", '[[buildings]]\nfile = "houses.geojson"\nas = "blocked"\n[rain]')
    asked = read_case(folder / "case.toml")
    assert np.argwhere(np.isnan(asked.case.grid.z)).tolist() == [[6, 2], [6, 3], [7, 2], [7, 3]]
    write_map(folder / "depth.tif", SLOPE, {"long_name": "depth", "units": "m"}, asked)
    with rasterio.open(folder / "depth.tif") as made:
        assert (made.crs, made.transform.c, made.transform.f) == (None, 500000.0, 3270100.0)
    assert "local" in land_of(asked)["crs"].attrs["crs_wkt"]


@pytest.mark.parametrize("crs", ["EPSG:4544", "local"])
@pytest.mark.parametrize("arc", [1.0, 3.0, 30.0])
def test_a_ground_in_degrees_is_refused_whatever_the_case_says(
    folder: Path, crs: str, arc: float
) -> None:
    """Seconds of arc, as the freely given grids of heights have them; an ASCII grid has no crs."""
    ascii_grid(folder / "dem.asc", SLOPE, (106.45, 29.55), arc / 3600.0)
    changed(folder, 'dem = "dem.tif"', f'dem = "dem.asc"\ncrs = "{crs}"')
    with pytest.raises(RefusedCase, match=r"dem.asc: cells of 0.00.* m from 106.45, 29.* degrees"):
        read_case(folder / "case.toml")


def test_a_tank_of_cells_of_a_centimetre_is_taken(folder: Path) -> None:
    ascii_grid(folder / "dem.asc", SLOPE, (0, 0), 0.01)
    assert read_ground(folder / "dem.asc", "local").cell_m == 0.01


def test_local_coordinates_of_a_file_are_taken_in_metres_alone(folder: Path) -> None:
    metres = LOCAL.format(unit="metre", metres=1)
    raster(folder / "dem.tif", SLOPE, crs=metres)
    read_case(folder / "case.toml")
    raster(folder / "n.tif", np.full((10, 12), 0.05), crs="EPSG:4544")
    changed(folder, "n = 0.05", 'file = "n.tif"')
    with pytest.raises(RefusedCase, match=r"n.tif.*mixed coordinates"):
        read_case(folder / "case.toml")
    raster(folder / "dem.tif", SLOPE, crs=LOCAL.format(unit="foot", metres=0.3048))
    with pytest.raises(RefusedCase, match="lies in foot, not in metres"):
        read_case(folder / "case.toml")


def net(shape: tuple[int, int], cf: bool) -> xr.Dataset:
    """A ground that is told apart along both axes, as xarray writes it, from south to north."""
    rows, columns = shape
    about = (
        {
            "x": {"standard_name": "projection_x_coordinate"},
            "y": {"standard_name": "projection_y_coordinate"},
        }
        if cf
        else {"x": {}, "y": {}}
    )
    y = ("y", 3270005.0 + 10.0 * np.arange(rows), about["y"])
    x = ("x", 500005.0 + 10.0 * np.arange(columns), about["x"])
    z = 2.0 + 0.1 * np.arange(rows)[:, None] + 0.01 * np.arange(columns)
    return xr.Dataset({"z": (("y", "x"), z.astype(np.float32))}, coords={"y": y, "x": x})


@pytest.mark.parametrize("cf", [True, False])
@pytest.mark.parametrize("shape", [(10, 12), (12, 12)])
@pytest.mark.parametrize("order", [("y", "x"), ("x", "y")])
def test_a_netcdf_ground_lies_where_its_coordinates_say(
    folder: Path, cf: bool, shape: tuple[int, int], order: tuple[str, str]
) -> None:
    net(shape, cf).transpose(*order).to_netcdf(folder / "dem.nc", engine="scipy")
    changed(folder, 'dem = "dem.tif"', 'dem = "dem.nc"\ncrs = "EPSG:4544"')
    ground = read_case(folder / "case.toml").ground
    assert (ground.x0, ground.y0) == (500000.0, 3270000.0 + 10.0 * shape[0])
    assert ground.z[-1, 0] == pytest.approx(2.0)
    assert ground.z[0, 3] == pytest.approx(2.0 + 0.1 * (shape[0] - 1) + 0.03)


def test_a_netcdf_ground_with_a_scale_is_counted_by_it(folder: Path) -> None:
    packed = net((10, 12), True)
    packed.z.encoding = {
        "dtype": "int16",
        "scale_factor": 0.01,
        "add_offset": 2.0,
        "_FillValue": -1,
    }
    packed.to_netcdf(folder / "dem.nc", engine="scipy")
    changed(folder, 'dem = "dem.tif"', 'dem = "dem.nc"\ncrs = "EPSG:4544"')
    assert read_case(folder / "case.toml").ground.z[0, 3] == pytest.approx(2.93, abs=1e-5)


def test_uneven_coordinates_are_refused(folder: Path) -> None:
    uneven = net((10, 12), False)
    uneven = uneven.assign_coords(x=uneven.x + np.where(uneven.x > 500100.0, 3.0, 0.0))
    uneven.to_netcdf(folder / "dem.nc", engine="scipy")
    changed(folder, 'dem = "dem.tif"', 'dem = "dem.nc"\ncrs = "EPSG:4544"')
    with pytest.raises(RefusedCase, match="its x coordinates are not evenly spaced"):
        read_case(folder / "case.toml")
