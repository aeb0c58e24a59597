"""Planned inspections: made at night, spread, on the right list, done by a check, never hidden."""

import json
from datetime import date, datetime, timedelta

import pytest
from tests.operations.checks.conftest import checker, ok, submission
from tests.operations.risks.conftest import CODE, Worker
from tests.operations.safety.conftest import PEOPLE

from anlan.operations.checks.actions import (
    SingleCheck,
    end_plan,
    make_plan,
    make_tasks,
    plan_single,
    submit_check,
)
from anlan.operations.checks.models import CheckTask, InspectionPlan, InspectionTask
from anlan.operations.checks.queries import inspected
from anlan.operations.checks.queries.scope import tasks_in
from anlan.operations.checks.rules.plans import Aim, aimed_at, spread, stretch
from anlan.operations.deadlines.actions import remind
from anlan.operations.deadlines.queries import desk
from anlan.operations.messaging.models import Delivery
from anlan.operations.people.actions import relay_events, unseal_text
from anlan.operations.people.models import Account
from anlan.operations.safety.actions import correct_enterprise
from anlan.operations.safety.models import Enterprise
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock
from anlan.vocabulary.transitions import Refused

VALUES = {"name": "月查", "area_code": "500106004", "months": "1"}
ALL = ("exit", "wiring", "drill", "law-officer")
# Whoever regulates plans, in territory and sector of the own unit; nobody else.
MAY = {"officer": "500106", "street": "500106004", "industry": "500106"}


def later(days):
    clock.use(DrillClock(clock.now() + timedelta(days=days)))


@pytest.mark.parametrize("name", [*PEOPLE])
def test_who_plans(library, works, people, name):
    one = people[name]
    values = VALUES | {"area_code": MAY.get(name, "500106004"), "sector": one.scope.sector or ""}
    if name in MAY or name in ("other_street", "fire"):
        wrong = {"other_street": "own territory"}.get(name)
        if wrong:
            with pytest.raises(Refused, match=wrong):
                make_plan(checker(one), values)
            return
        make_plan(checker(one), values)
        owed = InspectionTask.objects.values_list("enterprise", "begins_on", "due_on")
        expected = [] if name == "fire" else [(works, date(2026, 3, 1), date(2026, 3, 31))]
        assert list(owed) == expected
        return
    with pytest.raises(Refused, match="does not plan"):
        make_plan(checker(one), values)


def test_who_plans_for_the_district_chooses_all_of_it_on_the_page(library, works, people):
    form = VALUES | {"area_code": "500106", "sector": "industry", "use": "enforcement"}
    browser = people["industry"].browser
    assert '<option value="500106" selected>' in browser.get("/checks/plans").content.decode()
    assert browser.post("/checks/plans", form).status_code == 303
    assert InspectionPlan.objects.get().area_code == "500106"


def test_a_department_plans_for_its_own_sector(library, works, people):
    with pytest.raises(Refused, match="own sector"):
        make_plan(checker(people["industry"]), VALUES | {"area_code": "500106", "sector": "fire"})


def test_an_inspection_of_the_unit_does_what_is_planned_and_no_other(task, works, people):
    make_plan(checker(people["street"]), VALUES)
    one = InspectionTask.objects.get()
    assert "计划检查 1 家企业" in [x.title for x in desk(people["street"].scope)]
    pack = people["street"].browser.get("/fieldwork/pack").json()
    assert [p["due_on"] for p in pack["enterprises"]] == ["2026-03-31"]
    submit_check(checker(people["officer"]), submission(task, ok(*ALL), task_id=None))
    assert InspectionTask.objects.get().done_at is None
    submit_check(checker(people["grid"]), submission(task, ok(*ALL), "b" * 32, task_id=None))
    one.refresh_from_db()
    assert (one.done_by_name, one.record.key) == ("grid", "b" * 32)
    assert "计划检查 1 家企业" not in [x.title for x in desk(people["street"].scope)]
    month = date(2026, 3, 1), date(2026, 3, 31)
    assert [(c.due, c.done) for c in inspected(people["street"].scope, *month, "unit")] == [(1, 1)]
    later(30)
    make_tasks()
    assert InspectionTask.objects.count() == 2


@pytest.mark.parametrize(("often", "owed"), [
    ("1d", ["03-02", "03-03", "03-04", "03-05", "03-06", "03-09"]),
    ("7d", ["03-08", "03-15"]),
])  # fmt: skip
def test_a_department_inspects_daily_on_working_days_or_weekly(library, works, people, often, owed):
    """From Monday the 2nd of March to the Monday after: five working days, a weekend, one more."""
    make_plan(checker(people["industry"]), VALUES | {
        "area_code": "500106", "sector": "industry", "months": often})  # fmt: skip
    for _ in range(7):
        later(1)
        make_tasks()
    tasks = InspectionTask.objects.order_by("due_on")
    assert [f"{one.due_on:%m-%d}" for one in tasks] == owed
    assert all(one.due_on >= one.planned_on for one in tasks)
    page = people["industry"].browser.get("/checks/plans").content.decode()
    assert {"1d": "每个工作日", "7d": "每周"}[often] in page


