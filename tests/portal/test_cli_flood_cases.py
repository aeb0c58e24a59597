"""A flood case from the command line: what it will do, its results, a cut, a refusal."""

import argparse
import errno
import shutil
import signal

import numpy as np
import pytest
import rasterio

from anlan.hazards.flood.casefile import read_case
from anlan.hazards.flood.estimate import estimate
from anlan.hazards.flood.results import STATE, open_store
from anlan.portal.cli import flood_cases, language, main
from anlan.portal.cli.trouble import Trouble

CASE = """
[case]
name = "basin"
datum = "Yellow Sea 1985"
duration = "10min"
start = "2020-08-19T08:00:00+08:00"
[grid]
dem = "dem.tif"
[roughness]
n = 0.03
[[inflow]]
name = "spring"
at = [500105, 3270105]
discharge_m3s = 4
[output]
snapshots_every = "5min"
arrival_m = 0.1
gauge_every = "1min"
[[output.gauge]]
name = "middle"
at = [500155, 3270155]
"""


@pytest.fixture
def basin(tmp_path):
    """A trough of 30 by 30 cells that falls southward, in a wall of higher ground."""
    z = np.full((30, 30), 20.0, dtype=np.float32)
    z[1:29, 1:29] = np.linspace(2.0, 1.0, 28, dtype=np.float32)[:, None]
    with rasterio.open(
        tmp_path / "dem.tif", "w", driver="GTiff", width=30, height=30, count=1, dtype="float32",
        crs="EPSG:4544", transform=rasterio.Affine(10, 0, 500000, 0, -10, 3270300),
    ) as sink:  # fmt: skip
        sink.write(z, 1)
    path = tmp_path / "case.toml"
    path.write_text(CASE)
    return path


BUILT = """
[infiltration]
kind = "constant"
mm_h = 5
[[levee]]
name = "dike"
line = [[500100, 3270050], [500200, 3270050]]
crest_m = 1.5
[[culvert]]
name = "under the dike"
from = [500145, 3270055]
to = [500145, 3270045]
diameter_m = 0.8
length_m = 10
invert_m = 1.1
invert_to_m = 1.1
[output]"""


def asked(case, out, resume=False):
    return argparse.Namespace(case=case, out=out, resume=resume, threads=1, device="cpu")


def test_a_case_runs_into_a_store_with_cf_names_and_maps(basin, tmp_path, capsys):
    out = tmp_path / "out"
    assert flood_cases.run(asked(basin, out)) == 0
    flood = open_store(out)
    assert flood.attrs["Conventions"] == "CF-1.11"
    assert (flood.attrs["title"], flood.attrs["vertical_datum"]) == ("basin", "Yellow Sea 1985")
    assert flood.max_depth.attrs["standard_name"] == "flood_water_thickness"
    assert flood.arrival.attrs["standard_name"] == "time_when_flood_water_rises_above_threshold"
    assert float(flood.arrival.coords["arrival_depth"]) == 0.1
    assert (float(flood.gauge_x[0]), float(flood.gauge_y[0])) == (500155.0, 3270155.0)
    assert flood.attrs["start"] == "2020-08-19 08:00:00+08:00"
    assert flood.depth.dims == ("time", "y", "x")
    assert np.datetime64("2020-08-19T00:05:00") == flood.time.values[0]
    stored = float(flood.depth[-1].sum()) * 100.0
    assert stored == pytest.approx(4.0 * 600.0, rel=1e-5)
    assert abs(flood.attrs["mass_relative_error"]) < 1e-6
    assert flood.gauge_depth.shape == (11, 1)
    assert flood.gauge_name.values.tolist() == ["middle"]
    assert float(flood.northward_velocity[0].min()) < -0.1  # it runs south
    with rasterio.open(out / "max_depth.tif") as written:
        assert written.crs.to_epsg() == 4544
        assert written.units == ("m",)
        assert written.read(1).max() == pytest.approx(float(flood.max_depth.max()))
    assert not (out / STATE).exists()
    assert "km²" in capsys.readouterr().out


