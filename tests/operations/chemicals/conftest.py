"""The works of the safety room's tests, a chemical works in the other street, the terms."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.operations.risks.conftest import Worker
from tests.operations.safety.conftest import _people_of_module, district, people, works  # noqa: F401

from anlan.operations.chemicals import actions
from anlan.operations.chemicals.actions import MOVEMENT, WASTE, Owner, load_terms
from anlan.operations.chemicals.queries.scope import person_of
from anlan.operations.people.actions import PLATFORM
from anlan.operations.safety.actions import (
    claim_enterprise,
    hand_out_code,
    register_enterprise,
)
from anlan.portal.loading.folder import folder_of
from anlan.vocabulary import clock

PLANT = "91500106MA5U00010R"
OIL = {"code": "900-249-08", "name": "废矿物油", "hazards": ["T", "I"], "place": "", "note": ""}
HANDED = {"manifest": "LD-1", "receiver": "示例环保有限公司", "licence": "CQ-001"}


@pytest.fixture(autouse=True)
def terms(district):  # noqa: F811
    load_terms(PLATFORM, folder_of("shapingba"))


@pytest.fixture
def principal(people, works):  # noqa: F811
    return Worker("principal", "principal", people["street"], works)


@pytest.fixture
def staff(people, works):  # noqa: F811
    return Worker("staff", "post_staff", people["street"], works)


@pytest.fixture
def plant(people):  # noqa: F811
    """A chemical works in the other street; the stranger works for it."""
    values = {
        "name": "石井坡化工厂", "credit_code": PLANT, "area_code": "500106002",
        "address": "1 号", "sector": "chemical", "state": "open",
    }  # fmt: skip
    pk = register_enterprise(people["other_street"].actor, values)
    claim_enterprise(
        people["stranger"].actor, PLANT, hand_out_code(people["other_street"].actor, pk)
    )
    return pk


def doer(one):
    """Whom the actions of this room ask."""
    return one.actor, person_of(one.scope)


def oil(one, firm, **said):
    return actions.enter(*doer(one), WASTE, Owner(enterprise_id=firm), OIL | said)


def move(one, firm, waste, kind, tonnes, day=None, **said):
    values = {
        "kind": kind, "on": day or clock.today(), "amount": Decimal(tonnes), "manifest": "",
        "receiver": "", "licence": "", "note": "",
    }  # fmt: skip
    owner = Owner(enterprise_id=firm, parent_id=waste)
    return actions.enter(*doer(one), MOVEMENT, owner, values | said)


def ago(days):
    return clock.today() - timedelta(days=days)
