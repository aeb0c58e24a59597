"""The district and the works of the safety room's tests, and whoever rates and confirms there."""

import pytest
from tests.operations.safety.conftest import CODE, One, _people_of_module, district, people, works  # noqa: F401

from anlan.operations.people.actions import PLATFORM, NewAccount, as_actor, open_account
from anlan.operations.people.models import Account
from anlan.operations.risks.models import RatingTerms
from anlan.operations.risks.queries.scope import person_of
from anlan.operations.safety.actions import claim_enterprise, hand_out_code

RATED = {
    "name": "冲压机", "kind": "equipment", "place": "A1", "hazards": "手在模具区",
    "accidents": ["03"], "method": "lec", "l": "6", "e": "6", "c": "7", "causes": [],
    "engineering": "光电保护", "emergency": "急停", "holder": "company", "responsible": "周强",
}  # fmt: skip


class Worker(One):
    """Somebody of the works who has claimed it."""

    def __init__(self, name, role, street, enterprise_id):
        new = NewAccount(username=name, password="a long demo password", display_name=name,
                         role=role, organisation_code="works", area_code="500106004")  # fmt: skip
        self.account = Account.objects.get(pk=open_account(PLATFORM, new))
        self.actor = as_actor(self.account)
        claim_enterprise(self.actor, CODE, hand_out_code(street.actor, enterprise_id))

    @property
    def rater(self):
        return self.actor, person_of(self.scope)


def rater(one):
    """Whom the actions of this room ask."""
    return one.actor, person_of(one.scope)


@pytest.fixture
def terms(db):
    values = {"bands": [17, 10, 5], "causes": {"law": "违反强制性条款"}, "review_months": 12,
              "lead_days": 30}  # fmt: skip
    return RatingTerms.objects.create(valid_from="2026-01-01", values=values, source="试")


@pytest.fixture
def principal(people, works, terms):  # noqa: F811
    return Worker("principal", "principal", people["street"], works)


@pytest.fixture
def staff(people, works):  # noqa: F811
    return Worker("staff", "post_staff", people["street"], works)
