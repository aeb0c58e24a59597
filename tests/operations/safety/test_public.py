"""Everybody reads which major dangers are under listed supervision, and no person's name."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from tests.operations.safety.test_loop import assign, found, take

from anlan.operations.people.actions import relay_events
from anlan.operations.safety import actions
from anlan.operations.safety.actions import Find, Listing, correct_enterprise
from anlan.operations.safety.models import Danger, HandlingTerms, Supervision
from anlan.operations.safety.rules.states import Grade, Source
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]


def test_a_listed_supervision_is_public_without_a_login_until_it_is_delisted(people, found):
    officer = people["officer"]
    assert "目前没有挂牌督办的隐患" in Client().get("/supervisions").content.decode()
    take(people["industry"], actions.grade_danger, found, grade=Grade.MAJOR, clause="工贸 第4条")
    assign(people, found)
    Danger.objects.update(place="金蓉正街 20 号", description="王五在场")
    listing = Listing(issuer_name="区安委办", supervisor="何岚", due_on=date(2026, 4, 1),
                      notice="限期清除积尘，停产整改。", title="抛光间粉尘积厚超 1 mm",
                      unit="鑫源五金厂")  # fmt: skip
    actions.list_danger(officer.actor, officer.person, found, listing)
    page = Client().get("/supervisions").content.decode()
    for said in ("2026-001", "鑫源五金厂", "抛光间粉尘积厚超 1 mm", "区安委办", "4月1日",
                 "限期清除积尘，停产整改。", "未摘牌"):  # fmt: skip
        assert said in page, said
    for person in ("何岚", "唐勇", "李科", "officer", "金蓉正街", "王五"):
        assert person not in page, person
    clock.use(DrillClock(datetime(2026, 4, 2, 9, tzinfo=CHINA)))
    assert "未摘牌，已逾期" in Client().get("/supervisions").content.decode()
    Danger.objects.update(state="ACCEPTED")
    actions.delist_danger(officer.actor, officer.person, found, finding="合格")
    page = Client().get("/supervisions").content.decode()
    assert "目前没有挂牌督办的隐患" in page
    assert "鑫源五金厂" not in page
    page = officer.browser.get(f"/dangers/{found}").content.decode()
    assert "2026-001" in page, "inside it is kept"
    assert "4月2日摘牌" in page
    HandlingTerms.objects.create(
        valid_from=date(2026, 1, 1), source="区安委办（示例）", values={"PUBLIC": [30, "calendar"]}
    )
    for day, public in ((2, True), (31, True), (32, False)):  # 30 days, the 2nd of April the first
        clock.use(DrillClock(datetime(2026, 4, 1, 9, tzinfo=CHINA) + timedelta(days=day - 1)))
        said = Client().get("/supervisions").content.decode()
        assert ("4月2日摘牌" in said) is public, day
    assert "/supervisions" in Client().get("/penalties").content.decode()


def listed(one, danger_id, **changed):
    given = {"issuer": "区安委办", "supervisor": "何岚", "due_on": "2026-04-01",
             "notice": "限期整改", "title": "楼道堆物"} | changed  # fmt: skip
    return one.browser.post(f"/dangers/{danger_id}/supervision", given, follow=True)


def test_of_a_danger_that_no_enterprise_has_the_street_is_public_and_not_who_was_typed(people):
    grid, officer = people["grid"], people["officer"]
    find = Find(key="p1", title="李大明家楼道堆物", area_code="500106004001", sector="fire",
                unit="李大明（13812345678）", source=Source.PATROL)  # fmt: skip
    pk = actions.find_danger(grid.actor, grid.person, find)
    take(people["fire"], actions.grade_danger, pk, grade=Grade.MAJOR, clause="第三条")
    assert 'name="unit"' not in officer.browser.get(f"/dangers/{pk}").content.decode()
    refused = listed(officer, pk, notice="请拨打 138 1234 5678").content.decode()
    assert "请勿写入电话或证件号码" in refused
    assert "只公开所在镇街" in listed(officer, pk, unit="李大明").content.decode()
    assert not Supervision.objects.exists()
    listed(officer, pk)
    page = Client().get("/supervisions").content.decode()
    assert "磁器口街道" in page
    assert "楼道堆物" in page
    assert "李大明" not in page
    assert "138" not in page


def test_what_was_published_stays_as_its_issuer_confirmed_it(people, works, found):
    officer = people["officer"]
    take(people["industry"], actions.grade_danger, found, grade=Grade.MAJOR, clause="工贸 第4条")
    offered = officer.browser.get(f"/dangers/{found}").content.decode()
    assert 'name="unit" maxlength="120" value="鑫源五金厂"' in offered
    assert 'name="title" maxlength="120" value="抛光间粉尘积厚超 1 mm"' in offered
    listed(officer, found, title="抛光间粉尘积厚", unit="鑫源五金厂")
    correct_enterprise(officer.actor, works, {"name": "李大明的厂"})
    relay_events()
    actions.correct_danger(
        officer.actor, officer.person, found, {"title": "找李大明"}, reason="更正"
    )
    page = Client().get("/supervisions").content.decode()
    assert "鑫源五金厂" in page
    assert "抛光间粉尘积厚" in page
    assert "李大明" not in page
