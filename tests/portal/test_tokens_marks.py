"""The marks and figures as people read them (`ui.md` 3 and 5)."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import engines
from django.utils import translation

from anlan.portal import figures
from anlan.vocabulary import clock

NOW = datetime(2020, 8, 19, 18, 10, tzinfo=clock.CHINA)


@pytest.fixture(autouse=True)
def _evening_of_the_crest():
    clock.use(clock.DrillClock(NOW))
    with translation.override("zh-hans"):
        yield


def drawn(text, **context):
    return engines["django"].from_string(text).render(context)


def words(text, **context):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", drawn(text, **context))).strip()


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("{{ v|stage_m }}", 193.724, "193.72"),
        ("{{ v|stage_m }}", 0, "0.00"),
        ("{{ v|rain_mm }}", 12.34, "12.3"),
        ("{{ v|flow }}", 28412, "28,400"),
        ("{{ v|flow }}", 8.456, "8.46"),
        ("{{ v|flow }}", 0, "0"),
        ("{{ v|whole }}", 9612, "9,612"),
        ("{{ v|whole }}", 0, "0"),
        ("{{ v|signed }}", 0.1, "+0.10"),
        ("{{ v|signed }}", -0.07, "−0.07"),
        ("{{ v|signed }}", -0.001, "0.00"),
        ("{{ v|span_minutes }}", 18, "18 分"),
        ("{{ v|span_minutes }}", 108, "1.8 小时"),
        ("{{ v|span_minutes }}", 60, "1 小时"),
        ("{{ v|span_minutes }}", 59.7, "1 小时"),
        ("{{ v|span_minutes }}", 3 * 1440, "3 天"),
        ("{{ v|span_minutes }}", 0.3, "1 分"),
        ("{{ v|datum_word }}", "yellow_sea", "黄海"),
        ("{{ v|datum_word }}", "", "基面不明"),
        ("{{ v|right_word }}", "alerts.sign", "签发预警"),
        ("{{ v|role_word }}", "duty_leader", "带班领导"),
    ],
)
def test_a_figure_is_written_as_the_duty_room_writes_it(text, value, written):
    assert drawn(text, v=value) == written


def test_unknown_none_and_no_data_are_three_things():
    assert [drawn("{{ v|stage_m }}", v=v) for v in (None, float("nan"))] == ["—", "无数据"]
    assert drawn("{{ v|whole }}", v=0) == "0"


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2020, 8, 20, 2, 0, tzinfo=clock.CHINA), "20日 02:00"),
        (datetime(2020, 9, 1, 2, 0, tzinfo=clock.CHINA), "9月1日 02:00"),
        (datetime(2019, 7, 1, 8, 0, tzinfo=clock.CHINA), "2019年7月1日 08:00"),
    ],
)
def test_a_time_names_month_and_year_only_when_they_are_other_ones(at, written):
    assert drawn("{{ at|day_time }}", at=at) == written


@pytest.mark.parametrize(
    ("on", "zh", "en"),
    [
        (date(2020, 12, 15), "12月15日", "15 Dec"),
        (date(2021, 1, 5), "2021年1月5日", "5 Jan 2021"),
        (datetime(2020, 8, 18, 16, 30, tzinfo=UTC), "8月19日", "19 Aug"),
        (None, "—", "—"),
        ("", "—", "—"),
    ],
)
def test_a_day_is_written_with_its_year_only_when_it_is_another(on, zh, en):
    assert drawn("{{ on|day }}", on=on) == zh
    with translation.override("en"):
        assert drawn("{{ on|day }}", on=on) == en


def test_what_the_platform_did_stands_under_its_name_in_the_language():
    assert drawn("{{ by|doer }}", by="Anlan") == "安澜"
    assert drawn("{{ by|doer }}", by="陈立") == "陈立"
    with translation.override("en"):
        assert drawn("{{ by|doer }}", by="Anlan") == "Anlan"


def test_times_are_told_in_china_whatever_their_offset():
    utc = datetime(2020, 8, 19, 18, 0).astimezone().replace(tzinfo=None)
    assert utc is not None
    abroad = NOW.astimezone(tz=None)
    assert drawn("{{ at|clock_time }}", at=abroad) == "18:10"
    assert drawn("{{ at|long_date }}", at=NOW) == "8月19日 星期三"


def test_a_deadline_says_late_in_words_and_magenta_and_by_when():
    late = drawn('{% deadline at "full" %}', at=NOW - timedelta(minutes=18))
    assert "晚 18 分" in late
    assert "应 17:52 前" in late
    assert "al-late" in late
    soon = drawn('{% deadline at "full" %}', at=NOW + timedelta(minutes=108))
    assert (
        words('{% deadline at "full" %}', at=NOW + timedelta(minutes=108)) == "剩 1.8 小时19:58 前"
    )
    assert "al-late" not in soon
    assert words("{% deadline at %}", at=None) == "没有期限"


def test_a_deadline_days_away_counts_days_as_the_registers_do_and_names_the_day():
    """3.8 days to go were told beside a list that says 3; nobody gives a term of 3.8 days."""
    due = clock.end_of((NOW + timedelta(days=3)).date())
    assert words('{% deadline at "full" %}', at=due) == "剩 3 天8月22日 前"
    late = clock.end_of((NOW - timedelta(days=20)).date())
    assert words('{% deadline at "full" %}', at=late) == "晚 20 天应 7月30日 前"


def test_a_deadline_on_another_day_names_the_day():
    assert "20日 07:10 前" in drawn("{% deadline at %}", at=NOW + timedelta(hours=13))


def test_an_age_and_a_thing_that_never_reported():
    assert words("{% stale_age at %}", at=NOW - timedelta(minutes=26)) == "26 分钟前"
    assert words("{% stale_age at %}", at=NOW) == "刚刚"
    assert words("{% stale_age at %}", at=None) == "尚未来报"


@pytest.mark.parametrize(
    ("level", "word"), [(1, "红色预警"), (2, "橙色预警"), (3, "黄色预警"), (4, "蓝色预警")]
)
def test_a_level_has_shape_numeral_and_word_never_colour_alone(level, word):
    mark = drawn("{% level_mark n 24 %}", n=level)
    assert f'aria-label="{word}"' in mark
    assert f">{level}</text>" in mark
    assert words("{% level_badge n %}", n=level) == f"{level}{word}"
    others = {drawn("{% level_mark n %}", n=n).split('d="')[1].split('"')[0] for n in (1, 2, 3, 4)}
    assert len(others) == 4


@pytest.mark.parametrize(("level", "filled"), [(1, 4), (2, 3), (3, 2), (4, 1)])
def test_response_bars_fill_with_strength_and_are_read_aloud(level, filled):
    bars = drawn("{% response_bars n %}", n=level)
    assert bars.count('class="on"') == filled
    assert 'aria-label="' in bars
    assert "alert" not in bars


def test_danger_rank_rises_with_danger():
    assert [drawn("{% danger_rank n %}", n=n).count('class="on"') for n in (1, 3, 5)] == [1, 3, 5]


def test_a_stage_never_stands_without_its_datum():
    assert words('{% datum_value 193.724 "wusong" %}') == "193.72 m 吴淞"
    assert words('{% datum_value 192.08 "yellow_sea" %}') == "192.08 m 黄海"
    assert words('{% datum_value v "wusong" %}', v=None) == "—"


def test_a_funnel_shows_counts_beside_their_share():
    rows = [("目标", 3482), ("确认", 2817), ("失败", 0)]
    assert words("{% funnel rows %}", rows=rows) == "目标3,482确认2,81781%失败00%"


def test_almost_all_is_not_all():
    assert (figures.money(20000), figures.money(-0.5), figures.money(None)) == (
        "20,000.00", "−0.50", "—",
    )  # fmt: skip
    assert figures.percent(2999, 3000) == "99%"
    assert figures.percent(3000, 3000) == "100%"
    assert figures.percent(0, 0) == "—"


def test_props_of_an_island_cannot_end_its_script():
    html = drawn('{% island "map" p "wall" %}', p={"name": "</script><b>&", "at": NOW})
    inside = html.split('<script type="application/json">')[1].split("</script>")[0]
    assert json.loads(inside) == {"name": "</script><b>&", "at": "2020-08-19T18:10:00+08:00"}
    assert 'id="wall"' in html
    assert html.count("</script>") == 1


def test_an_island_refuses_a_number_that_is_none():
    with pytest.raises(ValueError, match="JSON"):
        drawn('{% island "map" p %}', p={"stage": float("nan")})


def test_new_props_name_the_island_they_are_for():
    assert 'data-for="wall"' in drawn('{% island_update "wall" p %}', p={})


def test_an_element_that_follows_the_stream_asks_again_and_is_morphed():
    html = drawn('<div id="a" {% live "/" "#a" %}></div>')
    assert 'hx-trigger="live from:body"' in html
    assert 'hx-swap="morph:outerHTML"' in html


def test_what_a_person_typed_is_escaped_in_every_mark():
    evil = "<script>alert(1)</script>"
    for text in ('{% state_pill "wait" v %}', '{% icon "check" 18 v %}', "{% funnel rows %}"):
        assert "<script>alert" not in drawn(text, v=evil, rows=[(evil, 1)])


def test_the_same_in_english():
    with translation.override("en"):
        assert words("{% deadline at %}", at=NOW - timedelta(minutes=18)) == "18 min late"
        assert drawn("{{ at|day_time }}", at=NOW) == "19 Aug 18:10"
        assert words('{% datum_value 193.72 "wusong" %}') == "193.72 m Wusong"
        assert drawn("{% level_word 1 %}") == "Red alert"
