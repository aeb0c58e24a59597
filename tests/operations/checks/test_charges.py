"""Who inspects what: one's own list, what nobody has, and a review as a check of its own."""

import io
from datetime import date

import pytest
from openpyxl import Workbook
from tests.operations.checks.conftest import checker, ok, submission
from tests.operations.safety.conftest import CODE

from anlan.operations.checks.actions import (
    Answer,
    NewCharge,
    end_charge,
    make_plan,
    put_in_charge,
    submit_check,
)
from anlan.operations.checks.models import Charge, CheckRecord, InspectionTask
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.models import Account, AuditEntry
from anlan.operations.safety.models import Danger
from anlan.vocabulary.transitions import Refused

PLAN = {"name": "网格走访", "area_code": "500106004", "months": "3", "role": "grid_worker"}
ALL = ("exit", "wiring", "drill", "law-officer")


@pytest.fixture
def second(people):
    """Another grid worker of the same street, of another community."""
    new = NewAccount(username="grid2", password="a long demo password", display_name="grid2",
                     role="grid_worker", organisation_code="500106004",
                     area_code="500106004001")  # fmt: skip
    return Account.objects.get(pk=open_account(PLATFORM, new))


def titles(one):
    return sorted(item.title for item in desk(one.scope) if item.kind == "check")


def test_what_somebody_is_in_charge_of_is_in_their_list_and_in_nobody_elses(
    library, works, people, second
):
    street, grid = checker(people["street"]), people["grid"]
    make_plan(street, PLAN)
    assert "1 项计划检查还没有责任网格员" in titles(people["street"])
    assert grid.browser.get("/fieldwork/pack").json()["enterprises"][0]["due_on"]
    put_in_charge(street, NewCharge(account_id=second.pk, area_code="500106004001"))
    assert titles(people["street"]) == titles(grid) == []
    assert not grid.browser.get("/fieldwork/pack").json()["enterprises"][0]["due_on"]
    assert grid.browser.get("/checks/inspections").context["page"].count == 0
    assert grid.browser.get("/checks/inspections?view=&whose=unit").context["page"].count == 1
    named = NewCharge(account_id=grid.account.pk, enterprise_id=works)
    assert put_in_charge(street, named) == "new"
    trail = AuditEntry.objects.count()
    assert (put_in_charge(street, named), AuditEntry.objects.count()) == ("same", trail)
    assert InspectionTask.objects.get().inspector_id == grid.account.pk
    assert titles(grid) == ["计划检查 1 家企业"]
    end_charge(street, Charge.objects.get(enterprise=works, ended_at=None).pk)
    assert InspectionTask.objects.get().inspector_id == second.pk
    submit_check(checker(grid), submission(type("T", (), {"enterprise_id": works, "pk": None}),
                                           ok(*ALL)))  # fmt: skip
    assert InspectionTask.objects.get().done_by_name == "grid"
    assert Charge.objects.filter(ended_at=None).count() == 1


def test_assignments_come_in_by_a_file_and_what_is_wrong_is_said(library, works, people):
    book = Workbook()
    head = ["检查责任人登录名", "统一社会信用代码", "区域代码"]
    for row in (head, ["grid", CODE, ""], ["grid", "", "500106004001"],
                ["grid", "91350100M000100Y44", ""], ["officer", CODE, ""],
                ["grid", "", "500106002"]):  # fmt: skip
        book.active.append(row)
    sink = io.BytesIO()
    book.save(sink)
    page = people["street"].browser
    sink.seek(0)
    sink.name = "who.xlsx"
    address = page.post("/checks/inspectors/import", {"file": sink}).headers["Location"]
    look = page.get(address).context["look"]
    assert (look.new, look.wrong, Charge.objects.count()) == (2, 3, 0)
    page.post(f"{address}/take")
    assert Charge.objects.count() == 2
    assert people["grid"].browser.get("/checks/inspectors/import").status_code == 403
    assert people["manager"].browser.get("/checks/inspectors").context["page"].count == 0
    listed = people["officer"].browser.get("/checks/inspectors")
    assert (listed.context["page"].count, listed.context["mine"]) == (2, frozenset())
    form = {"inspector": str(people["street"].account.pk), "enterprise": str(works)}
    assert page.post("/checks/inspectors", form).status_code == 303
    assert page.post("/checks/inspectors", {"inspector": "1"}).status_code == 422
    charge = Charge.objects.get(account=people["street"].account, ended_at=None)
    assert people["officer"].browser.post(f"/checks/inspectors/{charge.pk}/end").status_code == 303
    assert page.post(f"/checks/inspectors/{charge.pk}/end").status_code == 303
    assert people["other_street"].browser.post("/checks/inspectors/1/end").status_code == 404
    charge.refresh_from_db()
    assert charge.ended_by_name == "street"


def test_a_review_does_what_a_plan_of_reviews_owes_and_finds_dangers(task, works, people):
    street = checker(people["street"])
    make_plan(street, PLAN | {"name": "评审", "use": "review", "role": "", "months": "36"})
    make_plan(street, PLAN | {"name": "月查", "role": "", "months": "1"})
    with pytest.raises(Refused, match="Grid workers do not review"):
        make_plan(street, PLAN | {"name": "错", "use": "review"})
    owed = InspectionTask.objects.get(plan__use="review")
    assert (owed.begins_on, owed.due_on) == (date(2025, 1, 1), date(2027, 12, 31))
    (place,) = people["street"].browser.get("/fieldwork/pack").json()["enterprises"]
    assert (place["review_codes"], place["due_on"]) == (place["codes"], "2026-03-31")
    assert (
        not people["grid"].browser.get("/fieldwork/pack").json()["enterprises"][0]["review_codes"]
    )
    found = ok(*ALL) | {"wiring": Answer("not_ok", "乱接", confirmed=True)}
    for n in range(2):
        given = submission(task, found, f"{n}" * 32, task_id=None, use="review")
        pk = submit_check(street, given)
    assert (Danger.objects.count(), Danger.objects.first().source) == (2, "inspection")
    done = dict(InspectionTask.objects.values_list("plan__use", "done_by_name"))
    assert done == {"review": "street", "enforcement": ""}
    page = people["street"].browser.get(f"/checks/{pk}").content.decode()
    assert "适用 4 项，符合 3 项" in page
    assert people["officer"].browser.get("/checks?use=review").context["page"].count == 2
    assert CheckRecord.objects.filter(use="enforcement").count() == 0
