"""Serious dishonesty: notice, objection, entry, repair, end of the term; what an accident takes."""

import random
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from tests.step_tables import each_verb_by_each_role

from anlan.operations.accidents.models import Accident
from anlan.operations.credit import actions
from anlan.operations.credit.actions import load_terms
from anlan.operations.credit.models import CreditEvent, CreditTerms, Listing
from anlan.operations.credit.queries import facts, person_of, points, punished
from anlan.operations.credit.rules.loop import Listing as Facts
from anlan.operations.credit.rules.loop import check, verbs
from anlan.operations.credit.rules.states import LISTING, State
from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.models import Case, DiscretionRow
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
from anlan.portal.loading.folder import folder_of
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
    "duty": ("duty_officer", "500106"), "principal": ("principal", "500106004"),
}  # fmt: skip
WHO = {
    "object": "manager principal", "ask repair": "manager principal", "reject objection": "leader",
    "uphold objection": "leader", "enter": "leader", "refuse repair": "leader",
    "grant repair": "leader", "withdraw notice": "leader", "revoke listing": "leader",
}  # fmt: skip


@pytest.fixture
def people(db):
    clock.use(DrillClock(NOW))
    load_terms(PLATFORM, folder_of("shapingba"))
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
    code = hand_out_code(as_actor(people["street"]), pk)
    claim_enterprise(as_actor(people["principal"]), CODE, code)
    return pk


def person(account):
    return person_of(scope_of(account))


def notice(people, works, months=12):
    one = people["officer"]
    given = actions.Notice(facts="瞒报事故", basis="应急部令第11号 第六条", months=months)
    return actions.give_notice(as_actor(one), person(one), works, given)


def take(account, pk, verb, reason="因"):
    actions.take_step(as_actor(account), person(account), pk, verb, reason=reason)


def test_every_step_is_taken_by_whom_the_table_names_and_by_nobody_else(people, works):
    day = date(2026, 8, 1)
    for step in LISTING.steps:
        for state in State:
            ready = Facts(state=state, enterprise_id=works, proposed_by=people["officer"].pk,
                          object_by=day if step.verb == "object" else date(2026, 3, 16),
                          repair_from=date(2026, 6, 17))  # fmt: skip
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
    assert Listing.objects.get().until == date(2027, 3, 2)  # twelve months, not 360 days
    clock.use(DrillClock(NOW + timedelta(days=362)))
    with pytest.raises(Refused, match="too early"):
        take(people["manager"], pk, "ask repair")
    assert run_due_timers() == 0
    clock.use(DrillClock(NOW + timedelta(days=366)))
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
    second = notice(people, works, months=36)
    clock.use(DrillClock(NOW + timedelta(days=30)))
    take(people["leader"], second, "enter")
    clock.use(DrillClock(NOW + timedelta(days=400)))
    take(people["manager"], second, "ask repair")
    take(people["leader"], second, "grant repair")
    states = list(Listing.objects.order_by("id").values_list("state", flat=True))
    assert states == [State.WITHDRAWN, State.REMOVED]
    clock.use(DrillClock(NOW + timedelta(days=1300)))
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
    actions.count_accident(accident.pk, 3)  # the toll grew
    assert (CreditEvent.objects.count(), points(works)) == (2, 75)
    clock.use(DrillClock(NOW + timedelta(days=1097)))
    assert points(works) == 100  # after three years it counts no more


def test_every_decision_has_its_last_day_on_the_desk(people, works):
    pk = notice(people, works)
    assert Listing.objects.get().decide_by == date(2026, 3, 30)  # ten and ten working days
    take(people["manager"], pk, "object")
    assert Listing.objects.get().decide_by == date(2026, 3, 16)
    (item,) = [one for one in desk(scope_of(people["leader"])) if one.key == f"listing:{pk}"]
    assert item.due_at.date() == date(2026, 3, 16)
    take(people["leader"], pk, "uphold objection")
    assert not [one for one in desk(scope_of(people["leader"])) if one.key == f"listing:{pk}"]


