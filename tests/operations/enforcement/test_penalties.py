"""Penalties of other kinds than a fine, alone and together: decided, said, carried out."""

import re
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.utils.translation import override
from tests.operations.enforcement.conftest import at, new_case, row
from tests.operations.enforcement.test_procedure import (
    SERVED,
    inspected,
    investigated,
    notified,
)

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.enforcement.models import Case, LegalTerm, Paper
from anlan.operations.enforcement.queries.discretion import sort_out
from anlan.operations.enforcement.queries.standing import penalty_of
from anlan.operations.enforcement.queries.state import owed, still_open
from anlan.operations.enforcement.rules.money import Range
from anlan.operations.enforcement.rules.penalties import Penalty, given_by_row, gives_a_hearing
from anlan.operations.people.actions import unseal_text
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
FINE = Range(least=Decimal(10), most=Decimal(20), law_most=Decimal(30))
NONE = Range(least=Decimal(0), most=Decimal(0), law_most=Decimal(0))
BOTH = Penalty(fine=Decimal(20), others=("warning", "stop"))


@pytest.mark.parametrize(
    ("penalty", "row", "given", "why"),
    [
        (Penalty(fine=Decimal(15), others=("stop",)), FINE, "stop", ""),
        (Penalty(fine=Decimal(15), gains=Decimal(5)), FINE, "confiscation", ""),
        (Penalty(others=("suspension",)), NONE, "suspension", ""),
        (Penalty(), FINE, "stop", "name one at least"),
        (Penalty(fine=Decimal(15), others=("licence",)), FINE, "stop", "does not give"),
        (Penalty(fine=Decimal(15), gains=Decimal(5)), FINE, "stop", "does not give"),
        (Penalty(others=("warning",)), FINE, "warning", "group discussion"),
        (Penalty(fine=Decimal(1), others=("warning",)), NONE, "warning", "gives no fine"),
    ],
)
def test_nothing_is_decided_but_what_the_row_gives(penalty, row, given, why):
    if not why:
        given_by_row(penalty, row, given, discussed=False)
        return
    with pytest.raises(Refused, match=why):
        given_by_row(penalty, row, given, discussed=False)


@pytest.mark.parametrize(
    ("penalty", "within", "heard"),
    [
        (BOTH, True, True),
        (Penalty(fine=Decimal(20), others=("warning",)), True, False),
        (Penalty(fine=Decimal(20), others=("suspension",)), False, False),
        (Penalty(fine=Decimal(21)), False, False),
        (Penalty(gains=Decimal(50)), False, True),
        (Penalty(others=("closure",)), False, True),
    ],
)
def test_what_is_heavier_than_the_notice_and_what_gives_a_hearing(penalty, within, heard):
    assert penalty.within(BOTH) == within
    assert gives_a_hearing(penalty, Decimal(50)) == heard


def test_a_stop_beside_a_fine_is_heard_discussed_decided_and_said(people, case):
    officer, leader = people["officer"], people["leader"]
    with pytest.raises(Refused, match="for how long"):
        investigated(people, case, others="stop")
    given = {"amount": "20000", "others": "stop", "terms": "三十日，抛光车间"}
    officer.take(case, "investigate", facts="停用", evidence="笔录", row=row("AQ-099-2"),
                 circumstances="1 套", **given)  # fmt: skip
    notified(people, case)
    officer.take(case, "waive", statement="无异议")
    people["legal"].take(case, "review", opinion="同意")
    with pytest.raises(Refused, match="as a group"):
        leader.take(case, "decide", **given, reasons="拒改")
    leader.take(case, "discuss", present="彭川、何岚、邓文", reasons="停产", result="同意")
    with pytest.raises(Refused, match="notify it again"):
        leader.take(case, "decide", **given | {"others": "stop,closure"}, reasons="拒改")
    page = leader.browser.get(f"/cases/{case}").content.decode()
    assert 'value="stop" checked' in page  # the form begins with what was notified
    step = {"verb": "decide", "reasons": "拒改", **given}
    leader.browser.post(f"/cases/{case}/step", step)
    officer.take(case, "serve", **SERVED)
    words = unseal_text(Paper.objects.get(case=case, kind="decision").words_sealed)
    assert "罚款人民币 20,000.00 元（大写：贰万元整）；责令停产停业（三十日，抛光车间）" in words
    amounts = re.findall(r"([\d.,]+) 元", words)
    assert len(amounts) > 2
    assert all(re.fullmatch(r"\d{1,3}(,\d{3})*\.\d\d", one) for one in amounts), amounts
    assert "| 13812342207 |" in words
    notice = unseal_text(Paper.objects.get(case=case, kind="notice").words_sealed)
    assert "| 本机关地址 |" in notice
    assert "联系电话" not in notice  # the district's file names none
    officer.take(case, "publish")
    assert "责令停产停业" in Client().get("/penalties").content.decode()
    assert "责令停产停业" in officer.browser.get("/cases?view=&others=stop").content.decode()
    assert "除尘系统停用" not in officer.browser.get("/cases?view=&others=licence").content.decode()