def test_fields_and_gauges_have_one_clock_and_the_grid_is_named(basin, tmp_path):
    flood_cases.run(asked(basin, tmp_path / "out"))
    flood = open_store(tmp_path / "out")
    begins = np.datetime64("2020-08-19T00:00:00")
    every = np.timedelta64(1, "m")
    assert (flood.gauge_time.values == begins + every * np.arange(11)).all()
    assert set(flood.time.values) < set(flood.gauge_time.values)
    for axis in (flood.time, flood.gauge_time):
        assert (axis.attrs["standard_name"], axis.attrs["axis"]) == ("time", "T")
    # EPSG:4544 as published: Gauss-Krüger of 3 degrees about 105° E on CGCS2000
    said = flood.crs.attrs
    assert said["grid_mapping_name"] == "transverse_mercator"
    assert said["longitude_of_central_meridian"] == 105.0
    assert (said["false_easting"], said["scale_factor_at_central_meridian"]) == (500000.0, 1.0)
    assert (said["semi_major_axis"], said["inverse_flattening"]) == (6378137.0, 298.257222101)
    laid = [one for one in flood.variables.values() if one.dims[-2:] == ("y", "x")]
    assert len(laid) == 9
    assert {one.attrs.get("grid_mapping", one.encoding.get("grid_mapping")) for one in laid} == {
        "crs"
    }


def test_coordinates_are_as_the_conventions_want_them(basin, tmp_path):
    """CF 1.11, 2.5.1 (no gaps in a coordinate) and 5.6 (one pair of coordinates for a plane)."""
    flood_cases.run(asked(basin, tmp_path / "out"))
    flood = open_store(tmp_path / "out")
    for name in ("x", "y", "time", "gauge_time"):
        assert "_FillValue" not in {*flood[name].attrs, *flood[name].encoding}
    names = [one.attrs.get("standard_name") for one in flood.variables.values()]
    assert names.count("projection_x_coordinate") == names.count("projection_y_coordinate") == 1
    assert flood.attrs["history"]


def test_without_a_date_or_a_published_grid_none_is_claimed(basin, tmp_path):
    said_otherwise('start = "2020-08-19T08:00:00+08:00"', "")(basin)
    said_otherwise('dem = "dem.tif"', 'dem = "dem.asc"\ncrs = "local"')(basin)
    heights = rasterio.open(basin.parent / "dem.tif").read(1)
    head = "ncols 30\nnrows 30\nxllcorner 500000\nyllcorner 3270000\ncellsize 10\n"
    rows = "\n".join(" ".join(f"{z:.3f}" for z in row) for row in heights)
    (basin.parent / "dem.asc").write_text(head + rows)
    flood_cases.run(asked(basin, tmp_path / "out"))
    flood = open_store(tmp_path / "out")
    assert flood.gauge_time.values.tolist() == [60.0 * minute for minute in range(11)]
    assert flood.time.values.tolist() == [300.0, 600.0]
    names = {one.attrs.get("standard_name") for one in flood.variables.values()}
    assert not {"time", "projection_x_coordinate", "projection_y_coordinate"} & names
    for one in flood.variables.values():
        assert "grid_mapping" not in {*one.attrs, *one.encoding}


RIVER = """[[boundary]]
name = "river"
kind = "flow"
side = "north"
between = [[500100, 3270300], [500200, 3270300]]
discharge_m3s = 2
"""


def test_the_discharge_of_each_edge_and_structure_is_kept_over_time(basin, tmp_path, capsys):
    basin.write_text(CASE.replace("[output]", RIVER + BUILT))
    out = tmp_path / "out"
    assert flood_cases.run(asked(basin, out)) == 0
    flood = open_store(out)
    river, culvert = flood.boundary_discharge, flood.structure_discharge
    for found, kind in ((river, "boundary"), (culvert, "structure")):
        assert found.dims == ("gauge_time", kind)
        assert (found.attrs["units"], found.attrs["cell_methods"]) == ("m3 s-1", "gauge_time: mean")
        assert np.isnan(found.values[0]).all()
    assert flood.boundary_name.values.tolist() == ["river"]
    assert river.values[1:, 0] == pytest.approx(2.0, rel=1e-6)
    assert flood.structure_name.values.tolist() == ["under the dike"]
    seconds = np.diff(flood.gauge_time.values) / np.timedelta64(1, "s")
    carried = float((culvert.values[1:, 0] * seconds).sum())
    assert carried == pytest.approx(float(flood.structure_volume[0]), rel=1e-9)
    assert "river: +1,200 m³ into the domain, +2.00 m³/s at the most" in capsys.readouterr().out


