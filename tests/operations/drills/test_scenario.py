"""The drill of August 2020: what was published stays as published, and a moved crest follows."""

import csv
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from anlan.operations.drills.rules.scenario import BadScenario, read_scenario
from anlan.vocabulary.clock import CHINA

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "src/anlan/districts/shapingba/drills"
BULLETINS = ROOT.parent / "shared/geodata/hydro/stage_bulletins_2010_2021.csv"
NAMES = {"磁器口": "ciqikou", "北碚(三)": "beibei", "寸滩": "cuntan"}


@pytest.fixture(scope="module")
def crest():
    document = tomllib.loads((FOLDER / "jialing-crest.toml").read_text(encoding="utf-8"))
    return read_scenario(
        "jialing-crest",
        document,
        lambda file: (FOLDER / "jialing-crest" / file).read_text(encoding="utf-8"),
    )


def published(scenario):
    return {
        (i.station, p.at): p.value
        for i in scenario.inputs
        for p in scenario.points(i)
        if not p.assumed
    }


def highest(scenario, station):
    chosen = next(i for i in scenario.inputs if i.station == station)
    return max(p.value for p in scenario.points(chosen))


def test_the_crest_is_the_real_one(crest):
    said = published(crest)
    assert said["ciqikou", datetime(2020, 8, 20, 2, 0, tzinfo=CHINA)] == 194.29
    assert said["beibei", datetime(2020, 8, 19, 12, 35, tzinfo=CHINA)] == 200.23
    assert said["cuntan", datetime(2020, 8, 20, 8, 15, tzinfo=CHINA)] == 191.62
    assert highest(crest, "ciqikou") == 194.29


def test_every_bulletin_of_those_days_is_in_the_input(crest):
    if not BULLETINS.exists():
        pytest.skip("the collected bulletins lie outside the repository and are absent")
    said = published(crest)
    wanted = {}
    with BULLETINS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["time_bjt"]).replace(tzinfo=CHINA)
            if row["station"] in NAMES and crest.starts <= at <= crest.ends:
                wanted[NAMES[row["station"]], at] = float(row["stage_m"])
    assert said == wanted


def test_datums_are_those_of_the_bulletins(crest):
    datums = {i.station: i.datum for i in crest.inputs if i.element == "stage"}
    assert datums == {"ciqikou": "wusong", "beibei": "yellow_sea", "cuntan": "wusong"}


def test_the_river_falls_towards_the_yangtze(crest):
    """Ciqikou stands above Cuntan at every hour, both in Wusong."""
    by_time = {
        i.station: {p.at: p.value for p in crest.points(i)}
        for i in crest.inputs
        if i.station in ("ciqikou", "cuntan")
    }
    shared = by_time["ciqikou"].keys() & by_time["cuntan"].keys()
    assert len(shared) > 200
    assert all(by_time["ciqikou"][at] > by_time["cuntan"][at] for at in shared)


def test_raising_moves_the_key_crest_by_exactly_so_much(crest):
    raised = crest.moved(0.0, 1.5)
    assert highest(raised, "ciqikou") == pytest.approx(194.29 + 1.5, abs=0.005)
    assert highest(raised, "beibei") > 200.23
    assert published(raised) == {}


def test_lowering_keeps_the_quiet_beginning(crest):
    lowered = crest.moved(0.0, -12.0)
    stage = next(i for i in lowered.inputs if i.station == "ciqikou")
    assert lowered.points(stage)[0].value == crest.points(stage)[0].value
    assert highest(lowered, "ciqikou") == pytest.approx(182.29, abs=0.005)


def test_a_later_crest_lengthens_the_drill(crest):
    later, earlier = crest.moved(6.0, 0.0), crest.moved(-6.0, 0.0)
    assert later.ends - crest.ends == timedelta(hours=6)
    assert later.starts == crest.starts
    assert earlier.starts - crest.starts == timedelta(hours=-6)
    assert highest(later, "ciqikou") == highest(crest, "ciqikou")


def test_a_wave_cannot_sink_below_its_beginning(crest):
    with pytest.raises(BadScenario, match="cannot sink by more"):
        crest.moved(0.0, -20.0)


def test_a_scenario_without_its_key_series_is_refused():
    with pytest.raises(BadScenario, match="title"):
        read_scenario("x", {}, lambda file: "")
