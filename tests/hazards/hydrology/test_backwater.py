"""Ciqikou's stage against the bulletins of August 2020 and July 2021, and against hydraulics."""

import numpy as np
import pytest

from anlan.hazards.hydrology import backwater
from anlan.hazards.hydrology.backwater import CIQIKOU
from anlan.vocabulary.datum import Datum, DatumMismatch, Stage

CIQIKOU_OFFSET, CUNTAN_OFFSET = 1.64, 1.49


def ciqikou_wusong(discharge: float, cuntan_wusong: float) -> float:
    lower = Stage(cuntan_wusong, Datum.WUSONG).to(Datum.YELLOW_SEA, CUNTAN_OFFSET)
    return backwater.stage(discharge, lower).to(Datum.WUSONG, CIQIKOU_OFFSET).metres


@pytest.mark.parametrize(
    ("discharge", "cuntan", "published"),
    [
        (31200.0, 191.40, 194.29),  # 20 Aug 2020 02:00, the crest
        (30360.0, 191.55, 194.20),  # 20 Aug 2020 08:00
        (19910.0, 187.85, 189.76),  # 21 Aug 2020 08:00
        (19830.0, 175.90, 182.48),  # 13 July 2021 00:00, the Yangtze low
    ],
)
def test_published_stages_are_met(discharge: float, cuntan: float, published: float) -> None:
    """Discharges from Beibei's stage three hours before; see docs/models/backwater.md."""
    assert ciqikou_wusong(discharge, cuntan) == pytest.approx(published, abs=0.15)


def test_a_stage_not_used_in_calibration_means_a_believable_discharge() -> None:
    """19 Aug 2020 08:00: Beibei crested at 32,600 m3/s four and a half hours later."""
    q = backwater.discharge_for(
        Stage(192.59 - CIQIKOU_OFFSET, Datum.YELLOW_SEA),
        Stage(188.94 - CUNTAN_OFFSET, Datum.YELLOW_SEA),
    )
    assert 30000.0 < q < 32600.0


def test_still_water_is_level() -> None:
    level = backwater.stages([0.0], [185.0], datum=Datum.YELLOW_SEA, main_m3s=0.0)
    assert level[0] == pytest.approx(185.0, abs=1e-6)


def test_more_water_from_either_river_lifts_ciqikou() -> None:
    by_discharge = backwater.stages([5e3, 1e4, 2e4, 3e4], 185.0, datum=Datum.YELLOW_SEA)
    by_yangtze = backwater.stages(2e4, [180.0, 185.0, 190.0], datum=Datum.YELLOW_SEA)
    assert (np.diff(by_discharge) > 0.0).all()
    assert (np.diff(by_yangtze) > 0.0).all()
    assert (np.diff(by_yangtze) < 5.0).all()  # less than the Yangtze's own rise


def test_a_uniform_channel_tends_to_mannings_depth() -> None:
    """Far above any lower stage the standard step ends at the normal depth."""
    channel = backwater.Channel(
        name="test", length_m=200000.0, bed_m=0.0, bed_slope=5e-4, width_m=100.0, side_slope=2.0,
        manning_n=0.03,
    )  # fmt: skip
    q = np.array([1500.0])
    distance, surface = backwater.surface_line(channel, q, np.array([12.0]))
    depth = np.array([surface[-1, 0] - channel.bed_slope * distance[-1]])
    slope = backwater.friction_slope(channel, q, depth)
    assert slope[0] == pytest.approx(channel.bed_slope, rel=1e-3)


def test_the_profile_joins_the_mouth_and_the_gauge() -> None:
    line = backwater.profile(3e4, 190.0, [0.0, 8000.0, 16500.0, 20000.0], datum=Datum.YELLOW_SEA)
    gauge = backwater.stages(3e4, 190.0, datum=Datum.YELLOW_SEA)[0]
    assert line[0, 2] == pytest.approx(gauge, abs=1e-9)
    assert (np.diff(line[0]) > 0.0).all()
    assert line[0, 0] > 190.0


def test_the_other_datum_is_refused() -> None:
    with pytest.raises(DatumMismatch):
        backwater.stage(3e4, Stage(191.5, Datum.WUSONG))
    with pytest.raises(DatumMismatch):
        backwater.stages([3e4], [191.5], datum=Datum.WUSONG)


def test_the_impossible_is_refused() -> None:
    with pytest.raises(backwater.NoBackwaterSolution):
        backwater.stages([3e4], [143.0], datum=Datum.YELLOW_SEA)
    with pytest.raises(backwater.NoBackwaterSolution):
        backwater.discharge_for(Stage(180.0, Datum.YELLOW_SEA), Stage(185.0, Datum.YELLOW_SEA))
    with pytest.raises(ValueError, match="zero"):
        backwater.stages([-1.0], [185.0], datum=Datum.YELLOW_SEA)
    assert CIQIKOU.main_rating.discharge(189.98, Datum.YELLOW_SEA) == pytest.approx(74600.0)