def test_a_grid_workers_plan_is_not_done_by_the_office(task, works, people):
    make_plan(checker(people["street"]), VALUES | {"role": "grid_worker"})
    submit_check(checker(people["street"]), submission(task, ok(*ALL), task_id=None))
    assert InspectionTask.objects.get().done_at is None
    assert people["street"].browser.get("/fieldwork/pack").json()["enterprises"][0]["due_on"] == ""


def test_ending_a_plan_does_not_hide_what_is_late(task, works, people):
    plan = make_plan(checker(people["street"]), VALUES)
    with pytest.raises(Refused, match="no such plan of your unit"):
        end_plan(checker(people["other_street"]), plan)
    later(31)
    make_tasks()
    end_plan(checker(people["street"]), plan)
    assert [one.due_on for one in InspectionTask.objects.all()] == [date(2026, 3, 31)]
    assert InspectionPlan.objects.get().ended_at is not None


def test_the_pages_show_ones_own_sight_and_no_enterprise_learns_when_somebody_comes(
    task, works, people
):
    form = {**VALUES, "sector": "", "level": "", "role": "", "use": "enforcement"}
    street = people["street"].browser
    assert street.post("/checks/plans", form | {"area_code": "500106002"}).status_code == 422
    assert street.post("/checks/plans", form).status_code == 303
    for name, seen in (("street", 1), ("officer", 1), ("industry", 1), ("fire", 0),
                       ("other_street", 0), ("manager", 0)):  # fmt: skip
        browser = people[name].browser
        page = browser.get("/checks/inspections?view=&q=")
        assert page.context["page"].count == seen, name
        assert browser.get("/api/v1/inspections").json()["count"] == seen, name
        assert browser.get("/checks/plans").status_code == 200
        assert browser.get("/checks/inspections/export").status_code == 200
    asked = "/api/v1/inspection-coverage?since=2026-03-01&until=2026-03-31&by=level"
    assert street.get(asked).json()[0]["due"] == 1
    assert Enterprise.objects.get(credit_code=CODE).pk == works


def test_a_plan_is_spread_over_its_period():
    assert stretch("6", date(2026, 11, 2)) == (date(2026, 7, 1), date(2026, 12, 31))
    days = [date(2026, 3, n) for n in (2, 3, 4)]
    assert spread(6, days) == [days[0], days[0], days[1], days[1], days[2], days[2]]
    assert spread(1, days) == [days[0]]
    aim = Aim("500106004", "industry", "2")
    assert aimed_at(aim, "500106004001", "industry", 2)
    for other in (("500106002", "industry", 2), ("500106004", "fire", 2),
                  ("500106004", "industry", None), ("500106004", "industry", 1)):  # fmt: skip
        assert not aimed_at(aim, *other)


def single(works, **given):
    said = {"enterprise_id": works, "use": "enforcement", "why": "举报后专项检查",
            "due_on": clock.today() + timedelta(days=3)}  # fmt: skip
    return SingleCheck(**said | given)


@pytest.mark.parametrize("name", [*PEOPLE])
def test_who_plans_a_check_of_one_enterprise(library, works, people, name):
    one = people[name]
    if name in ("officer", "street", "industry"):
        plan_single(checker(one), single(works))
        task = InspectionTask.objects.get()
        assert (task.enterprise_id, task.planned_on) == (works, clock.today())
        assert task.due_on == clock.today() + timedelta(days=3)
        return
    unseen = name in ("other_street", "fire")
    with pytest.raises(Refused, match="within your sight" if unseen else "does not plan"):
        plan_single(checker(one), single(works))
    assert not InspectionPlan.objects.exists()


def test_a_single_check_is_on_the_desk_of_who_goes_until_it_is_done_and_then_planned_no_more(
    task, works, people
):
    plan_single(checker(people["street"]), single(works, inspector_id=people["grid"].account.pk))
    assert "计划检查 1 家企业" in [x.title for x in desk(people["grid"].scope)]
    assert "计划检查 1 家企业" not in [x.title for x in desk(people["street"].scope)]
    pack = people["grid"].browser.get("/fieldwork/pack").json()
    assert pack["enterprises"][0]["due_on"] == f"{clock.today() + timedelta(days=3)}"
    with pytest.raises(Refused, match="already"):
        plan_single(checker(people["street"]), single(works))
    later(1)
    make_tasks()
    assert InspectionTask.objects.get().inspector_id == people["grid"].account.pk
    later(4)
    make_tasks()
    page = people["street"].browser.get("/checks/inspections?view=late&whose=unit")
    assert "举报后专项检查" in page.content.decode()
    submit_check(checker(people["grid"]), submission(task, ok(*ALL), "c" * 32, task_id=None))
    assert InspectionTask.objects.get().done_by_name == "grid"
    assert InspectionPlan.objects.get().ended_at is not None
    assert "计划检查 1 家企业" not in [x.title for x in desk(people["grid"].scope)]
    plan_single(checker(people["street"]), single(works))


