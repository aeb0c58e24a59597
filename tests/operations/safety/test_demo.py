"""The dangers that a demonstration begins with go through the real steps."""

from pathlib import Path

import pytest

from anlan.operations.people.actions import PLATFORM
from anlan.operations.safety.actions import load_demo_records
from anlan.operations.safety.actions.demo import FACTORY
from anlan.operations.safety.models import Danger, DangerStep, Enterprise

pytestmark = pytest.mark.django_db(databases="__all__")


def test_dangers_stand_in_several_states_and_twice_adds_none(works):
    Enterprise.objects.filter(pk=works).update(credit_code=FACTORY)
    assert load_demo_records(PLATFORM, Path()) == 4
    assert load_demo_records(PLATFORM, Path()) == 0
    states = Danger.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["FOUND", "ASSIGNED", "RECTIFYING", "FOUND"]
    major = Danger.objects.get(grade="MAJOR")
    verbs = DangerStep.objects.filter(danger=major).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["find", "grade", "assign", "plan", "begin"]
    assert all(major.five.values())


def test_where_nobody_has_logins_there_are_none(district):
    assert load_demo_records(PLATFORM, Path()) == 0
    assert not Danger.objects.exists()
