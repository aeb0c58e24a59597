"""A case is opened from a check: what the check says is neither typed nor counted again."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.operations.enforcement.conftest import PARTY, at, certificate
from tests.operations.enforcement.test_procedure import SITE

from anlan.operations.checks.actions import (
    Answer,
    Checker,
    Submission,
    correct_check,
    put_item,
    submit_check,
)
from anlan.operations.checks.models import CheckRecord
from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.actions.desk import refresh
from anlan.operations.enforcement.models import Case
from anlan.operations.enforcement.queries.waiting import unasked
from anlan.operations.people.actions import PLATFORM, NewAccount, open_account, relay_events
from anlan.operations.people.models import Account, AuditEntry
from anlan.operations.safety import actions as safety
from anlan.operations.safety.actions import Grade, register_enterprise
from anlan.operations.safety.models import Danger
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.statistics.actions import count_months
from anlan.operations.statistics.queries import board, seen
from anlan.vocabulary import clock
from anlan.vocabulary.periods import period

pytestmark = pytest.mark.django_db(databases="__all__")
WRONG = {"exit": "安全出口上锁", "wiring": "配电箱无盖"}
ITEMS = {"exit": ("安全出口畅通", "消防法", "第二十八条"),
         "wiring": ("电线不乱接", "安全生产法", "第三十六条"),
         "drill": ("半年演练一次", "安全生产法", "第八十一条")}  # fmt: skip


@pytest.fixture
def works(people):
    values = {"name": "鑫源五金厂", "credit_code": PARTY["id_number"], "area_code": "500106004",
              "address": "井口工业园 A3", "sector": "industry", "state": "open",
              "principal": "唐勇"}  # fmt: skip
    ordinary = {"weight": "plain", "cycle": "daily", "uses": "all", "sector": "", "trait": "",
                "trade": "", "level": None, "method": ""}  # fmt: skip
    for code, (text, basis, clause) in ITEMS.items():
        put_item(PLATFORM, ordinary | {"code": code, "text": text, "basis": basis,
                                       "clause": clause})  # fmt: skip
    clock.current().move_to(clock.now() + timedelta(minutes=30))
    return register_enterprise(people["safety"].actor, values)


def checked(one, works, wrong=WRONG, key="a" * 32):
    """What one's people found there now: these items are not in order."""
    answers = dict.fromkeys(ITEMS, Answer("ok", confirmed=True))
    answers |= {code: Answer("not_ok", said, confirmed=True) for code, said in wrong.items()}
    who = Checker(one.actor, one.scope, one.account.organisation_code)
    return submit_check(who, Submission(
        key=key, enterprise_id=works, answers=answers, performed_at=clock.now(),
        list_at=clock.now(), lon=106.45, lat=29.57,
    ))  # fmt: skip


@pytest.fixture
def check(people, works):
    return checked(people["officer"], works)


def grade(people, danger_id):
    one = people["safety"]
    safety.grade_danger(one.actor, person_of(one.scope, "bureau"), danger_id, grade=Grade.GENERAL)


def form(browser, check):
    """The page of the new case as it comes, ready to be sent."""
    page = browser.get(f"/cases/new?check={check}").content.decode()
    given = dict(re.findall(r'<input[^>]*?name="(\w+)"[^>]*?value="([^"]*)"', page))
    given = {key: given[key] for key in ("key", "check", "title", "party", "id_number", "principal",
                                         "address")}  # fmt: skip
    given |= {"party_kind": "unit", "area_code": "500106004"}
    return given | {"officers": [certificate("officer"), certificate("partner")]}


def api(one, check, **more):
    body = {"key": "x1", "officers": ["证1", "证2"]} | more
    return one.browser.post(f"/api/v1/cases/checks/{check}", body, "application/json")


