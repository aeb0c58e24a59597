"""Level by crest: the district's thresholds, in their datum, up to the centimetre."""

from datetime import date, datetime, timedelta

import pytest

from anlan.operations.alerts.queries.book import book
from anlan.operations.alerts.rules.book import Change, LevelRow
from anlan.operations.alerts.rules.levels import Outlook, differs, level_of
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.datum import Datum, DatumMismatch, Stage

DAY = date(2020, 8, 19)
OFFSET = 1.64  # Wusong − Yellow Sea at Ciqikou (bulletins: 182.64 = 181.00)


@pytest.fixture
def rows(settings):
    settings.ANLAN_DISTRICT = "shapingba"
    return book().hazard.levels


@pytest.mark.parametrize(
    ("crest_m", "level"),
    [
        (182.63, None), (182.64, 3), (185.63, 3), (185.64, 2), (193.49, 2), (193.50, 1),
        (194.29, 1),
    ],
)  # fmt: skip
def test_a_threshold_is_reached_from_its_very_centimetre(rows, crest_m, level):
    judged = level_of(Stage(crest_m, Datum.WUSONG), rows, DAY, OFFSET)
    assert (judged.level if judged else None) == level


def test_the_crest_of_2020_is_red_by_79_centimetres(rows):
    judged = level_of(Stage(194.29, Datum.WUSONG), rows, DAY, OFFSET)
    assert (judged.level, round(judged.above_m, 2)) == (1, 0.79)


@pytest.mark.parametrize(("crest_m", "level"), [(180.99, None), (181.00, 3), (184.00, 2)])
def test_a_yellow_sea_crest_is_converted_by_the_stations_offset(rows, crest_m, level):
    judged = level_of(Stage(crest_m, Datum.YELLOW_SEA), rows, DAY, OFFSET)
    assert (judged.level if judged else None) == level


def test_without_an_offset_two_datums_are_never_compared(rows):
    with pytest.raises(DatumMismatch):
        level_of(Stage(190.0, Datum.YELLOW_SEA), rows, DAY, None)


def test_blue_can_be_switched_on_by_a_row(rows):
    blue = LevelRow(4, Stage(182.14, Datum.WUSONG), "警戒下 0.5 m", date(2020, 1, 1), None, "pv")
    judged = level_of(Stage(182.30, Datum.WUSONG), [*rows, blue], DAY, OFFSET)
    assert judged.level == 4
    assert level_of(Stage(182.13, Datum.WUSONG), [*rows, blue], DAY, OFFSET) is None


def test_a_threshold_counts_only_while_it_is_valid():
    old = LevelRow(3, Stage(180.0, Datum.WUSONG), "旧", date(2000, 1, 1), date(2010, 1, 1), "old")
    assert level_of(Stage(190.0, Datum.WUSONG), [old], DAY, OFFSET) is None


CREST_AT = datetime(2020, 8, 20, 2, tzinfo=CHINA)
RULE = Change(crest_m=0.30, crest_h=3, households_share=0.10)


def outlook(**more):
    values = {"level": 2, "crest_m": 193.0, "crest_at": CREST_AT,
              "communities": frozenset({"a", "b"}), "households": 1000}  # fmt: skip
    return Outlook(**{**values, **more})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, []),
        ({"crest_m": 193.29}, []),
        ({"crest_m": 193.30}, ["crest"]),
        ({"crest_m": 192.70}, ["crest"]),
        ({"level": 1}, ["level"]),
        ({"communities": frozenset({"a", "b", "c"})}, ["communities"]),
        ({"communities": frozenset({"a"})}, ["communities"]),
        ({"crest_at": CREST_AT + timedelta(hours=2, minutes=59)}, []),
        ({"crest_at": CREST_AT - timedelta(hours=3)}, ["time"]),
        ({"households": 1100}, []),
        ({"households": 1101}, ["households"]),
    ],
)
def test_only_what_changes_enough_is_worth_an_update(change, why):
    assert differs(outlook(**change), outlook(), RULE) == why