def test_a_single_check_is_refused_with_the_reason(library, works, people):
    street = checker(people["street"])
    for given, why in (
        ({"why": " "}, "Say why"), ({"use": "self"}, "what the check is for"),
        ({"due_on": clock.today() - timedelta(days=1)}, "has passed"),
        ({"enterprise_id": 987654}, "within your sight"),
        ({"inspector_id": people["officer"].account.pk}, "your own unit"),
        ({"inspector_id": people["grid"].account.pk, "use": "review"}, "Grid workers"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            plan_single(street, single(works, **given))
    assert not InspectionPlan.objects.exists()


def test_a_single_check_is_planned_on_its_page_and_ended_on_the_list(library, works, people):
    browser = people["street"].browser
    assert "鑫源五金厂" in browser.get(f"/checks/plans/single?enterprise={works}").content.decode()
    form = {"enterprise": works, "use": "enforcement", "why": "节前专项检查",
            "due_on": f"{clock.today()}", "inspector": people["grid"].account.pk}  # fmt: skip
    for wrong in ({"due_on": "明天"}, {"enterprise": ""}, {"inspector": "x"}):
        answer = browser.post("/checks/plans/single", form | wrong)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
    assert browser.post("/checks/plans/single", form).status_code == 303
    plans = browser.get("/checks/plans").content.decode()
    for word in ("节前专项检查", "鑫源五金厂", "grid"):
        assert word in plans
    browser.post(f"/checks/plans/{InspectionPlan.objects.get().pk}/end")
    assert not InspectionTask.objects.exists()
    assert people["grid"].browser.get("/checks/plans/single").status_code == 403


def test_what_is_owed_of_an_enterprise_follows_its_file_and_what_is_done_or_late_does_not(
    library, works, people
):
    street, other, today = people["street"], people["other_street"], clock.today()
    make_plan(checker(street), VALUES)
    make_plan(checker(people["industry"]), VALUES | {"area_code": "500106", "sector": "industry"})
    make_tasks()
    with_late = {"enterprise_id": works, "cycle": "daily", "unit": "鑫源五金厂",
                 "sector": "industry", "area_code": "500106004001"}  # fmt: skip
    late = CheckTask.objects.create(begins_on=today - timedelta(3), due_on=today - timedelta(3),
                                    **with_late)  # fmt: skip
    correct_enterprise(people["officer"].actor, works, {"area_code": "500106002"})
    relay_events()
    mine = tasks_in(other.scope).filter(enterprise=works)
    assert {one.due_on >= today for one in mine} == {True}
    assert list(tasks_in(street.scope).filter(enterprise=works)) == [late]
    owed = InspectionTask.objects.filter(enterprise=works)
    assert [(one.organisation, one.area_code) for one in owed] == [("industry", "500106002")]
    assert not [one for one in desk(street.scope) if one.key.startswith("checks:planned")]
    make_plan(checker(other), VALUES | {"area_code": "500106002"})
    assert InspectionTask.objects.filter(organisation="500106002", enterprise=works).exists()


def test_the_monthly_check_waits_for_the_principal_however_many_principals_there_are(
    library, works, people
):
    Account.objects.bulk_create(
        Account(username=f"p{n}", role="principal", area_code="500106") for n in range(600)
    )
    principal = Worker("principal", "principal", people["street"], works)
    make_tasks()
    items = [one.key for one in desk(principal.scope)]
    assert f"checks:own:{works}:monthly" in items
    assert f"checks:own:{works}:monthly" not in [one.key for one in desk(people["manager"].scope)]


def told():
    """Whom the day's messages went to, and what they say."""
    return {
        row.label: json.loads(unseal_text(row.personal_sealed))["slots"]["待办"]
        for row in Delivery.objects.filter(mailing__subject_id=f"{clock.today()}")
    }


def test_a_planned_inspection_is_spoken_of_before_it_is_due_and_climbs_when_it_is_late(
    library, works, people
):
    """From the grid worker who is in charge to the street's office, its leader, the committee."""
    clock.use(DrillClock(datetime(2026, 3, 2, 9, tzinfo=clock.CHINA)))
    grid = people["grid"].account.pk
    due = date(2026, 3, 4)  # a Wednesday
    plan_single(checker(people["street"]), single(works, inspector_id=grid, due_on=due))
    heard = {}
    for day in range(2, 14):
        clock.use(DrillClock(datetime(2026, 3, day, 9, tzinfo=clock.CHINA)))
        make_tasks()
        remind()
        heard[day] = {name for name, said in told().items() if "计划检查" in said}
        if day == 9:
            item = next(one for one in desk(people["grid"].scope) if "计划检查" in one.title)
            assert (item.late, item.link) == (True, "/checks/inspections?view=late")
    assert {day: names for day, names in heard.items() if names} == {
        2: {"grid"}, 3: {"grid"}, 4: {"grid"}, 5: {"grid", "street"},
        9: {"grid", "street_leader"}, 11: {"grid", "officer", "leader"},
    }  # fmt: skip