def test_gains_are_confiscated_beside_the_fine_and_do_not_grow(people, case):
    investigated(people, case, code="XK-019-1", amount="100000", gains="8000")
    officer, leader = people["officer"], people["leader"]
    notified(people, case)
    officer.take(case, "waive", statement="放弃")
    people["legal"].take(case, "review", opinion="同意")
    leader.take(case, "discuss", present="彭川、何岚、邓文", reasons="数额较大", result="同意")
    leader.take(case, "decide", amount="100000", gains="8000", reasons="基准内")
    officer.take(case, "serve", **SERVED)
    one = Case.objects.get(pk=case)
    assert (owed(one, date(2026, 3, 18)), still_open(one, date(2026, 3, 18))) == (103000, 111000)
    pay = {"on": "2026-03-02", "amount": "8000"}
    officer.take(case, "record a payment", of="gains", receipt="R1", **pay)
    with pytest.raises(Refused, match=r"More than is owed: 0\.00"):
        officer.take(case, "record a payment", of="gains", receipt="R2", **pay)
    with pytest.raises(Refused, match="paid in full"):
        officer.take(case, "execute", how="缴清")
    officer.take(case, "record a payment", receipt="R3", **pay | {"amount": "100000"})
    officer.take(case, "execute", how="缴清")


def test_a_warning_is_given_on_the_spot_and_is_done_when_it_is_served(people):
    case = new_case(people, kind="person", party={"name": "张建国", "id_number": "5001061980"})
    inspected(people, case)
    officer, spot = people["officer"], {"facts": "违章", "statement": "无异议"}
    with pytest.raises(Refused, match="does not give"):
        officer.take(case, "fine on the spot", row=row("AQ-YH-P"), others="warning", amount="100",
                     **spot)  # fmt: skip
    officer.take(case, "fine on the spot", row=row("BF-045-P"), others="warning", **spot)
    officer.take(case, "serve", **SERVED)
    one = Case.objects.get(pk=case)
    assert (one.fine, one.others, "payment" in one.dues) == (0, "warning", False)
    words = unseal_text(Paper.objects.get(case=case, kind="summary_decision").words_sealed)
    assert "当场给予下列行政处罚：警告。" in words
    assert "缴纳" not in words
    officer.take(case, "execute", how="已当场警告")
    assert Case.objects.get(pk=case).state == "EXECUTED"


def warned(people):
    """A case with a warning alone, served on 2 March."""
    case = new_case(people, kind="person", party={"name": "张建国", "id_number": "5001061980"})
    inspected(people, case)
    spot = {"facts": "违章", "statement": "无异议", "others": "warning"}
    people["officer"].take(case, "fine on the spot", row=row("BF-045-P"), **spot)
    people["officer"].take(case, "serve", **SERVED)
    return case


def test_a_warning_that_is_served_waits_for_its_record_until_a_day_and_is_late_after_it(people):
    case = warned(people)
    item = WorkItem.objects.filter(key=f"case:{case}", done_at=None)
    assert item.get().due_at.date() == date(2026, 3, 12)
    leader = people["leader"].browser
    number = Case.objects.get(pk=case).number
    people["officer"].take(case, "publish")
    at(2026, 3, 12, 12)
    assert number not in leader.get("/cases?view=late").content.decode()
    at(2026, 3, 13, 9)
    assert number in leader.get("/cases?view=late").content.decode()
    people["officer"].take(case, "execute", how="已当场警告")
    assert number not in leader.get("/cases?view=late").content.decode()
    assert item.get().due_at.date() == date(2026, 3, 23)  # the re-check, ten days on


def test_an_appeal_does_not_take_the_day_from_a_warning(people):
    case = warned(people)
    people["officer"].take(case, "record an appeal", kind="reconsideration", body="区政府",
                           on="2026-03-02")  # fmt: skip
    assert WorkItem.objects.get(key=f"case:{case}", done_at=None).due_at.date() == date(2026, 3, 12)


def fined(people):
    """A person fined 200 yuan and warned, served on 2 March."""
    case = new_case(people, kind="person", party={"name": "张建国", "id_number": "5001061980"})
    inspected(people, case)
    officer = people["officer"]
    officer.take(case, "fine on the spot", row=row("BF-045-P"), facts="违章", statement="无异议",
                 others="warning", amount="200")  # fmt: skip
    officer.take(case, "serve", **SERVED)
    return case


