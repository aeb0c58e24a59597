"""Works of a year: who takes which step, what may never be, whose they are, when they speak."""

import random
from datetime import date, datetime, timedelta

import pytest
from tests.operations.responsibilities.conftest import NOW, OTHER, STREET, person

from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import as_actor, relay_events
from anlan.operations.people.queries import scope_of
from anlan.operations.responsibilities import actions
from anlan.operations.responsibilities.models import Duty, Reading, Work
from anlan.operations.responsibilities.queries import board, facts, works_in
from anlan.operations.responsibilities.rules.loop import Work as Facts
from anlan.operations.responsibilities.rules.loop import check, verbs
from anlan.operations.responsibilities.rules.states import WORK, State
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
DOES, CONFIRMS = "street leader", "office chief night leader"
WHO = {
    "begin": DOES, "report": DOES, "submit": DOES, "confirm": CONFIRMS, "return": CONFIRMS,
    "amend": "office", "drop": "office",
}  # fmt: skip


def test_every_step_is_taken_by_whom_the_table_names_and_by_nobody_else(people):
    for step in WORK.steps:
        for state in State:
            work = Facts(state=state, unit=STREET, leader=people["leader"].pk, set_in="bureau",
                         submitted_by=people["street"].pk)  # fmt: skip
            able = set()
            for name, account in people.items():
                try:
                    check(step.verb, work, person(account))
                    able.add(name)
                except Refused:
                    pass
            assert able == (set(WHO[step.verb].split()) if state in step.sources else set())


def test_who_submitted_a_work_never_confirms_it(people, lists):
    pk, came = lists.put()
    assert (came, lists.put()[1], lists.put(measure="盖章并上墙")[1]) == ("new", "same", "changed")
    lists.take("street", pk, "begin")
    lists.take("street", pk, "report", percent=60)
    with pytest.raises(Refused, match="from 0 to 99"):
        lists.take("street", pk, "report", percent=100)
    with pytest.raises(Refused, match="evidence"):
        lists.take("leader", pk, "submit", words=" ")
    lists.take("leader", pk, "submit")
    with pytest.raises(Refused, match="Who submitted"):
        lists.take("leader", pk, "confirm")
    with pytest.raises(Refused, match="as it is now"):
        lists.put(measure="又改")
    with pytest.raises(Refused, match="office confirms"):
        lists.take("other_leader", pk, "confirm")
    lists.take("office", pk, "return")
    lists.take("street", pk, "submit")
    lists.take("leader", pk, "confirm")
    work = Work.objects.get()
    assert (work.state, work.percent, work.finished_on) == ("CONFIRMED", 100, date(2026, 1, 5))
    assert list(work.steps.order_by("id").values_list("verb", flat=True)) == [
        "set", "amend", "begin", "report", "submit", "return", "submit", "confirm",
    ]  # fmt: skip
    assert work.steps.get(verb="amend").before_fields == {"measure": "名册盖章"}


def test_only_who_set_a_work_drops_it_and_with_a_reason(people, lists):
    pk, _came = lists.put()
    for name in ("street", "leader", "chief", "section"):
        with pytest.raises(Refused):
            lists.take(name, pk, "drop")
    with pytest.raises(Refused, match="why the work is dropped"):
        lists.take("office", pk, "drop", words="")
    lists.take("office", pk, "drop")
    own, _came = lists.put(people["street"], number="2")
    with pytest.raises(Refused, match="that set the work"):
        lists.take("office", own, "drop")
    lists.take("street", own, "drop")
    assert set(Work.objects.values_list("state", flat=True)) == {"DROPPED"}


def test_a_unit_sets_works_for_itself_and_in_its_own_lists_only(people, lists):
    with pytest.raises(Refused, match="for itself"):
        lists.put(people["street"], unit=OTHER)
    for name in ("other", "water", "leader", "duty", "firm"):
        with pytest.raises(Refused, match="does not keep"):
            lists.put(people[name], number="9")
    with pytest.raises(Refused, match="year of the list"):
        lists.put(due=date(2027, 1, 1))


def test_another_units_works_are_not_there(people, lists):
    pk, _came = lists.put()
    led, _came = lists.put(number="2", unit="water")
    seen = {
        name: set(works_in(scope_of(account)).values_list("pk", flat=True))
        for name, account in people.items()
    }
    both, none = {pk, led}, set()
    assert seen == {
        "office": both, "section": both, "duty": both, "chief": both, "night": both, "mayor": both,
        "officer": both, "water": {led}, "water_leader": {led}, "street": both, "leader": both,
        "grid": none, "other": none, "other_leader": none, "firm": none, "security": none,
    }  # fmt: skip


