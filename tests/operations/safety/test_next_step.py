"""A danger's file says whose turn it is, and what keeps one from the step that leads on."""

import pytest
from tests.operations.safety.conftest import photograph

from anlan.operations.safety import actions
from anlan.operations.safety.actions import Find
from anlan.operations.safety.models import Danger
from anlan.operations.safety.rules.next_step import Standing, turn
from anlan.operations.safety.rules.states import Source, State

pytestmark = pytest.mark.django_db(databases="__all__")
FIVE = {
    "responsibility": "唐勇", "measures": "换光栅", "funds": "1.2", "time": "十日",
    "contingency": "停用",
}  # fmt: skip


@pytest.fixture
def major(people, works):
    """A major danger that the enterprise works on: planned, begun, not reported anywhere."""
    find = Find(key="k1", title="抛光间粉尘积厚", area_code="500106004", sector="industry",
                source=Source.INSPECTION, enterprise_id=works)  # fmt: skip
    pk = actions.find_danger(people["industry"].actor, people["industry"].person, find)
    page, manager = people["industry"].browser, people["manager"]
    page.post(f"/dangers/{pk}/step", {"verb": "grade", "grade": "MAJOR", "clause": "第十一条"})
    page.post(f"/dangers/{pk}/step", {"verb": "assign", "rectifier": str(manager.account.pk),
                                      "due_on": "2026-03-20"})  # fmt: skip
    manager.browser.post(f"/dangers/{pk}/step", {"verb": "plan", **FIVE})
    manager.browser.post(f"/dangers/{pk}/step", {"verb": "begin"})
    assert Danger.objects.get(pk=pk).state == State.RECTIFYING
    return pk


def test_who_rectifies_reads_what_the_report_still_lacks(people, major):
    """Nothing offered the report, and nothing said why: the page just ended."""
    manager = people["manager"]
    shown = manager.browser.get(f"/dangers/{major}").content.decode()
    assert 'value="submit"' not in shown
    assert "还差" in shown
    assert "请补一张整改后的照片" in shown
    assert "重大隐患须先完成“双报告”" in shown
    photograph(manager, major, "after")
    shown = manager.browser.get(f"/dangers/{major}").content.decode()
    assert "请补一张整改后的照片" not in shown


def test_who_only_reads_is_told_whose_turn_it_is_and_nothing_that_they_could_not_do(people, major):
    shown = people["grid"].browser.get(f"/dangers/{major}").content.decode()
    assert "下一步" in shown
    assert "manager整改并上报" in shown
    assert "还差" not in shown


def test_the_history_tells_a_deadline_as_a_day(people, major):
    shown = people["grid"].browser.get(f"/dangers/{major}").content.decode()
    assert "期限 3月20日" in shown
    assert "2026-03-20" not in shown


def test_who_decides_on_more_time_reads_until_when_it_is_asked_for(people, major):
    """The reason stood there and the old deadline: not the day that the leader signs for."""
    asked = {
        "verb": "ask for more time", "until": "2026-03-28", "controls": "停用", "reason": "缺配件",
    }  # fmt: skip
    people["manager"].browser.post(f"/dangers/{major}/step", asked)
    shown = people["industry"].browser.get(f"/dangers/{major}").content.decode()
    assert "申请延至 3月28日" in shown


def test_a_found_danger_names_the_unit_that_grades_it_and_an_own_find_its_enterprise():
    who, sentence = turn(Standing(State.FOUND, source=Source.PATROL))
    assert (who, sentence % {"who": "商务委"}) == ("regulator", "商务委: grade it")
    assert turn(Standing(State.FOUND, source=Source.SELF_CHECK))[0] == "rectifier"
    assert turn(Standing(State.SUBMITTED, "MAJOR", Source.SELF_CHECK))[0] == "supervisor"
    assert "countersign" in turn(Standing(State.ACCEPTED, "MAJOR"))[1]
    assert "close" in turn(Standing(State.ACCEPTED, "MAJOR", countersigned=True))[1]
    assert [turn(Standing(one)) for one in (State.CLOSED, State.TO_ENFORCEMENT)] == [None, None]
