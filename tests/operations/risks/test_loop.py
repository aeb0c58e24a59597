"""The loop of a risk point, `domain.md` 3.10, role by role; versions; the review that comes."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.operations.risks.conftest import RATED, rater
from tests.step_tables import each_verb_by_each_role

from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import relay_events
from anlan.operations.risks import actions
from anlan.operations.risks.models import RiskPoint
from anlan.operations.risks.queries.scope import person_of, risks_in
from anlan.operations.risks.rules.loop import OPEN, RISK, Person, Risk, State, check
from anlan.operations.safety.actions import correct_enterprise
from anlan.operations.safety.models import Enterprise
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
# Who may take a step of a risk point of a claimed enterprise; from the rule book.
WHO = {
    "rate": "manager principal", "confirm": "principal", "send back": "principal",
    "retire": "principal", "review": "manager principal",
    "order a review": "officer industry fire street other_street",  # scope is the query's part
}  # fmt: skip
READY = Risk(state=State.ASSESSED, enterprise_id=1, level=1, holder="principal", responsible="周强",
             controls={"emergency": "急停"}, rated_by=-1)  # fmt: skip


def allowed(verb, risk, person):
    try:
        check(verb, risk, person)
    except Refused:
        return False
    return True


def test_every_step_is_taken_by_whom_the_rule_book_names_from_the_states_of_the_table(
    people, principal, staff
):
    everybody = people | {"principal": principal, "staff": staff}
    inside = {"manager", "principal", "staff"}
    persons = {
        name: replace(person_of(one.scope), enterprises=frozenset({1} if name in inside else ()))
        for name, one in everybody.items()
    }
    for step in RISK.steps:
        for state in State:
            able = {n for n, p in persons.items() if allowed(step.verb, replace(READY, state=state), p)}  # fmt: skip # noqa: E501
            assert able == (set(WHO[step.verb].split()) if state in step.sources else set())


@pytest.mark.parametrize(
    "changed",
    [
        {"level": None}, {"responsible": " "}, {"controls": {}}, {"controls": {"ppe": "手套"}},
        {"holder": "company"}, {"level": 2, "holder": "workshop"}, {"level": 3, "holder": "team"},
        {"rated_by": 7},
    ],
)  # fmt: skip
def test_what_is_not_complete_or_ones_own_is_not_confirmed(changed):
    one = Person(id=7, rights=frozenset({"risks.confirm"}), enterprises=frozenset({1}))
    assert allowed("confirm", READY, one)
    assert not allowed("confirm", replace(READY, **changed), one)
    assert allowed("confirm", replace(READY, rated_by=7, alone=True), one)


def test_a_rating_is_confirmed_by_the_principal_and_levels_the_enterprise(people, works, principal):
    pk = actions.identify_risk(*rater(people["manager"]), works, RATED)
    risk = RiskPoint.objects.get(pk=pk)
    assert (risk.level, risk.version, risk.confirmed_level) == (2, 1, None)
    assert Enterprise.objects.get(pk=works).level is None
    assert [item.link for item in desk(principal.scope)] == [f"/risks/{pk}"]
    actions.confirm_risk(*principal.rater, pk)
    risk.refresh_from_db()
    assert (risk.state, risk.review_on) == (State.CONTROLLED, date(2027, 3, 2))
    assert Enterprise.objects.get(pk=works).level == 2
    assert desk(principal.scope) == []
    actions.rate_risk(*rater(people["manager"]), pk, RATED | {"c": "3"}, reason="已装光电保护")
    assert Enterprise.objects.get(pk=works).level == 2  # until the new version is confirmed
    actions.confirm_risk(*principal.rater, pk)
    assert Enterprise.objects.get(pk=works).level == 3
    said = [s.said["level"] for s in risk.steps.order_by("id") if s.verb in ("identify", "rate")]
    assert said == [2, 3]
    actions.retire_risk(*principal.rater, pk, reason="设备拆除")
    assert Enterprise.objects.get(pk=works).level is None


def test_the_yearly_review_comes_thirty_days_before_its_day(people, works, principal):
    pk = actions.identify_risk(*rater(people["manager"]), works, RATED)
    actions.confirm_risk(*principal.rater, pk)
    for day, state in ((31, State.CONTROLLED), (30, State.REVIEW_DUE)):
        clock.use(DrillClock(datetime(2027, 3, 2, 9, tzinfo=CHINA) - timedelta(days=day)))
        run_due_timers()
        relay_events()
        assert RiskPoint.objects.get(pk=pk).state == state
    waiting = desk(people["manager"].scope)
    assert [item.due_at.astimezone(CHINA).date() for item in waiting] == [date(2027, 3, 2)]


def test_another_system_writes_the_same_rating_once(people, works, principal):
    who, origin = rater(people["manager"]), actions.Origin("park", "7")
    first = actions.put_risk(*who, works, RATED, origin)
    assert actions.put_risk(*who, works, RATED, origin) == first
    assert RiskPoint.objects.get(pk=first).version == 1
    actions.put_risk(*who, works, RATED | {"e": "3"}, origin)
    assert RiskPoint.objects.get(pk=first).version == 2


def test_walking_at_random_never_confirms_what_may_not_be(people, works, principal):
    dice = random.Random(5)
    manager = rater(people["manager"])
    pk = actions.identify_risk(*manager, works, RATED)
    for _ in range(60):
        who = dice.choice([manager, principal.rater, rater(people["officer"])])
        verb = dice.choice(["rate", "confirm", "send", "review", "order"])
        values = RATED | {"c": dice.choice(["3", "40"]),
                          "holder": dice.choice(["principal", "company", "team"]),
                          "emergency": dice.choice(["", "急停"])}  # fmt: skip
        try:
            if verb == "rate":
                actions.rate_risk(*who, pk, values)
            elif verb == "confirm":
                actions.confirm_risk(*who, pk)
            elif verb == "send":
                actions.send_back_risk(*who, pk, reason="不实")
            else:
                take = actions.review_risk if verb == "review" else actions.order_review
                take(*who, pk, cause="change", reason="换模")
        except Refused:
            continue
        risk = RiskPoint.objects.get(pk=pk)
        assert risk.state in OPEN
        if risk.state == State.CONTROLLED:
            assert risk.confirmed_level == risk.level
            assert risk.confirmed_by != str(risk.rated_by)
            assert risk.level > 1 or risk.holder == "principal"
            assert risk.level > 2 or (risk.holder != "team" and risk.controls.get("emergency"))


def test_a_risk_point_follows_the_file_of_its_enterprise(people, works, principal):
    pk = actions.identify_risk(*principal.rater, works, RATED)
    old, new = people["street"].scope, people["other_street"].scope
    assert RiskPoint.objects.get(pk=pk).unit == Enterprise.objects.get(pk=works).name
    moved = {"name": "沙坪坝印务", "area_code": "500106002"}
    correct_enterprise(people["officer"].actor, works, moved)
    relay_events()
    assert not risks_in(old).filter(pk=pk).exists()
    assert risks_in(new).get(pk=pk).unit == "沙坪坝印务"


def test_each_verb_by_each_role_by_the_interface_as_the_table_names_them(people, works, principal,
                                                                         staff):  # fmt: skip
    everybody = people | {"principal": principal, "staff": staff}
    pk = actions.identify_risk(*rater(people["manager"]), works, RATED)
    one = RiskPoint.objects.filter(pk=pk)

    def ready(verb):
        one.update(state={"confirm": "ASSESSED", "send back": "ASSESSED"}.get(verb, "CONTROLLED"))
        return {"cause": "change", "reason": "因"}

    each_verb_by_each_role(
        f"/api/v1/risks/{pk}/steps", {name: each.browser for name, each in everybody.items()},
        {verb: able for verb, able in WHO.items() if verb != "rate"}
        | {"order a review": "officer industry street"}, RISK,
        ready=ready, row=lambda: one.values().get(),
        unseen=lambda verb: ("other_street", "stranger", "fire"),
    )  # fmt: skip