def owned(account):
    return [one for one in desk(scope_of(account)) if one.key.endswith(":own")]


def test_the_principal_hears_of_the_notice_and_of_the_day_from_which_repair_may_be_asked(
    people, works
):
    pk = notice(people, works, months=36)
    (item,) = owned(people["principal"])
    assert (item.link, item.due_at.date()) == (f"/credit/{pk}", date(2026, 3, 16))
    assert "可提出异议" in item.title
    assert not [name for name in PEOPLE if name != "principal" and owned(people[name])]
    clock.use(DrillClock(datetime(2026, 3, 17, 0, 1, tzinfo=CHINA)))
    run_due_timers()
    relay_events()
    assert not owned(people["principal"])  # the time to object is over
    clock.use(DrillClock(datetime(2026, 3, 18, 9, tzinfo=CHINA)))
    take(people["leader"], pk, "enter")
    assert not owned(people["principal"])
    clock.use(DrillClock(datetime(2027, 3, 18, 8, 31, tzinfo=CHINA)))
    run_due_timers()
    relay_events()
    (item,) = owned(people["principal"])
    assert "可申请信用修复" in item.title
    take(people["principal"], pk, "ask repair")
    assert not owned(people["principal"])


def test_an_objection_takes_the_notice_off_the_principals_desk(people, works):
    pk = notice(people, works)
    take(people["manager"], pk, "object")
    assert not owned(people["principal"])
    take(people["leader"], pk, "reject objection")
    assert not owned(people["principal"])  # it was objected once


def test_a_random_walk_lists_nobody_unheard_and_removes_nobody_early(people, works):
    dice = random.Random(2026)
    for _walk in range(12):
        clock.use(DrillClock(NOW))
        Listing.objects.exclude(state=State.WITHDRAWN).update(state=State.REMOVED)
        pk = notice(people, works, months=36)
        for _turn in range(12):
            clock.use(DrillClock(clock.now() + timedelta(days=dice.randint(0, 150))))
            one = Listing.objects.get(pk=pk)
            able = [(people[name], verb) for name in ("manager", "leader", "officer")
                    for verb in verbs(facts(one), person(people[name]), clock.today())]  # fmt: skip
            if not able:
                continue
            who, verb = dice.choice(able)
            take(who, pk, verb)
            one = Listing.objects.get(pk=pk)
            steps = list(one.steps.order_by("id").values_list("verb", "by_id"))
            done = [verb for verb, _by in steps]
            if "enter" in done:
                assert one.entered_on > one.object_by or "reject objection" in done
                assert (one.until.year, one.until.month) == (
                    one.entered_on.year + 3, one.entered_on.month
                )  # fmt: skip
            if "grant repair" in done:
                assert (one.removed_at.date() - one.entered_on).days >= 364
            assert all(by != one.proposed_by_id for verb, by in steps if verb not in ("notice",))


def test_a_penalty_counts_while_it_stands(people, works):
    row = DiscretionRow.objects.create(
        code="x", violation="停用除尘", law="第三十六条", basis="第九十九条", circumstances="1 套",
        party="unit", least=1, most=2, law_most=3, valid_from=date(2021, 1, 1), source="试",
    )  # fmt: skip
    case = Case.objects.create(
        number="1", key="k", title="除尘", unit="x", area_code="500106004", party_kind="unit",
        party="鑫源五金厂", enterprise_id=works, opened_at=NOW, row=row, state="DECIDED",
        fine=20000, decided_on=NOW.date(),
    )  # fmt: skip
    actions.count_penalty(case.pk)
    assert points(works) == 100  # decided, not yet in force
    Case.objects.update(state="SERVED")
    for _ in range(2):
        actions.count_penalty(case.pk)
    assert (CreditEvent.objects.count(), points(works)) == (1, 95)
    event = CreditEvent.objects.get()
    assert (event.basis, event.until) == ("第三十六条；第九十九条", date(2029, 3, 2))
    shown = Client()
    shown.force_login(people["street"])
    assert "停用除尘" in shown.get("/credit/events").content.decode()
    assert shown.get("/api/v1/credit/events").json()["count"] == 1
    assert shown.get("/credit/events/export").status_code == 200
    shown.force_login(people["other_street"])
    assert "停用除尘" not in shown.get("/credit/events?view=").content.decode()
    assert shown.get("/api/v1/credit/events").json()["count"] == 0
    Case.objects.update(others="stop")  # what weighs most counts
    actions.count_penalty(case.pk)
    assert points(works) == 85
    shown.force_login(people["principal"])
    assert "停用除尘" in shown.get(f"/credit/events?case={case.pk}").content.decode()
    assert "停用除尘" not in shown.get("/credit/events?case=999").content.decode()
    Case.objects.update(state="WITHDRAWN", revoked_on=NOW.date())
    actions.count_penalty(case.pk)
    assert points(works) == 100
    Case.objects.update(state="SERVED", revoked_on=None, party_kind="person")
    actions.count_penalty(case.pk)
    assert points(works) == 100  # a person's fine is not the enterprise's


