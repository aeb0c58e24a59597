"""Where an indicator stands, computed by hand."""

from datetime import date

import pytest

from anlan.operations.assessment.rules.progress import Aim, Status, share_of_year, status

START, END, MIDDLE = date(2021, 1, 1), date(2025, 12, 31), date(2023, 7, 2)
LEVEL_95 = Aim(95, "ge")
SHELTERS = Aim(120, "ge", "linear", 114, START, END)
YEARLY = Aim(100, "ge", "year")
LOSS = Aim(0.1, "le", "linear", 0.24, START, END)


def test_no_record_is_no_data_and_no_failure():
    assert status(None, LEVEL_95, MIDDLE) is Status.NO_DATA


@pytest.mark.parametrize(
    ("value", "where"),
    [(100, Status.DONE), (95, Status.DONE), (94.9, Status.BEHIND), (76, Status.BEHIND),
     (75.9, Status.AT_RISK), (0, Status.AT_RISK)],
)  # fmt: skip
def test_a_level_is_met_behind_or_below_four_fifths(value, where):
    assert status(value, LEVEL_95, MIDDLE) is where


def test_below_is_strict():
    strict = Aim(9, "lt")
    assert status(8.99, strict, MIDDLE) is Status.DONE
    assert status(9, strict, MIDDLE) is not Status.DONE


def test_the_path_leads_from_the_base_to_the_target():
    assert SHELTERS.expected(date(2020, 8, 19)) == 114
    assert SHELTERS.expected(MIDDLE) == pytest.approx(117, abs=0.01)
    assert SHELTERS.expected(END) == 120
    assert SHELTERS.expected(date(2030, 1, 1)) == 120


@pytest.mark.parametrize(
    ("on", "where"),
    [(date(2020, 8, 19), Status.ON_TRACK), (MIDDLE, Status.BEHIND), (END, Status.BEHIND)],
)
def test_114_shelters_are_enough_at_first_and_not_later(on, where):
    assert status(114, SHELTERS, on) is where


def test_a_loss_may_fall_along_its_path():
    assert status(0.1, LOSS, END) is Status.DONE
    assert status(0.17, LOSS, MIDDLE) is Status.ON_TRACK
    assert status(0.2, LOSS, MIDDLE) is Status.BEHIND
    assert status(0.24, LOSS, END) is Status.AT_RISK


def test_a_fall_that_was_asked_for_and_did_not_come_is_at_risk():
    deaths = Aim(-9, "le")
    assert status(-9, deaths, MIDDLE) is Status.DONE
    assert status(-8, deaths, MIDDLE) is Status.BEHIND
    assert status(3, deaths, MIDDLE) is Status.AT_RISK


def test_the_year_is_over_on_31_october():
    assert share_of_year(date(2021, 1, 1)) == pytest.approx(1 / 304)
    assert share_of_year(date(2021, 10, 31)) == 1
    assert share_of_year(date(2021, 12, 31)) == 1


def test_exercises_are_at_risk_when_none_were_held_by_31_october():
    assert status(0, YEARLY, date(2021, 10, 31)) is Status.AT_RISK
    assert status(100, YEARLY, date(2021, 3, 1)) is Status.DONE
    assert status(40, YEARLY, date(2021, 4, 1)) is Status.ON_TRACK
    assert status(96, YEARLY, date(2021, 11, 1)) is Status.BEHIND