@pytest.fixture
def cut(basin, tmp_path, monkeypatch):
    """A run that was asked to stop at two thirds, by the signal that Ctrl-C sends."""
    out = tmp_path / "cut"

    def stop(share):
        if 0.65 < share < 0.75:
            signal.raise_signal(signal.SIGINT)
        return True

    with monkeypatch.context() as patch:
        patch.setattr(flood_cases, "_progress", lambda: stop)
        with pytest.raises(Trouble) as trouble:
            flood_cases.run(asked(basin, out))
    assert trouble.value.code == 130
    return out


def test_a_stopped_run_goes_on_to_the_bit_from_where_it_was(basin, cut, tmp_path):
    whole = tmp_path / "whole"
    flood_cases.run(asked(basin, whole))
    assert (cut / STATE).exists()
    streamed = open_store(cut).depth.values
    assert np.array_equal(streamed[0], open_store(whole).depth.values[0])
    assert np.isnan(streamed[1]).all()
    flood_cases.run(asked(basin, cut, resume=True))
    first, second = open_store(whole), open_store(cut)
    for name in ("depth", "max_depth", "max_hazard", "arrival", "gauge_depth"):
        assert np.array_equal(first[name].values, second[name].values, equal_nan=True), name
    assert not (cut / STATE).exists()


def test_a_stopped_run_does_not_go_on_over_another_ground(basin, cut):
    with rasterio.open(basin.parent / "dem.tif", "r+") as ground:
        ground.write(ground.read(1) + 0.1, 1)
    with pytest.raises(Trouble, match="another ground"):
        flood_cases.run(asked(basin, cut, resume=True))


def moved_100_km(case):
    ground = case.parent / "dem.tif"
    with rasterio.open(ground, "r+") as dem:
        dem.transform = rasterio.Affine(10, 0, 600000, 0, -10, 3270300)
    case.write_text(case.read_text().replace("[500", "[600"))


def said_otherwise(old, new):
    return lambda case: case.write_text(case.read_text().replace(old, new))


def in_another_zone(case):
    with rasterio.open(case.parent / "dem.tif", "r+") as dem:
        dem.crs = "EPSG:4545"


ELSEWHERE = {
    "moved": (moved_100_km, "grid.dem: its upper left cell lies at 600005.000, 3270295.000, that "
              "of the run that was begun at 500005.000, 3270295.000"),
    "zone": (in_another_zone, "grid.crs: lies in EPSG:4545, the run that was begun in EPSG:4544"),
    "datum": (said_otherwise("Yellow Sea 1985", "Wusong"),
              "case.datum: is 'Wusong', that of the run that was begun 'Yellow Sea 1985'"),
    "year": (said_otherwise("2020-08-19", "2021-08-19"),
             "case.start: is '2021-08-19 08:00:00+08:00', that of the run that was begun "
             "'2020-08-19 08:00:00+08:00'"),
    "no start": (said_otherwise('start = "2020-08-19T08:00:00+08:00"', ""),
                 "case.start: is '', that of the run that was begun '2020-08-19 08:00:00+08:00'"),
}  # fmt: skip


@pytest.mark.parametrize("change", ELSEWHERE)
def test_a_stopped_run_does_not_go_on_elsewhere_or_at_another_time(basin, cut, change):
    language.speak("en")
    make, why = ELSEWHERE[change]
    make(basin)
    with pytest.raises(Trouble) as trouble:
        flood_cases.run(asked(basin, cut, resume=True))
    assert why in str(trouble.value)
    assert (cut / STATE).exists()


def test_a_stopped_run_goes_on_from_the_same_instant_in_another_zone(basin, cut):
    said_otherwise("2020-08-19T08:00:00+08:00", "2020-08-19T00:00:00+00:00")(basin)
    assert flood_cases.run(asked(basin, cut, resume=True)) == 0


def test_a_state_without_its_results_is_not_taken_up(basin, cut):
    language.speak("en")
    shutil.rmtree(cut / "flood.zarr")
    with pytest.raises(Trouble, match=r"flood\.zarr: holds no run that was begun"):
        flood_cases.run(asked(basin, cut, resume=True))


def test_check_says_what_each_input_is_for_in_chinese(basin, capsys):
    assert main(["--lang", "zh", "flood", "check", str(basin)]) == 0
    told = capsys.readouterr().out
    assert "spring：2,400 m³ 流入 1 个网格" in told
    assert "900 个网格" in told