def test_a_district_without_terms_counts_nothing_fails_nowhere_and_says_so(people, works):
    pk = notice(people, works)
    CreditTerms.objects.all().delete()
    case = Case.objects.create(
        number="1", key="k", title="除尘", unit="x", area_code="500106004", party_kind="unit",
        party="鑫源五金厂", enterprise_id=works, opened_at=NOW, state="SERVED", fine=20000,
        decided_on=NOW.date(), row=DiscretionRow.objects.create(
            code="x", least=1, most=2, law_most=3, valid_from=date(2021, 1, 1)),
    )  # fmt: skip
    accident = Accident.objects.create(
        number="SG1", key="k", title="机械伤害", unit="鑫源五金厂", area_code="500106004",
        sector="industry", category="industrial", kind="03", occurred_at=NOW, known_at=NOW,
        reported_at=NOW, level=4,
    )  # fmt: skip
    actions.count_penalty(case.pk)
    actions.count_accident(accident.pk, 4)
    assert not CreditEvent.objects.exists()
    with pytest.raises(Refused, match="no terms of credit"):
        notice(people, works)
    Listing.objects.update(state="LISTED", entered_on=NOW.date())
    one = Client()
    one.force_login(people["street"])
    for address in ("/credit", "/credit/events", f"/credit/{pk}"):
        said = one.get(address).content.decode()
        assert said.count("未配置信用计分规则") == (address != f"/credit/{pk}"), address


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
    seen = {name: browser(name).get(f"/api/v1/credit/listings/{pk}").status_code for name in PEOPLE}
    assert seen == dict.fromkeys(PEOPLE, 200) | {"other_street": 404, "stranger": 404}
    assert browser("stranger").get("/api/v1/credit/listings").json()["count"] == 0
    assert browser("street").get("/credit/export?view=").status_code == 200
    assert browser("manager").post(f"/credit/{pk}/step", step).status_code == 303
    assert Listing.objects.get().state == State.OBJECTED
    assert "鑫源" in browser("leader").get("/credit?view=").content.decode()


def test_each_verb_by_each_role_by_the_interface_as_the_table_names_them(people, works):
    pk = notice(people, works, months=36)
    ready = {"entered_on": date(2024, 3, 2), "until": date(2027, 3, 2), "objected": False,
             "object_by": date(2026, 3, 16)}  # fmt: skip
    sources = {step.verb: step.sources[0] for step in LISTING.steps}
    one, browsers = Listing.objects.filter(pk=pk), {name: Client() for name in people}
    for name, browser in browsers.items():
        browser.force_login(people[name])

    def set_up(verb):
        own = {"object_by": date(2026, 3, 1)} if verb == "enter" else {}
        one.update(**ready | own, state=sources[verb])
        return {"reason": "因"}

    assert WHO.keys() == sources.keys()
    each_verb_by_each_role(
        f"/api/v1/credit/listings/{pk}/steps", browsers, WHO, LISTING, ready=set_up,
        row=lambda: one.values().get(), unseen=lambda verb: ("other_street", "stranger"),
    )  # fmt: skip
