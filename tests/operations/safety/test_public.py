"""Everybody reads which major dangers are under listed supervision, and no person's name."""

from datetime import date, datetime

import pytest
from django.test import Client
from tests.operations.safety.test_loop import assign, found, take

from anlan.operations.safety import actions
from anlan.operations.safety.actions import Listing
from anlan.operations.safety.models import Danger
from anlan.operations.safety.rules.states import Grade
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]


def test_a_listed_supervision_is_public_without_a_login_until_and_after_it_is_delisted(
    people, found
):
    officer = people["officer"]
    assert "目前没有挂牌督办的隐患" in Client().get("/supervisions").content.decode()
    take(people["industry"], actions.grade_danger, found, grade=Grade.MAJOR, clause="工贸 第4条")
    assign(people, found)
    Danger.objects.update(place="金蓉正街 20 号", description="王五在场")
    listing = Listing(issuer_name="区安委办", supervisor="何岚", due_on=date(2026, 4, 1),
                      notice="限期清除积尘，停产整改。")  # fmt: skip
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
    assert "4月2日摘牌" in Client().get("/supervisions").content.decode()
    assert "/supervisions" in Client().get("/penalties").content.decode()