def test_a_refused_case_is_one_line_with_the_key(basin, tmp_path):
    language.speak("en")
    basin.write_text(CASE.replace("n = 0.03", "n = -1"))
    with pytest.raises(Trouble, match=r"roughness\.n: -1 is less than 0"):
        flood_cases.run(asked(basin, tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_nothing_to_resume_is_said(basin, tmp_path):
    with pytest.raises(Trouble, match="holds no state"):
        flood_cases.run(asked(basin, tmp_path / "out", resume=True))


def test_the_depth_that_a_check_reckons_with_follows_from_the_water_that_comes(basin):
    """400 m3/s for ten minutes over 78,400 m2: the slope below 2 m takes 39,200 m3, the rest is
    2.56 m on all of it."""
    basin.write_text(CASE.replace("discharge_m3s = 4", "discharge_m3s = 400"))
    assert estimate(read_case(basin)).deepest_m == pytest.approx(3.56, abs=0.01)
    open_side = '[[boundary]]\nname = "out"\nkind = "free"\nside = "south"\n'
    basin.write_text(basin.read_text() + open_side)
    assert estimate(read_case(basin)).deepest_m == pytest.approx(3.56, abs=0.01), "the rim is dry"


def test_soil_levees_and_structures_are_checked_and_told(basin, tmp_path, capsys):
    basin.write_text(basin.read_text().replace("[output]", BUILT, 1))
    assert flood_cases.check(asked(basin, None)) == 0
    said = capsys.readouterr().out
    assert "infiltration.mm_h: 5 everywhere" in said
    assert "under the dike: from row 24, column 14 to row 25, column 14" in said
    assert flood_cases.run(asked(basin, tmp_path / "out")) == 0
    told = next(line for line in capsys.readouterr().out.splitlines() if "under the dike" in line)
    carried = open_store(tmp_path / "out").structure_volume
    assert float(carried[0]) > 10.0
    assert f"{float(carried[0]):,.0f} m³" in told


def test_threads_and_a_gpu_are_not_asked_for_together(basin, tmp_path):
    language.speak("en")
    wanted = asked(basin, tmp_path / "out")
    wanted.device = "cuda"
    with pytest.raises(Trouble, match="--threads is for the processor"):
        flood_cases.run(wanted)


def test_results_are_not_written_over_a_file(basin, tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(Trouble, match=r"out"):
        flood_cases.run(
            argparse.Namespace(case=basin, out=tmp_path / "out", resume=False, threads=None,
                               device="cpu")
        )  # fmt: skip
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("threads", ["0", "-3"])
def test_no_threads_are_refused(basin, tmp_path, threads):
    given = asked(basin, tmp_path / "out")
    given.threads = int(threads)
    with pytest.raises(Trouble, match="--threads"):
        flood_cases.run(given)


def test_maps_of_an_earlier_run_do_not_stay_beside_another(basin, tmp_path):
    out = tmp_path / "out"
    assert flood_cases.run(asked(basin, out)) == 0
    (out / "map.png").write_bytes(b"drawn")
    basin.write_text(basin.read_text().replace("arrival_m = 0.1\n", ""))
    assert flood_cases.run(asked(basin, out)) == 0
    left = {path.name for path in out.iterdir()}
    assert {"max_depth.tif", "flood.zarr"} <= left
    assert not left & {"arrival.tif", "map.png"}


def test_a_run_put_aside_is_not_thrown_away_by_a_forgotten_word(basin, cut):
    before = (cut / STATE).read_bytes()
    with pytest.raises(Trouble, match="resume"):
        flood_cases.run(asked(basin, cut))
    assert (cut / STATE).read_bytes() == before
    assert flood_cases.run(asked(basin, cut, resume=True)) == 0


def test_a_full_disk_is_one_line_and_leaves_the_state_to_go_on_from(basin, cut, monkeypatch):
    def full(*_given):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(flood_cases, "export_maps", full)
        with pytest.raises(Trouble, match="No space left"):
            flood_cases.run(asked(basin, cut, resume=True))
    assert (cut / STATE).exists()
    assert flood_cases.run(asked(basin, cut, resume=True)) == 0
    assert (cut / "max_depth.tif").exists()


def test_readings_without_number_are_refused(basin, tmp_path):
    basin.write_text(basin.read_text().replace('"1min"', "0.0001"))
    with pytest.raises(Trouble, match="gauge_every"):
        flood_cases.run(asked(basin, tmp_path / "out"))
