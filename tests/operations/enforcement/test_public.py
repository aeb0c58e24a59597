"""What everybody may read of enforcement: each decision, no person, and who enforces how."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.operations.enforcement.conftest import at, new_case, row
from tests.operations.enforcement.test_procedure import SITE, filed, inspected, served

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.enforcement.models import Case, DiscretionRow, EnforcementUnit, Publication
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
PERSON = {"name": "张建国", "id_number": "500106198001010017", "address": "金蓉正街 20 号"}


def page(**asked):
    return Client().get("/penalties", asked).content.decode()


def put(case, count):
    """Published decisions as they would be after some years, the newest first by number."""
    Publication.objects.bulk_create([
        Publication(case_id=case, number=f"（渝沙）应急罚〔2026〕{n}号", unit_name="区应急局",
                    party=f"第{n}厂", violation="未培训", basis="第九十七条", fine=n,
                    decided_on=date(2026, 3, 2) - timedelta(n), published_on=date(2026, 3, 2),
                    until=date(2027, 3, 2))
        for n in range(1, count + 1)
    ])  # fmt: skip


def test_every_decision_is_found_by_page_and_by_search_however_many_there_are(case):
    put(case, 450)
    first, last = page(), page(page="23")
    assert "第1厂" in first
    assert "第450厂" not in first
    assert "第450厂" in last
    assert "第450厂" in page(page="999")  # a page that is none is the nearest
    assert "第437厂" in page(q="第437厂")
    assert "第1厂" not in page(q="第437厂")
    assert "没有符合条件" in page(q="无此厂")


def test_orders_and_measures_are_published_in_twenty_working_days_without_personal_data(people):
    case = new_case(people, kind="person", party=PERSON)
    inspected(people, case)
    people["leader"].take(case, "stop on the spot", items="张建国燃放", measures="没收张建国烟花",
                          basis="烟花爆竹安全管理条例第三十条")  # fmt: skip
    # 20 working days after 2 March 2026: Qingming is the fifth and sixth of April
    assert Case.objects.get(pk=case).dues["publicity_other"] == "2026-03-30"
    assert WorkItem.objects.filter(key=f"case:{case}:publicity_other", done_at=None).exists()
    officer = people["officer"]
    with pytest.raises(Refused, match="Your role"):
        people["leader"].take(case, "publish the measures")
    officer.take(case, "publish the measures")
    shown = page(kind="other")
    assert "现场处理措施决定书" in shown
    assert "烟花爆竹安全管理条例第三十条" in shown
    assert "张某某" in shown
    for secret in ("张建国", PERSON["id_number"], PERSON["address"], "没收"):
        assert secret not in shown
    assert "现场处理措施决定书" not in page()
    assert not WorkItem.objects.filter(key=f"case:{case}:publicity_other", done_at=None).exists()
    with pytest.raises(Refused, match="waits to be published"):
        officer.take(case, "publish the measures")
    people["leader"].take(case, "take down", reason="到期")
    assert "张某某" not in page(kind="other")


def test_a_law_that_names_the_person_is_not_published(people):
    case = new_case(people, kind="person", party=PERSON)
    inspected(people, case)
    people["officer"].take(case, "order", items="改正", basis="第三十条（张建国）",
                           until="2026-03-12")  # fmt: skip
    with pytest.raises(Refused, match="names the person"):
        people["officer"].take(case, "publish the measures")


def test_a_case_that_was_filed_and_dropped_is_closed_only_after_its_decisions_are_public(
    people, case
):
    filed(people, case)
    people["officer"].take(case, "publish the measures")
    people["officer"].take(case, "check the order", outcome="done", finding="已恢复")
    people["leader"].take(case, "withdraw", reason="情节轻微并及时改正")
    with pytest.raises(Refused, match="orders and measures first"):
        people["leader"].take(case, "archive", result="结案")
    people["officer"].take(case, "publish the measures")
    shown = page(kind="other")
    assert "撤销案件审批表" in shown
    assert "情节轻微" not in shown
    people["leader"].take(case, "archive", result="结案")


def test_a_revoked_penalty_leaves_the_order_public(people, case):
    served(people, case)
    people["officer"].take(case, "publish")
    people["officer"].take(case, "publish the measures")
    people["leader"].take(case, "revoke the decision", basis="复议决定", reason="程序违法")
    assert "鑫源五金厂" not in page()
    assert "鑫源五金厂" in page(kind="other")


def test_officers_laws_and_procedure_are_counted_from_the_records(people):
    DiscretionRow.objects.filter(code="AQ-097-1").update(valid_to=date(2026, 3, 1))
    shown = Client().get("/penalties/before").content.decode()
    for words in ("officer", "证1", "2029年4月30日", "AQ-099-2", "第九十九条第三项", "15,000",
                  "行政处罚法第60条", "50,000", EnforcementUnit.objects.first().court):  # fmt: skip
        assert words in shown, words
    assert "证9" not in shown  # the certificate has ended
    assert "AQ-097-1" not in shown  # holds no more
    at(2029, 5, 1, 9)
    assert "证1" not in Client().get("/penalties/before").content.decode()


def test_the_site_record_is_no_decision(people, case):
    people["officer"].take(case, "inspect", **SITE)
    people["officer"].take(case, "find no violation")
    people["officer"].take(case, "archive", result="未发现违法行为")
    assert row("AQ-099-2")
    assert "鑫源五金厂" not in page(kind="other")
