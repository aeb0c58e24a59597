"""Ratings against worked examples of the methods, and against the rule book's bands."""

import pytest

from anlan.operations.risks.rules.major_hazard import Held, grade
from anlan.operations.risks.rules.rating import Rating, Terms, rate, worst
from anlan.vocabulary.transitions import Refused

TERMS = Terms(causes={"law": "违反强制性条款"})


@pytest.mark.parametrize(
    ("l", "e", "c", "d", "level"),
    [
        # A press without a light guard, the worked example of the Chinese LEC handbooks: daily
        # work, quite possible, C = 3 or 7 gives D = 108 and 252.
        ("6", "6", "3", 108, 3),
        ("6", "6", "7", 252, 2),
        # Cleaning of spinnerets in triethylene glycol, the textbook example: D = 90, significant.
        ("1", "6", "15", 90, 3),
        ("10", "10", "100", 10_000, 1),
        ("0.5", "0.5", "1", 0.25, 4),
        # The bands: 320 is not above 320, 70 is not below 70.
        ("0.2", "10", "40", 80, 3), ("3", "6", "40", 720, 1), ("10", "2", "15", 300, 2),
        ("1", "10", "7", 70, 3), ("6", "3", "3", 54, 4),
    ],
)  # fmt: skip
def test_lec_gives_the_score_and_colour_of_the_table(l, e, c, d, level):  # noqa: E741
    rated = rate(Rating(method="lec", l=l, e=e, c=c), TERMS)
    assert (float(rated.score), rated.level, rated.forced) == (d, level, False)


@pytest.mark.parametrize(
    ("likely", "severe", "level"),
    [("5", "4", 1), ("4", "4", 2), ("2", "5", 2), ("3", "3", 3), ("1", "5", 3), ("2", "2", 4)],
)
def test_the_matrix_is_banded_as_the_rule_book_says(likely, severe, level):
    assert rate(Rating(method="matrix", likely=likely, severe=severe), TERMS).level == level


def test_a_statutory_case_is_red_whatever_the_score():
    rated = rate(Rating(method="matrix", likely="1", severe="1", causes=["law"]), TERMS)
    assert (rated.level, rated.forced) == (1, True)


@pytest.mark.parametrize(
    "rating",
    [
        Rating(method="lec", l="5", e="6", c="7"), Rating(method="matrix", likely="6", severe="1"),
        Rating(method="lec", l="6", e="6"), Rating(method="other"),
        Rating(method="matrix", likely="1", severe="1", causes=["unknown"]),
    ],
)  # fmt: skip
def test_only_listed_values_are_taken(rating):
    with pytest.raises(Refused):
        rate(rating, TERMS)


@pytest.mark.parametrize(
    ("held", "exposed", "s", "r", "level"),
    [
        # By hand from tables 1, 3, 4, 5 of GB 18218-2018: LPG 100 t of 50 t, beta 1.5, alpha 1.2.
        ([("lpg", 100)], 40, 2.0, 3.6, 4),
        # chlorine 30 t of 5 t, beta 4; more than 100 people, alpha 2: 2 x 4 x 6.
        ([("chlorine", 30)], 200, 6.0, 48.0, 3),
        ([("phosgene", 3)], 60, 10.0, 300.0, 1),
        ([("ammonia", 10), ("petrol", 200)], 0, 2.0, 1.5, 4),
        ([("ammonia", 9.9)], 500, 0.99, 3.96, None),
        ([("hydrogen_sulphide", 50)], 10, 10.0, 50.0, 2),
    ],
)
def test_major_hazards_are_identified_by_s_and_graded_by_r(held, exposed, s, r, level):
    found = grade([Held(*one) for one in held], exposed)
    assert found.s == pytest.approx(s)
    assert found.r == pytest.approx(r)
    assert found.level == level


def test_the_enterprise_is_as_dangerous_as_its_worst_point_and_red_with_a_major_hazard():
    assert (worst([3, 2, 4], False), worst([4], True), worst([], False)) == (2, 1, None)
