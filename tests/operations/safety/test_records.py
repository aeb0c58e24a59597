"""Corrections are new versions; listed supervision asks for a report every month."""

from datetime import date, datetime

import pytest
from tests.operations.safety.test_loop import found, take

from anlan.operations.deadlines.queries import desk
from anlan.operations.safety import actions
from anlan.operations.safety.actions import Listing
from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.safety.rules.states import Grade
from anlan.operations.safety.rules.supervision import report_due
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]


def test_a_correction_keeps_what_the_record_said_with_who_and_why(people, found):
    was = Danger.objects.get(pk=found).title
    page, given = people["industry"].browser, {"title": "粉尘积厚 2 毫米", "place": "抛光间"}
    page.post(f"/dangers/{found}/correct", given)
    assert Danger.objects.get(pk=found).title == was, "without a reason nothing is changed"
    page.post(f"/dangers/{found}/correct", given | {"reason": "测量有误"})
    danger = Danger.objects.get(pk=found)
    step = danger.steps.latest("id")
    assert (danger.title, step.said["before"]["title"], step.reason) == (
        "粉尘积厚 2 毫米", was, "测量有误")  # fmt: skip
    shown = page.get(f"/dangers/{found}").content.decode()
    assert was in shown
    assert "测量有误" in shown
    firm = people["manager"]
    with pytest.raises(Refused):
        actions.correct_danger(firm.actor, firm.person, found, {"title": "无"}, reason="x")
    assert people["other_street"].browser.post(
        f"/dangers/{found}/correct", given
    ).status_code == 404  # fmt: skip


def test_a_corrected_enterprise_says_why(people, works):
    page = people["industry"].browser
    form = page.get(f"/enterprises/{works}/correct")
    given = dict(form.context["entered"].values) | {"address": "井口工业园 B1", "reason": "搬迁",
                                                    "seen": "0"}  # fmt: skip
    assert page.post(f"/enterprises/{works}/correct", given).status_code == 303
    version = Enterprise.objects.get(pk=works).versions.get()
    assert (version.before, version.reason) == ({"address": "井口工业园 A3"}, "搬迁")


@pytest.mark.parametrize(
    ("listed_on", "given", "due"),
    [
        (date(2026, 1, 31), 0, date(2026, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 3, 31)),
        (date(2026, 11, 30), 1, date(2027, 1, 30)),
        (date(2026, 12, 5), 0, date(2027, 1, 5)),
    ],
)
def test_progress_is_due_every_month(listed_on, given, due):
    assert report_due(listed_on, given) == due


def test_a_listed_danger_asks_its_unit_for_a_report_each_month_until_it_is_ended(people, found):
    officer, unit = people["officer"], people["industry"]
    take(unit, actions.grade_danger, found, grade=Grade.MAJOR, clause="第三条")
    listing = Listing(issuer_name="区安委办", supervisor="何岚", due_on=date(2026, 6, 1),
                      notice="公示", title="粉尘积厚", unit="鑫源五金厂")  # fmt: skip
    actions.list_danger(officer.actor, officer.person, found, listing)

    def due():
        return [f"{i.due_at.astimezone(CHINA):%m-%d}" for i in desk(unit.scope)
                if i.kind == "supervision"]  # fmt: skip

    assert due() == ["04-02", "06-01"], "the report and the deadline of the listing"
    with pytest.raises(Refused):
        take(people["fire"], actions.report_progress, found, progress="好")
    page = unit.browser
    page.post(f"/dangers/{found}/progress", {"progress": "除尘器已订货"})
    assert due() == ["05-02", "06-01"]
    assert "除尘器已订货" in page.get(f"/dangers/{found}").content.decode()
    with pytest.raises(Refused):
        take(unit, actions.report_progress, found, progress="又一次")
    clock.use(DrillClock(datetime(2026, 4, 3, 9, tzinfo=CHINA)))
    take(unit, actions.report_progress, found, progress="已安装")
    Danger.objects.filter(pk=found).update(state="ACCEPTED")
    take(officer, actions.delist_danger, found, finding="合格")
    assert due() == []