def test_what_the_check_says_is_not_typed_again(people, works, check):
    officer = people["officer"].browser
    page = officer.get(f"/checks/{check}").content.decode()
    assert f'href="/cases/new?check={check}"' in page
    assert "据此开案" in page
    given = form(officer, check)
    assert (given["title"], given["party"]) == ("安全出口上锁，另有 1 项", "鑫源五金厂")
    assert given["id_number"] == PARTY["id_number"]
    assert officer.post("/cases/new", given).status_code == 303
    case = Case.objects.get()
    assert (case.check_record_id, case.enterprise_id) == (check, works)
    page = officer.get(f"/cases/{case.pk}").content.decode()
    assert f'href="/checks/{check}"' in page
    assert 'name="place" maxlength="200" value="井口工业园 A3"' in page
    for name in ("began", "ended"):
        assert f'name="{name}" type="datetime-local" value="2026-03-02T09:30"' in page
    said = page[page.index('name="finding"') :].partition("</textarea>")[0].partition(">")[2]
    assert said == (
        "2026年3月2日 09:30，officer按检查表检查，发现以下问题：\n"
        "1. 安全出口上锁（安全出口畅通；消防法第二十八条），隐患 2026-000001\n"
        "2. 配电箱无盖（电线不乱接；安全生产法第三十六条），隐患 2026-000002"
    )
    page = officer.get(f"/checks/{check}").content.decode()
    assert f'<a href="/cases/{case.pk}">{case.number} {case.title}</a>' in page
    told = officer.get(f"/api/v1/cases/{case.pk}").json()
    assert told["case"]["sector"] == "industry"  # as the enterprise's is today
    assert (told["case"]["check_id"], told["site"]["place"]) == (check, "井口工业园 A3")
    assert told["site"]["finding"] == said


def test_who_may_open_cases_opens_one_and_the_others_are_told(people, works, check):
    wanted = {"officer": 200, "partner": 409, "third": 409, "expired": 409, "legal": 403,
              "leader": 403, "safety": 403, "other_officer": 409, "other_leader": 403}  # fmt: skip
    offered = {"officer", "partner", "third", "expired", "other_officer"}
    for name, one in people.items():
        if name != "officer":
            page = one.browser.get(f"/checks/{check}").content.decode()
            assert (f"/cases/new?check={check}" in page) == (name in offered), name
            page = one.browser.get(f"/cases/new?check={check}")
            assert page.status_code == (200 if name in offered else 403), name
    assert {name: api(one, check, key=name).status_code for name, one in people.items()} == wanted
    assert Case.objects.count() == 1
    assert "2026-0001" in api(people["partner"], check, key="p").json()["detail"]
    page = people["safety"].browser.get(f"/checks/{check}").content.decode()
    assert "2026-0001" not in page, "who does not see enforcement sees no case"
    assert "2026-0001" in people["leader"].browser.get(f"/checks/{check}").content.decode()
    page = people["other_officer"].browser.get(f"/checks/{check}").content.decode()
    assert "2026-0001" not in page, "another unit's"


def test_another_townships_check_is_not_found(people, check):
    open_account(PLATFORM, NewAccount(
        username="away", password="a long demo password", display_name="away",
        role="enforcement_officer", organisation_code="bureau", area_code="500106002",
    ))  # fmt: skip
    browser = Client()
    browser.force_login(Account.objects.get(username="away"))
    assert browser.get(f"/checks/{check}").status_code == 404
    assert browser.get(f"/cases/new?check={check}").status_code == 404
    assert browser.post("/cases/new", {"check": check}).status_code == 404
    sent = browser.post(f"/api/v1/cases/checks/{check}", {"key": "x", "officers": []},
                        "application/json")  # fmt: skip
    assert sent.status_code == 404
    for nonsense in ("", "x", "999999", "-1", "9" * 30):
        assert people["officer"].browser.get(f"/cases/new?check={nonsense}").status_code == 404
    for nonsense in (10**6, "abc", "1.5", "-1", "１", "9" * 30):
        assert api(people["officer"], nonsense).status_code == 404
    assert not Case.objects.exists()


