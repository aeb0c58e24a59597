"""What an investigation recommends has an owner, a deadline and a result (`domain.md` 3.9)."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.operations.accidents.conftest import DAY, NOW, registered, take

from anlan.operations.accidents import actions
from anlan.operations.accidents.actions import NewLiability
from anlan.operations.accidents.models import Accident, Liability, Measure
from anlan.operations.accidents.rules.level import Figures
from anlan.operations.accidents.rules.states import State, Track
from anlan.operations.deadlines.actions import remind
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.messaging.models import Delivery
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
SAID = {"track": "supervision", "subject": "镇街安监站", "finding": "检查流于形式",
        "recommendation": "责令检查", "owner": "区纪委监委", "due_on": "2026-04-01"}  # fmt: skip


@pytest.fixture
def found(people):
    """An accident under investigation with one recommendation, due on 1 April."""
    pk = registered(people)
    Accident.objects.filter(pk=pk).update(
        state=State.INVESTIGATING, leader=people["officer"].account
    )
    step = {"verb": "find liability", **SAID}
    assert people["officer"].browser.post(f"/accidents/{pk}/step", step).status_code == 303
    return pk


def exported(one):
    """The accident's line of the export, by its headings."""
    sheet = load_workbook(BytesIO(one.browser.get("/accidents/export").content)).active
    _who, head, line = sheet.iter_rows(values_only=True)
    return dict(zip(head, line, strict=True))


def waiting():
    return WorkItem.objects.filter(key__startswith="accident-recommendation:", done_at=None)


def test_a_recommendation_waits_on_the_desk_until_its_result_is_written_down(people, found):
    item = waiting().get()
    assert item.due_at.astimezone(clock.CHINA).date() == date(2026, 4, 1)
    desk = people["officer"].browser.get("/").content.decode()
    assert "区纪委监委" in desk
    assert "镇街安监站" not in desk  # who is liable stands in the file alone
    clock.use(DrillClock(NOW.replace(month=4, day=9)))  # more than a week late
    assert remind() >= 1
    told = Delivery.objects.filter(mailing__subject_kind="digest")
    assert "officer" in {one.label for one in told}
    page = people["officer"].browser.get(f"/accidents/{found}").content.decode()
    assert page.count("超期") == 1
    take(people["officer"], actions.settle_liability, found,
         liability=Liability.objects.get().pk, result="已作出书面检查")  # fmt: skip
    assert not waiting().exists()
    assert "超期" not in people["officer"].browser.get(f"/accidents/{found}").content.decode()


@pytest.mark.parametrize(
    ("lacking", "said"),
    [({"owner": " "}, "whose"), ({"due_on": DAY - timedelta(1)}, "passed already")],
)
def test_one_without_an_owner_or_due_before_today_is_refused(people, found, lacking, said):
    new = SAID | {"track": Track.UNIT, "due_on": DAY} | lacking
    officer = people["officer"]
    with pytest.raises(Refused, match=said):
        actions.find_liability(officer.actor, officer.person, found, NewLiability(**new))
    assert Liability.objects.count() == 1


def test_what_a_superior_set_is_entered_as_it_is_and_is_late_at_once(people):
    pk, governor, officer = (
        registered(people, Figures(deaths=3)),
        people["governor"],
        people["officer"],
    )
    take(governor, actions.hand_up, pk, to="市政府")
    new = SAID | {"track": Track.UNIT, "due_on": DAY - timedelta(1)}
    actions.find_liability(officer.actor, officer.person, pk, NewLiability(**new))
    assert waiting().get().due_at < clock.now()


def test_what_a_superior_set_is_entered_also_for_a_recommendation_from_before(people):
    pk, officer = registered(people, Figures(deaths=3)), people["officer"]
    take(people["governor"], actions.hand_up, pk, to="市政府")
    actions.find_liability(
        officer.actor, officer.person, pk, NewLiability(**SAID | {"track": Track.UNIT,
                                                                  "due_on": DAY}),
    )  # fmt: skip
    Liability.objects.update(owner="", due_on=None)
    step = {"verb": "set deadline", "recommendation": Liability.objects.get().pk,
            "owner": "区纪委监委", "due_on": "2026-02-27"}  # fmt: skip
    officer.browser.post(f"/accidents/{pk}/step", step)
    one = Liability.objects.get()
    assert (one.owner, one.due_on) == ("区纪委监委", date(2026, 2, 27))
    assert waiting().get().due_at < clock.now()
    assert "超期" in officer.browser.get(f"/accidents/{pk}").content.decode()


def test_page_interface_and_export_show_owner_and_deadline_to_whom_they_concern(people, found):
    street, officer = people["street"], people["officer"]

    def told(one):
        page = one.browser.get(f"/accidents/{found}").content.decode()
        rows = one.browser.get(f"/api/v1/accidents/{found}").json()["recommendations"]
        line = exported(one)
        return (
            "区纪委监委" in page and "4月1日" in page,
            [(row["owner"], row["due_on"], row["settled_at"]) for row in rows],
            tuple(line[f"最近到期处理建议：{what}"] or "" for what in ("责任单位", "期限")),
        )

    seen = (True, [("区纪委监委", "2026-04-01", None)], ("区纪委监委", "2026-04-01"))
    assert told(officer) == seen
    assert told(street) == (False, [], ("", ""))
    Accident.objects.update(published_at=NOW)
    assert told(street) == seen


