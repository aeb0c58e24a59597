"""What makes an enterprise special, who regulates it, and its standard: typed, found, on a desk."""

from datetime import date, datetime, timedelta

import pytest
from tests.operations.safety.conftest import CODE
from tests.operations.safety.test_enterprise_files import HEAD, code_of, row, send, workbook_of

from anlan.operations.deadlines.queries import desk
from anlan.operations.registers import queries as registers
from anlan.operations.safety.actions import ask_for_standards, register_enterprise
from anlan.operations.safety.models import Enterprise
from anlan.operations.safety.queries.registers import ENTERPRISES
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")


def names(one, **given):
    question = registers.asked(ENTERPRISES, given)
    page = registers.page(ENTERPRISES, enterprises_in(one.scope), question, one.scope)
    return [row["name"] for row in page.rows]


def typed(**changed):
    said = {"name": "鑫源五金厂", "credit_code": CODE, "area_code": "500106004001",
            "address": "井口工业园 A3", "sector": "industry", "state": "open",
            "reason": "核对"}  # fmt: skip
    return said | changed


def test_special_dangers_are_ticked_kept_and_found(people, works):
    page = people["street"].browser
    address = f"/enterprises/{works}/correct"
    page.post(address, typed(**{"traits.confined": "on", "traits.dust": "on"}))
    assert Enterprise.objects.get(pk=works).traits == ["dust", "confined"]
    form = page.get(address).content.decode()
    assert 'name="traits.dust" checked' in form
    assert 'name="traits.ammonia">' in form
    assert (
        "风险特征</dt><dd>粉尘涉爆、有限空间" in page.get(f"/enterprises/{works}").content.decode()
    )
    assert names(people["officer"], traits="dust") == ["鑫源五金厂"]
    assert names(people["officer"], traits="ammonia") == []
    page.post(address, typed())
    assert Enterprise.objects.get(pk=works).traits == []


def test_a_file_and_another_system_say_several_at_once(people, works):
    head = [*HEAD, "风险特征", "标准化等级", "标准化有效期至"]
    rows = [[*row(1), "粉尘涉爆、有限空间", "三级", "2027-05-31"], [*row(2), "飞檐", "", ""]]
    street = people["street"]
    raw = workbook_of(rows, head)
    address = send(street, raw).headers["Location"]
    assert "飞檐" in street.browser.get(address).content.decode()
    street.browser.post(f"{address}/take")
    one = Enterprise.objects.get(credit_code=code_of(1))
    assert (one.traits, one.standard, one.standard_until) == (
        ["dust", "confined"], "3", date(2027, 5, 31),
    )  # fmt: skip
    body = {"credit_code": code_of(1), "name": "第1厂", "area_code": "500106004",
            "address": "某路 1 号", "sector": "industry"}  # fmt: skip
    put = "/api/v1/enterprises/yu-safe/1"
    street.browser.put(put, body, content_type="application/json")
    assert Enterprise.objects.get(pk=one.pk).traits == ["dust", "confined"]
    street.browser.put(put, body | {"traits": ["ammonia"]}, content_type="application/json")
    assert Enterprise.objects.get(pk=one.pk).traits == ["ammonia"]


def test_an_enterprise_without_one_of_its_three_regulators_is_a_blind_spot(people, works):
    officer, one = people["officer"], Enterprise.objects.get(pk=works)
    assert (one.sector_regulator, one.general_regulator) == ("industry", "bureau")
    assert names(officer, view="unowned") == []
    Enterprise.objects.filter(pk=works).update(general_regulator="")
    assert names(officer, view="unowned") == ["鑫源五金厂"]
    assert names(officer, view="", blind="general_regulator") == ["鑫源五金厂"]
    assert names(officer, view="", blind="local_regulator") == []


def test_a_standard_that_ends_is_on_the_managers_desk_once_until_it_is_renewed(people, works):
    clock.use(DrillClock(datetime(2026, 3, 2, 9, tzinfo=CHINA)))
    ends = date(2026, 3, 2) + timedelta(days=90)
    register_enterprise(
        people["officer"].actor,
        typed(name="远厂", credit_code=code_of(3), standard="3",
              standard_until=ends + timedelta(days=1)),
    )  # fmt: skip
    page, address = people["street"].browser, f"/enterprises/{works}/correct"
    page.post(address, typed(standard="3", standard_until=f"{ends}"))

    def waiting(name):
        return [one.title for one in desk(people[name].scope) if one.kind == "safety.standard"]

    assert (ask_for_standards(), ask_for_standards()) == (1, 0)
    assert waiting("manager") == ["鑫源五金厂 安全生产标准化到期"]
    assert waiting("stranger") == []
    page.post(address, typed(standard="3", standard_until="2029-06-01"))
    assert waiting("manager") == []
    assert ask_for_standards() == 0
