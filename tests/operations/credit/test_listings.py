"""Serious dishonesty: notice, objection, entry, repair, end of the term; what an accident takes."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from anlan.operations.accidents.models import Accident
from anlan.operations.credit import actions
from anlan.operations.credit.models import CreditEvent, Listing
from anlan.operations.credit.queries import person_of, points, punished
from anlan.operations.credit.rules.loop import Listing as Facts
from anlan.operations.credit.rules.loop import check
from anlan.operations.credit.rules.states import LISTING, State
from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.people.actions import (
    PLATFORM,
    NewAccount,
    as_actor,
    open_account,
    relay_events,
)
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.safety.actions import claim_enterprise, hand_out_code, register_enterprise
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = datetime(2026, 3, 2, 9, tzinfo=CHINA)
CODE = "91350100M000100Y43"
PEOPLE = {
    "officer": ("safety_officer", "500106"), "leader": ("duty_leader", "500106"),
    "street": ("township", "500106004"), "other_street": ("township", "500106002"),
    "manager": ("enterprise", "500106004"), "stranger": ("enterprise", "500106004"),
    "duty": ("duty_officer", "500106"),
}  # fmt: skip
WHO = {
    "object": "manager", "ask repair": "manager", "reject objection": "leader",
    "uphold objection": "leader", "enter": "leader", "refuse repair": "leader",
    "grant repair": "leader",
}  # fmt: skip


@pytest.fixture
def people(db):
    clock.use(DrillClock(NOW))
    found = {}
    for name, (role, area) in PEOPLE.items():
        new = NewAccount(username=name, password="a long demo password", display_name=name,
                         role=role, organisation_code="x", area_code=area, sector="")  # fmt: skip
        found[name] = Account.objects.get(pk=open_account(PLATFORM, new))
    return found


@pytest.fixture
def works(people):
    values = {"name": "鑫源五金厂", "credit_code": CODE, "area_code": "500106004",
              "address": "A3", "sector": "industry", "state": "open"}  # fmt: skip
    pk = register_enterprise(as_actor(people["street"]), values)
    code = hand_out_code(as_actor(people["street"]), pk)
    claim_enterprise(as_actor(people["manager"]), CODE, code)
    return pk


def person(account):
    return person_of(scope_of(account))


def notice(people, works):
    one = people["officer"]
    return actions.give_notice(as_actor(one), person(one), works, facts="瞒报事故",
                               basis="应急部令第11号 第六条", months=12)  # fmt: skip


def take(account, pk, verb, reason="因"):
    actions.take_step(as_actor(account), person(account), pk, verb, reason=reason)


def test_every_step_is_taken_by_whom_the_table_names_and_by_nobody_else(people, works):
    day = date(2026, 8, 1)
    for step in LISTING.steps:
        for state in State:
            ready = Facts(state=state, enterprise_id=works, proposed_by=people["officer"].pk,
                          object_by=day if step.verb == "object" else date(2026, 3, 16),
                          entered_on=date(2026, 3, 17))  # fmt: skip
            able = set()
            for name, account in people.items():
                try:
                    check(step.verb, ready, person(account), day)
                    able.add(name)
                except Refused:
                    pass
            assert able == (set(WHO[step.verb].split()) if state in step.sources else set())


def test_nobody_is_listed_before_the_time_to_object_is_over_and_the_term_ends_by_itself(
    people, works
):
    pk = notice(people, works)
    with pytest.raises(Refused, match="under way"):
        notice(people, works)
    with pytest.raises(Refused, match="still object"):
        take(people["leader"], pk, "enter")
    take(people["manager"], pk, "object")
    take(people["leader"], pk, "reject objection")
    with pytest.raises(Refused, match="objected already"):
        take(people["manager"], pk, "object")
    take(people["leader"], pk, "enter")
    assert [one.pk for one in punished(scope_of(people["leader"]))] == [pk]
    assert not punished(scope_of(people["other_street"]))
    with pytest.raises(Refused, match="90 days"):
        take(people["manager"], pk, "ask repair")
    clock.use(DrillClock(NOW + timedelta(days=100)))
    take(people["manager"], pk, "ask repair")
    clock.use(DrillClock(NOW + timedelta(days=362)))
    assert run_due_timers() == 1
    relay_events()
    assert Listing.objects.get().state == State.REMOVED
    assert not punished(scope_of(people["leader"]))


def test_repair_takes_an_enterprise_off_the_list_and_an_upheld_objection_keeps_it_off(
    people, works
):
    first = notice(people, works)
    take(people["manager"], first, "object")
    take(people["leader"], first, "uphold objection")
    second = notice(people, works)
    clock.use(DrillClock(NOW + timedelta(days=30)))
    take(people["leader"], second, "enter")
    clock.use(DrillClock(NOW + timedelta(days=125)))
    take(people["manager"], second, "ask repair")
    take(people["leader"], second, "grant repair")
    states = list(Listing.objects.order_by("id").values_list("state", flat=True))
    assert states == [State.WITHDRAWN, State.REMOVED]
    clock.use(DrillClock(NOW + timedelta(days=800)))
    assert run_due_timers() == 0


def test_an_accident_counts_once_against_the_enterprise_of_its_name(people, works):
    accident = Accident.objects.create(
        number="SG1", key="k", title="机械伤害", unit="鑫源五金厂", area_code="500106004",
        sector="industry", category="industrial", kind="03", occurred_at=NOW, known_at=NOW,
        reported_at=NOW, level=4,
    )  # fmt: skip
    for _ in range(2):
        actions.count_accident(accident.pk, 4)
    assert (CreditEvent.objects.count(), points(works)) == (1, 90)


def test_pages_show_what_is_in_sight(people, works):
    def browser(name):
        client = Client()
        client.force_login(people[name])
        return client

    said = {"enterprise": works, "facts": "瞒报", "basis": "第六条", "months": "12"}
    assert browser("officer").post("/credit/new", said).status_code == 303
    pk = Listing.objects.get().pk
    seen = {name: browser(name).get(f"/credit/{pk}").status_code for name in PEOPLE}
    assert seen == dict.fromkeys(PEOPLE, 200) | {"other_street": 404, "stranger": 404}
    step = {"verb": "object", "reason": "不实"}
    assert browser("stranger").post(f"/credit/{pk}/step", step).status_code == 404
    assert browser("manager").post(f"/credit/{pk}/step", step).status_code == 303
    assert Listing.objects.get().state == State.OBJECTED
    assert "鑫源" in browser("leader").get("/credit?all").content.decode()
