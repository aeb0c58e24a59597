"""Where a rate or a condition is quiet, and that nothing is read while it stays so."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import NewRule, judging, record_frames, set_rule
from anlan.operations.sensing.models import Alarm, QuietBand
from anlan.operations.sensing.rules.bands import quiet_bands, seen
from anlan.operations.sensing.rules.crossings import Limit, Point
from anlan.operations.sensing.rules.expressions import parsed
from anlan.operations.sensing.rules.measures import Input, Measure, measured
from anlan.operations.sensing.rules.rule_kinds import Direction, RuleKind
from anlan.vocabulary.elements import Element

from .conftest import START
from .test_rules import BOTH, RISING

CONDITIONS = (
    "a > 5", "a >= 5 and b < 2", "not (a < 5 or b >= 2)", "a - b > 3", "a * b > 6 or -a > 1",
    "sum(a, 30min) > 8", "avg(a, 30min) + max(b, 15min) > 7", "a / b > 4", "a == b and a != 1",
)  # fmt: skip
RATE = Measure(RuleKind.RATE, Direction.EITHER, Limit(6.0), (Input(1, "a", 600.0),), 900.0)
VALUES = st.lists(st.sampled_from([-2.0, 0.0, 0.5, 1.0, 3.0, 5.0]), min_size=1, max_size=6)


def condition(text):
    inputs = (Input(1, "a", 600.0), Input(2, "b", 600.0))
    return Measure(
        RuleKind.EXPRESSION, Direction.ABOVE, Limit(1.0), inputs, expression=parsed(text)
    )


def points(values, begin=0):
    return [Point(START + timedelta(minutes=begin + 5 * n), v) for n, v in enumerate(values)]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*map(condition, CONDITIONS), RATE]), VALUES, VALUES, st.data())
def test_within_its_bands_a_rule_never_holds(measure, a, b, data):
    found = {1: a, 2: b}
    spans = {one.series: points(found[one.series]) for one in measure.inputs}
    bands = quiet_bands(measure, {pk: seen(span) for pk, span in spans.items()})
    if bands is None:
        return
    for pk, band in bands.items():
        low, high = max(band.low, -50.0), min(band.high, 50.0)
        more = data.draw(st.lists(st.floats(low, high), max_size=6))
        spans[pk] = spans[pk] + points(more, begin=30)
    limit = 1.0 if measure.kind is RuleKind.EXPRESSION else measure.limit.level
    assert all(p.value is None or p.value < limit for p in measured(measure, spans))


def test_every_side_gets_its_share_of_the_room():
    bands = quiet_bands(condition("a - b > 3"), {1: seen(points([1.0])), 2: seen(points([1.0]))})
    assert bands[1].high == pytest.approx(2.5, abs=0.01)
    assert bands[2].low == pytest.approx(-0.5, abs=0.01)


@pytest.mark.django_db(databases="__all__")
def test_windows_are_read_only_when_a_value_leaves_its_band(gauge, monkeypatch):
    read = []
    looked = judging.windows
    monkeypatch.setattr(judging, "windows", lambda *a: read.append(a) or looked(*a))
    set_rule(PLATFORM, RISING)
    set_rule(PLATFORM, BOTH)
    gauge.says(0, 180.0)
    gauge.says(0, 12.0, element=Element.BATTERY)
    read.clear()
    gauge.rises(*[180.0 + 0.01 * (n % 3) for n in range(1, 8)], begin=5)
    gauge.says(40, 12.1, element=Element.BATTERY)
    assert read == []
    assert QuietBand.objects.count() == 3
    gauge.rises(180.3, 180.6, begin=45)
    assert len(read) == 2
    assert [(a.rule, a.state) for a in Alarm.objects.all()] == [("涨得快", "open")]
    assert not QuietBand.objects.filter(rule__kind="rate").exists()


@pytest.mark.django_db(databases="__all__")
def test_a_late_value_and_a_new_interval_are_looked_at_anew(gauge):
    set_rule(PLATFORM, RISING)
    gauge.rises(180.0, 180.0, 180.0, begin=60)
    band = QuietBand.objects.get()
    assert band.low < 180.0 < band.high
    record_frames([gauge.frame(minutes, 179.5) for minutes in (45, 50, 55)])
    assert Alarm.objects.filter(rule="涨得快").exists()
    missing = NewRule(station="ciqikou", kind=RuleKind.MISSING, name="缺测", element="stage",
                      value=1200.0, source="试用")  # fmt: skip
    set_rule(PLATFORM, missing)
    assert not QuietBand.objects.exists()