def test_a_work_comes_on_the_desk_a_month_before_and_climbs_when_late(people, lists):
    pk, _came = lists.put()
    key = f"work:{pk}"

    def on_desk(name):
        return key in {one.key for one in desk(scope_of(people[name]))}

    assert not on_desk("street")
    clock.use(DrillClock(datetime(2026, 5, 31, 9, tzinfo=CHINA)))
    assert run_due_timers() == 1
    relay_events()
    assert on_desk("street")
    assert not on_desk("office")
    assert not on_desk("other")
    assert board(scope_of(people["office"]), 2026).whole.late == 0
    clock.use(DrillClock(datetime(2026, 7, 1, 9, tzinfo=CHINA)))
    assert WorkItem.objects.get(key=key).chain[-1] == "safety.supervise"
    assert board(scope_of(people["office"]), 2026).whole.late == 1
    lists.take("street", pk, "begin")
    lists.take("street", pk, "submit")
    assert not on_desk("street")
    assert on_desk("leader")
    found = board(scope_of(people["office"]), 2026).whole
    assert (found.late, found.waiting, found.in_time) == (1, 1, 0)  # submitted after its day
    lists.take("leader", pk, "confirm")
    found = board(scope_of(people["office"]), 2026).whole
    assert (found.late, found.waiting, found.in_time, found.done_late) == (0, 0, 0, 1)
    assert not on_desk("leader")


def test_confirming_counts_working_days_over_the_national_holiday(people, lists):
    clock.use(DrillClock(datetime(2026, 9, 29, 9, tzinfo=CHINA)))
    pk, _came = lists.put(due=date(2026, 9, 30))
    lists.take("street", pk, "begin")
    lists.take("street", pk, "submit")
    due = WorkItem.objects.get(key=f"work:{pk}", done_at=None).due_at.astimezone(CHINA).date()
    assert due == date(2026, 10, 12)  # 30 Sept, then 8, 9, 10 (make-up Saturday) and 12 October


def test_the_leader_alone_signs_the_list_once_and_the_day_is_kept(people, lists):
    def sign(name):
        account = people[name]
        actions.sign_reading(as_actor(account), person(account), lists.bearer, 2026)

    with pytest.raises(Refused, match="no list of this year"):
        sign("leader")
    lists.put()
    assert [one.kind for one in desk(scope_of(people["leader"]))] == ["duty list"]
    assert not desk(scope_of(people["street"]))
    for name in ("street", "office", "other_leader"):
        with pytest.raises(Refused, match="Only the leader"):
            sign(name)
    sign("leader")
    with pytest.raises(Refused, match="signed already"):
        sign("leader")
    assert (Reading.objects.get().at, Reading.objects.get().works) == (NOW, 1)
    assert not desk(scope_of(people["leader"]))


def test_a_changed_duty_is_a_new_version_and_the_old_one_stays(people, lists):
    office = people["office"]
    new = actions.NewDuty(text="抓防汛和消防", basis="新分工", valid_from=date(2026, 3, 1))
    actions.change_duty(as_actor(office), person(office), lists.duty, new)
    with pytest.raises(Refused, match="newest version"):
        actions.change_duty(as_actor(office), person(office), lists.duty, new)
    other = people["other"]
    with pytest.raises(Refused, match="does not keep"):
        actions.end_duty(as_actor(other), person(other), lists.duty, date(2026, 5, 1))
    rows = list(Duty.objects.values_list("number", "version", "valid_from", "valid_to"))
    assert rows == [(1, 1, date(2026, 1, 1), date(2026, 3, 1)), (1, 2, date(2026, 3, 1), None)]
    before = actions.duty_numbers(lists.bearer, date(2026, 2, 28))
    assert before == {1: lists.duty}
    assert actions.duty_numbers(lists.bearer, date(2026, 3, 1)) != before


def test_a_random_walk_confirms_nothing_that_its_submitter_decided_on(people, lists):
    dice = random.Random(2026)
    names = ("street", "leader", "office", "chief", "water", "other")
    ended = 0
    for walk in range(12):
        clock.use(DrillClock(NOW))
        pk, _came = lists.put(number=f"w{walk}")
        for _turn in range(14):
            clock.use(DrillClock(clock.now() + timedelta(days=dice.randint(0, 20))))
            work = Work.objects.select_related("bearer").get(pk=pk)
            able = [
                (name, verb) for name in names
                for verb in verbs(facts(work), person(people[name]))
                if verb != "amend" and (verb != "drop" or dice.random() < 0.1)
            ]  # fmt: skip
            if not able:
                break
            name, verb = dice.choice(able)
            lists.take(name, pk, verb)
        work = Work.objects.get(pk=pk)
        steps = list(work.steps.order_by("id").values_list("verb", "by_id"))
        for place, (verb, by) in enumerate(steps):
            if verb in ("confirm", "return"):
                assert steps[place - 1][0] == "submit"
                assert steps[place - 1][1] != by
        if work.state == State.CONFIRMED:
            ended += 1
            assert work.percent == 100
            assert work.finished_on is not None
        assert not WorkItem.objects.filter(
            key=f"work:{pk}", done_at=None
        ).exists() or work.ended_at is None  # fmt: skip
    assert ended > 3
