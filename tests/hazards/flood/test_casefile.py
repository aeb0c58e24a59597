"""A case file gives the case it describes; whatever is wrong in it is refused by name."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import xarray as xr
from rasterio.transform import from_origin
from tests.hazards.flood.plain import changed, raster

from anlan.hazards.flood.casefile import RefusedCase, read_case
from anlan.hazards.flood.shallow_water.case import BoundaryKind, Scheme, Side


def test_a_case_file_gives_the_case(folder: Path) -> None:
    asked = read_case(folder / "case.toml")
    case = asked.case
    assert case.scheme is Scheme.GODUNOV
    assert (case.grid.shape, case.grid.cell_m, case.manning) == ((10, 12), 10.0, 0.05)
    assert case.rain is not None
    assert case.rain.mm_h == 20.0
    (inflow,) = case.inflows
    assert inflow.cells.tolist() == [[0, 10]]
    assert inflow.discharge_m3s.t_s.tolist() == [0.0, 3600.0]
    (edge,) = case.boundaries
    assert (edge.kind, edge.side, edge.first, edge.last) == (BoundaryKind.STAGE, Side.WEST, 2, 9)
    assert asked.outputs.snapshots_s == (1200.0, 2400.0, 3600.0)
    assert (asked.gauges, asked.outputs.gauges) == (("bridge",), ((4, 5),))
    told = "\n".join(str(use) for use in asked.uses)
    for words in ("10 × 12 cells of 10 m", "20.0 mm of rain", "spring: 7,200 m³", "stage on 8"):
        assert words in told


def test_land_use_buildings_and_rain_maps_are_read_onto_the_cells(folder: Path) -> None:
    use = np.ones((10, 12))
    use[:, 6:] = 2
    raster(folder / "use.tif", use)
    raster(folder / "rain.tif", np.stack([np.full((10, 12), 5.0), np.full((10, 12), 9.0)]))
    (folder / "houses.geojson").write_text(
        '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":'
        '"urn:ogc:def:crs:EPSG::4544"}},"features":[{"type":"Feature","properties":{},"geometry":'
        '{"type":"Polygon","coordinates":[[[500020,3270020],[500040,3270020],[500040,3270040],'
        "[500020,3270040],[500020,3270020]]]}}]}"
    )
    changed(folder, "n = 0.05", 'file = "use.tif"\ntable = { 1 = 0.03, 2 = 0.1 }')
    changed(folder, "rain_mm_h = 20", 'maps = "rain.tif"\nevery = "30min"')
    changed(
        folder, "[roughness]", '[buildings]\nfile = "houses.geojson"\nas = "blocked"\n[roughness]'
    )
    case = read_case(folder / "case.toml").case
    assert case.manning[0, 0] == np.float32(0.03)
    assert case.manning[0, 9] == np.float32(0.1)
    assert case.rain.mm_h.mm_h[1, 3, 3] == 9.0
    assert np.argwhere(np.isnan(case.grid.z)).tolist() == [[0, 11], [6, 2], [6, 3], [7, 2], [7, 3]]


def test_polygons_in_other_coordinates_or_off_the_ground_are_refused(folder: Path) -> None:
    changed(
        folder, "[roughness]", '[buildings]\nfile = "houses.geojson"\nas = "blocked"\n[roughness]'
    )
    text = (
        '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":'
        '"urn:ogc:def:crs:EPSG::4546"}},"features":[{"type":"Feature","properties":{},"geometry":'
        '{"type":"Polygon","coordinates":[[[500020,3270020],[500040,3270020],[500040,3270040],'
        "[500020,3270020]]]}}]}"
    )
    (folder / "houses.geojson").write_text(text)
    with pytest.raises(RefusedCase, match=r"houses.geojson.*mixed coordinates"):
        read_case(folder / "case.toml")
    away = text.replace("4546", "4544").replace("32700", "32600")
    (folder / "houses.geojson").write_text(away)
    with pytest.raises(RefusedCase, match=r"houses.geojson.*covers the middle of no cell"):
        read_case(folder / "case.toml")


def test_a_levee_stands_on_the_edges_along_its_line(folder: Path) -> None:
    levee = '[[levee]]\nname = "dike"\nline = [[500030, 3270100], [500030, 3270070], {end}]\n'
    falls = "minutes,crest_m\n0,5\n30,5\n60,2\n"
    (folder / "crest.csv").write_text(falls)
    text = levee.format(end="[500050, 3270070]") + 'series = "crest.csv"\n[output]'
    changed(folder, "[output]", text)
    (dike,) = read_case(folder / "case.toml").case.levees
    west = [(row, 3, Side.WEST) for row in range(3)]
    assert list(dike.edges) == [*west, (3, 3, Side.NORTH), (3, 4, Side.NORTH)]
    assert dike.crest_m.value.tolist() == [5.0, 5.0, 2.0]
    changed(folder, "[500050, 3270070]", "[500150, 3270070]")
    with pytest.raises(RefusedCase, match=r"levee\[0\].line: 50012.*outside the grid"):
        read_case(folder / "case.toml")


SLIPS = {
    "an unknown key": ("n = 0.05", "n = 0.05\nmaning = 0.03", "roughness.maning: unknown key"),
    "an unknown table": ("[rain]", "[infiltraton]\na = 1\n[rain]", "infiltraton: unknown key"),
    "a missing key": ('datum = "Yellow Sea 1985"', "", "case.datum: is needed"),
    "a missing file": ('"dem.tif"', '"dom.tif"', "grid.dem: there is no file"),
    "no scheme of ours": ('"godunov"', '"roe"', "case.scheme: 'roe' is none of"),
    "no length of time": ('"1h"', '"one hour"', "case.duration: 'one hour' is no length"),
    "an instant without zone": ("+08:00", "", "case.start: '2020-08-19T08:00:00' does not say"),
    "negative roughness": ("n = 0.05", "n = -0.05", "roughness.n: -0.05 is less than 0"),
    "NaN rain": ("rain_mm_h = 20", "rain_mm_h = nan", "rain.rain_mm_h: nan is not a number"),
    "negative rain": ("rain_mm_h = 20", "rain_mm_h = -1", "rain.rain_mm_h: -1 is less than 0"),
    "an inflow outside": ("[500105, 3270095]", "[500125, 3270095]",
                          "inflow[0].at: 500125.0, 3270095.0 lies outside the grid"),
    "an inflow off the ground": ("[500105, 3270095]", "[500115, 3270095]",
                                 "has no ground (row 0, column 11)"),
    "a boundary outside": ("[500000, 3270000]", "[500000, 3269000]",
                           "boundary[0].between: reaches outside the grid"),
    "a boundary on another": ("[output]", '[[boundary]]\nkind = "free"\nside = "west"\n[output]',
                              "boundary[1]: another boundary stands on the same stretch"),
    "a gauge outside": ("[500055, 3270055]", "[0, 0]", "output.gauge[0].at: 0.0, 0.0 lies outside"),
    "snapshots after the end": ('"20min"', '"2h"', "output.snapshots_every: 7200 s is nothing, or"),
    "gauges read all the time": ("arrival_m", 'gauge_every = "0s"\narrival_m',
                                 "output.gauge_every: 0 s is nothing, or longer"),
    "a stage without value": ("stage_m = 3.5", "", "boundary[0]: needs exactly one of stage_m"),
    "a wall with a value": ('"stage"', '"wall"', "boundary[0].stage_m: unknown key"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_file_is_refused_with_its_key(folder: Path, slip: str) -> None:
    old, new, said = SLIPS[slip]
    changed(folder, old, new)
    with pytest.raises(RefusedCase) as refusal:
        read_case(folder / "case.toml")
    assert said in str(refusal.value)
    assert str(folder) in refusal.value.where


FLOWS = {
    "ends before the run": ("minutes,discharge_m3s\n0,1\n50,3\n", "ends at 3000 s, the run at"),
    "begins late": ("minutes,discharge_m3s\n5,1\n60,3\n", "begins at 300 s"),
    "turns back": ("minutes,discharge_m3s\n0,1\n40,3\n20,3\n", "line 4: the time does not rise"),
    "has a gap": ("minutes,discharge_m3s\n0,1\n30,nan\n60,3\n", "line 3: discharge_m3s: 'nan'"),
    "is negative": ("minutes,discharge_m3s\n0,1\n60,-3\n", "line 3: -3 is negative"),
    "is negative after empty lines": ("minutes,discharge_m3s\n0,1\n\n\n30,-2\n60,1\n",
                                      "line 5: -2 is negative"),
    "turns back after an empty line": ("minutes,discharge_m3s\n0,1\n\n40,3\n\n20,3\n",
                                       "line 6: the time does not rise"),
    "has another unit": ("minutes,discharge_ls\n0,1\n60,3\n", "needs the column discharge_m3s"),
    "has a column too many": ("minutes,discharge_m3s,stage\n0,1,2\n60,3,2\n", "the column stage"),
}  # fmt: skip


@pytest.mark.parametrize("slip", FLOWS)
def test_a_slip_in_a_series_is_refused_with_its_line(folder: Path, slip: str) -> None:
    text, said = FLOWS[slip]
    (folder / "flow.csv").write_text(text)
    with pytest.raises(RefusedCase) as refusal:
        read_case(folder / "case.toml")
    assert said in str(refusal.value)
    assert "flow.csv" in str(refusal.value)


def hole(ground: np.ndarray) -> np.ndarray:
    holed = ground.copy()
    holed[4, 5] = np.nan
    return holed


def peak(ground: np.ndarray) -> np.ndarray:
    wrong = ground.copy()
    wrong[3, 2] = -32768.0
    return wrong


DEMS = {
    "in degrees": (lambda z: z, {"crs": "EPSG:4490",
                                 "transform": from_origin(106.0, 29.0, 1e-4, 1e-4)}, "degrees"),
    "in feet on the ground": (lambda z: z, {"crs": "EPSG:2263"}, "foot, not in metres"),
    "in feet above a datum": (lambda z: z, {"crs": "EPSG:32650+6360"}, "survey foot, not in"),
    "in feet of height": (lambda z: z, {"unit": "ft"}, "heights are counted in ft"),
    "without coordinates": (lambda z: z, {"crs": None}, "does not say its coordinates"),
    "with a hole": (hole, {}, "row 4, column 5 (500055.0, 3270055.0): no data inside"),
    "with a no-data value nobody declared": (peak, {}, "row 3, column 2"),
    "with oblong cells": (lambda z: z, {"transform": from_origin(500000, 3270100, 10, 12)},
                          "cells of 10 by 12 m"),
}  # fmt: skip


@pytest.mark.parametrize("slip", DEMS)
def test_a_ground_that_cannot_be_meant_is_refused(folder: Path, slip: str) -> None:
    make, profile, said = DEMS[slip]
    raster(folder / "dem.tif", make(np.tile(np.linspace(2.0, 4.0, 12), (10, 1))), **profile)
    with pytest.raises(RefusedCase) as refusal:
        read_case(folder / "case.toml")
    assert said in str(refusal.value)
    assert "dem.tif" in str(refusal.value)


def gap(field: np.ndarray) -> np.ndarray:
    field[7, 1] = np.nan
    return field


FIELDS = {
    "in other coordinates": (lambda n: n, {"crs": "EPSG:4546"}, "mixed coordinates"),
    "on other cells": (lambda n: n, {"transform": from_origin(500005, 3270100, 10, 10)},
                       "does not lie on the cells of dem.tif"),
    "with a gap": (gap, {}, "row 7, column 1 (500015.0, 3270025.0): no value"),
    "negative": (lambda n: -n, {}, "row 0, column 0 (500005.0, 3270095.0): -0.05 is not above 0"),
    "with nothing in it": (lambda n: 0 * n, {}, "0 is not above 0"),
    "in percent": (lambda n: 100 * n, {}, "5 is no Manning's n"),
}  # fmt: skip


@pytest.mark.parametrize("slip", FIELDS)
def test_a_roughness_that_does_not_fit_is_refused(folder: Path, slip: str) -> None:
    make, profile, said = FIELDS[slip]
    raster(folder / "n.tif", make(np.full((10, 12), 0.05)), **profile)
    changed(folder, "n = 0.05", 'file = "n.tif"')
    with pytest.raises(RefusedCase) as refusal:
        read_case(folder / "case.toml")
    assert said in str(refusal.value)
    assert "n.tif" in str(refusal.value)


def test_ground_without_friction_may_be_asked_for(folder: Path) -> None:
    """The closed solutions that people try first have none."""
    changed(folder, "n = 0.05", "n = 0")
    assert read_case(folder / "case.toml").case.manning == 0.0


def test_rain_maps_with_a_gap_or_too_short_are_refused(folder: Path) -> None:
    raster(folder / "rain.tif", np.stack([np.full((10, 12), 5.0), gap(np.full((10, 12), 9.0))]))
    changed(folder, "rain_mm_h = 20", 'maps = "rain.tif"\nevery = "30min"')
    with pytest.raises(RefusedCase, match="row 7, column 1"):
        read_case(folder / "case.toml")
    raster(folder / "rain.tif", np.full((10, 12), 5.0))
    with pytest.raises(RefusedCase, match="to 1800 s, the run from 0 s to 3600 s"):
        read_case(folder / "case.toml")


def test_rain_maps_in_netcdf_are_taken_by_their_own_coordinates_and_unit(folder: Path) -> None:
    changed(folder, "rain_mm_h = 20", 'maps = "rain.nc"\nevery = "30min"')
    rain = rain_maps("mm h-1")
    rain.to_netcdf(folder / "rain.nc", engine="scipy")
    case = read_case(folder / "case.toml").case
    assert case.rain.mm_h.mm_h[1, 0, 3] == 9.0  # the file's rows run from south to north
    assert case.rain.mm_h.mm_h[1, 9, 3] == 7.0
    assert "says no unit" not in "\n".join(map(str, read_case(folder / "case.toml").uses))
    rain_maps("").to_netcdf(folder / "rain.nc", engine="scipy")
    asked = read_case(folder / "case.toml")
    assert asked.case.rain.mm_h.mm_h[1, 0, 3] == 9.0
    assert "rain.nc: attention: says no unit; taken as mm/h" in "\n".join(map(str, asked.uses))
    rain_maps("kg m-2 s-1").to_netcdf(folder / "rain.nc", engine="scipy")
    with pytest.raises(RefusedCase, match="counts in kg m-2 s-1, not in mm/h"):
        read_case(folder / "case.toml")
    xr.merge([rain, rain.rename(rain="snow")]).to_netcdf(folder / "rain.nc", engine="scipy")
    with pytest.raises(RefusedCase, match="several variables"):
        read_case(folder / "case.toml")


def rain_maps(unit: str) -> xr.Dataset:
    values = np.full((2, 10, 12), 7.0, dtype=np.float32)
    values[:, 9] = 9.0
    y = ("y", 3270005.0 + 10.0 * np.arange(10),
         {"standard_name": "projection_y_coordinate", "units": "m"})  # fmt: skip
    x = ("x", 500005.0 + 10.0 * np.arange(12),
         {"standard_name": "projection_x_coordinate", "units": "m"})  # fmt: skip
    about = {"units": unit, "grid_mapping": "crs"}
    crs = {"grid_mapping_name": "transverse_mercator",
           "crs_wkt": rasterio.crs.CRS.from_epsg(4544).to_wkt()}  # fmt: skip
    return xr.Dataset(
        {"rain": (("time", "y", "x"), values, about), "crs": ((), 0, crs)},
        coords={"y": y, "x": x, "time": [0, 1800]},
    )
