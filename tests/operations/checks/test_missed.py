"""A missed cycle is a finding against the owner: one a month, closed when it is kept again."""

from datetime import date, datetime, timedelta

import pytest
from tests.operations.checks.conftest import checker, ok, submission

from anlan.operations.checks.actions import find_missed, make_tasks, submit_check
from anlan.operations.checks.models import CheckTask
from anlan.operations.deadlines.queries import desk
from anlan.operations.safety import actions
from anlan.operations.safety.models import Danger, Enterprise, HandlingTerms
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")


def at(*when):
    clock.use(DrillClock(datetime(*when, tzinfo=CHINA)))


@pytest.fixture
def terms(district):
    return HandlingTerms.objects.create(
        valid_from="2026-01-01", values={"MISSED": [7, "calendar"]}, source="试",
        missed_cycles={"daily": 1},
    )  # fmt: skip


def nights(first, last, month=3):
    """The nights from one day of March to another; how many findings each has opened."""
    found = []
    for day in range(first, last + 1):
        at(2026, month, day, 6)
        make_tasks()
        found.append(find_missed())
    return found


def test_missed_self_checks_of_a_month_are_one_finding_against_the_enterprise(
    library, works, people, terms
):
    assert nights(2, 5) == [0, 1, 0, 0]  # of the second, in the night to the third; then once
    assert find_missed() == 0
    one = Danger.objects.get()
    assert (one.source, one.grade, one.state, one.regulator, one.found_by) == (
        "cycle", "GENERAL", "ASSIGNED", "industry", None,
    )  # fmt: skip
    assert (one.enterprise_id, one.due_on, one.rectifier_id) == (
        works, date(2026, 3, 10), people["manager"].account.pk,
    )  # fmt: skip
    assert "2026年3月" in one.title
    assert f"danger:{one.pk}" in [item.key for item in desk(people["manager"].scope)]
    assert people["street"].browser.get(f"/dangers/{one.pk}").status_code == 200
    assert nights(1, 2, month=4) == [0, 1]  # the next month is another, and a repeat
    assert Danger.objects.latest("pk").repeat


def test_it_is_reported_rectified_only_when_the_cycle_is_kept_again(library, works, people, terms):
    nights(2, 3)
    firm, unit, pk = people["manager"], people["industry"], Danger.objects.get().pk
    actions.begin_rectification(firm.actor, firm.person, pk)
    with pytest.raises(Refused, match="Keep the cycle"):
        actions.submit_rectification(firm.actor, firm.person, pk, report="已安排专人")
    task = CheckTask.objects.get(enterprise=works, cycle="daily", due_on="2026-03-03")
    submit_check(checker(firm), submission(task, ok("exit", "wiring")))
    actions.submit_rectification(firm.actor, firm.person, pk, report="已安排专人")
    nights(4, 5)  # the fourth is missed: whoever re-checks cannot accept it
    with pytest.raises(Refused, match="Keep the cycle"):
        actions.accept_danger(unit.actor, unit.person, pk, finding="合格")
    task = CheckTask.objects.get(enterprise=works, cycle="daily", due_on="2026-03-05")
    submit_check(checker(firm), submission(task, ok("exit", "wiring"), key="b" * 32))
    actions.accept_danger(unit.actor, unit.person, pk, finding="合格")
    actions.close_danger(unit.actor, unit.person, pk)
    assert Danger.objects.get(pk=pk).state == "CLOSED"


@pytest.mark.parametrize(("cycles", "expected"), [({}, 0), ({"daily": 3}, 1), ({"daily": 4}, 0)])
def test_a_district_says_from_how_many_on_and_of_which_cycles(
    library, works, terms, cycles, expected
):
    terms.missed_cycles = cycles
    terms.save()
    assert sum(nights(2, 5)) == expected


def test_an_enterprise_that_does_not_operate_misses_nothing(library, works, terms):
    at(2026, 3, 2, 6)
    make_tasks()
    Enterprise.objects.update(state="paused")
    at(2026, 3, 3, 6)
    make_tasks()
    assert find_missed() == 0


def test_nobody_types_that_the_platform_found_it(people, works):
    one = people["industry"]
    find = actions.Find(key="x", title="漏检", area_code="", sector="", enterprise_id=works,
                        source=actions.Source.CYCLE)  # fmt: skip
    with pytest.raises(Refused, match="by the platform"):
        actions.find_danger(one.actor, one.person, find)


def test_a_year_of_findings_does_not_cost_a_night_more_than_what_is_new(
    library, works, terms, django_assert_max_num_queries
):
    nights(2, 3)
    at(2026, 3, 4, 6)
    make_tasks()
    with django_assert_max_num_queries(8):
        assert find_missed() == 0
    assert clock.now() - timedelta(days=2) < Danger.objects.get().found_at
