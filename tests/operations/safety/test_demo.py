"""The dangers that a demonstration begins with go through the real steps."""

from datetime import date
from pathlib import Path

import pytest

from anlan.operations.people.actions import PLATFORM
from anlan.operations.safety.actions import load_demo_records
from anlan.operations.safety.actions.demo import FACTORY
from anlan.operations.safety.models import Danger, DangerStep, Enterprise
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")


def test_dangers_stand_in_several_states_and_twice_adds_none(works):
    Enterprise.objects.filter(pk=works).update(credit_code=FACTORY)
    assert load_demo_records(PLATFORM, Path()) == 8
    assert load_demo_records(PLATFORM, Path()) == 0
    today = Danger.objects.exclude(key__startswith="demo-past-")
    states = today.order_by("number").values_list("state", flat=True)
    assert list(states) == ["FOUND", "ASSIGNED", "RECTIFYING", "FOUND"]
    major = Danger.objects.get(grade="MAJOR")
    verbs = DangerStep.objects.filter(danger=major).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["find", "grade", "assign", "plan", "begin"]
    assert all(major.five.values())


def test_where_nobody_has_logins_there_are_none(district):
    assert load_demo_records(PLATFORM, Path()) == 0
    assert not Danger.objects.exists()


def test_the_quarter_before_holds_dangers_closed_on_their_days(works):
    Enterprise.objects.filter(pk=works).update(credit_code=FACTORY)
    load_demo_records(PLATFORM, Path())
    past = Danger.objects.filter(key__startswith="demo-past-").order_by("found_at")
    closed = [(f"{one.found_at:%m-%d}", f"{one.closed_on:%m-%d}", one.state) for one in past]
    assert closed == [("10-13", "10-17", "CLOSED"), ("11-17", "11-29", "CLOSED"),
                      ("12-15", "12-25", "CLOSED"), ("12-27", "01-05", "CLOSED")]  # fmt: skip
    assert Enterprise.objects.get(pk=works).registered_at.date() == date(2025, 10, 1)
    assert clock.today() == date(2026, 3, 2)
