"""Tasks of the night, checks that come in once, what they find, and who may."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from tests.operations.checks.conftest import checker, ok, picture, submission

from anlan.operations.checks.actions import (
    Answer,
    Checker,
    add_check_photo,
    correct_check,
    make_tasks,
    put_item,
    submit_check,
)
from anlan.operations.checks.models import CheckItem, CheckRecord, CheckTask
from anlan.operations.checks.queries import covered
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import PLATFORM, NewAccount, as_actor, open_account
from anlan.operations.people.models import Account, AuditEntry
from anlan.operations.people.queries import scope_of
from anlan.operations.safety.actions import Taking
from anlan.operations.safety.models import Danger
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

FOUND = ok("exit") | {"wiring": Answer("not_ok", "配电箱前堆了纸箱", confirmed=True)}
NOW = lambda: Taking(clock.now())  # noqa: E731


def later(days):
    clock.use(DrillClock(clock.now() + timedelta(days=days)))


def test_a_night_makes_each_task_once(task, works):
    assert set(CheckTask.objects.values_list("cycle", "begins_on", "due_on")) == {
        ("daily", date(2026, 3, 2), date(2026, 3, 2)),
        ("monthly", date(2026, 3, 1), date(2026, 3, 31)),
    }
    assert make_tasks() == 0
    later(1)
    assert make_tasks() == 1


def test_what_is_due_is_on_the_desk_until_it_is_done(task, people):
    titles = lambda: {one.title for one in desk(people["manager"].scope)}  # noqa: E731
    assert titles() == {"自查：鑫源五金厂", "主要负责人月检查：鑫源五金厂"}
    submit_check(checker(people["manager"]), submission(task, ok("exit", "wiring")))
    assert titles() == {"主要负责人月检查：鑫源五金厂"}


def test_a_street_hears_of_the_missed_in_one_item(task, people):
    later(1)
    make_tasks()
    titles = [one.title for one in desk(people["street"].scope) if one.kind == "check"]
    assert titles == ["近一周 1 家企业漏做自查 1 项"]
    assert [one for one in desk(people["other_street"].scope) if one.kind == "check"] == []


def test_the_same_check_sent_twice_is_kept_once_and_finds_one_danger(task, people):
    who, given = checker(people["manager"]), submission(task, FOUND)
    first = submit_check(who, given)
    assert submit_check(who, given) == first
    danger = Danger.objects.get()
    assert (danger.source, danger.item, danger.enterprise_id) == (
        "self_check", "wiring", task.enterprise_id,
    )  # fmt: skip
    assert danger.title == "配电箱前堆了纸箱"  # the find, not how the item says it should be
    record = CheckRecord.objects.get()
    assert [one.get("danger") for one in record.answers] == [None, danger.pk]
    assert (record.ok, record.not_ok, record.na) == (1, 1, 0)
    task.refresh_from_db()
    assert task.done_by_name
    assert covered(people["street"].scope, task.due_on, task.due_on).done == 1


def test_nobody_takes_anothers_key(task, people):
    submit_check(checker(people["manager"]), submission(task, ok("exit", "wiring")))
    with pytest.raises(Refused, match="Somebody else"):
        submit_check(checker(people["street"]), submission(task, ok("exit"), task_id=None))


def test_a_check_is_judged_by_the_list_that_the_phone_had(task, people):
    given = submission(task, ok("exit", "wiring"))
    later(0.01)
    old = CheckItem.objects.get(code="wiring")
    values = {"text": "电线没有私拉乱接", "code": "wiring"}
    first = put_item(PLATFORM, values, reason="说清楚")
    trail = AuditEntry.objects.count()
    assert (put_item(PLATFORM, values), AuditEntry.objects.count()) == (first, trail)
    put_item(PLATFORM, {"code": "fresh", "text": "新项", "basis": "b", "clause": "c",
                        "weight": "key", "cycle": "daily"})  # fmt: skip
    submit_check(checker(people["manager"]), given)
    said = {one["code"]: one["version"] for one in CheckRecord.objects.get().answers}
    assert said == {"exit": 1, "wiring": 1}
    old.refresh_from_db()
    assert old.until is not None
    assert CheckItem.objects.filter(code="wiring").count() == 2


@pytest.mark.parametrize(
    ("name", "own", "why"),
    [
        ("manager", True, ""),
        ("manager", False, "There is no such self-check of yours."),
        ("stranger", True, "There is no such enterprise within your sight."),
        ("grid", False, ""),
        ("street", False, ""),
        ("industry", False, ""),
        ("officer", False, ""),
        ("other_street", False, "There is no such enterprise within your sight."),
        ("fire", False, "There is no such enterprise within your sight."),
        ("street_leader", False, "Your role does not check."),
        ("leader", False, "Your role does not check."),
    ],
)
def test_who_may_check(task, people, name, own, why):
    authority = ok("exit", "wiring", "drill", "law-officer")
    given = submission(task, ok("exit", "wiring") if own else authority,
                       task_id=task.pk if own else None)  # fmt: skip
    if why:
        with pytest.raises(Refused, match=why):
            submit_check(checker(people[name]), given)
        assert not CheckRecord.objects.exists()
        return
    submit_check(checker(people[name]), given)
    task.refresh_from_db()
    assert (task.done_at is not None) is own


def test_a_phone_with_a_wrong_clock_is_told(task, people):
    given = submission(task, ok("exit", "wiring"))
    clock.use(DrillClock(datetime(2026, 3, 1, 9, tzinfo=CHINA)))
    with pytest.raises(Refused, match="clock is ahead"):
        submit_check(checker(people["manager"]), given)


def test_a_correction_is_a_version_of_its_own_and_a_danger_stays(task, people):
    who = checker(people["manager"])
    first = submit_check(who, submission(task, FOUND))
    for other, reason, why in ((checker(people["street"]), "看错了", "Only who made"),
                               (who, " ", "Say why.")):  # fmt: skip
        with pytest.raises(Refused, match=why):
            correct_check(other, first, ok("exit", "wiring"), reason=reason)
    second = CheckRecord.objects.get(
        pk=correct_check(who, first, ok("exit", "wiring"), reason="看错了")
    )
    assert (second.version, second.not_ok, second.current) == (2, 0, True)
    assert not CheckRecord.objects.get(pk=first).current
    assert [one.get("danger") for one in second.answers][1] == Danger.objects.get().pk
    with pytest.raises(Refused, match="corrected already"):
        correct_check(who, first, ok("exit", "wiring"), reason="又看错了")


def test_a_photo_of_a_find_is_kept_once_with_its_danger(task, people):
    manager = people["manager"]
    submit_check(checker(manager), submission(task, FOUND))
    for _time in range(2):
        add_check_photo(manager.actor, "a" * 32, "wiring", picture(), NOW())
    assert CheckRecord.objects.get().photos.count() == 1
    assert Danger.objects.get().photos.count() == 1
    for actor, raw, why in ((people["street"].actor, picture(), "no such check"),
                            (manager.actor, b"<svg onload='x'/>", "no photo")):  # fmt: skip
        with pytest.raises(Refused, match=why):
            add_check_photo(actor, "a" * 32, "wiring", raw, NOW())


def test_an_enforcement_officer_inspects_by_the_one_library(task, works):
    """三标合一: the list that authorities use, on the phone; what is wrong is a danger (R-109)."""
    new = NewAccount(
        username="handler", password="a long demo password", display_name="handler",
        role="enforcement_officer", organisation_code="bureau", area_code="500106",
    )  # fmt: skip
    account = Account.objects.get(pk=open_account(PLATFORM, new))
    browser = Client()
    browser.force_login(account)
    assert browser.get("/fieldwork").status_code == 200
    pack = browser.get("/fieldwork/pack").json()
    asked = next(one for one in pack["enterprises"] if one["id"] == works)["codes"]
    assert set(asked) == {"exit", "wiring", "drill", "law-officer"}
    answers = ok(*asked) | {"wiring": Answer("not_ok", "配电箱无盖", confirmed=True)}
    who = Checker(as_actor(account), scope_of(account), "bureau")
    kept = submit_check(who, submission(task, answers, task_id=None))
    record = CheckRecord.objects.get(pk=kept)
    assert (record.use, record.by_name, record.not_ok) == ("enforcement", "handler", 1)
    assert Danger.objects.get().source == "inspection"
