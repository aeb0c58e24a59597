"""Whose level rises while the district is at it: who may hand it up is asked, and nobody else."""

import pytest
from tests.operations.accidents.conftest import DAY, registered, take

from anlan.operations.accidents import actions
from anlan.operations.accidents.actions import ask_for_forgotten_accidents
from anlan.operations.accidents.models import Accident
from anlan.operations.accidents.rules.level import Figures
from anlan.operations.accidents.rules.states import State
from anlan.operations.deadlines.queries import desk

pytestmark = pytest.mark.django_db(databases="__all__")
HAND_UP = "提请"
# From 493 arts 19, 20 and 28: handed up while the district has not published its report.
HANDED_UP_FROM = {
    State.REPORTED, State.TEAM_FORMED, State.INVESTIGATING, State.REPORT_SUBMITTED, State.APPROVED
}  # fmt: skip


def asked(people, pk):
    """Who is asked for the next step of the accident: by name, for what."""
    found = {}
    for name, one in people.items():
        for item in desk(one.scope):
            if item.key == f"accident:{pk}":
                found[name] = item.action
    return found


@pytest.mark.parametrize("state", sorted(set(State) - {State.CLOSED}))
def test_the_governor_is_asked_to_hand_it_up_from_every_state_of_the_districts(people, state):
    pk = registered(people)
    Accident.objects.filter(pk=pk).update(
        state=state, leader=people["officer"].account.pk, due_on=DAY, submitted_at=None
    )
    take(people["duty"], actions.correct_figures, pk, figures=Figures(deaths=1), reason="医治无效")
    before = asked(people, pk)
    assert before
    assert not any(HAND_UP in action for action in before.values())
    take(people["duty"], actions.correct_figures, pk, figures=Figures(deaths=3), reason="医治无效")
    risen = asked(people, pk)
    if state not in HANDED_UP_FROM:
        assert risen == before
        return
    assert set(risen) == {"governor"}
    assert HAND_UP in risen["governor"]
    take(people["governor"], actions.hand_up, pk, to="市政府")
    assert Accident.objects.get(pk=pk).state == State.HANDED_UP
    assert set(asked(people, pk)) >= {"officer", "second_officer"}


def test_one_that_falls_again_goes_back_to_the_leader_of_the_team(people):
    pk = registered(people)
    officer = people["officer"]
    take(people["governor"], actions.form_team, pk, leader=officer.account.pk, members="工会",
         apart=True)  # fmt: skip
    take(officer, actions.begin_investigation, pk)
    assert set(asked(people, pk)) == {"officer"}
    take(people["duty"], actions.correct_figures, pk, figures=Figures(deaths=3), reason="更正")
    assert set(asked(people, pk)) == {"governor"}
    take(people["duty"], actions.correct_figures, pk, figures=Figures(deaths=2), reason="重复")
    assert set(asked(people, pk)) == {"officer"}


def test_one_that_had_risen_under_an_older_version_is_asked_to_be_handed_up_within_the_hour(people):
    pk, officer = registered(people), people["officer"]
    take(people["governor"], actions.form_team, pk, leader=officer.account.pk, members="工会",
         apart=True)  # fmt: skip
    take(officer, actions.begin_investigation, pk)
    assert ask_for_forgotten_accidents() == 0
    Accident.objects.filter(pk=pk).update(level=3, deaths=3)  # and the item stayed as it was
    assert set(asked(people, pk)) == {"officer"}
    assert (ask_for_forgotten_accidents(), ask_for_forgotten_accidents()) == (1, 0)
    told = asked(people, pk)
    assert set(told) == {"governor"}
    assert HAND_UP in told["governor"]
