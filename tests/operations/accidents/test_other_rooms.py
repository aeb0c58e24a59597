"""What an accident sets going in other rooms: risks reviewed, credit counted and recounted."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.operations.accidents.conftest import NOW, registered, take

from anlan.operations.accidents import actions
from anlan.operations.accidents.models import Accident
from anlan.operations.accidents.rules.level import Figures
from anlan.operations.credit.actions import load_terms as load_credit
from anlan.operations.credit.models import CreditEvent
from anlan.operations.credit.queries import points
from anlan.operations.people.actions import PLATFORM, relay_events
from anlan.operations.risks.models import RiskPoint, RiskStep
from anlan.operations.safety.actions import register_enterprise
from anlan.portal.loading.folder import folder_of
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
CODE = "91350100M000100Y43"
BODY = {
    "title": "机械伤害", "unit": "鑫源五金厂（曾用名）", "area_code": "500106004",
    "sector": "industry", "category": "industrial", "kind": "03",
    "occurred_at": (NOW - timedelta(hours=3)).isoformat(),
    "known_at": (NOW - timedelta(hours=2)).isoformat(),
    "reported_at": (NOW - timedelta(hours=1)).isoformat(), "serious": 1,
}  # fmt: skip


@pytest.fixture
def works(people):
    values = {"name": "鑫源五金厂", "credit_code": CODE, "area_code": "500106004",
              "address": "A3", "sector": "industry", "state": "open"}  # fmt: skip
    return register_enterprise(people["officer"].actor, values)


def risk(works, name, accidents, state="CONTROLLED"):
    return RiskPoint.objects.create(
        enterprise_id=works, unit="鑫源五金厂", area_code="500106004", sector="industry", name=name,
        kind="equipment", hazards="x", accidents=accidents, method="lec", holder="company",
        responsible="周强", found_at=clock.now(), state=state, level=3, confirmed_level=3,
    )  # fmt: skip


def states():
    return dict(RiskPoint.objects.values_list("name", "state"))


def test_an_accident_has_the_risks_of_its_type_looked_at_again(people, works):
    risk(works, "冲压机", ["03", "01"])
    risk(works, "配电房", ["05"])
    risk(works, "剪板机", ["03"], state="ASSESSED")
    registered(people)
    assert states() == {"冲压机": "REVIEW_DUE", "配电房": "CONTROLLED", "剪板机": "ASSESSED"}
    step = RiskStep.objects.get()
    assert (step.verb, step.said["cause"]) == ("fall due", "accident")
    assert step.reason == Accident.objects.get().number


def test_where_no_risk_names_the_type_all_are_looked_at_and_outside_production_none(people, works):
    risk(works, "配电房", ["05"])
    assert put(people, credit_code=CODE, in_production=False).status_code == 200
    assert states() == {"配电房": "CONTROLLED"}
    registered(people, key="k2")
    assert states() == {"配电房": "REVIEW_DUE"}


def put(people, **more):
    return people["officer"].browser.put(
        "/api/v1/accidents/statistics/SG-1", data=BODY | more, content_type="application/json"
    )


def test_another_system_names_the_enterprise_by_its_credit_code(people, works):
    said = put(people, credit_code=CODE, ownership="private")
    assert said.status_code == 200, said.content
    one = Accident.objects.get()
    assert (one.enterprise_id, one.credit_code, one.ownership) == (works, CODE, "private")
    file = people["officer"].browser.get(f"/api/v1/accidents/{one.pk}").json()["accident"]
    assert (file["enterprise_id"], file["ownership"]) == (works, "private")


def test_a_code_that_is_in_no_register_and_an_unknown_ownership(people, works):
    assert put(people, ownership="none").status_code == 409
    assert put(people, credit_code="91350100M000100Y44").status_code == 200
    one = Accident.objects.get()
    assert (one.enterprise_id, one.credit_code) == (None, "91350100M000100Y44")


@pytest.fixture
def counting(people, works):
    load_credit(PLATFORM, folder_of("shapingba"))
    pk = registered(people)
    Accident.objects.filter(pk=pk).update(enterprise=works)
    return pk


def heard(people, action, pk, who="officer", **said):
    take(people[who], action, pk, **said)
    relay_events()


def test_points_leave_with_what_is_counted_apart_and_follow_a_corrected_toll(
    people, works, counting
):
    figures = Figures(deaths=3, loss=Decimal(0))
    heard(people, actions.correct_figures, counting, figures=Figures(serious=2), reason="核实")
    assert points(works) == 100  # no report stands yet
    from anlan.operations.credit.actions import count_accident

    count_accident(counting, 4)
    assert points(works) == 90
    heard(people, actions.correct_figures, counting, figures=figures, reason="伤者死亡")
    assert points(works) == 75
    heard(people, actions.count_apart, counting, reason="经认定非生产经营活动")
    assert points(works) == 100
    assert not CreditEvent.objects.filter(withdrawn_on=None).exists()


def test_the_penalty_is_written_down_by_who_follows_up(people, counting):
    with pytest.raises(Exception, match="role"):
        take(people["street"], actions.record_penalty, counting, penalty="罚款 30 万元")
    page = people["officer"].browser
    page.post(f"/accidents/{counting}/step", {"verb": "record penalty", "penalty": "罚款 30 万元"})
    assert Accident.objects.get().penalty == "罚款 30 万元"
    assert "罚款 30 万元" in page.get(f"/accidents/{counting}").content.decode()


def test_steps_and_notes_are_taken_by_the_interface_within_the_same_rules(people):
    pk = registered(people)

    def step(name, verb, **given):
        return people[name].browser.post(
            f"/api/v1/accidents/{pk}/steps", {"verb": verb, "given": given}, "application/json"
        )

    assert step("other_street", "count apart", reason="x").status_code == 404
    assert step("manager", "count apart", reason="x").status_code in (403, 404)
    assert step("street", "count apart", reason="x").status_code == 409
    assert step("officer", "approve").status_code == 409
    assert step("officer", "fly").status_code == 404
    said = step("officer", "count apart", reason="经认定非生产经营活动")
    assert (said.status_code, said.json()) == (200, {"id": pk, "state": "REPORTED"})
    assert Accident.objects.get().in_production is False
