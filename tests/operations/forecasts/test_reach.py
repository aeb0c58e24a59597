"""A whole run on the district's schematic terrain, two hours before the crest of August 2020."""

import json
import tomllib
from datetime import datetime

import numpy as np
import pytest
import xarray as xr

from anlan.operations.forecasts.rules.frames import FRAMES_FILE, read_frame
from anlan.operations.forecasts.rules.reach import compute
from anlan.terrain.crs import to_metric
from anlan.terrain.files import write_dem
from anlan.terrain.schematic import SchematicFacts, build
from anlan.vocabulary.clock import CHINA

from .conftest import SHAPINGBA
from .test_river import OFFSETS, crest_of_2020

ISSUED = datetime(2020, 8, 20, 0, 0, tzinfo=CHINA)
AT_CIQIKOU = (106.4515, 29.5848)
# Ground at 187 to 190 m on the terrace of Ciqikou, on the ridge at 600 m, and in the river.
TERRACE, RIDGE, MIDSTREAM = (106.4490, 29.5815), (106.4120, 29.5600), (106.4595, 29.5838)


def observations(name):
    curve, start = crest_of_2020(name)
    stamps = np.arange(start, ISSUED.timestamp() + 1, 1800)
    return {
        "code": name, "name": name, "offset_m": OFFSETS[name], "lon": AT_CIQIKOU[0],
        "lat": AT_CIQIKOU[1], "datum": "yellow_sea" if name == "beibei" else "wusong",
        "at": [datetime.fromtimestamp(t, CHINA).isoformat() for t in stamps],
        "value": [round(float(v), 2) for v in curve(stamps)],
    }  # fmt: skip


def exposure(path):
    """Three households of three, four and five people; one road along the bank; one school."""
    x, y = to_metric(*np.array([TERRACE, RIDGE, MIDSTREAM]).T)
    road_x, road_y = to_metric(np.array([106.4480, 106.4515]), np.array([29.5822, 29.5812]))
    np.savez(
        path, household_id=np.array([1, 2, 3]), x=x, y=y, people=np.array([3, 4, 5], np.int16),
        needs_help=np.array([True, False, False]), community=np.array([0, 1, 0], np.int32),
        community_code=np.array(["500106004001", "500106009001"]),
        community_name=np.array(["金碧", "歌乐山"]),
        road_code=np.array(["r"]), road_name=np.array(["滨江路"]), road_grade=np.array([""]),
        road_x=road_x, road_y=road_y, road_start=np.array([0, 2], np.int32),
        site_code=np.array(["s"]), site_kind=np.array(["school"]), site_name=np.array(["小学"]),
        site_area=np.array(["500106004001"]), site_x=x[:1], site_y=y[:1],
    )  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    terrain, people = folder / "terrain.tif", folder / "exposure.npz"
    with (SHAPINGBA / "terrain.toml").open("rb") as file:
        write_dem(terrain, build(SchematicFacts.from_mapping(tomllib.load(file))))
    exposure(people)
    outline = json.loads((SHAPINGBA / "outline.geojson").read_text(encoding="utf-8"))
    river = next(f for f in outline["features"] if f["properties"].get("code") == "jialing")
    with (SHAPINGBA / "forecasts.toml").open("rb") as file:
        settings = tomllib.load(file)["reach"][0]
    settings["horizon_h"] = 3
    roles = (("upstream", "beibei"), ("station", "ciqikou"), ("downstream", "cuntan"))
    gauges = {role: observations(name) for role, name in roles}
    answer = compute(
        {
            "key": "k", "issued_at": ISSUED.isoformat(), "settings": settings, "gauges": gauges,
            "errors": [], "terrain": str(terrain), "cell_m": 40.0, "schematic": True,
            "exposure": str(people),
            "river": river["geometry"]["coordinates"], "folder": str(folder / "out"),
        }
    )  # fmt: skip
    return answer, folder / "out"


@pytest.mark.slow
def test_the_run_finds_the_crest_and_whom_it_floods(run):
    answer, _ = run
    assert answer["datum"] == "wusong"
    assert answer["crest"]["stage_m"] == pytest.approx(194.29, abs=0.5)
    flood = answer["flood"]
    assert abs(flood["at_gauge_m"]) < 0.3
    assert abs(flood["mass_error"]) < 1e-6
    assert 3e6 < flood["area_m2"] < 1.2e7
    impact = flood["impact"]
    assert (impact["households"], impact["people"]) == (1, 3)
    (community,) = impact["communities"]
    assert (community["name"], community["needs_help"]) == ("金碧", 1)
    assert (impact["unsafe"], community["unsafe"]) == (3, 3)
    assert 0.0 < community["max_speed_ms"] < 3.0
    assert 1.0 < community["max_depth_m"] < 8.0
    assert impact["roads"][0]["name"] == "滨江路"
    assert impact["sites"][0]["code"] == "s"
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.slow
def test_the_files_of_the_run_fit_together(run):
    answer, folder = run
    frames = len(answer["flood"]["frames"])
    with xr.open_zarr(folder / "result.zarr", consolidated=False) as stored:
        assert stored.sizes["time"] == frames
        rows, columns = stored.sizes["y"], stored.sizes["x"]
    assert read_frame(folder / FRAMES_FILE, frames - 1).shape == (rows, columns)
    extent = json.loads((folder / "extent.geojson").read_text(encoding="utf-8"))
    assert {f["properties"]["class"] for f in extent["features"]} == {0, 1, 2, 3, 4}
    with np.load(folder / "households.npz") as stored:
        assert stored["household_id"].tolist() == [1]
    words = json.loads((folder / "communities.json").read_text(encoding="utf-8"))
    assert words["at"] == answer["flood"]["frames"]
    (one,) = words["communities"]
    deepest = answer["flood"]["impact"]["communities"][0]["max_depth_m"]
    assert max(depth or 0.0 for depth in one["depth_m"]) == pytest.approx(deepest, abs=0.3)
