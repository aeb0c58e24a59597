"""An ensemble varies what its case says, loses no finished member, and adds up to probabilities."""

import contextlib
import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
import xarray as xr
from tests.hazards.flood.test_casefile import changed, raster

from anlan.backbone.jobs_local import LocalJobs
from anlan.hazards.flood.casefile import RefusedCase, What, read_case
from anlan.hazards.flood.ensemble import (
    OtherEnsemble,
    begin,
    draw,
    export_probabilities,
    gather,
    run_member,
    run_over,
)
from anlan.hazards.flood.ensemble.draws import later, varied_case
from anlan.hazards.flood.shallow_water import Series

CASE = """
[case]
name = "trough"
datum = "Yellow Sea 1985"
duration = "20min"
[grid]
dem = "dem.tif"
[roughness]
n = 0.05
[rain]
rain_mm_h = 60
[[inflow]]
name = "spring"
at = [500005, 3270055]
series = "flow.csv"
[[boundary]]
name = "sea"
kind = "stage"
side = "east"
stage_m = 1.0
[[levee]]
name = "dike"
line = [[500060, 3270100], [500060, 3270000]]
series = "crest.csv"
[output]
[[output.gauge]]
name = "gate"
at = [500055, 3270055]
[ensemble]
seed = 7
depths_m = [0.05, 0.5]
roughness = [0.5, 2.0]
rain = [0.0, 2.0]
[[ensemble.inflow]]
name = "spring"
factor = [0.0, 2.0]
later = ["-5min", "10min"]
[[ensemble.boundary]]
name = "sea"
raised_m = [-0.5, 0.5]
[[ensemble.levee]]
name = "dike"
later = [-300, 300]
depth = [0.0, 1.0]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ground = np.tile(np.linspace(2.0, 0.5, 12), (10, 1))
    raster(tmp_path / "dem.tif", ground)
    (tmp_path / "flow.csv").write_text("minutes,discharge_m3s\n0,2\n20,6\n")
    (tmp_path / "crest.csv").write_text("minutes,crest_m\n0,4\n5,4\n10,1\n20,1\n")
    (tmp_path / "case.toml").write_text(CASE)
    return tmp_path


@dataclass(frozen=True)
class Back:
    key: str
    answer: dict | None
    fault: str = ""


def one_by_one(function, calls):
    """A map function without any pool: what a notebook would bring."""
    assert function.endswith("ensemble.run_member")
    for key, arguments in calls.items():
        yield Back(key, dict(run_member(arguments)))


def test_members_fill_the_box_and_repeat_by_their_seed(folder: Path) -> None:
    plan = read_case(folder / "case.toml").plan
    values = draw(plan, 20).values
    assert values.shape == (20, len(plan.varied)) == (20, 7)
    for one, column in zip(plan.varied, values.T, strict=True):
        share = (column - one.low) / (one.high - one.low)
        assert sorted(np.floor(share * 20).astype(int)) == list(range(20)), one.label
    assert np.array_equal(draw(plan, 20).values, values)


def test_a_member_is_the_case_with_its_own_numbers(folder: Path) -> None:
    asked = read_case(folder / "case.toml")
    own = {What.ROUGHNESS: 2.0, What.RAIN: 0.5, What.INFLOW: 1.5, What.INFLOW_TIME: 600.0,
           What.STAGE: -0.25, What.BREACH_TIME: 120.0, What.BREACH_DEPTH: 0.5}  # fmt: skip
    case = varied_case(asked.case, asked.plan.varied, [own[one.what] for one in asked.plan.varied])
    assert case.manning == 0.1
    assert case.rain.mm_h == 30.0
    flow = case.inflows[0].discharge_m3s
    assert (flow.t_s.tolist(), flow.value.tolist()) == ([0.0, 600.0, 1800.0], [3.0, 3.0, 9.0])
    assert case.boundaries[0].value == 0.75
    crest = case.levees[0].crest_m
    assert crest.t_s.tolist() == [0.0, 120.0, 420.0, 720.0, 1320.0]
    assert crest.value.tolist() == [4.0, 4.0, 4.0, 2.5, 2.5]
    early = later(Series(np.array([0.0, 60.0]), np.array([1.0, 2.0])), -30.0)
    assert (early.t_s.tolist(), early.value.tolist()) == ([-30.0, 30.0, 60.0], [1.0, 2.0, 2.0])


def test_members_add_up_to_probabilities_quantiles_and_a_table(folder: Path) -> None:
    asked = read_case(folder / "case.toml")
    ensemble = begin(asked, asked.plan, 5, folder / "out")
    assert run_over(ensemble, one_by_one) == {}
    gathered = gather(ensemble)
    found = xr.open_zarr(gathered.store, chunks=None)
    members = [np.load(folder / f"out/members/{n:04d}/max_depth.npy") for n in range(5)]
    share = np.mean([member >= 0.5 for member in members], axis=0)
    assert found.exceedance_probability.sel(depth_class=0.5).values == pytest.approx(share)
    assert float(found.inundation_probability.sum("depth_class").max()) <= 1.0 + 1e-6
    arrived = np.sort([np.nan_to_num(np.load(folder / f"out/members/{n:04d}/arrival.npy"),
                                     nan=np.inf) for n in range(5)], axis=0)  # fmt: skip
    middle = found.arrival_quantile.sel(quantile=0.5).values
    assert np.array_equal(np.nan_to_num(middle, nan=np.inf), arrived[2])
    assert found.arrival_quantile.attrs["threshold_m"] == 0.05
    assert found.gauge_depth.shape == (5, 21, 1)
    assert (found.attrs["Conventions"], found.attrs["seed"]) == ("CF-1.11", 7)
    with gathered.table.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["spring_inflow_factor"]) for row in rows] == pytest.approx(
        ensemble.drawn.values[:, 2].tolist(), rel=1e-6
    )
    assert float(rows[3]["deepest_m"]) == pytest.approx(float(np.nanmax(members[3])), rel=1e-6)
    maps = export_probabilities(gathered, asked, folder / "out")
    assert [path.name for path in maps][:3] == ["reached_0.05m.tif", "reached_0.5m.tif",
                                               "arrival_05.tif"]  # fmt: skip
    with rasterio.open(maps[1]) as written:
        assert written.read(1) == pytest.approx(share)


def test_a_killed_worker_takes_no_finished_member_with_it(folder: Path) -> None:
    asked = read_case(folder / "case.toml")
    ensemble = begin(asked, asked.plan, 3, folder / "out")
    with contextlib.closing(LocalJobs(1)) as jobs:

        def killing(function, calls):
            for key, arguments in calls.items():
                jobs.submit(key, "tests.hazards.flood.members_to_run.die_at_two", arguments)
            while jobs.running():
                yield from jobs.finished(wait_s=5.0)

        assert run_over(ensemble, killing) == {2: "the worker process died"}
    assert ensemble.missing() == [2]
    draft = folder / "out/members/0002.part"  # half of a member, as a worker leaves it
    draft.mkdir()
    (draft / "max_depth.npy").write_bytes(b"half")
    others = [folder / f"out/members/{n:04d}/max_depth.npy" for n in (0, 1)]
    written = [path.stat().st_mtime_ns for path in others]
    again = begin(asked, asked.plan, 3, folder / "out")
    assert run_over(again, one_by_one) == {}
    assert [path.stat().st_mtime_ns for path in others] == written
    assert again.missing() == []
    assert gather(again).results.attrs["members"] == 3


@pytest.mark.parametrize("file", ["max_depth.npy", "arrival.npy", "gauges.npz", "member.json"])
def test_a_member_with_a_file_cut_short_runs_again(folder: Path, file: str) -> None:
    asked = read_case(folder / "case.toml")
    ensemble = begin(asked, asked.plan, 2, folder / "out")
    assert run_over(ensemble, one_by_one) == {}
    hurt = folder / "out/members/0001" / file
    whole = hurt.read_bytes()
    hurt.write_bytes(whole[: len(whole) // 2])
    assert ensemble.missing() == [1]
    assert run_over(ensemble, one_by_one) == {}
    assert ensemble.missing() == []
    assert gather(ensemble).results.attrs["members"] == 2
    (folder / "out/ensemble.json").write_text('{"case":')
    with pytest.raises(OtherEnsemble):
        begin(asked, asked.plan, 2, folder / "out")


def test_a_folder_of_another_ensemble_or_a_case_changed_meanwhile_is_refused(folder: Path) -> None:
    asked = read_case(folder / "case.toml")
    ensemble = begin(asked, asked.plan, 3, folder / "out")
    with pytest.raises(OtherEnsemble):
        begin(asked, asked.plan, 4, folder / "out")
    (folder / "flow.csv").write_text("minutes,discharge_m3s\n0,2\n20,7\n")
    with pytest.raises(OtherEnsemble, match="has changed"):
        run_over(ensemble, one_by_one)
    changed_case = read_case(folder / "case.toml")
    with pytest.raises(OtherEnsemble):
        begin(changed_case, changed_case.plan, 3, folder / "out")


@pytest.mark.parametrize(
    "said", ['"Wusong"', '"Yellow Sea 1985"\nstart = "2020-08-19T08:00:00+08:00"']
)
def test_members_of_another_datum_or_start_are_not_taken_together(folder: Path, said: str) -> None:
    asked = read_case(folder / "case.toml")
    begin(asked, asked.plan, 3, folder / "out")
    changed(folder, '"Yellow Sea 1985"', said)
    other = read_case(folder / "case.toml")
    with pytest.raises(OtherEnsemble):
        begin(other, other.plan, 3, folder / "out")


def test_members_of_a_ground_elsewhere_are_not_taken_together(folder: Path) -> None:
    asked = read_case(folder / "case.toml")
    begin(asked, asked.plan, 3, folder / "out")
    ground = replace(asked.ground, x0=asked.ground.x0 + 100_000.0)
    with pytest.raises(OtherEnsemble):
        begin(replace(asked, ground=ground), asked.plan, 3, folder / "out")


SLIPS = {
    "an unknown key": ("seed = 7", "seed = 7\nmanning = [1, 2]", "ensemble.manning: unknown key"),
    "no seed": ("seed = 7", "", "ensemble.seed: is needed"),
    "bounds upside down": ("[0.5, 2.0]", "[2.0, 0.5]", "[2.0, 0.5] is no [low, high]"),
    "a negative factor": ("factor = [0.0,", "factor = [-1,", "factor: -1 is too small"),
    "a roughness that is none": ("[0.5, 2.0]", "[0.5, 30]", "1.5 is no Manning's n"),
    "no such inflow": ('\nname = "spring"\nfactor', '\nname = "sprung"\nfactor',
                       "ensemble.inflow[0].name: sprung names 0 of: spring"),
    "a factor on a stage": ("raised_m = [-0.5, 0.5]", "factor = [1, 2]",
                            "ensemble.boundary[0].factor: unknown key"),
    "a constant that comes later": ("raised_m = [-0.5, 0.5]", "later = [0, 60]",
                                    "ensemble.boundary[0].later: sea does not change over time"),
    "a boundary that varies nothing": ("raised_m = [-0.5, 0.5]", "", "boundary[0]: varies nothing"),
    "depths that fall": ("[0.05, 0.5]", "[0.5, 0.05]", "no list of rising numbers"),
    "no rain to vary": ("[rain]\nrain_mm_h = 60", "", "ensemble.rain: the case has no rain"),
    "a shift that is no time": ('"-5min"', '"-5 minutes"', "'-5 minutes' is no length of time"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_what_is_varied_is_refused_with_its_key(folder: Path, slip: str) -> None:
    old, new, said = SLIPS[slip]
    changed(folder, old, new)
    with pytest.raises(RefusedCase) as refusal:
        read_case(folder / "case.toml")
    assert said in str(refusal.value)
