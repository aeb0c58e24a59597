"""The works of the safety room's tests, a filling station that must be insured, the terms."""

from datetime import date
from decimal import Decimal

import pytest
from tests.operations.risks.conftest import Worker
from tests.operations.safety.conftest import CODE, _people_of_module, district, people, works  # noqa: F401

from anlan.operations.insurance import actions
from anlan.operations.insurance.actions import Holder, load_terms
from anlan.operations.insurance.queries.scope import person_of
from anlan.operations.people.actions import PLATFORM
from anlan.operations.safety.actions import (
    claim_enterprise,
    hand_out_code,
    register_enterprise,
)
from anlan.portal.loading.folder import folder_of

STATION = "91500106MA5U00010R"
SAID = {
    "insurer": "甲财险", "number": "A-1", "sum_insured": Decimal(5_000_000), "people": 46,
    "premium": None, "starts_on": date(2025, 4, 1), "ends_on": date(2026, 3, 31), "note": "",
}  # fmt: skip
YEAR = {"starts_on": date(2026, 4, 1), "ends_on": date(2027, 3, 31)}


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
def station(people):  # noqa: F811
    """A filling station in the other street: hazardous chemicals; the stranger works for it."""
    values = {
        "name": "石井坡气体充装站", "credit_code": STATION, "area_code": "500106002",
        "address": "1 号", "sector": "chemical", "state": "open",
    }  # fmt: skip
    pk = register_enterprise(people["other_street"].actor, values)
    claim_enterprise(
        people["stranger"].actor, STATION, hand_out_code(people["other_street"].actor, pk)
    )
    return pk


def doer(one):
    """Whom the actions of this room ask."""
    return one.actor, person_of(one.scope)


def enter(one, firm, **said):
    holder = Holder(kind="liability", enterprise_id=firm)
    return actions.enter_policy(*doer(one), holder, SAID | said)
