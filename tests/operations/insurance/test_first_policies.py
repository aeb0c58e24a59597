"""Who must be insured and never was: on its desk and its regulator's, with a deadline."""

from datetime import timedelta

import pytest
from tests.operations.insurance.conftest import YEAR, enter

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.operations.insurance import actions
from anlan.operations.safety.models import Enterprise
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def asked(people, station):
    """The street's filling station must be insured; the works need not."""
    assert actions.ask_for_first_policies() > 0


def desk_keys(one):
    return {item.key for item in desk(one.scope)}


def test_who_was_never_insured_is_asked_with_its_regulator_until_a_policy_comes(
    people, station, asked
):
    own, unit = f"cover:first:firm:{station}", "cover:first:unit:500106002"
    item = WorkItem.objects.get(key=own)
    assert item.due_at == clock.end_of(clock.today() + timedelta(days=30))
    assert own in desk_keys(people["stranger"])
    assert unit in desk_keys(people["other_street"])
    for name in ("street", "manager"):
        assert not {own, unit} & desk_keys(people[name]), name
    enter(people["stranger"], station, **YEAR)
    assert own not in desk_keys(people["stranger"])
    actions.ask_for_first_policies()
    assert unit not in desk_keys(people["other_street"])
    assert actions.ask_for_first_policies() == 0


def test_the_deadline_of_a_first_policy_does_not_move_with_the_rounds(people, station, asked):
    due = WorkItem.objects.get(key=f"cover:first:firm:{station}").due_at
    clock.current().move_to(clock.now() + timedelta(days=40))
    actions.ask_for_first_policies()
    rows = WorkItem.objects.filter(key__startswith="cover:first:", done_at=None)
    assert {row.due_at for row in rows} == {due}
    assert [row.late for row in desk(people["stranger"].scope)] == [True]


def test_who_closes_is_asked_no_more(people, station, asked):
    Enterprise.objects.filter(pk=station).update(state="closed")
    actions.ask_for_first_policies()
    assert not WorkItem.objects.filter(key__startswith="cover:first:", done_at=None).exists()