def test_pressed_twice_it_is_one_case(people, works, check):
    officer = people["officer"].browser
    first, second = form(officer, check), form(officer, check)
    assert first["key"] != second["key"]
    one, again = officer.post("/cases/new", first), officer.post("/cases/new", first)
    assert one["Location"] == again["Location"]
    told = officer.post("/cases/new", second)
    assert (told.status_code, Case.objects.count()) == (422, 1)
    assert "本单位已就这次检查对该当事人开案：2026-0001。" in told.content.decode()
    assert api(people["officer"], check, key="b").status_code == 409
    # Who of the enterprise answers for it is another party of the same visit.
    person = second | {"party": "唐勇", "party_kind": "person", "title": "未履行职责"}
    assert officer.post("/cases/new", person).status_code == 303
    # So is another one of the same surname; the same one again is not.
    for name, number, status in (
        ("唐勇", "", 422), ("唐军", "", 303), ("唐建军", "510212198001013398", 303),
        ("唐军", "510212197001011234", 422), ("唐健军", "510212198001013398", 422),
    ):  # fmt: skip
        given = person | {"key": f"{name}{number}", "party": name, "id_number": number}
        assert officer.post("/cases/new", given).status_code == status, (name, number)
    # A correction of the check is the same check.
    who = Checker(people["officer"].actor, people["officer"].scope, "bureau")
    same = {code: Answer("not_ok", WRONG.get(code, "没演练"), True) for code in ITEMS}
    newer = correct_check(who, check, same, reason="漏记")
    assert api(people["officer"], newer, key="c").status_code == 409
    page = officer.get(f"/checks/{newer}").content.decode()
    assert "2026-0001" in page
    assert "2026-0002" in page
    assert "对其他当事人开案" in page


@pytest.mark.parametrize("registered", [True, False])
def test_a_contractor_found_there_is_booked_on_itself_and_not_on_the_enterprise(
    people, works, check, registered
):
    values = {"name": "恒安机电", "credit_code": "91500106MA5U0001XK", "area_code": "500106004",
              "address": "B1", "sector": "industry", "state": "open"}  # fmt: skip
    itself = register_enterprise(people["safety"].actor, values) if registered else None
    officer, one, danger = people["officer"], Case.objects, Danger.objects.first()
    contractor = {"name": "恒安机电", "id_number": values["credit_code"]}
    sent = form(officer.browser, check) | {"party": "恒安机电", "id_number": values["credit_code"]}
    assert officer.browser.post("/cases/new", sent).status_code == 303
    assert (one.get().check_record_id, one.get().enterprise_id) == (check, itself)
    body = {"title": "配电箱无盖", "area_code": "500106004", "party_kind": "unit",
            "officers": ["证1", "证2"], "danger_id": danger.pk}  # fmt: skip

    def booked(**more):
        told = officer.browser.post("/api/v1/cases", body | more, "application/json")
        return one.get(pk=told.json()["id"]).enterprise_id

    assert booked(key="unit", party=contractor) == itself
    assert booked(key="own", party={"name": "鑫源五金厂"}) == works
    assert booked(key="person", party_kind="person", party={"name": "唐勇"}) == works


def test_the_same_key_of_the_interface_is_the_same_case(people, works, check):
    first, again = api(people["officer"], check), api(people["officer"], check)
    assert first.status_code == 200
    assert first.json() == again.json()
    case = Case.objects.get()
    assert (case.title, case.party) == ("安全出口上锁，另有 1 项", "鑫源五金厂")


@pytest.mark.parametrize("use", ["enforcement", "review", "self"])
def test_a_check_that_found_nothing_or_is_no_authoritys_opens_none(people, works, use):
    check = checked(people["officer"], works, {} if use == "enforcement" else WRONG)
    CheckRecord.objects.update(use=use)
    page = people["officer"].browser.get(f"/checks/{check}").content.decode()
    assert "/cases/new?check" not in page
    told = api(people["officer"], check)
    assert told.status_code == 409
    assert told.json()["detail"] == "只有查出问题的执法检查记录才能据此开案。"


def waits(one):
    return [item.title for item in desk(one.scope) if item.kind == "case"]


