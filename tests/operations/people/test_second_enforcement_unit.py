"""An officer or leader of a department's own enforcement unit sees the whole district and acts for
that department; the bureau's acts for the district."""

from datetime import date

import pytest
from tests.operations.safety.conftest import _people_of_module, district, people  # noqa: F401

from anlan.operations.accidents.actions.steps import of_the_bureau
from anlan.operations.accidents.queries.state import person_of as of_accidents
from anlan.operations.assessment.queries import person_of as of_assessment
from anlan.operations.assessment.rules.scorecard import Card
from anlan.operations.assessment.rules.scorecard import check as check_card
from anlan.operations.calls.queries.scope import person_of as of_calls
from anlan.operations.calls.rules.loop import Call
from anlan.operations.calls.rules.loop import check as check_call
from anlan.operations.campaigns.queries import person_of as of_campaigns
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.scope import tips_in
from anlan.operations.patrols.actions.beats import may_keep
from anlan.operations.patrols.queries.scope import person_of as of_patrols
from anlan.operations.patrols.queries.units import persons
from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.responsibilities.queries import person_of as of_responsibilities
from anlan.operations.safety.queries.persons import may_recheck
from anlan.operations.safety.queries.persons import person_of as of_safety
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
UNITS = pytest.mark.parametrize(("unit", "whole"), [("industry", False), ("bureau", True)])


def scope(role, unit):
    new = NewAccount(username=f"{role}-{unit}", password="a long demo password", display_name="x",
                     role=role, organisation_code=unit, area_code="500106")  # fmt: skip
    return scope_of(Account.objects.get(pk=open_account(PLATFORM, new)))


def may(take):
    try:
        take()
    except Refused:
        return False
    return True


@UNITS
def test_its_leader_decides_nothing_of_other_units(people, unit, whole):  # noqa: F811
    leader = scope("bureau_leader", unit)
    call = Call(state="REFUSED", street="500106004", unit="fire", refused_by=1)
    assert may(lambda: check_call("assign", call, of_calls(leader))) is whole
    card = Card(state="OBJECTED", unit="fire")
    day = date(2026, 3, 2)
    assert may(lambda: check_card("settle", card, of_assessment(leader), day)) is whole
    assert may(lambda: of_the_bureau(of_accidents(leader))) is whole
    assert of_responsibilities(leader).whole is whole


@UNITS
def test_its_officer_keeps_what_is_its_own_units(people, unit, whole):  # noqa: F811
    officer = scope("enforcement_officer", unit)
    leads = of_campaigns(officer)
    assert (leads.leads("bureau"), leads.leads(unit)) == (whole, True)
    assert may_recheck(officer, "fire") is whole
    assert may_recheck(officer, unit)
    assert of_safety(officer, unit).bureau is whole
    walks = scope("safety_officer", unit)
    assert may_keep(of_patrols(walks), "500106004") is whole
    assert may_keep(of_patrols(walks), unit)
    supervising, _walking = persons(walks)
    assert ("street" in {name.strip() for name in supervising.values()}) is whole


@UNITS
def test_its_leader_reads_the_reports_that_its_unit_verifies(people, unit, whole):  # noqa: F811
    for key in ("fire", "industry"):
        Tip.objects.create(
            number=key, key=key, query_digest=key, kind="ILLEGAL", channel="phone", matter="x",
            unit=key, area_code="500106004", sector="industry", received_at=clock.now(),
        )  # fmt: skip
    seen = tips_in(scope("bureau_leader", unit), unit).values_list("unit", flat=True)
    assert sorted(seen) == (["fire", "industry"] if whole else ["industry"])
