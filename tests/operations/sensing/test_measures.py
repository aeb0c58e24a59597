"""Lower thresholds, rates, conditions over several series and holes, worked out by hand."""

from datetime import datetime, timedelta

import pytest

from anlan.operations.sensing.rules.crossings import Limit, Point
from anlan.operations.sensing.rules.expressions import BadExpression, parsed
from anlan.operations.sensing.rules.measures import Input, Measure, found, stated
from anlan.operations.sensing.rules.missing import holes, missing
from anlan.operations.sensing.rules.rule_kinds import Direction, RuleKind
from anlan.vocabulary.clock import CHINA

START = datetime(2020, 8, 18, 8, 0, tzinfo=CHINA)
GAP_S = 600.0


def points(*values, begin=0, step=5):
    return [Point(START + timedelta(minutes=begin + step * n), v) for n, v in enumerate(values)]


def spans(measure, *series):
    def minutes(moment):
        return None if moment is None else (moment - START).total_seconds() / 60

    return [
        (minutes(e.began_at), minutes(e.reached_at), minutes(e.ended_at))
        for e in found(measure, dict(enumerate(series)))
    ]


def measure(kind, limit, direction=Direction.ABOVE, window_s=0.0, text=""):
    node = parsed(text) if text else None
    inputs = tuple(Input(n, name, GAP_S) for n, name in enumerate(("stage", "rain_5min")))
    return Measure(kind, direction, limit, inputs, window_s, node)


def test_a_lower_threshold_has_its_hysteresis_above_and_its_duration():
    oxygen = measure(RuleKind.THRESHOLD, Limit(5.0, 0.2, 600), Direction.BELOW)
    assert spans(oxygen, points(6, 5.0, 4.9, 4.8, 5.1, 5.3)) == [(5, 15, 25)]
    assert stated(oxygen, -4.8) == 4.8
    assert spans(oxygen, points(6, 4.9, 4.8, 5.1, 4.9, 4.9)) == []


@pytest.mark.parametrize(
    ("direction", "expected"),
    [(Direction.ABOVE, [(30, 30, 45)]), (Direction.BELOW, [(65, 65, None)]),
     (Direction.EITHER, [(30, 30, 45), (65, 65, None)])],
)  # fmt: skip
def test_a_rate_is_over_its_window_and_in_its_direction(direction, expected):
    stages = [180.0] * 6 + [180.3, 180.3, 180.3, *[180.3] * 4, 180.0]
    rate = measure(RuleKind.RATE, Limit(1.0), direction, 900)
    assert spans(rate, points(*stages)) == expected


def test_no_rate_is_told_across_a_gap():
    rate = measure(RuleKind.RATE, Limit(0.5), window_s=900)
    after = points(185, 185, 185, 185, begin=60)
    assert spans(rate, points(180, 180, 180, 180) + after) == []


def test_a_condition_over_two_series_holds_while_both_are_known():
    both = measure(RuleKind.EXPRESSION, Limit(1), text="stage > 182 and sum(rain_5min, 30min) >= 3")
    rain = points(*[0.5] * 12)
    assert spans(both, points(*[181.0] * 8, 182.5, 182.5), rain) == [(40, 40, None)]
    assert spans(both, points(*[183.0] * 2, begin=55), rain) == [(55, 55, 60)]
    assert spans(both, points(*[183.0] * 2, begin=70), rain) == []


def test_a_value_counts_no_longer_than_its_series_longest_gap():
    apart = measure(
        RuleKind.EXPRESSION, Limit(1, 0, 1200), text="not stage <= 182 or rain_5min > 9"
    )
    assert spans(apart, points(183), points(*[0.0] * 8)) == []
    assert spans(apart, points(*[183] * 5), points(*[0.0] * 8)) == [(0, 20, None)]


@pytest.mark.parametrize(
    ("text", "position", "word"),
    [("stage", 1, "compares"), ("stage >", 8, "missing"), ("stage > 1 and 2", 11, "joins"),
     ("sum(stage, 9) > 1", 12, "span"), ("stage > 1 $", 11, "not known"),
     ("sum(stage, 99h) > 1", 12, "24 hours"), ("(stage > 1", 11, "missing"),
     ("stage > 1 2", 11, "not expected"), ("-" * 99 + "1 > 2", 32, "brackets"),
     ("__import__('os') > 1", 1, "not known"), ("(stage > 1) + 2 > 0", 13, "not conditions")],
)  # fmt: skip
def test_what_is_wrong_with_a_condition_is_said_with_its_place(text, position, word):
    with pytest.raises(BadExpression) as wrong:
        parsed(text)
    assert (wrong.value.position, word in str(wrong.value)) == (position, True), str(wrong.value)


def test_holes_are_longer_than_two_expected_intervals():
    seen = points(1, 1, None, 1) + points(1, begin=60)
    until = START + timedelta(minutes=80)
    told = holes(seen, 300, until)
    assert [(h.began_at - START).total_seconds() / 60 for h in told] == [15, 60]
    assert (told[0].ended_at, told[1].ended_at) == (START + timedelta(minutes=60), None)


def test_what_a_silent_device_does_not_send_is_not_missing():
    now = START + timedelta(hours=2)
    assert missing(START, now, 300, now)
    assert not missing(START, START + timedelta(minutes=10), 300, now)
