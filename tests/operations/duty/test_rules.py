"""The sentence on the wall says what a commander asks first."""

from datetime import datetime, timedelta

import pytest

from anlan.operations.duty.rules import Mark, Trend, Water, minutes_to_crest, over, trend
from anlan.vocabulary.clock import CHINA

NOW = datetime(2020, 8, 19, 18, 10, tzinfo=CHINA)


def ciqikou(stage):
    return Water(stage, 182.64, 185.64, 0.1)


@pytest.mark.parametrize(
    ("stage", "mark", "metres"),
    [(182.63, Mark.NONE, 0.0), (182.64, Mark.WARNING, 0.0), (185.63, Mark.WARNING, 2.99),
     (185.64, Mark.GUARANTEE, 0.0), (193.72, Mark.GUARANTEE, 8.08)],
)  # fmt: skip
def test_a_mark_is_reached_when_the_water_stands_at_it(stage, mark, metres):
    found, above = over(ciqikou(stage))
    assert found is mark
    assert above == pytest.approx(metres)


def test_a_station_without_marks_is_over_none():
    assert over(Water(200.0, None, None, None)) == (Mark.NONE, 0.0)


@pytest.mark.parametrize(
    ("rate", "word"),
    [(0.10, Trend.RISING), (-0.07, Trend.FALLING), (0.01, Trend.STEADY), (None, Trend.STEADY)],
)
def test_the_trend_is_steady_within_two_centimetres_an_hour(rate, word):
    assert trend(rate) is word


def test_the_crest_is_counted_down_and_a_past_one_is_not():
    assert minutes_to_crest(NOW, NOW + timedelta(hours=7, minutes=50)) == 470
    assert minutes_to_crest(NOW, NOW - timedelta(minutes=1)) is None
    assert minutes_to_crest(NOW, None) is None
