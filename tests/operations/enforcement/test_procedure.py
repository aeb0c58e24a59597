"""A case from the inspection to its archive, by the days of the law."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from docx import Document
from tests.operations.enforcement.conftest import at, certificate, new_case, row

from anlan.operations.enforcement.actions import paper_file
from anlan.operations.enforcement.models import Case, Paper
from anlan.operations.enforcement.queries.state import owed
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
SITE = {"place": "抛光间", "began": "2026-03-02T08:00", "ended": "2026-03-02T08:50",
        "present": "唐勇", "finding": "除尘系统停用", "recording": "AV-1",
        "recorder": "R-7 区局采集站", "length": "48:05"}  # fmt: skip
FILING = {"facts": "除尘系统停用", "basis": "安全生产法第三十六条", "ended_on": "2026-03-02",
          "harm": "no"}  # fmt: skip

SERVED = {"how": "direct", "receiver": "唐勇", "place": "厂区", "on": "2026-03-02",
          "recording": "AV-2", "recorder": "R-7 区局采集站", "length": "12:30"}  # fmt: skip


def inspected(people, case):
    people["officer"].take(case, "inspect", **SITE)


def filed(people, case):
    inspected(people, case)
    people["officer"].take(case, "order", items="恢复除尘", basis="第三十六条", until="2026-03-12")
    people["partner"].take(case, "propose filing", **FILING)
    people["leader"].take(case, "file", opinion="同意立案")


def investigated(people, case, amount="20000", code="AQ-099-2", **more):
    filed(people, case)
    people["officer"].take(case, "investigate", facts="停用", evidence="笔录", row=row(code),
                           circumstances="1 套", amount=amount, **more)  # fmt: skip


def notified(people, case, on=None):
    people["officer"].take(case, "notify")
    people["officer"].take(case, "serve the notice", **SERVED | {"on": on or f"{clock.today()}"})


def decided(people, case, amount="20000"):
    investigated(people, case)
    notified(people, case)
    people["officer"].take(case, "waive", statement="无异议")
    people["legal"].take(case, "review", opinion="同意")
    people["leader"].take(case, "decide", amount=amount, reasons="主动整改")


def test_a_case_goes_from_inspection_to_archive_with_all_its_papers(people, case):
    decided(people, case)
    officer, leader = people["officer"], people["leader"]
    officer.take(case, "serve", how="direct", on="2026-03-02", receiver="唐勇", place="厂区",
                 recording="AV-2", recorder="R-7 区局采集站", length="12:30")  # fmt: skip
    officer.take(case, "publish")
    with pytest.raises(Refused, match="not been paid"):
        officer.take(case, "execute", how="缴清")
    with pytest.raises(Refused, match="More than is owed"):
        officer.take(case, "record a payment", amount="20000.01", on="2026-03-02", receipt="R1")
    officer.take(case, "record a payment", amount="20000", on="2026-03-02", receipt="R1")
    officer.take(case, "execute", how="全额缴清")
    officer.take(case, "recheck", finding="已恢复")
    with pytest.raises(Refused, match="orders and measures first"):
        leader.take(case, "archive", result="同意结案")
    officer.take(case, "publish the measures")
    leader.take(case, "archive", result="同意结案")
    kinds = list(Paper.objects.filter(case=case).order_by("id").values_list("kind", flat=True))
    assert kinds == ["site_record", "order", "filing", "report", "notice", "notice_receipt",
                     "legal_review", "decision", "receipt", "execution", "recheck_opinion",
                     "closing"]  # fmt: skip
    assert Paper.objects.get(kind="decision").number == "（渝沙）应急罚〔2026〕1号"
    assert Case.objects.get(pk=case).state == "ARCHIVED"


def test_the_days_of_the_law_count_around_holidays_and_make_up_workdays(people):
    at(2026, 4, 30, 10)  # Labour Day is 1 to 5 May 2026, Saturday 9 May is worked
    case = new_case(people)
    people["officer"].take(case, "inspect", **SITE)
    people["leader"].take(case, "stop on the spot", items="停用", measures="停产", basis="第七十条")
    assert Case.objects.get(pk=case).dues["filing_urgent"] == "2026-05-05"
    people["officer"].take(case, "propose filing", **FILING)
    people["leader"].take(case, "file", opinion="同意")
    assert Case.objects.get(pk=case).dues == {
        "decision": "2026-07-29", "publicity_other": "2026-06-01"}  # fmt: skip
    people["officer"].take(case, "investigate", facts="停用", evidence="笔录",
                           row=row("AQ-097-2"), circumstances="6 人", amount="50000",
                          )  # fmt: skip
    notified(people, case)
    assert Case.objects.get(pk=case).dues["answer"] == "2026-05-11"
    with pytest.raises(Refused, match="may still state"):
        people["legal"].take(case, "review", opinion="同意")
    at(2026, 5, 12, 9)
    with pytest.raises(Refused, match="has passed"):
        people["officer"].take(case, "ask for a hearing", statement="要求听证", on="2026-05-12")
    people["legal"].take(case, "review", opinion="同意")
    with pytest.raises(Refused, match="as a group"):
        people["leader"].take(case, "decide", amount="50000", reasons="基准内")
    people["leader"].take(
        case, "discuss", present="彭川、何岚、邓文", reasons="数额较大", result="同意"
    )
    people["leader"].take(case, "decide", amount="50000", reasons="基准内")
    assert Case.objects.get(pk=case).decided_on == date(2026, 5, 12)


def test_a_hearing_is_called_seven_working_days_before_and_held_before_the_review(people, case):
    investigated(people, case, amount="50000", code="AQ-097-2")
    officer, legal = people["officer"], people["legal"]
    notified(people, case)
    officer.take(case, "ask for a hearing", statement="要求听证", on="2026-03-02")
    with pytest.raises(Refused, match="seven working days"):
        officer.take(case, "call the hearing", on="2026-03-10", place="会议室", chair="邓文")
    officer.take(case, "call the hearing", on="2026-03-11", place="会议室", chair="邓文")
    with pytest.raises(Refused, match="not before"):
        legal.take(case, "hold the hearing", record="双方陈述", opinion="事实清楚")
    with pytest.raises(Refused, match="before the legal review"):
        legal.take(case, "review", opinion="同意")
    at(2026, 3, 11, 9)
    legal.take(case, "hold the hearing", record="双方陈述", opinion="事实清楚")
    legal.take(case, "review", opinion="同意")
    kinds = Paper.objects.filter(case=case).values_list("kind", flat=True)
    assert {"hearing_notice", "hearing_call", "hearing_record"} <= set(kinds)


def test_a_fine_outside_the_table_needs_a_discussion_and_above_the_law_there_is_none(people, case):
    with pytest.raises(Refused, match="law allows 50,000"):
        investigated(people, case, amount="60000")
    people["officer"].take(case, "investigate", facts="停用", evidence="笔录",
                           row=row("AQ-099-2"), circumstances="拒不整改", amount="40000",
                          )  # fmt: skip
    notified(people, case)
    people["officer"].take(case, "waive", statement="放弃")
    people["legal"].take(case, "review", opinion="同意")
    with pytest.raises(Refused, match="as a group"):
        people["leader"].take(case, "decide", amount="40000", reasons="拒不整改")
    with pytest.raises(Refused, match="At least 3"):
        people["leader"].take(case, "discuss", present="彭川、何岚", reasons="x", result="y")
    people["leader"].take(
        case, "discuss", present="彭川、何岚、邓文", reasons="拒改", result="同意"
    )
    with pytest.raises(Refused, match="notify it again"):
        people["leader"].take(case, "decide", amount="45000", reasons="拒不整改")
    people["leader"].take(case, "decide", amount="40000", reasons="拒不整改")
    assert Case.objects.get(pk=case).fine == 40000


def test_a_small_fine_is_decided_on_the_spot_and_a_larger_one_is_not(people):
    case = new_case(
        people, kind="person", party={"name": "张建国", "id_number": "500106198001010017"}
    )
    inspected(people, case)
    spot = {"facts": "燃放", "row": row("AQ-YH-P"), "statement": "无异议"}
    with pytest.raises(Refused, match="On the spot at most 200"):
        people["officer"].take(case, "fine on the spot", amount="250", **spot)
    people["officer"].take(case, "fine on the spot", amount="150", **spot)
    one = Case.objects.get(pk=case)
    assert (one.state, one.fine, one.summary, one.party) == ("DECIDED", 150, True, "张某某")


def test_late_payment_grows_by_three_percent_a_day_and_the_court_comes_after_the_terms(
    people, case
):
    decided(people, case)
    officer, leader = people["officer"], people["leader"]
    officer.take(case, "serve", how="direct", on="2026-03-02", receiver="唐勇", place="厂区",
                 recording="AV-2", recorder="R-7 区局采集站", length="12:30")  # fmt: skip
    assert Case.objects.get(pk=case).dues["payment"] == "2026-03-17"
    at(2026, 3, 27, 9)
    with pytest.raises(Refused, match="terms of appeal"):
        leader.take(case, "apply to the court", reason="拒不缴纳")
    with pytest.raises(Refused, match="not been paid"):
        officer.take(case, "execute", how="缴清")
    officer.take(case, "record a payment", amount="20000", on="2026-03-27", receipt="R1")
    with pytest.raises(Refused, match=r"6,000\.00"):
        officer.take(case, "record a payment", amount="6000.50", on="2026-03-27", receipt="R2")
    with pytest.raises(Refused, match="entered already"):
        officer.take(case, "record a payment", amount="1", on="2026-03-27", receipt="R1")
    at(2026, 9, 3, 9)
    with pytest.raises(Refused, match="No reminder waits"):
        officer.take(case, "serve the reminder", **SERVED | {"on": "2026-09-03"})
    officer.take(case, "remind")
    at(2026, 9, 8, 9)
    with pytest.raises(Refused, match="between the reminder"):
        officer.take(case, "serve the reminder", **SERVED | {"on": "2026-09-02"})
    officer.take(case, "serve the reminder", **SERVED | {"on": "2026-09-08"})
    at(2026, 9, 18, 9)
    with pytest.raises(Refused, match="ten days"):  # from the service, not from the issue
        leader.take(case, "apply to the court", reason="拒不缴纳")
    at(2026, 9, 19, 9)
    leader.take(case, "apply to the court", reason="拒不缴纳")
    officer.take(case, "record a payment", amount="6000", on="2026-09-19", receipt="R3")
    officer.take(case, "execute", how="法院执行到位")
    one = Case.objects.get(pk=case)
    assert (one.paid, owed(one, date(2027, 9, 19))) == (Decimal(26000), Decimal(26000))
    assert "应退还" not in officer.browser.get(f"/cases/{case}").content.decode()


def with_the_court(people, case):
    served(people, case)
    officer = people["officer"]
    officer.take(case, "publish")
    at(2026, 9, 8, 9)
    officer.take(case, "remind")
    officer.take(case, "serve the reminder", **SERVED | {"on": "2026-09-08"})
    at(2026, 9, 21, 9)
    people["leader"].take(case, "apply to the court", reason="拒不缴纳")


def test_the_court_ends_the_execution_without_payment_and_the_case_goes_on_to_its_archive(
    people, case
):
    with_the_court(people, case)
    officer, leader = people["officer"], people["leader"]
    end = {"ground": "nothing left", "ruling": "（2026）渝0106执1号", "reason": "无财产可供执行"}
    at(2026, 12, 1, 9)
    for day in ("2026-09-20", "2026-12-02"):
        with pytest.raises(Refused, match="between the application"):
            leader.take(case, "end the execution", on=day, **end)
    leader.take(case, "end the execution", on="2026-11-20", **end)
    one = Case.objects.get(pk=case)
    assert (one.state, one.paid, owed(one, date(2027, 12, 1))) == ("EXECUTION_ENDED", 0, 40000)
    assert Paper.objects.get(case=case, kind="execution_end").said["open"] == "40000.00"
    assert "法院终结执行时尚欠" in officer.browser.get(f"/cases/{case}").content.decode()
    with pytest.raises(Refused, match="cannot be done"):
        officer.take(case, "record a payment", amount="1", on="2026-12-01", receipt="R9")
    officer.take(case, "recheck", finding="已停产")
    officer.take(case, "publish the measures")
    leader.take(case, "archive", result="结案")


def test_what_is_too_old_is_not_punished(people, case):
    inspected(people, case)
    with pytest.raises(Refused, match="limitation"):
        people["officer"].take(case, "propose filing", **FILING | {"ended_on": "2024-02-20"})
    people["officer"].take(case, "propose filing",
                           **FILING | {"ended_on": "2024-02-20", "harm": "yes"})  # fmt: skip


def test_a_crime_goes_to_the_police_when_the_head_has_approved(people, case):
    filed(people, case)
    officer, leader = people["officer"], people["leader"]
    with pytest.raises(Refused, match="head approves"):
        officer.take(case, "transfer", to="区公安分局", evidence="案卷一册")
    officer.take(case, "propose the transfer", facts="冒险作业", offence="危险作业罪")
    assert Case.objects.get(pk=case).dues["crime_decision"] == "2026-03-05"
    leader.take(case, "approve the transfer", opinion="同意移送")
    assert Case.objects.get(pk=case).dues["crime_transfer"] == "2026-03-03T09:00:00+08:00"
    officer.take(case, "transfer", to="区公安分局", evidence="案卷一册")
    officer.take(case, "take back", reason="公安不予立案")
    assert Case.objects.get(pk=case).state == "INVESTIGATED"


def test_an_officer_with_an_expired_certificate_is_refused_and_recusal_keeps_two(people, case):
    with pytest.raises(Refused, match="not valid today"):
        new_case(people, key="k2", officers=("officer", "expired"))
    with pytest.raises(Refused, match="At least two"):
        new_case(people, key="k3", officers=("officer",))
    with pytest.raises(Refused, match="not valid today"):
        people["leader"].take(case, "replace an officer", leaves=str(certificate("partner")),
                              comes=str(certificate("expired")), reason="回避")  # fmt: skip
    people["leader"].take(case, "replace an officer", leaves=str(certificate("partner")),
                          comes=str(certificate("third")), reason="与当事人有亲属关系")  # fmt: skip
    with pytest.raises(Refused, match="Only an officer of the case"):
        people["partner"].take(case, "inspect", **SITE)
    at(2029, 5, 2, 9)  # all certificates have ended
    with pytest.raises(Refused, match="valid certificate"):
        people["third"].take(case, "inspect", **SITE)


def test_a_paper_says_what_the_step_was_told(people, case, set_papers):
    inspected(people, case)
    paper = Paper.objects.get(case=case)
    raw = paper_file(people["officer"].actor, paper, "docx")
    word = Document(io.BytesIO(raw))
    said = "\n".join([p.text for p in word.paragraphs] + [c.text for c in word.tables[0]._cells])
    for words in ("现场检查记录", "（渝沙）应急现记〔2026〕1号", "鑫源五金厂", "除尘系统停用",
                  "证1", "证2", "2026年3月2日"):  # fmt: skip
        assert words in said
    assert paper_file(people["officer"].actor, paper, "pdf").startswith(b"%PDF-")


def test_a_longer_term_is_approved_above_and_a_decision_after_its_term_is_said(people, case):
    filed(people, case)
    leader, given = people["leader"], {"approval": "渝应急批1号", "reason": "需要鉴定"}
    with pytest.raises(Refused, match="superior authority"):
        leader.take(case, "extend the term", until="2026-07-01", **given,
                    approver="重庆市沙坪坝区应急管理局")  # fmt: skip
    with pytest.raises(Refused, match="by 2026-08-29"):
        leader.take(case, "extend the term", until="2026-09-30", approver="市应急局", **given)
    leader.take(case, "extend the term", until="2026-07-01", approver="市应急局", **given)
    with pytest.raises(Refused, match="extended once"):
        leader.take(case, "extend the term", until="2026-08-01", approver="市应急局", **given)
    at(2026, 7, 3, 9)
    people["officer"].take(case, "investigate", facts="停用", evidence="笔录", amount="20000",
                           row=row("AQ-099-2"), circumstances="1 套")  # fmt: skip
    notified(people, case)
    people["officer"].take(case, "waive", statement="无异议")
    people["legal"].take(case, "review", opinion="同意")
    leader.take(case, "decide", amount="20000", reasons="主动整改")
    assert Case.objects.get(pk=case).late_days == 2
    assert "超期" in people["officer"].browser.get(f"/cases/{case}").content.decode()


def test_the_leader_and_the_reviewer_send_a_case_back_and_it_is_investigated_anew(people, case):
    investigated(people, case)
    notified(people, case)
    people["officer"].take(case, "waive", statement="无异议")
    people["legal"].take(case, "review", opinion="同意")
    people["leader"].take(case, "send back", reason="处罚过轻")
    people["officer"].take(case, "investigate", facts="停用", evidence="笔录", amount="40000",
                           row=row("AQ-099-2"), circumstances="拒", others="stop",
                           terms="三十日，抛光车间")  # fmt: skip
    with pytest.raises(Refused, match="cannot be done"):
        people["leader"].take(case, "decide", amount="40000", reasons="重")
    assert Case.objects.get(pk=case).hearing_right  # a stop is at stake, whatever the fine


def test_what_was_asked_for_in_time_is_heard_though_it_is_written_down_late(people, case):
    investigated(people, case, amount="50000", code="AQ-097-2")
    people["officer"].take(case, "notify")
    with pytest.raises(Refused, match="not been served"):
        people["legal"].take(case, "review", opinion="同意")
    people["officer"].take(case, "serve the notice", **SERVED)
    at(2026, 3, 11, 9)  # the last day was the ninth
    with pytest.raises(Refused, match="has passed"):
        people["officer"].take(case, "ask for a hearing", statement="要求", on="2026-03-10")
    people["officer"].take(case, "ask for a hearing", statement="要求", on="2026-03-09")
    with pytest.raises(Refused, match="does not chair"):
        people["officer"].take(case, "call the hearing", on="2026-03-30", place="会议室",
                               chair="partner")  # fmt: skip


def served(people, case, on="2026-03-02"):
    decided(people, case)
    people["officer"].take(case, "serve", **SERVED | {"on": on})


def test_the_fine_does_not_grow_while_a_reconsideration_runs_and_shrinks_with_its_outcome(
    people, case
):
    served(people, case)  # to be paid by 17 March
    officer, leader = people["officer"], people["leader"]
    at(2026, 3, 20, 9)
    officer.take(case, "record an appeal", kind="reconsideration", body="区政府", on="2026-03-20")
    officer.take(case, "publish")
    at(2026, 9, 20, 9)
    assert owed(Case.objects.get(pk=case), date(2026, 9, 20)) == 20000 + 2 * 600
    officer.take(case, "remind")
    officer.take(case, "serve the reminder", **SERVED | {"on": "2026-09-20"})
    at(2026, 10, 9, 9)
    with pytest.raises(Refused, match="under way"):
        leader.take(case, "apply to the court", reason="拒不缴纳")
    with pytest.raises(Refused, match="less than it was"):
        officer.take(case, "end the appeal", outcome="changed", amount="30000", on="2026-10-09",
                     reason="变更")  # fmt: skip
    officer.take(case, "end the appeal", outcome="changed", amount="15000", on="2026-10-09",
                 reason="变更")  # fmt: skip
    one = Case.objects.get(pk=case)
    assert (one.fine, one.published, one.dues["appeal"]) == (15000, False, "2026-10-26")
    assert "15,000.00" not in Client().get("/penalties").content.decode()


def test_instalments_come_to_the_fine_and_only_what_is_due_grows(people, case):
    served(people, case)
    leader = people["leader"]
    plan = {"until": "2026-05-29", "reason": "经营困难"}
    for wrong in ("2026-03-31 8000", "2026-03-31 x", "2026-05-01 20000"):
        with pytest.raises(Refused, match=r"nstalments come|not a day"):
            leader.take(case, "give time to pay", instalments=wrong, **plan)
    leader.take(case, "give time to pay", instalments="2026-03-31 8000\n2026-05-29 12000", **plan)
    assert owed(Case.objects.get(pk=case), date(2026, 3, 31)) == 20000
    assert owed(Case.objects.get(pk=case), date(2026, 4, 2)) == 20000 + 2 * 240
    at(2026, 4, 2, 9)
    people["officer"].take(case, "record a payment", amount="8000", on="2026-03-31", receipt="R1")
    assert owed(Case.objects.get(pk=case), date(2026, 5, 29)) == 20000


def test_a_revoked_decision_is_public_no_more_and_nothing_is_owed(people, case):
    served(people, case)
    officer = people["officer"]
    officer.take(case, "publish")
    officer.take(case, "record a payment", amount="20000", on="2026-03-02", receipt="R1")
    people["leader"].take(case, "revoke the decision", basis="区政府复议决定", reason="程序违法")
    one = Case.objects.get(pk=case)
    assert (one.state, owed(one, date(2027, 1, 1))) == ("WITHDRAWN", 0)
    assert list(one.dues) == ["publicity_other"]
    assert "鑫源五金厂" not in Client().get("/penalties").content.decode()
    assert "20,000.00" in officer.browser.get(f"/cases/{case}").content.decode()
    officer.take(case, "publish the measures")
    people["leader"].take(case, "archive", result="结案")


def test_evidence_held_is_dealt_with_before_the_decision_and_an_order_before_a_withdrawal(
    people, case
):
    investigated(people, case)
    leader = people["leader"]
    leader.take(case, "hold evidence", items="抛光机", place="库房", recording="AV-3",
                recorder="R-7 区局采集站", length="5:00")  # fmt: skip
    with pytest.raises(Refused, match="An order runs"):
        leader.take(case, "withdraw", reason="不予处罚")
    people["officer"].take(case, "check the order", outcome="done", finding="已恢复")
    with pytest.raises(Refused, match="evidence held"):
        leader.take(case, "withdraw", reason="不予处罚")
    people["officer"].take(case, "end the hold", outcome="退还")
    leader.take(case, "withdraw", reason="不予处罚")


def test_days_with_the_police_do_not_count_and_a_case_not_investigated_is_not_notified(
    people, case
):
    filed(people, case)
    officer, leader = people["officer"], people["leader"]
    officer.take(case, "propose the transfer", facts="冒险作业", offence="危险作业罪")
    leader.take(case, "approve the transfer", opinion="同意移送")
    at(2026, 3, 3, 9)
    officer.take(case, "transfer", to="区公安分局", evidence="案卷一册")
    at(2026, 5, 2, 9)
    officer.take(case, "take back", reason="公安不予立案")
    assert Case.objects.get(pk=case).dues["decision"] == "2026-07-30"
    with pytest.raises(Refused, match="names a row"):
        officer.take(case, "notify")
