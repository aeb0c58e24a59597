"""What enforcement serves reaches the enterprise: on its principal's desk and on its own page."""

from datetime import date

import pytest
from django.test import Client
from tests.operations.enforcement.conftest import PARTY, at, certificate, row
from tests.operations.enforcement.test_procedure import SERVED, filed, investigated, notified

from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.actions import NewCase, open_case
from anlan.operations.people.actions import PLATFORM, NewAccount, as_actor, open_account
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.safety.actions import claim_enterprise, hand_out_code, register_enterprise

pytestmark = pytest.mark.django_db(databases="__all__")


class Member:
    def __init__(self, name, role):
        new = NewAccount(username=name, password="a long demo password", display_name=name,
                         role=role, organisation_code="x", area_code="500106004",
                         sector="")  # fmt: skip
        self.account = Account.objects.get(pk=open_account(PLATFORM, new))

    def page(self):
        client = Client()
        client.force_login(self.account)
        return client.get("/notices")

    def waits(self):
        items = desk(scope_of(self.account))
        return {one.key.rsplit(":", 1)[-1]: one for one in items if ":own:" in one.key}


@pytest.fixture
def works(people):
    values = {"name": "鑫源五金厂", "credit_code": PARTY["id_number"], "area_code": "500106004",
              "address": "A3", "sector": "industry", "state": "open"}  # fmt: skip
    return register_enterprise(people["safety"].actor, values)


@pytest.fixture
def firm(people, works):
    found = {
        name: Member(name, role)
        for name, role in (
            ("principal", "principal"),
            ("manager", "enterprise"),
            ("stranger", "principal"),
        )
    }
    for name in ("manager", "principal"):
        code = hand_out_code(people["safety"].actor, works)
        claim_enterprise(as_actor(found[name].account), PARTY["id_number"], code)
    return found


@pytest.fixture
def case(people, works):
    return planned(people, works)


def planned(people, works, kind="unit", key="k1"):
    officers = [certificate(one) for one in ("officer", "partner")]
    new = NewCase(key=key, title="除尘系统停用", area_code="500106004", party_kind=kind,
                  party=PARTY, officers=officers, enterprise_id=works)  # fmt: skip
    return open_case(people["officer"].actor, people["officer"].person, new)


def test_the_right_to_a_hearing_waits_on_the_principals_desk_from_its_service_on(
    people, firm, case
):
    investigated(people, case, amount="50000", code="AQ-097-2")
    people["officer"].take(case, "notify")
    assert "answer" not in firm["principal"].waits()
    people["officer"].take(case, "serve the notice", **SERVED)
    item = firm["principal"].waits()["answer"]
    assert "听证" in item.title
    assert item.due_at.date() == date(2026, 3, 9)
    page = firm["manager"].page().content.decode()
    assert "3月9日" in page
    assert "50,000.00" in page
    assert "行政处罚告知书" in page
    assert firm["stranger"].waits() == {}
    assert "除尘系统停用" not in firm["stranger"].page().content.decode()
    people["officer"].take(case, "waive", statement="无异议")
    assert "answer" not in firm["principal"].waits()


def test_an_order_and_the_term_to_pay_reach_the_enterprise_until_they_are_done(people, firm, case):
    filed(people, case)
    assert firm["principal"].waits()["order"].due_at.date() == date(2026, 3, 12)
    people["officer"].take(case, "investigate", facts="停用", evidence="笔录",
                           row=row("AQ-099-2"), circumstances="1 套", amount="20000")  # fmt: skip
    notified(people, case)
    people["officer"].take(case, "waive", statement="无异议")
    people["legal"].take(case, "review", opinion="同意")
    people["leader"].take(case, "decide", amount="20000", reasons="基准内")
    assert "payment" not in firm["principal"].waits()
    people["officer"].take(case, "serve", **SERVED)
    assert firm["principal"].waits()["payment"].due_at.date() == date(2026, 3, 17)
    page = firm["principal"].page().content.decode()
    assert "3月17日" in page
    people["officer"].take(case, "record a payment", amount="20000", on="2026-03-02", receipt="R1")
    people["officer"].take(case, "check the order", outcome="done", finding="已恢复")
    assert firm["principal"].waits() == {}


def test_a_case_against_a_person_and_what_is_not_served_is_nobodys_in_the_enterprise(
    people, firm, works
):
    own = planned(people, works, kind="person", key="k2")
    filed(people, own)
    planned(people, works, key="k3")
    assert firm["principal"].waits() == {}
    assert "除尘系统停用" not in firm["principal"].page().content.decode()


def test_the_page_is_the_enterprises_alone(people, case):
    at(2026, 3, 2, 10)
    for name in ("officer", "leader", "safety"):
        assert people[name].browser.get("/notices").status_code == 403
