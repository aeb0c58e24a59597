"""A long period is drawn from hours and days, and still shows every extreme."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from anlan.operations.sensing.actions import make_rollups
from anlan.operations.sensing.actions.reading_rows import alias, insert, note_due
from anlan.operations.sensing.models import Series
from anlan.operations.sensing.queries import curve, series
from anlan.operations.sensing.rules.rollups import hour_of
from anlan.operations.sensing.rules.standing import Statement

from .conftest import START

pytestmark = pytest.mark.django_db(databases="__all__")
STEP = timedelta(minutes=15)
DAYS = 60
CREST = START + timedelta(days=31, minutes=45)


@pytest.fixture
def two_months(gauge):
    home = Series.objects.get(element="stage").pk
    moments = [START + n * STEP for n in range(DAYS * 96)]
    insert(
        [Statement(home, at, "sl651", 191.62 if at == CREST else 180.0 + at.day / 100, at, at)
         for at in moments]
    )  # fmt: skip
    note_due(list({(home // 64, hour_of(at), 1) for at in moments}))
    while make_rollups():
        pass
    gauge.drill.move_to(moments[-1])
    return moments


def test_two_months_are_drawn_with_few_points_and_the_crest_is_among_them(two_months):
    drawn = curve("ciqikou", "stage", START, two_months[-1])
    assert len(drawn.at) < 3100
    assert max(drawn.value) == 191.62
    assert abs(drawn.at[drawn.value.index(191.62)] - CREST) < timedelta(hours=1)
    assert drawn.at == sorted(drawn.at)
    assert drawn.at[-1] == two_months[-1]
    assert min(drawn.value) == 180.01


def test_a_week_is_drawn_reading_by_reading(two_months):
    since = two_months[-1] - timedelta(days=7)
    assert curve("ciqikou", "stage", since, two_months[-1]) == series(
        "ciqikou", "stage", since, two_months[-1]
    )


def test_a_long_curve_reads_no_more_than_its_hours(two_months):
    with CaptureQueriesContext(connections[alias()]) as asked:
        curve("ciqikou", "stage", START, two_months[-1])
    raw = [one["sql"] for one in asked if "sensing_reading" in one["sql"]]
    assert len(raw) == 1
    assert len(asked) <= 4
