"""The hydrograph: the crest of August 2020 from the gauges, and the rules around it."""

import csv
import tomllib
from datetime import datetime, timedelta

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from anlan.operations.forecasts.rules import river
from anlan.operations.forecasts.rules.spread import PastError, Spread, deviation
from anlan.vocabulary.clock import CHINA

from .conftest import SHAPINGBA

SETTINGS = river.Settings.from_mapping(
    tomllib.loads((SHAPINGBA / "forecasts.toml").read_text(encoding="utf-8"))["reach"][0]
)
OFFSETS = {"beibei": 1.59, "ciqikou": 1.64, "cuntan": 1.49}


def crest_of_2020(name):
    """The scenario's stages as a curve over time stamps: published points, assumed between."""
    with (SHAPINGBA / "drills" / "jialing-crest" / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    stamps = [datetime.fromisoformat(r["time"]).replace(tzinfo=CHINA).timestamp() for r in rows]
    return PchipInterpolator(stamps, [float(r["value"]) for r in rows]), stamps[0]


def gauge(name, issued_at):
    curve, start = crest_of_2020(name)
    stamps = np.arange(start, issued_at.timestamp() + 1, 1800)
    series = {
        "at": [datetime.fromtimestamp(t, CHINA).isoformat() for t in stamps],
        "value": [float(v) for v in curve(stamps)],
        "datum": "yellow_sea" if name == "beibei" else "wusong",
    }
    return river.gauge(name, series, OFFSETS[name], issued_at)


def forecast_at(issued_at):
    gauges = [gauge(name, issued_at) for name in ("beibei", "ciqikou", "cuntan")]
    return river.forecast(*gauges, SETTINGS)


def flat(value, hours=24, datum="yellow_sea"):
    issued_at = datetime(2020, 8, 19, 8, tzinfo=CHINA)
    at = [(issued_at - timedelta(hours=h)).isoformat() for h in range(hours)]
    return {"at": at, "value": [value] * hours, "datum": datum}, issued_at


def test_hours_before_the_crest_of_2020_the_next_hours_are_right_within_decimetres():
    issued_at = datetime(2020, 8, 19, 17, tzinfo=CHINA)
    found = forecast_at(issued_at)
    for lead in (1, 3, 6, 9):
        seen = crest_of_2020("ciqikou")[0](issued_at.timestamp() + lead * 3600)
        assert found.stage_m[lead] + 1.64 == pytest.approx(float(seen), abs=0.25)


def test_the_crest_follows_the_yangtze_although_beibei_falls():
    found = forecast_at(datetime(2020, 8, 19, 20, tzinfo=CHINA))
    assert found.discharge_m3s[6] < found.discharge_m3s[0]
    assert found.stage_m[6] > found.stage_m[0]


def test_a_steady_river_stays_and_is_certain_first():
    series, issued_at = flat(190.0)
    upper = river.gauge("a", series, None, issued_at)
    lower_series, _ = flat(182.0)
    lower = river.gauge("c", lower_series, None, issued_at)
    start = river.forecast(upper, river.gauge("b", flat(185.0)[0], None, issued_at), lower,
                           SETTINGS)  # fmt: skip
    assert np.ptp(start.discharge_m3s) < 1.0
    assert (np.diff(start.deviation_m) >= 0).all()
    assert start.stage_m[0] == pytest.approx(185.0, abs=1e-6)


def test_wusong_stages_come_out_in_yellow_sea():
    series, issued_at = flat(185.64, datum="wusong")
    assert river.gauge("b", series, 1.64, issued_at).observed_m[0] == pytest.approx(184.0)
    with pytest.raises(river.NotEnoughData, match="offset"):
        river.gauge("b", series, None, issued_at)


def test_a_silent_gauge_is_not_forecast_from():
    series, issued_at = flat(185.0)
    with pytest.raises(river.NotEnoughData, match="too few readings"):
        river.gauge("b", series, None, issued_at + timedelta(hours=7))
    with pytest.raises(river.NotEnoughData, match="too few readings"):
        river.gauge("b", {"at": [], "value": []}, None, issued_at)


def test_the_official_forecast_is_followed_and_its_end_carried_on():
    series, issued_at = flat(180.0)
    series["official"] = {
        "at": [(issued_at + timedelta(hours=h)).isoformat() for h in (5, 10)],
        "value": [182.0, 183.0], "datum": "yellow_sea",
    }  # fmt: skip
    one = river.gauge("c", series, None, issued_at)
    values, by = river.carried_on(one, np.array([0.0, 5.0, 10.0, 200.0]), SETTINGS)
    assert by == "official"
    assert values[:3] == pytest.approx([180.0, 182.0, 183.0])
    # the last three hours rise by 0.2 m/h; the trend adds at most 0.2 * 10 h
    assert values[3] == pytest.approx(183.0 + 0.2 * SETTINGS.rising_h, abs=0.01)


def test_the_band_takes_our_own_errors_once_there_are_enough():
    spread = Spread(0.05, 0.1, 0.5)
    lead, change = np.array([0.0, 3.0, 6.0]), np.array([0.0, 1.0, 2.0])
    configured = deviation(lead, change, spread, [])
    assert configured[1] == pytest.approx(np.sqrt(0.05**2 + 0.3**2 + 0.5**2))
    few = [PastError(3, 0.2)] * 19
    assert deviation(lead, change, spread, few) == pytest.approx(configured)
    enough = [PastError(3, 0.2), PastError(3, -0.2)] * 10
    assert deviation(lead, change, spread, enough)[1] == pytest.approx(0.2)
