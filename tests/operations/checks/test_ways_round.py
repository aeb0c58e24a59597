"""Ways round the rules of a check, each closed: found in a review, kept closed here."""

import json
from datetime import timedelta

import pytest
from tests.operations.checks.conftest import checker, ok, picture, submission
from tests.operations.risks.conftest import Worker

from anlan.operations.checks.actions import (
    Answer,
    add_check_photo,
    correct_check,
    put_item,
    submit_check,
)
from anlan.operations.checks.models import CheckRecord, CheckTask
from anlan.operations.checks.queries.records import check_file
from anlan.operations.people.actions import PLATFORM
from anlan.operations.registers.queries import BEHIND
from anlan.operations.safety.actions import Taking
from anlan.operations.safety.models import Danger
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

OK = {"choice": "ok", "note": "", "confirmed": True}


def put(one, source_id, **said):
    body = {"credit_code": "91350100M000100Y43", "performed_at": clock.now().isoformat(),
            "answers": {"exit": OK, "wiring": OK}, "cycle": "daily"} | said  # fmt: skip
    return one.browser.put(f"/api/v1/checks/{source_id}", json.dumps(body), "application/json")


def test_a_monthly_check_counts_only_when_the_principal_made_it(task, works, people):
    month = CheckTask.objects.get(enterprise=works, cycle="monthly")
    first = submit_check(checker(people["manager"]), submission(month, ok("drill")))
    month.refresh_from_db()
    assert month.done_at is None
    assert "不计入月检查" in people["manager"].browser.get(f"/checks/{first}").content.decode()
    principal = Worker("principal", "principal", people["street"], works)
    second = submit_check(checker(principal), submission(month, ok("drill"), key="d" * 32))
    month.refresh_from_db()
    assert month.done_by_name == "principal"
    assert list(CheckRecord.objects.order_by("pk").values_list("pk", "counts")) == [
        (first, False), (second, True),
    ]  # fmt: skip


def test_the_phone_is_told_that_a_monthly_check_does_not_count(task, works, people):
    month = CheckTask.objects.get(enterprise=works, cycle="monthly")
    now = clock.now().isoformat()
    said = {"key": "e" * 32, "enterprise": works, "task": month.pk, "list_at": now,
            "performed_at": now, "answers": {"drill": OK}}  # fmt: skip
    answer = people["manager"].browser.post(
        "/fieldwork/checks", json.dumps(said), content_type="application/json"
    )
    assert "主要负责人亲自完成" in answer.json()["said"]


def test_a_self_check_is_made_once_whoever_makes_it(task, works, people, staff):
    submit_check(checker(people["manager"]), submission(task, ok("exit", "wiring")))
    with pytest.raises(Refused, match="manager made this self-check already"):
        submit_check(checker(staff), submission(task, ok("exit", "wiring"), key="d" * 32))
    assert CheckRecord.objects.count() == 1


def test_an_inspector_never_answers_the_self_check_of_an_enterprise(task, people):
    all_items = ok("exit", "wiring", "drill", "law-officer")
    submit_check(checker(people["street"]), submission(task, all_items))
    task.refresh_from_db()
    assert task.done_at is None
    assert CheckRecord.objects.get().task is None


def test_a_check_is_not_dated_back(task, people):
    now = clock.now()
    said = {"key": "f" * 32, "enterprise": task.enterprise_id, "task": task.pk,
            "list_at": now.isoformat(), "answers": {"exit": OK, "wiring": OK},
            "performed_at": (now - BEHIND - timedelta(seconds=1)).isoformat()}  # fmt: skip
    answer = people["manager"].browser.post(
        "/fieldwork/checks", json.dumps(said), content_type="application/json"
    )
    assert (answer.status_code, answer.json()["detail"][:6]) == (409, "手机时间偏慢")
    yesterday = (now - timedelta(days=1)).isoformat()
    assert put(people["manager"], "ehs/1", performed_at=yesterday).status_code == 409
    assert not CheckRecord.objects.exists()


def test_what_another_system_corrects_is_the_next_version_and_ids_do_not_mix(task, people):
    manager = people["manager"]
    bad = {"exit": OK, "wiring": {"choice": "not_ok", "note": "乱接\x00线", "confirmed": True}}
    first = put(manager, "ehs/7").json()["id"]
    second = put(manager, "ehs/7", answers=bad)
    assert second.status_code == 200, second.content
    assert put(manager, "ehs/7", answers=bad).json() == second.json()
    assert list(CheckRecord.objects.order_by("pk").values_list("version", "current")) == [
        (1, False), (2, True),
    ]  # fmt: skip
    assert "乱接线" in Danger.objects.get().description
    street = people["street"]
    every = dict.fromkeys(("exit", "wiring", "drill", "law-officer"), OK)
    other = put(street, "ehs/70", answers=every, cycle="").json()["id"]
    assert len(check_file(first, street.scope).versions) == 2
    assert len(check_file(other, street.scope).versions) == 1
    for wrong in ("e%20hs/1", "ehs/1~2", f"ehs/{'x' * 40}", "ehs/1%00"):
        assert put(street, wrong, answers=every, cycle="").status_code == 409, wrong


def test_a_correction_does_not_confirm_what_nobody_looked_at(task, people):
    who = checker(people["manager"])
    given = ok("exit") | {"wiring": Answer("ok")}
    first = submit_check(who, submission(task, given))
    second = correct_check(who, first, ok("exit", "wiring"), reason="补记")
    said = {one["code"]: one["confirmed"] for one in CheckRecord.objects.get(pk=second).answers}
    assert said == {"exit": True, "wiring": False}


@pytest.mark.parametrize("days", [None, 40, -1])
def test_a_photo_of_a_check_says_when_it_was_taken(task, people, days):
    manager = people["manager"]
    submit_check(checker(manager), submission(task, ok("exit", "wiring")))
    taking = Taking() if days is None else Taking(clock.now() - timedelta(days=days))
    with pytest.raises(Refused, match="says when it was taken"):
        add_check_photo(manager.actor, "a" * 32, "exit", picture(), taking)


@pytest.mark.parametrize("code", ["gen/exit", "new", "../x", "出口", ""])
def test_a_code_that_is_no_address_is_refused(library, people, code):
    form = {"code": code, "text": "出口", "cycle": "daily", "weight": "key", "uses": "all",
            "basis": "消防法", "clause": "二十八"}  # fmt: skip
    assert people["officer"].browser.post("/checks/items/new", form).status_code == 422
    with pytest.raises(Refused):
        put_item(PLATFORM, form)
