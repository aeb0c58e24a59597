"""Periods, scores, the district's file."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

import anlan.districts
from anlan.operations.statistics.rules.book import BadRule, read_rules
from anlan.operations.statistics.rules.scores import score, share
from anlan.vocabulary.periods import BadPeriod, period

FILE = Path(anlan.districts.__file__).parent / "shapingba" / "statistics.toml"


@pytest.mark.parametrize(
    ("key", "first", "last", "months", "before", "after"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), 1, "2026-01", "2026-03"),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), 1, "2024-11", "2025-01"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), 3, "2026-Q3", "2027-Q1"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), 12, "2025", "2027"),
    ],
)
def test_a_period_is_whole_months(key, first, last, months, before, after):
    one = period(key)
    assert (one.first, one.last, len(one.months)) == (first, last, months)
    assert (one.before.key, one.after.key) == (before, after)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "26", "２０２６", "2026-1", "2026-Q4x"])
def test_other_words_are_no_period(text):
    with pytest.raises(BadPeriod):
        period(text)


def test_a_score_leaves_out_what_no_record_speaks_of():
    weights = {"cycle": 25, "rectified": 35, "in_time": 30, "cleared": 10}
    parts = {"cycle": None, "rectified": share(9, 10), "in_time": share(1, 2), "cleared": 1.0}
    assert score(weights, parts).points == round(100 * (31.5 + 15 + 10) / 75, 1)
    assert score(weights, dict.fromkeys(parts)).points is None
    assert score({"cycle": 1}, parts).points is None


def test_the_districts_file_is_read_and_a_wrong_one_is_named():
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    rule = read_rules(document)[0]
    assert sum(rule.weights.values()) == 100
    assert rule.source
    for wrong in ({"luck": 1}, {"cycle": -1, "rectified": 2}, {"cycle": 0}):
        with pytest.raises(BadRule):
            read_rules({"scoring": [document["scoring"][0] | {"weights": wrong}]})