def test_one_from_before_deadlines_were_asked_for_says_that_it_has_none(people, found):
    Liability.objects.update(owner="", due_on=None)
    officer = people["officer"].browser
    assert "未设期限" in officer.get(f"/accidents/{found}").content.decode()
    rows = officer.get(f"/api/v1/accidents/{found}").json()["recommendations"]
    assert [(row["owner"], row["due_on"]) for row in rows] == [("", None)]
    assert exported(people["officer"])["未落实处理建议（条）"] == 1


def test_one_from_before_waits_for_a_deadline_and_then_for_its_result(people, found):
    """As an older version left it: on no desk. Who writes recommendations says whose it is."""
    Liability.objects.update(owner="", due_on=None)
    WorkItem.objects.filter(key__startswith="accident-recommendation:").delete()
    assert (actions.ask_for_forgotten_accidents(), actions.ask_for_forgotten_accidents()) == (1, 0)
    officer, one = people["officer"], Liability.objects.get()
    assert (waiting().get().due_at, waiting().get().right) == (None, "accidents.investigate")
    assert "为处理建议明确责任单位和期限：机械伤害" in officer.browser.get("/").content.decode()
    page = f"/accidents/{found}"
    assert "明确处理建议的责任单位和期限" in officer.browser.get(page).content.decode()
    assert 'value="set deadline"' not in people["governor"].browser.get(page).content.decode()
    said = {"verb": "set deadline", "recommendation": one.pk, "owner": "区纪委监委",
            "due_on": "2026-04-01"}  # fmt: skip
    assert officer.browser.post(f"{page}/step", said | {"owner": " "}).status_code == 303
    assert officer.browser.post(f"{page}/step", said | {"due_on": "2026-03-01"}).status_code == 303
    assert people["governor"].browser.post(f"{page}/step", said).status_code == 303
    one.refresh_from_db()
    assert one.due_on is None
    officer.browser.post(f"{page}/step", said)
    one.refresh_from_db()
    assert (one.owner, one.due_on) == ("区纪委监委", date(2026, 4, 1))
    item = waiting().get()
    assert item.due_at.astimezone(clock.CHINA).date() == date(2026, 4, 1)
    assert (item.right, item.parameters["owner"]) == ("accidents.track", "区纪委监委")
    told = officer.browser.get(page).content.decode()
    assert "明确了处理建议的责任单位和期限" in told
    assert 'value="set deadline"' not in told
    officer.browser.post(f"{page}/step", said | {"due_on": "2026-06-01"})
    one.refresh_from_db()
    assert one.due_on == date(2026, 4, 1)  # a deadline that stands is not put off so


def test_another_system_gives_it_its_deadline_by_the_interface(people, found):
    Liability.objects.update(owner="", due_on=None)
    given = {"recommendation": f"{Liability.objects.get().pk}", "owner": "区纪委监委",
             "due_on": "2026-04-01"}  # fmt: skip
    body = {"verb": "set deadline", "given": given}
    answers = {
        name: people[name]
        .browser.post(f"/api/v1/accidents/{found}/steps", body, content_type="application/json")
        .status_code
        for name in ("grid", "other_street", "street", "governor", "officer")
    }
    assert answers == {
        "grid": 403, "other_street": 404, "street": 409, "governor": 409, "officer": 200,
    }  # fmt: skip
    rows = people["officer"].browser.get(f"/api/v1/accidents/{found}").json()["recommendations"]
    assert [(row["owner"], row["due_on"]) for row in rows] == [("区纪委监委", "2026-04-01")]


def overdue(one):
    """Whether the list has the accident under *Overdue*."""
    page = one.browser.get("/accidents?view=overdue").content.decode()
    return "data-row" in page


def test_an_accident_whose_recommendation_is_late_is_overdue_for_whom_it_concerns(people, found):
    officer, street = people["officer"], people["street"]
    clock.use(DrillClock(NOW.replace(month=4, day=1)))
    assert not overdue(officer)
    clock.use(DrillClock(NOW.replace(month=4, day=2)))
    assert overdue(officer)
    assert not overdue(street)  # what is recommended is shown once the report is published
    Accident.objects.update(published_at=NOW)
    assert overdue(street)
    Liability.objects.update(settled_at=NOW)
    assert not overdue(officer)


def test_an_accident_whose_measure_is_late_is_overdue_until_it_is_done(people):
    pk, officer = registered(people), people["officer"]
    Accident.objects.filter(pk=pk).update(state=State.IMPLEMENTING)
    Measure.objects.create(accident_id=pk, text="加装防护罩", owner="厂", due_on=date(2026, 3, 9))
    clock.use(DrillClock(NOW.replace(day=9)))
    assert not overdue(officer)
    clock.use(DrillClock(NOW.replace(day=10)))
    assert overdue(officer)
    assert overdue(people["street"])
    Measure.objects.update(done_at=NOW)
    assert not overdue(officer)
    Measure.objects.update(done_at=None)
    Accident.objects.update(state=State.CLOSED, closed_at=NOW)
    assert not overdue(officer)