@pytest.mark.parametrize("state", ["SERVED", "COURT_ENFORCEMENT"])
def test_an_appeal_that_leaves_a_warning_alone_ends_the_wait_for_money_and_court(people, state):
    case, officer = fined(people), people["officer"]
    item = WorkItem.objects.filter(key=f"case:{case}", done_at=None)
    officer.take(case, "record an appeal", kind="reconsideration", body="区政府", on="2026-03-02")
    officer.take(case, "publish")
    at(2026, 4, 20, 9)  # the time to pay is over
    if state == "SERVED":
        officer.take(case, "remind")
    Case.objects.filter(pk=case).update(state=state)
    officer.take(case, "end the appeal", outcome="changed", others="warning", on="2026-04-20",
                 reason="情节轻微")  # fmt: skip
    one = Case.objects.get(pk=case)
    assert not {"payment", "court", "reminder"} & set(one.dues)
    assert one.dues["execution"] == "2026-04-30"  # ten days on
    assert item.get().due_at.date() == date(2026, 4, 30)
    file = officer.browser.get(f"/api/v1/cases/{case}").json()
    assert not {"remind", "serve the reminder", "apply to the court", "record a payment",
                "give time to pay"} & set(file["verbs"])  # fmt: skip
    officer.take(case, "publish")
    said = {"verb": "execute", "given": {"how": "已当场警告"}}
    answer = officer.browser.post(f"/api/v1/cases/{case}/steps", said, "application/json")
    assert answer.json()["state"] == "EXECUTED"


def test_an_appeal_that_leaves_a_fine_goes_on_waiting_for_it(people):
    case, officer = fined(people), people["officer"]
    officer.take(case, "record an appeal", kind="suit", body="法院", on="2026-03-02")
    officer.take(case, "end the appeal", outcome="changed", amount="100", on="2026-03-02",
                 reason="过重")  # fmt: skip
    one = Case.objects.get(pk=case)
    assert {"payment", "court"} <= set(one.dues)
    assert "execution" not in one.dues


def test_a_warning_served_before_the_term_came_gets_its_day(people):
    case = warned(people)
    LegalTerm.objects.filter(key="execution").delete()
    Case.objects.filter(pk=case).update(dues={"publicity": "2026-03-11"}, due_on="2026-03-11")
    WorkItem.objects.filter(key=f"case:{case}").update(due_at=None)
    name = "anlan.operations.enforcement.migrations.0013_execution_of_warnings"
    import_module(name).due_after_service(apps, None)
    one = Case.objects.get(pk=case)
    assert (one.dues["execution"], one.due_on) == ("2026-03-12", date(2026, 3, 11))
    assert WorkItem.objects.get(key=f"case:{case}", done_at=None).due_at.date() == date(2026, 3, 12)
    assert LegalTerm.objects.filter(key="execution").count() == 1


def test_a_paper_is_in_chinese_whatever_its_maker_reads(people):
    case = new_case(people, kind="person", party={"name": "张建国", "id_number": "5001061980"})
    with override("en"):
        inspected(people, case)
        people["officer"].take(
            case, "fine on the spot", row=row("AQ-YH-P"), amount="150", facts="违章",
            statement="无异议",
        )  # fmt: skip
    words = unseal_text(Paper.objects.get(case=case, kind="summary_decision").words_sealed)
    assert "罚款人民币 150.00 元（大写：壹佰伍拾元整）" in words
    for paper in Paper.objects.filter(case=case):
        assert "yuan" not in unseal_text(paper.words_sealed)


def test_an_appeal_takes_the_stop_away_and_what_stands_counts_without_a_fine_too(people, case):
    investigated(people, case, others="stop", terms="三十日")
    notified(people, case)
    officer, leader = people["officer"], people["leader"]
    officer.take(case, "waive", statement="放弃")
    people["legal"].take(case, "review", opinion="同意")
    leader.take(case, "discuss", present="彭川、何岚、邓文", reasons="停产", result="同意")
    leader.take(case, "decide", amount="20000", others="stop", reasons="重")
    officer.take(case, "serve", **SERVED)
    officer.take(case, "record an appeal", kind="suit", body="法院", on="2026-03-02")
    end = {"outcome": "changed", "on": "2026-03-02", "reason": "过重"}
    for same in ({"amount": "20000", "others": "stop"}, {}, {"amount": "30000"}):
        with pytest.raises(Refused, match="less than it was"):
            officer.take(case, "end the appeal", **end, **same)
    officer.take(case, "end the appeal", **end, amount="20000")
    assert Case.objects.get(pk=case).penalty == Penalty(fine=Decimal(20000))
    Case.objects.filter(pk=case).update(fine=0, others="stop")
    assert penalty_of(case) is None  # of no registered enterprise


def test_a_discretion_table_says_other_penalties_in_words():
    some = {"code": "X-1", "violation": "v", "law": "l", "basis": "b", "circumstances": "c",
            "party": "", "least": 0, "most": 0, "law_most": 0}  # fmt: skip
    rows = [(2, some | {"others": "警告、没收违法所得"}), (3, some | {"code": "X-2"}),
            (4, some | {"code": "X-3", "others": "拘留"})]  # fmt: skip
    found = sort_out(rows, date(2026, 3, 2))
    assert [values["others"] for _line, values in found.new] == ["warning,confiscation"]
    assert [line for line, _why in found.refused] == [3, 4]
