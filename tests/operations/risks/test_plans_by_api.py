"""Plans of an enterprise's ground and the risk points on them, as another program brings them."""

import hashlib
import io
import json

import pytest
from tests.operations.risks.conftest import RATED, rater
from tests.operations.safety.conftest import picture

from anlan.operations.people.models import AuditEntry, OutboxEvent
from anlan.operations.risks import actions
from anlan.operations.risks.events import RiskMoved
from anlan.operations.risks.models import RiskPoint, RiskStep, SitePlan

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def risk(people, works, terms):
    return actions.identify_risk(*rater(people["manager"]), works, RATED)


def send(one, works, raw=None, **given):
    said = {"plan": io.BytesIO(picture() if raw is None else raw)} | given
    return one.browser.post(f"/api/v1/site-plans/{works}", said)


def place(one, risk, plan, x=0.25, y=0.5):
    at, said = f"/api/v1/risks/{risk}/place", {"plan_id": plan, "x": x, "y": y}
    return one.browser.put(at, said, content_type="application/json")


def test_a_plan_is_kept_once_and_a_risk_point_stands_on_it(people, works, risk):
    manager, street = people["manager"], people["street"].browser
    plan = send(manager, works, name="一层").json()
    assert send(manager, works, name="又发").json()["id"] == plan["id"]
    assert (plan["name"], plan["sha256"], plan["points"]) == (
        "一层", hashlib.sha256(picture()).hexdigest(), [])  # fmt: skip
    said = place(manager, risk, plan["id"]).json()
    assert (said["plan_id"], said["x"], said["y"]) == (plan["id"], 0.25, 0.5)
    (kept,) = street.get(f"/api/v1/site-plans/{works}").json()
    assert kept["points"] == [
        {"id": risk, "name": "冲压机", "level": RiskPoint.objects.get().level, "x": 0.25, "y": 0.5}
    ]
    assert "left:25.00%" in street.get(f"/enterprises/{works}/risks").content.decode()
    picture_of_it = street.get(f"/risks/plans/{plan['id']}")
    assert picture_of_it["Content-Type"] == "image/jpeg"
    trail = AuditEntry.objects.count()
    steps, told = RiskStep.objects.count(), OutboxEvent.objects.filter(name=RiskMoved.name)
    assert json.loads(told.latest("pk").payload)["verb"] == "place"
    before = told.count()
    assert place(manager, risk, plan["id"]).status_code == 200
    assert (RiskStep.objects.count(), told.count()) == (steps, before), "the same changes nothing"
    assert AuditEntry.objects.count() == trail


def test_what_cannot_be_is_refused(people, works, risk):
    manager = people["manager"]
    assert send(manager, works, b"no picture").status_code == 409
    assert manager.browser.post(f"/api/v1/site-plans/{works}", {"name": "x"}).status_code == 422
    assert send(manager, works, name="长" * 61).status_code == 422
    assert not SitePlan.objects.exists()
    plan = send(manager, works).json()
    assert plan["name"] == "鑫源五金厂", "the enterprise's, where nothing is said"
    assert place(manager, risk, 999999).status_code == 409
    for at in ((1.01, 0), (-0.1, 0), ("left", 0)):
        assert place(manager, risk, plan["id"], *at).status_code == 422
    assert RiskPoint.objects.get().plan_id is None


# An authority sees what an enterprise with accounts of its own keeps, and does not keep it.
WHO = {
    "street": (409, 409), "industry": (409, 409), "officer": (409, 409), "grid": (409, 403),
    "other_street": (404, 404), "fire": (404, 404), "stranger": (404, 404),
}  # fmt: skip


@pytest.mark.parametrize("name", WHO)
def test_nobody_but_the_enterprise_keeps_its_plans(people, works, risk, name):
    plan = send(people["manager"], works).json()["id"]
    answers = send(people[name], works, picture("green")), place(people[name], risk, plan)
    assert tuple(one.status_code for one in answers) == WHO[name]
    seen = people[name].browser.get(f"/api/v1/site-plans/{works}").status_code
    assert seen == (404 if WHO[name][0] == 404 else 200)
    assert (SitePlan.objects.count(), RiskPoint.objects.get().plan_id) == (1, None)


def test_nobody_without_an_account_does(client, works, risk):
    assert client.get(f"/api/v1/site-plans/{works}").status_code == 401
    assert client.post(f"/api/v1/site-plans/{works}").status_code == 401
    assert client.put(f"/api/v1/risks/{risk}/place").status_code == 401
