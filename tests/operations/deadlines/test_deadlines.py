"""What waits is on a desk once, and a timer fires once, when the clock says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

import pytest

from anlan.backbone import events
from anlan.backbone.events import Event, fact
from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_item,
    escalate_item,
    forget_items,
    open_item,
    open_items,
    run_due_timers,
    set_timer,
)
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk, late_items, next_timer_at
from anlan.operations.people.models import OutboxEvent
from anlan.operations.people.queries import Scope
from anlan.operations.people.rules import Reach
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db
START = datetime(2020, 8, 19, 17, 0, tzinfo=CHINA)


@pytest.fixture
def drill_clock():
    before = clock.current()
    moving = DrillClock(START)
    clock.use(moving)
    yield moving
    clock.use(before)


@pytest.fixture
def tick(monkeypatch):
    monkeypatch.setattr(events, "_kinds", dict(events._kinds))

    @fact("test.tick")
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Tick(Event):
        name: ClassVar[str] = ""
        due: datetime

    return Tick


def scope(area="500106", rights=("alerts.sign",), reach=Reach.DISTRICT):
    return Scope(1, "duty_leader", frozenset(rights), reach, area, None)


def item(key, due_min, right="alerts.sign", area="500106"):
    return NewItem(
        key=key, kind="alert", title="Sign %(name)s", action="Sign", link="/alerts/1",
        right=right, area_code=area, due_at=START + timedelta(minutes=due_min),
        parameters={"name": key},
    )  # fmt: skip


def test_the_most_urgent_item_is_on_top(drill_clock):
    for key, due in (("later", 60), ("late", -28), ("soon", 5)):
        open_item(item(key, due))
    assert [row.key for row in desk(scope())] == ["late", "soon", "later"]
    assert desk(scope())[0].minutes_left == -28


def test_opening_the_same_need_twice_leaves_one_item(drill_clock):
    open_item(item("a", 10))
    open_item(item("a", 20))
    rows = desk(scope())
    assert len(rows) == 1
    assert rows[0].minutes_left == 20


def test_a_need_that_was_closed_can_arise_again(drill_clock):
    open_item(item("a", 10))
    assert close_item("a", "何岚") == 1
    assert close_item("a") == 0
    open_item(item("a", 20))
    assert len(desk(scope())) == 1


def test_only_what_left_the_desk_long_ago_is_forgotten_and_so_many_at_most(drill_clock):
    for key in ("old", "older", "waits"):
        open_item(item(key, 10))
    close_item("older")
    drill_clock.move_to(START + timedelta(hours=1))
    close_item("old")
    later = START + timedelta(days=1)
    assert forget_items("check", later, 9) == 0
    assert forget_items("alert", later, 1) == 1
    assert sorted(WorkItem.objects.values_list("key", flat=True)) == ["old", "waits"]
    assert forget_items("alert", later, 9) == 1
    assert [row.key for row in desk(scope())] == ["waits"]


def test_an_item_shows_only_to_those_who_may_take_it_where_it_belongs(drill_clock):
    open_item(item("here", 10, area="500106004"))
    assert desk(scope(rights=("duty.desk",))) == []
    assert desk(scope(area="500106005")) == []
    assert len(desk(scope(area="500106004"))) == 1
    assert len(desk(scope(area="500106"))) == 1


def test_an_escalated_item_moves_up_and_stays_with_those_who_had_it(drill_clock):
    street = scope(area="500106004", rights=("messaging.call",))
    open_item(item("a", 10, right="messaging.call", area="500106004"))
    for right in ("alerts.sign", "alerts.sign_major"):
        escalate_item("a", right=right, area_code="500106")
    assert [row.escalated for row in desk(street)] == [2]
    assert [row.key for row in desk(scope())] == ["a"], "who had it in between lost it"
    both = scope(rights=("alerts.sign", "alerts.sign_major", "messaging.call"))
    assert [row.key for row in desk(both)] == ["a"], "one item stood on a desk twice"
    assert desk(scope(area="500106005", rights=("messaging.call",))) == []
    close_item("a")
    assert desk(street) == desk(both) == []


def test_the_next_step_of_what_was_handed_up_is_its_holders_alone(drill_clock):
    for put in (open_item, lambda one: open_items([one])):
        put(item("a", 10, right="alerts.review"))
        escalate_item("a", right="alerts.sign", area_code="500106")
        put(item("a", 20, right="alerts.sign_major"))
        assert desk(scope(rights=("alerts.review",))) == []
        assert desk(scope()) == []
        assert len(desk(scope(rights=("alerts.sign_major",)))) == 1


def test_what_is_late_shows_to_every_eye_above_it(drill_clock):
    open_item(item("late", -1, right="nobody.else", area="500106004"))
    assert [row.key for row in late_items(scope(rights=()))] == ["late"]
    assert late_items(scope(area="500106005")) == []


def test_a_timer_fires_once_and_not_before_its_time(drill_clock, tick):
    due = START + timedelta(minutes=10)
    set_timer("t", due, tick(due=due))
    assert next_timer_at() == due
    assert run_due_timers() == 0
    drill_clock.move_to(due)
    assert run_due_timers() == 1
    assert run_due_timers() == 0
    assert OutboxEvent.objects.filter(name="test.tick").count() == 1


def test_a_cancelled_timer_stays_silent(drill_clock, tick):
    set_timer("t", START, tick(due=START))
    cancel_timer("t")
    assert run_due_timers() == 0


def test_a_timer_that_was_moved_fires_at_its_new_time(drill_clock, tick):
    set_timer("t", START, tick(due=START))
    set_timer("t", START + timedelta(hours=1), tick(due=START))
    assert run_due_timers() == 0