def test_the_dangers_taken_up_are_with_enforcement_until_the_case_ends(people, works, check):
    officer = people["officer"]
    first, second = Danger.objects.order_by("pk").values_list("pk", flat=True)
    told = api(officer, check, danger_ids=[first])
    assert (told.status_code, Case.objects.count()) == (409, 0), "not graded yet"
    assert api(officer, check, danger_ids=[10**6]).status_code == 409
    grade(people, first)
    given = form(officer.browser, check)
    page = officer.browser.get(f"/cases/new?check={check}").content.decode()
    ticks = {int(pk): rest.strip() for pk, rest in
             re.findall(r'name="dangers" value="(\d+)"([^>]*)>', page)}  # fmt: skip
    assert ticks == {first: "", second: "disabled"}
    assert officer.browser.post("/cases/new", given | {"dangers": first}).status_code == 303
    relay_events()
    case = Case.objects.get()
    assert unasked() == 0
    states = dict(Danger.objects.values_list("pk", "state"))
    assert states == {first: "TO_ENFORCEMENT", second: "FOUND"}
    page = officer.browser.get(f"/dangers/{first}").content.decode()
    assert f"由行政执法案件 {case.number} 处理。" in page
    assert f'href="/cases/{case.pk}"' in page
    assert waits(officer) == [f"执法检查：{case.title}"], "the danger asks for no case of its own"
    # One that is handed over later is taken up by the case of the check that found it.
    grade(people, second)
    one = people["safety"]
    safety.hand_to_enforcement(one.actor, person_of(one.scope, "bureau"), second, reason="拒改")
    relay_events()
    assert waits(officer) == [f"执法检查：{case.title}"]
    shown = officer.browser.get(f"/api/v1/cases/{case.pk}").json()["danger_ids"]
    assert shown == [first, second]
    page = officer.browser.get(f"/cases/{case.pk}").content.decode()
    assert f'href="/dangers/{second}"' in page
    officer.take(case.pk, "inspect", **SITE)
    officer.take(case.pk, "find no violation")
    relay_events()
    assert set(Danger.objects.values_list("state", flat=True)) == {"GRADED"}
    assert AuditEntry.objects.filter(verb="enforcement.take_up").count() == 1


def test_a_case_of_many_dangers_asks_no_more_questions_than_one_of_few(people, works, check):
    ids = list(Danger.objects.order_by("pk").values_list("pk", flat=True))
    for pk in ids:
        grade(people, pk)
    assert api(people["officer"], check, danger_ids=ids).status_code == 200
    case, asked = Case.objects.get(), []
    for _taken_up in ids:
        with CaptureQueriesContext(connection) as queries:
            refresh(case)
        asked.append(len(queries))
        case.taken_up.last().delete()
    assert asked[0] == asked[1]


def counted(one):
    """By checklist, in cases, together; how many of them found something."""
    while count_months():
        pass
    checks = board(seen(one.scope), period("2026-03")).units.whole.checks
    return checks.inspected, checks.in_cases, checks.inspections, checks.finding


def test_a_visit_with_a_check_and_a_case_is_one_inspection(people, works, check):
    officer = people["officer"]
    assert counted(officer) == (1, 0, 1, 1)
    api(officer, check)
    case = Case.objects.get()
    at(2026, 3, 2, 11)
    officer.take(case.pk, "inspect", **SITE | {"began": "2026-03-02T09:30",
                                               "ended": "2026-03-02T10:10"})  # fmt: skip
    officer.take(case.pk, "order", items="恢复", basis="第三十六条", until="2026-03-12")
    relay_events()
    assert counted(officer) == (1, 0, 1, 1)
    page = officer.browser.get(f"/cases/{case.pk}").content.decode()
    assert "与现场检查为同一次，只计一次" in page
    listed = officer.browser.get("/cases?view=&visit=own").content.decode()
    assert case.number not in listed
    assert case.number in officer.browser.get("/cases?view=&visit=check").content.decode()


def test_officers_who_go_there_again_or_after_another_unit_make_a_visit_of_their_own(people, works):
    officer = people["officer"]
    first = checked(people["officer"], works)
    second = checked(people["other_officer"], works, key="b" * 32)
    api(officer, first)
    api(officer, second, key="x2")
    assert Case.objects.count() == 2
    own, others = Case.objects.order_by("pk")
    assert "began" not in officer.browser.get(f"/api/v1/cases/{others.pk}").json()["site"]
    at(2026, 3, 3, 11)
    officer.take(own.pk, "inspect", **SITE | {"began": "2026-03-03T09:30",
                                              "ended": "2026-03-03T10:10"})  # fmt: skip
    officer.take(others.pk, "inspect", **SITE | {"began": "2026-03-02T14:30",
                                                 "ended": "2026-03-02T15:10"})  # fmt: skip
    relay_events()
    assert counted(officer) == (2, 2, 4, 2)
