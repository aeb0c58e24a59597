"""Deadlines speak once a stage, in working hours, one message a person a day."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from anlan.operations.deadlines.actions import (
    Leave,
    NewItem,
    be_away,
    be_back,
    open_item,
    open_items,
    remind,
)
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk, desks_of
from anlan.operations.deadlines.rules.calendar import Unit, after, announced, is_working_day
from anlan.operations.messaging.models import Delivery
from anlan.operations.people.actions import (
    PLATFORM,
    NewAccount,
    as_actor,
    close_account,
    open_account,
    unseal_text,
)
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
HOUR = timedelta(hours=1)
CHAIN = ("safety.regulate", "safety.countersign", "safety.supervise")


def at(month, day, hour=9):
    clock.use(DrillClock(datetime(2025, month, day, hour, tzinfo=CHINA)))


def account(name, role, area="500106004", sector=""):
    new = NewAccount(
        username=name, password="a long demo password", display_name=name, role=role,
        organisation_code="x", area_code=area, sector=sector, phone="13800000000",
    )  # fmt: skip
    return Account.objects.get(pk=open_account(PLATFORM, new))


@pytest.fixture
def people(db):
    at(3, 3)
    return {
        "manager": account("manager", "enterprise"),
        "street": account("street", "township"),
        "head": account("head", "township_leader"),
        "officer": account("officer", "safety_officer", "500106"),
    }


def new_item(key, due, owner=None, right="safety.rectify"):
    due_at = datetime.combine(due, datetime.max.time().replace(microsecond=0), CHINA)
    return NewItem(
        key=key, kind="danger", title="Rectify %(title)s", action="Begin", link="/", right=right,
        area_code="500106004", due_at=due_at, parameters={"title": key},
        owner_id=owner and owner.pk, chain=CHAIN,
    )  # fmt: skip


def item(key, due, owner=None, right="safety.rectify"):
    open_item(new_item(key, due, owner, right))


def leave(one, deputy):
    """Away for a week of March."""
    week = date(2025, 3, 3), date(2025, 3, 9)
    said = Leave(account_id=one.pk, deputy_id=deputy.pk, first_on=week[0], last_on=week[1])
    return be_away(as_actor(one), said)


def told():
    """Whom the digests so far went to, with their words."""
    return [
        (row.label, json.loads(unseal_text(row.personal_sealed))["slots"]["待办"])
        for row in Delivery.objects.order_by("id")
    ]


def test_it_speaks_at_each_stage_once_and_climbs_when_late(people):
    item("配电箱", date(2025, 3, 14), people["manager"])
    heard = {}
    for day in range(3, 25):
        at(3, day)
        for _ in range(3):
            remind()
        if said := told()[len([n for v in heard.values() for n in v]) :]:
            heard[day] = [name for name, _words in said]
    # 15 and 16 March are a weekend: what is late since the 15th is said on Monday, as +3.
    assert heard == {
        11: ["manager"], 13: ["manager"], 14: ["manager"], 17: ["manager", "head"],
        21: ["manager", "officer"],
    }  # fmt: skip


def test_nothing_is_said_at_night_on_weekends_or_holidays_but_on_make_up_workdays(people):
    item("a", date(2025, 9, 28), people["manager"])
    at(9, 25, 20)
    assert remind() == 0
    at(9, 28)  # a Sunday that is worked, before National Day
    assert remind() == 1
    at(10, 3)
    assert remind() == 0
    at(10, 9)
    assert remind() == 1


def test_ten_thousand_overdue_items_are_one_message_to_each_owner(
    people, django_assert_max_num_queries
):
    owners = [people["manager"], account("second", "enterprise")]
    at(3, 3)
    WorkItem.objects.bulk_create(
        WorkItem(key=f"k{n}", kind="danger", title="Rectify %(title)s", parameters={"title": n},
                 action="Begin", link="/", right="safety.rectify", area_code="500106004",
                 owner=owners[n % 2], opened_at=clock.now(), due_at=clock.now() - HOUR,
                 chain=list(CHAIN))
        for n in range(10_000)
    )  # fmt: skip
    with django_assert_max_num_queries(40):
        assert remind() == 10_000
    said = told()
    assert [name for name, _words in said] == ["manager", "second"]
    assert "5000 项待办" in said[0][1]
    assert remind() == 0


def test_one_message_a_day_and_a_second_only_for_what_became_due_meanwhile(people):
    at(3, 3)
    item("a", date(2025, 3, 4), people["manager"])
    assert remind() == 1
    item("b", date(2025, 3, 5), people["manager"])
    at(3, 3, 11)
    assert remind() == 0
    item("c", date(2025, 3, 3), people["manager"])
    assert remind() == 1
    at(3, 4)
    assert remind() == 3
    assert [name for name, _words in told()] == ["manager", "manager", "manager", "street"]


def test_what_was_said_lately_does_not_keep_the_rest_silent(people, monkeypatch):
    """However many wait for their next stage."""
    monkeypatch.setattr("anlan.operations.deadlines.actions.reminders.AT_ONCE", 2)
    for n in range(5):
        item(f"old{n}", date(2025, 3, 3), people["manager"])
    at(3, 4)
    assert remind() == 5
    item("new", date(2025, 3, 5), people["manager"])
    at(3, 5)
    assert remind() == 1


def test_a_deputy_who_would_be_told_anyway_is_told_once(people):
    second = account("second", "township")
    item("a", date(2025, 3, 5), right="safety.regulate")
    leave(people["street"], second)
    remind()
    assert [(name, words.split("，")[0]) for name, words in told()] == [("second", "您有 1 项待办")]


def test_of_two_who_alone_may_do_it_the_second_has_it_while_the_first_is_away(people):
    second, deputy = account("second", "enterprise"), account("deputy", "enterprise")
    first = people["manager"]
    open_item(replace(new_item("a", date(2025, 3, 5), first), second_id=second.pk))

    def on():
        return [len(desk(scope_of(one))) for one in (first, second, deputy)]

    assert on() == [1, 0, 0]
    leave(first, deputy)
    assert on() == [1, 1, 0]
    remind()
    assert [name for name, _words in told()] == ["second"]
    be_back(as_actor(first), first.pk)
    assert on() == [1, 0, 0]


def test_a_deputy_who_is_away_too_hands_the_desk_on(people):
    second, third = account("second", "enterprise"), account("third", "enterprise")
    item("a", date(2025, 3, 5), people["manager"])
    leave(people["manager"], second)
    leave(second, third)
    remind()
    assert [name for name, _words in told()] == ["third"]
    assert [len(desk(scope_of(one))) for one in (second, third)] == [1, 1]


def test_of_four_away_in_a_row_the_last_deputy_has_desk_and_digest(people):
    row = [people["manager"], *(account(name, "enterprise") for name in "bcde")]
    item("a", date(2025, 3, 5), row[0])
    for absent, deputy in pairwise(row):
        leave(absent, deputy)
    remind()
    assert [name for name, _words in told()] == ["e"]
    assert [one.key for one in desk(scope_of(row[-1]))] == ["a"]
    assert desks_of(row[-1].pk) == {one.pk for one in row[:-1]}
    assert desks_of(row[1].pk) == {row[0].pk}
    assert desks_of(row[0].pk) == set()


def test_a_deadline_that_moved_speaks_anew(people):
    item("a", date(2025, 3, 5), people["manager"])
    assert remind() == 1
    item("a", date(2025, 3, 20), people["manager"])
    at(3, 17)
    assert remind() == 1


@pytest.mark.parametrize("put", [open_item, lambda one: open_items([one])])
def test_what_is_given_to_another_is_told_to_them_though_the_stage_was_said(people, put):
    second = account("second", "enterprise")
    at(3, 11)
    put(new_item("a", date(2025, 3, 14), people["manager"]))
    assert remind() == 1
    at(3, 12)
    put(new_item("a", date(2025, 3, 14), people["manager"]))
    assert remind() == 0
    put(new_item("a", date(2025, 3, 14), second))
    assert remind() == 1
    assert [name for name, _words in told()] == ["manager", "second"]


def test_who_is_away_has_a_deputy_for_desk_and_digest(people):
    second = account("second", "enterprise")
    manager = as_actor(people["manager"])
    item("a", date(2025, 3, 5), people["manager"])
    with pytest.raises(Refused):
        leave(people["manager"], people["manager"])
    leave(people["manager"], second)
    assert [one.key for one in desk(scope_of(second))] == ["a"]
    remind()
    assert [name for name, _words in told()] == ["second"]
    be_back(manager, people["manager"].pk)
    assert desk(scope_of(second)) == []


def test_of_two_the_second_is_told_while_the_first_is_away_though_the_deputy_is_closed(people):
    second, deputy = account("second", "enterprise"), account("deputy", "enterprise")
    open_item(replace(new_item("a", date(2025, 3, 5), people["manager"]), second_id=second.pk))
    leave(people["manager"], deputy)
    close_account(PLATFORM, deputy.pk)
    assert [one.key for one in desk(scope_of(second))] == ["a"]
    remind()
    assert [name for name, _words in told()] == ["second"]


def test_working_days_follow_the_announcements_of_2025():
    """State Council notice for 2025: the worked weekends and the days off around them."""
    worked = [date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28),
              date(2025, 10, 11)]  # fmt: skip
    off = [date(2025, 1, 1), date(2025, 1, 28), date(2025, 2, 4), date(2025, 4, 4),
           date(2025, 5, 1), date(2025, 5, 5), date(2025, 6, 2), date(2025, 10, 1),
           date(2025, 10, 8)]  # fmt: skip
    assert all(is_working_day(day) for day in worked)
    assert not any(is_working_day(day) for day in off)
    assert after(date(2025, 1, 27), 2, Unit.WORKING) == date(2025, 2, 6)
    assert after(date(2025, 1, 27), 2, Unit.CALENDAR) == date(2025, 1, 29)
    assert announced(2025)
    assert not announced(2199)


def test_a_deputy_is_of_the_same_unit_and_may_do_the_same(people):
    grid, far = account("grid", "grid_worker"), account("far", "township")
    Account.objects.filter(pk=far.pk).update(organisation_code="y")
    for deputy in (grid, far):
        with pytest.raises(Refused, match="same unit"):
            leave(people["street"], deputy)
    leave(grid, people["street"])


def test_nobody_is_his_own_head_and_the_committees_office_hears_after_a_week(people):
    item("复查", date(2025, 3, 10), right="safety.regulate")
    heard = {}
    for day in (11, 13, 17):
        at(3, day)
        known = len(told())
        remind()
        heard[day] = [name for name, _words in told()[known:]]
    assert heard == {
        11: ["street", "head"], 13: ["street", "head"], 17: ["street", "officer"],
    }  # fmt: skip
