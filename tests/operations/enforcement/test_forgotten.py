"""What an older version left without an item on a desk gets one the night after, once."""

from datetime import date

import pytest
from tests.operations.enforcement.conftest import at, certificate
from tests.operations.enforcement.test_handed import TITLE, danger, waits
from tests.operations.enforcement.test_penalties import fined, warned
from tests.operations.enforcement.test_procedure import with_the_court

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.enforcement.actions import ask_for_forgotten_cases
from anlan.operations.enforcement.models import Case, LegalTerm
from anlan.operations.enforcement.queries.waiting import unasked
from anlan.operations.people.models import AuditEntry
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["danger"]
OFFICERS = ("officer", "partner", "third", "expired")


def open_items():
    return WorkItem.objects.filter(done_at=None)


def test_a_danger_handed_over_before_it_was_asked_for_waits_on_the_officers_desk(people, danger):
    """Handed over on Monday the 2nd of March: taken up within five working days."""
    WorkItem.objects.all().delete()
    at(2026, 3, 3, 1)
    assert (unasked(), ask_for_forgotten_cases(), ask_for_forgotten_cases()) == (1, 1, 0)
    asked = [(TITLE, f"/dangers/{danger}", "03-09")]
    assert waits(people) == dict.fromkeys(OFFICERS, asked)
    assert open_items().count() == 1


def test_a_case_planned_for_such_a_danger_gets_its_day_and_the_danger_no_item_of_its_own(
    people, danger
):
    at(2026, 3, 4, 9)
    form = {"key": "f1", "title": "拒不整改", "party": "便民商店", "party_kind": "unit",
            "area_code": "500106004", "danger": danger,
            "officers": [certificate("officer"), certificate("partner")]}  # fmt: skip
    assert people["officer"].browser.post("/cases/new", form).status_code == 303
    case = Case.objects.get().pk
    WorkItem.objects.all().delete()
    WorkItem.objects.create(key=f"case:{case}", kind="case", title="x", action="x", link="/x",
                            right="enforcement.handle", area_code="500106004",
                            opened_at="2026-03-04T01:00Z")  # fmt: skip
    at(2026, 3, 5, 1)
    assert (ask_for_forgotten_cases(), ask_for_forgotten_cases()) == (1, 0)
    assert waits(people) == {"officer": [("执法检查：拒不整改", f"/cases/{case}", "03-11")]}
    assert open_items().count() == 1


@pytest.mark.parametrize("lost", [{"done_at": "2026-03-02T10:00Z"}, {"due_at": None}])
def test_a_warning_that_is_served_has_its_day_on_a_desk_again(people, lost):
    case = warned(people)
    key = f"case:{case}"
    assert open_items().get(key=key).due_at == clock.end_of(date(2026, 3, 12))
    WorkItem.objects.filter(key=key).update(**lost)
    at(2026, 3, 3, 1)
    assert (ask_for_forgotten_cases(), ask_for_forgotten_cases()) == (1, 0)
    assert open_items().get(key=key).due_at == clock.end_of(date(2026, 3, 12))


@pytest.mark.parametrize("state", ["SERVED", "COURT_ENFORCEMENT"])
def test_a_case_left_with_a_warning_waits_for_its_record_and_for_no_court(people, state):
    """As an older version left it when the appeal ended: for money and the court, for ever."""
    case, officer = fined(people), people["officer"]
    one, key = Case.objects.filter(pk=case), f"case:{case}"
    waits_for = one.get().dues | {"court": "2026-12-02"}
    officer.take(case, "record an appeal", kind="reconsideration", body="区政府", on="2026-03-02")
    at(2026, 4, 20, 9)
    officer.take(case, "end the appeal", outcome="changed", others="warning", on="2026-04-20",
                 reason="情节轻微")  # fmt: skip
    old = {"payment": waits_for["payment"], "court": waits_for["court"], "appeal": "2026-09-02"}
    one.update(state=state, dues=old, due_on=date(2026, 12, 2))
    open_items().filter(key=key).update(due_at=clock.end_of(date(2026, 12, 2)))
    at(2026, 4, 21, 1)
    assert (unasked(), ask_for_forgotten_cases(), ask_for_forgotten_cases()) == (1, 1, 0)
    file = officer.browser.get(f"/api/v1/cases/{case}").json()
    assert {row["key"]: row["on"] for row in file["running"]} == {
        "appeal": "2026-09-02", "execution": "2026-04-30"}  # fmt: skip
    assert file["case"]["due_on"] == "2026-04-30"
    assert open_items().get(key=key).due_at == clock.end_of(date(2026, 4, 30))
    officer.take(case, "execute", how="已当场警告")
    assert one.get().state == "EXECUTED"


def test_a_wait_that_cannot_be_ended_for_want_of_a_term_is_not_tried_again_every_hour(people):
    """The district says how long the record may take from May on only; the case is of March."""
    case = warned(people)
    Case.objects.filter(pk=case).update(dues={"court": "2026-12-02"}, due_on=date(2026, 12, 2))
    open_items().filter(key=f"case:{case}").update(due_at=clock.end_of(date(2026, 12, 2)))
    term = LegalTerm.objects.filter(key="execution")
    known = term.values_list("valid_from", flat=True).get()
    term.update(valid_from=date(2026, 5, 1))
    at(2026, 5, 4, 1)
    before = AuditEntry.objects.count()
    assert (unasked(), ask_for_forgotten_cases()) == (0, 0)
    assert AuditEntry.objects.count() == before
    term.update(valid_from=known)
    assert (unasked(), ask_for_forgotten_cases(), ask_for_forgotten_cases()) == (1, 1, 0)


def test_a_case_with_money_owed_goes_on_waiting_for_it(people):
    case = fined(people)
    before = Case.objects.filter(pk=case).values().get()
    at(2026, 4, 21, 1)
    assert (unasked(), ask_for_forgotten_cases()) == (0, 0)
    assert Case.objects.filter(pk=case).values().get() == before


def test_a_case_that_the_court_or_the_police_has_done_with_waits_on_a_desk(people, case):
    """The court ended the execution; what was ordered in March is to be re-checked since then."""
    with_the_court(people, case)
    at(2026, 11, 20, 9)
    people["leader"].take(case, "end the execution", on="2026-11-20", ground="nothing left",
                          ruling="（2026）渝0106执1号", reason="无财产可供执行")  # fmt: skip
    item = open_items().get(key=f"case:{case}")
    assert item.title == "Re-check after the case %(title)s"
    assert item.due_at == clock.end_of(date(2026, 3, 22))
    people["officer"].take(case, "recheck", finding="已停产")
    assert open_items().get(key=f"case:{case}").action == "Close the case"
    Case.objects.update(state="TRANSFERRED_CRIMINAL")
    WorkItem.objects.all().delete()
    assert ask_for_forgotten_cases() == 1
    titles = [title for title, _link, _due in waits(people)["officer"]]
    assert "已移送公安，待退回或结案：除尘系统停用" in titles


def test_cases_on_a_desk_and_cases_that_are_over_are_left_alone(people, case):
    before = list(WorkItem.objects.values())
    assert ask_for_forgotten_cases() == 0
    assert list(WorkItem.objects.values()) == before
    Case.objects.update(state="ARCHIVED")
    WorkItem.objects.all().delete()
    assert ask_for_forgotten_cases() == 0
    assert not WorkItem.objects.exists()
