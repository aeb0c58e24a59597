"""Rules of every kind as people set them, and what they say live: raised, ended, recorded."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import (
    NewRule,
    check_missing,
    check_silence,
    end_maintenance,
    end_rule,
    make_rollups,
    plan_maintenance,
    record_frames,
    set_rule,
)
from anlan.operations.sensing.actions.guards import guards_of, readers_of
from anlan.operations.sensing.actions.judging import _known_keys
from anlan.operations.sensing.actions.rules import drafted
from anlan.operations.sensing.models import (
    Alarm,
    AlarmRule,
    LatestReading,
    QuietBand,
    Reading,
    RollUp,
    RollUpDue,
    Series,
)
from anlan.operations.sensing.queries.preview import preview
from anlan.operations.sensing.rules.expressions import BadExpression
from anlan.operations.sensing.rules.rule_kinds import Direction, RuleKind
from anlan.operations.sensing.rules.standing import Statement
from anlan.vocabulary.elements import Element
from anlan.vocabulary.transitions import Refused

from .conftest import START
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
RISING = NewRule(
    station="ciqikou", kind=RuleKind.RATE, name="涨得快", element="stage", value=0.5,
    window_s=900, source="试用",
)  # fmt: skip
LOW = NewRule(
    station="ciqikou", kind=RuleKind.THRESHOLD, name="低水位", element="stage", value=178.0,
    datum="wusong", direction=Direction.BELOW, hysteresis=0.1, duration_s=600, source="试用",
)  # fmt: skip
BOTH = NewRule(
    station="ciqikou", kind=RuleKind.EXPRESSION, name="高水位电压低",
    expression="stage > 181 and min(battery, 15min) < 11.5", source="试用",
)  # fmt: skip
BATTERY = NewRule(
    station="ciqikou", kind=RuleKind.MISSING, name="电压缺测", element="battery", value=600.0,
    source="试用",
)  # fmt: skip


def states():
    return [(a.rule, a.state) for a in Alarm.objects.order_by("pk")]


def test_a_rate_raises_and_ends(gauge):
    set_rule(PLATFORM, RISING)
    gauge.rises(180.0, 180.0, 180.0, 180.0, 180.2, 180.3, 180.3, 180.3, 180.3)
    assert states() == [("涨得快", "cleared")]
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.unit, alarm.datum) == ("rate", "m", "")
    assert alarm.value == pytest.approx(0.8)


def test_a_stage_too_low_raises_and_ends_above_its_hysteresis(gauge):
    set_rule(PLATFORM, LOW)
    gauge.rises(178.0, 177.9, 177.8, 178.05)
    assert states() == [("低水位", "open")]
    assert Alarm.objects.get().value == 177.8
    gauge.rises(178.15, begin=20)
    assert states() == [("低水位", "cleared")]


def test_a_condition_is_judged_when_any_of_its_series_speaks(gauge):
    set_rule(PLATFORM, BOTH)
    for minutes in (0, 5, 10, 15):
        gauge.says(minutes, 181.5)
        gauge.says(minutes, 12.0, element=Element.BATTERY)
    assert states() == []
    gauge.says(20, 11.4, element=Element.BATTERY)
    assert states() == [("高水位电压低", "open")]
    with pytest.raises(BadExpression) as wrong:
        drafted(NewRule(station="ciqikou", kind=RuleKind.EXPRESSION, name="x", source="x",
                        expression="stage > 1 and nowhere.stage > 1"))  # fmt: skip
    assert wrong.value.position == 15


def test_a_series_that_lacks_values_while_its_device_speaks_is_missing_until_the_next(gauge):
    set_rule(PLATFORM, BATTERY)
    gauge.says(0, 12.0, element=Element.BATTERY)
    gauge.rises(180.0, 180.0, 180.0, 180.0, 180.0, 180.0)
    assert [check_missing(), check_missing(), check_silence()] == [1, 0, 0]
    assert states() == [("电压缺测", "open")]
    record_frames([gauge.frame(2, 12.0, element=Element.BATTERY)])
    assert states() == [("电压缺测", "open")]
    gauge.says(30, 12.0, element=Element.BATTERY)
    assert states() == [("电压缺测", "cleared")]


def test_alarms_of_a_station_under_maintenance_are_recorded_and_raised_when_it_is_over(gauge):
    begin = START - timedelta(minutes=1)
    row = plan_maintenance(PLATFORM, "ciqikou", begin, START + timedelta(hours=1), "换雷达")
    gauge.rises(182.70, 182.71, 182.72, 182.73)
    assert states() == [("warning", "recorded")]
    assert Alarm.objects.get().cause == "maintenance"
    assert end_maintenance(PLATFORM, "ciqikou", row)
    assert not end_maintenance(PLATFORM, "ciqikou", row)
    gauge.rises(182.74, begin=20)
    assert states() == [("warning", "recorded"), ("warning", "open")]
    assert Alarm.objects.get(state="open").began_at == START
    with pytest.raises(Refused):
        plan_maintenance(PLATFORM, "ciqikou", START, START - timedelta(hours=1), "倒了")


def test_a_device_that_is_worked_on_falls_silent_only_when_that_is_over(gauge):
    gauge.says(0, 180.0)
    plan_maintenance(PLATFORM, "ciqikou", START, START + timedelta(hours=1), "换雷达")
    gauge.drill.move_to(START + timedelta(minutes=30))
    assert check_silence() == 0
    gauge.drill.move_to(START + timedelta(minutes=61))
    assert check_silence() == 1


def test_a_change_is_a_new_version_and_the_end_clears_the_alarm(gauge):
    first = set_rule(PLATFORM, LOW)
    assert set_rule(PLATFORM, LOW) == first
    lower = NewRule(**{n: getattr(LOW, n) for n in LOW.__slots__} | {"value": 177.0})
    with pytest.raises(Refused):
        set_rule(PLATFORM, lower)
    second = set_rule(PLATFORM, lower, instead_of=first)
    gauge.rises(177.5, 177.5, 177.5, 177.0, 177.0, 177.0)
    assert states() == [("低水位", "open")]
    assert end_rule(PLATFORM, "ciqikou", second)
    assert not end_rule(PLATFORM, "ciqikou", second)
    assert states() == [("低水位", "cleared")]
    gauge.rises(177.0, 177.0, 177.0, begin=30)
    assert states() == [("低水位", "cleared")]
    assert AlarmRule.objects.filter(key="ciqikou:stage:低水位").count() == 2


def test_a_rule_that_somebody_ended_or_changed_meanwhile_is_not_saved_over(client, gauge):
    first = set_rule(PLATFORM, LOW)
    lower, lowest = (replace(LOW, value=value) for value in (177.0, 176.0))
    second = set_rule(PLATFORM, lower, instead_of=first)
    with pytest.raises(Refused, match="changed"):
        set_rule(PLATFORM, lowest, instead_of=first)
    end_rule(PLATFORM, "ciqikou", second)
    for again in (lower, lowest):
        with pytest.raises(Refused, match="ended"):
            set_rule(PLATFORM, again, instead_of=second)
    assert AlarmRule.objects.filter(key="ciqikou:stage:低水位").count() == 2
    officer = log_in(client, "section_head")
    form = {"kind": "threshold", "name": "低水位", "element": "stage", "direction": "below",
            "value": "176", "datum": "wusong", "minutes": "10", "source": "试用",
            "do": "save"}  # fmt: skip
    page = officer.post(f"/stations/ciqikou/rules/{second}/change", form)
    assert page.status_code == 422
    assert "已停用这条规则" in page.content.decode()


def test_one_reading_of_years_ago_asks_for_the_alarms_of_its_own_rules_only(gauge):
    set_rule(PLATFORM, LOW)
    row = {
        "station_name": "",
        "area_code": "",
        "rule": "",
        "value": 0,
        "limit": 0,
        "state": "cleared",
        "began_at": START - timedelta(days=99),
        "ended_at": START - timedelta(days=90),
        "observed_at": START,
        "raised_at": START,
    }
    for key in ("ciqikou:stage:低水位", "ciqikou:stage:warning", "elsewhere:stage:warning"):
        Alarm.objects.create(key=key, **row)
    Alarm.objects.create(key="now", **row | {"ended_at": None})
    reading = gauge.frame(-60 * 24 * 365 * 20, 180.0).readings[0]
    series = Series.objects.get(element="stage").pk
    said = {series: [Statement(series, reading.at, "sl651", 180.0, reading.at, reading.at)]}
    assert _known_keys(guards_of(said), readers_of(said), said) == {
        "ciqikou:stage:低水位", "ciqikou:stage:warning", "now",
    }  # fmt: skip


def test_more_rules_ask_no_more_questions(gauge):
    def asked(minutes):
        with ExitStack() as watching:
            seen = [watching.enter_context(CaptureQueriesContext(c)) for c in connections.all()]
            gauge.says(minutes, 181.0)
        return sum(map(len, seen))

    set_rule(PLATFORM, RISING)
    set_rule(PLATFORM, BOTH)
    gauge.says(0, 181.0)
    before = asked(5)
    for number in range(6):
        for rule in (RISING, BOTH):
            values = {name: getattr(rule, name) for name in rule.__slots__}
            set_rule(PLATFORM, NewRule(**values | {"name": f"{rule.name}{number}"}))
    found_anew = asked(10)
    assert found_anew <= before + 1  # the bands of the new rules
    assert asked(15) == before


RULES = (RISING, LOW, BOTH, BATTERY)
VALUES = {
    Element.STAGE: st.sampled_from([177.8, 178.05, 180.0, 181.5, 182.7, 182.6, None]),
    Element.BATTERY: st.sampled_from([11.0, 12.5]),
}


@st.composite
def logs(draw):
    """What one gauge says in two hours, with gaps, and an order in which it may arrive."""
    said = [
        (minutes, element, draw(VALUES[element]))
        for minutes in range(0, 100, 5)
        for element in VALUES
        if draw(st.integers(0, 4))
    ]
    return said, draw(st.permutations(said))


def _episodes(rule):
    return [(w.began_at, w.fired_at, w.ended_at) for w in preview(*drafted(rule)).alarms]


@settings(
    max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(logs())
def test_any_order_ends_in_the_same_episodes_and_every_one_is_known(gauge, log):
    gauge.drill.move_to(START + timedelta(hours=2))
    told = []
    for order, batch in ((log[0], 4), (log[1], 4), (log[1], len(log[1]) or 1)):
        for model in (Alarm, Reading, LatestReading, QuietBand, RollUp, RollUpDue):
            model.objects.all().delete()
        for rule in RULES:
            if not AlarmRule.objects.filter(key=rule.key).exists():
                set_rule(PLATFORM, rule)
        frames = [gauge.frame(minutes, value, element=element) for minutes, element, value in order]
        for place in range(0, len(frames), batch):
            record_frames(frames[place : place + batch])
        if batch > 4:  # all at once, and late: nobody is called for what is over
            assert not Alarm.objects.filter(state="cleared").exists()
        while make_rollups():
            pass
        check_missing()
        found = {rule.name: _episodes(rule) for rule in RULES}
        rows = list(Reading.objects.order_by("pk").values_list("series", "at", "value", "flags"))
        hours = list(RollUp.objects.order_by("pk").values_list())
        told.append((found, rows, hours))
        for name, episodes in found.items():
            alarms = list(Alarm.objects.filter(rule=name))
            assert sum(alarm.state == "open" for alarm in alarms) <= 1
            for began, _fired, ended in episodes:
                assert any(
                    alarm.began_at <= (ended or gauge.drill.now())
                    and (alarm.ended_at is None or began <= alarm.ended_at)
                    for alarm in alarms
                ), (name, began, ended)
    assert told[0] == told[1] == told[2]


def test_a_hole_that_late_values_leave_is_recorded_and_not_raised(gauge):
    set_rule(PLATFORM, BATTERY)
    gauge.drill.move_to(START + timedelta(hours=2))
    for minutes in (60, 0, 115, 120):
        record_frames([gauge.frame(minutes, 12.0, element=Element.BATTERY)])
    holes = [(a.state, a.began_at, a.ended_at) for a in Alarm.objects.order_by("began_at")]
    at = [START + timedelta(minutes=minutes) for minutes in (0, 60, 115)]
    assert holes == [("recorded", at[0], at[1]), ("recorded", at[1], at[2])]
    assert check_missing() == 0
    record_frames([gauge.frame(30, 12.0, element=Element.BATTERY)])
    assert Alarm.objects.count() == 2


def test_a_gap_never_counts_as_duration_of_a_condition(gauge):
    lasting = {name: getattr(BOTH, name) for name in BOTH.__slots__} | {
        "expression": "stage > 181", "duration_s": 1200,
    }  # fmt: skip
    set_rule(PLATFORM, NewRule(**lasting))
    set_rule(PLATFORM, NewRule(**{name: getattr(LOW, name) for name in LOW.__slots__} | {
        "direction": Direction.ABOVE, "value": 181.0, "duration_s": 1200, "hysteresis": 0.0,
    }))  # fmt: skip
    for minutes in (0, 5, 40, 45, 50):
        gauge.says(minutes, 181.5)
    assert states() == []
    gauge.rises(181.5, 181.5, begin=55)
    assert sorted(states()) == [("低水位", "open"), ("高水位电压低", "open")]
    assert {a.began_at for a in Alarm.objects.all()} == {START + timedelta(minutes=40)}


def test_the_preview_says_where_a_gap_broke_the_duration(client, gauge):
    """Over 181 from 08:00, nothing from 08:05 to 08:40, then too short until it falls."""
    for minutes, stage in ((0, 181.5), (5, 181.5), (40, 181.5), (45, 181.5), (50, 180.0)):
        gauge.says(minutes, stage)
    form = {"kind": "threshold", "name": "高水位", "element": "stage", "direction": "above",
            "value": "181", "datum": "wusong", "minutes": "20", "source": "试用"}  # fmt: skip
    officer, address = log_in(client, "section_head"), "/stations/ciqikou/rules/new?kind=threshold"
    tried = officer.post(address, form, headers={"accept-language": "en"}).content.decode()
    assert "would have fired 0 times" in tried
    assert "Once a gap broke the duration" in tried
    table = tried[tried.index("Once a gap") :]
    assert [table.index(at) for at in ("08:05", "08:40", "08:00")] == sorted(
        table.index(at) for at in ("08:05", "08:40", "08:00")
    )
    assert (
        "有 1 次因数据中断而没有持续够"
        in officer.post(address, form, headers={"accept-language": "zh-hans"}).content.decode()
    )
    at_once = officer.post(address, form | {"minutes": "0"}, headers={"accept-language": "en"})
    assert "a gap broke the duration" not in at_once.content.decode()
    assert "would have fired once" in at_once.content.decode()


def test_the_page_says_how_often_it_would_have_fired_then_sets_the_rule(client, gauge):
    gauge.rises(*[180.0, 180.0, 180.0, 180.5, 180.5, 180.5, 180.5] * 3)
    officer = log_in(client, "section_head")
    form = {"kind": "rate", "name": "涨得快", "element": "stage", "direction": "above",
            "value": "0.5", "window": "15", "minutes": "0", "source": "试用"}  # fmt: skip
    address = "/stations/ciqikou/rules/new?kind=rate"
    assert officer.get(address).status_code == 200
    tried = officer.post(address, form, headers={"accept-language": "en"})
    assert "would have fired 3 times" in tried.content.decode()
    assert not AlarmRule.objects.filter(kind="rate").exists()
    bad = officer.post(address, form | {"value": "x", "source": ""})
    assert bad.status_code == 422
    saved = officer.post(address, form | {"do": "save"}, follow=True)
    assert "涨得快" in saved.content.decode()
    rule = AlarmRule.objects.get(kind="rate")
    change = f"/stations/ciqikou/rules/{rule.pk}/change"
    officer.post(change, form | {"value": "0.8", "do": "save"})
    assert AlarmRule.objects.filter(kind="rate").count() == 2
    assert officer.get(change).status_code == 404
    wrong = officer.post("/stations/ciqikou/rules/new?kind=expression", {
        "kind": "expression", "name": "x", "source": "x", "expression": "stage > 1 and",
    }, headers={"accept-language": "en"})  # fmt: skip
    assert "Character 14" in wrong.content.decode()


def test_a_rule_is_offered_to_be_changed_with_every_figure_that_it_has(client, gauge):
    rule = set_rule(PLATFORM, replace(LOW, value=177.1234567))
    page = log_in(client, "section_head").get(f"/stations/ciqikou/rules/{rule}/change")
    assert 'value="177.1234567"' in page.content.decode()


def test_a_department_sets_only_the_rules_of_its_own_stations(client, gauge):
    assert log_in(client, "department").get("/stations/ciqikou/rules/new").status_code == 404
    assert log_in(client, "duty_officer").get("/stations/ciqikou/rules/new").status_code == 403
