"""The shared nouns keep the rule book's traps shut."""

from datetime import date, datetime, timedelta

import pytest

from anlan.vocabulary import units
from anlan.vocabulary.areas import BadAreaCode, area_code, holds, parent, statistical
from anlan.vocabulary.clock import CHINA, DrillClock, hydrological_day
from anlan.vocabulary.datum import Datum, DatumMismatch, Stage
from anlan.vocabulary.elements import UNITS, Element
from anlan.vocabulary.frames import BadFrame, Frame, from_line, to_line
from anlan.vocabulary.readings import Reading


def test_stages_of_different_datums_refuse_comparison():
    with pytest.raises(DatumMismatch):
        Stage(194.29, Datum.WUSONG) - Stage(184.00, Datum.YELLOW_SEA)


def test_ciqikou_guarantee_is_the_same_water_in_both_datums():
    # Published pair: 185.64 m Wusong = 184.00 m Yellow Sea.
    guarantee = Stage(185.64, Datum.WUSONG)
    assert guarantee.to(Datum.YELLOW_SEA, 1.64).metres == pytest.approx(184.00)
    assert guarantee.to(Datum.YELLOW_SEA, 1.64).to(Datum.WUSONG, 1.64).metres == pytest.approx(
        185.64
    )


def test_the_hydrological_day_turns_at_eight():
    assert hydrological_day(datetime(2020, 8, 20, 7, 59, tzinfo=CHINA)) == date(2020, 8, 19)
    assert hydrological_day(datetime(2020, 8, 20, 8, 0, tzinfo=CHINA)) == date(2020, 8, 20)


def test_a_drill_clock_never_runs_backward():
    start = datetime(2020, 8, 18, 8, tzinfo=CHINA)
    moving = DrillClock(start)
    moving.move_to(start + timedelta(hours=1))
    moving.move_to(start)
    assert moving.now() == start + timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "code"),
    [("500106", "500106"), ("500106004000", "500106004"), ("500106004001", "500106004001")],
)
def test_an_area_is_named_by_its_shortest_code(text, code):
    assert area_code(text) == code


@pytest.mark.parametrize("text", ["", "50010", "5001060041", "50010600400A"])
def test_a_code_that_is_none_is_refused(text):
    with pytest.raises(BadAreaCode):
        area_code(text)


def test_a_township_holds_its_communities_and_no_others():
    assert holds("500106004", "500106004001")
    assert not holds("500106004", "500106005001")
    assert parent("500106004001") == "500106004"
    assert statistical("500106004") == "500106004000"


def test_every_element_has_a_unit():
    assert set(UNITS) == set(Element)


def test_figures_are_written_as_an_office_writes_them():
    assert units.stage_m(193.7) == "193.70"
    assert units.flow_m3s(28437) == "28,400"
    assert units.flow_m3s(0) == "0"
    assert units.change_m(-0.07) == "−0.07"
    assert units.whole(None) == "—"
    assert units.percent(2817, 3482) == "81%"
    assert units.percent(0, 0) == "—"
    assert units.rain_mm(0.04) == "0.0"


def test_what_a_gateway_keeps_reads_back_the_same():
    at = datetime(2020, 8, 19, 17, 5, tzinfo=CHINA)
    frame = Frame(
        "sl651", "6050000401", at, "7E7E",
        (Reading("6050000401", Element.STAGE, at, 193.72, at),
         Reading("6050000401", Element.BATTERY, at, None, at, Datum.WUSONG)),
    )  # fmt: skip
    bad = BadFrame("sl651", "", "127.0.0.1:5", at, "7E7EFF", "bad_crc", "got 1, expected 2")
    assert from_line(to_line(frame)) == frame
    assert from_line(to_line(bad)) == bad
