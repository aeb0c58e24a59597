"""Accidents against the rule book (`domain.md` 3.4, 3.9, 4): level, versions, times, steps."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from anlan.operations.accidents import actions
from anlan.operations.accidents.actions import NewAccident, NewLiability
from anlan.operations.accidents.models import Accident, Toll
from anlan.operations.accidents.queries import tally
from anlan.operations.accidents.queries.state import facts, person_of
from anlan.operations.accidents.rules.level import Figures, level
from anlan.operations.accidents.rules.loop import Accident as Facts
from anlan.operations.accidents.rules.loop import check, verbs
from anlan.operations.accidents.rules.states import ACCIDENT, FOUR_WORDS, Mark, State, Track
from anlan.operations.people.actions import PLATFORM, NewAccount, as_actor, open_account
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.territory.actions import NewArea, load_areas
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = date(2026, 3, 2)
ONE_HURT = Figures(serious=1)
NOW = datetime(2026, 3, 2, 12, tzinfo=CHINA)
PEOPLE = {
    "officer": ("safety_officer", "500106", ""),
    "second_officer": ("safety_officer", "500106", ""),
    "duty": ("duty_officer", "500106", ""),
    "governor": ("district_leader", "500106", ""),
    "industry": ("department", "500106", "industry"),
    "fire": ("department", "500106", "fire"),
    "street": ("township", "500106004", ""),
    "other_street": ("township", "500106002", ""),
    "grid": ("grid_worker", "500106004001", ""),
    "manager": ("enterprise", "500106004", ""),
}
# Who may take a step; `officer` leads the team. Written from the rule book, not from the code.
WHO = {
    "form team": "governor", "begin": "officer", "leave out appraisal": "officer",
    "give more time": "governor", "submit report": "officer", "return report": "governor",
    "approve": "governor", "publish": "governor", "hand up": "governor",
    "take superior report": "officer second_officer", "implement": "officer second_officer",
    "evaluate": "officer second_officer", "close": "governor",
}  # fmt: skip


class One:
    def __init__(self, name):
        role, area, sector = PEOPLE[name]
        new = NewAccount(
            username=name,
            password="a long demo password",
            display_name=name,
            role=role,
            area_code=area,
            sector=sector,
            organisation_code="x",
        )
        self.account = Account.objects.get(pk=open_account(PLATFORM, new))
        self.actor = as_actor(self.account)
        self.scope = scope_of(self.account)
        self.person = person_of(self.scope)

    @property
    def browser(self):
        client = Client()
        client.force_login(self.account)
        return client


@pytest.fixture
def people(db):
    clock.use(DrillClock(NOW))
    names = {"500106": "沙坪坝区", "500106004": "磁器口街道", "500106002": "沙坪坝街道"}
    kinds = {6: "district", 9: "township"}
    load_areas(
        PLATFORM,
        [NewArea(code=code, name=name, kind=kinds[len(code)], geometry=None, lon=106.45, lat=29.57)
         for code, name in names.items()],
    )  # fmt: skip
    return {name: One(name) for name in PEOPLE}


def take(one, action, pk, **said):
    return action(one.actor, one.person, pk, **said)


def registered(people, figures=ONE_HURT, key="k1", category="industrial", **times):
    about = {"title": "机械伤害", "unit": "鑫源五金厂", "area_code": "500106004",
             "sector": "industry", "category": category, "kind": "03"}  # fmt: skip
    at = {"occurred_at": NOW - timedelta(hours=3), "known_at": NOW - timedelta(hours=3),
          "reported_at": NOW - timedelta(hours=2, minutes=10)}  # fmt: skip
    new = NewAccident(key=key, about=about, figures=figures, **(at | times))
    return actions.register_accident(people["street"].actor, people["street"].person, new)


@pytest.mark.parametrize(
    ("figures", "number"),
    [
        (Figures(), 4), (Figures(deaths=2, serious=9, loss=Decimal("999.99")), 4),
        (Figures(deaths=3), 3), (Figures(serious=10), 3), (Figures(poisoned=7, serious=3), 3),
        (Figures(loss=Decimal(1000)), 3), (Figures(deaths=9, missing=30), 3),
        (Figures(deaths=10), 2), (Figures(serious=50), 2), (Figures(loss=Decimal(5000)), 2),
        (Figures(deaths=30), 1), (Figures(serious=100), 1), (Figures(loss=Decimal(10000)), 1),
    ],
)  # fmt: skip
def test_any_one_criterion_makes_the_level_and_the_highest_wins(figures, number):
    assert level(figures) == number


def allowed(verb, accident, person):
    try:
        check(verb, accident, person, DAY)
    except Refused:
        return False
    return True


def test_every_step_is_taken_by_whom_the_rule_book_names_and_by_nobody_else(people):
    ready = Facts(state="", leader=people["officer"].account.pk, due_on=DAY, causes=True,
                  submitted_by=people["officer"].account.pk, measures=1,
                  tracks=frozenset({Track.UNIT, Track.SUPERVISION}))  # fmt: skip
    for step in ACCIDENT.steps:
        for state in State:
            here = replace(ready, state=state, level=3 if step.verb == "hand up" else 4)
            able = {name for name, one in people.items() if allowed(step.verb, here, one.person)}
            assert able == (set(WHO[step.verb].split()) if state in step.sources else set())


@pytest.mark.parametrize(
    ("verb", "state", "who", "changed"),
    [
        ("form team", State.REPORTED, "governor", {"level": 3}),
        ("submit report", State.INVESTIGATING, "officer", {"tracks": frozenset({Track.UNIT})}),
        ("approve", State.REPORT_SUBMITTED, "governor", {"tracks": frozenset()}),
        ("approve", State.REPORT_SUBMITTED, "governor", {"submitted_by": "governor"}),
        ("give more time", State.INVESTIGATING, "governor", {"extended": True}),
        ("implement", State.PUBLISHED, "officer", {"measures": 0}),
        ("evaluate", State.IMPLEMENTING, "officer", {"measures_open": 1}),
    ],
)
def test_what_a_rule_forbids_is_refused(people, verb, state, who, changed):
    changed = {k: people[v].account.pk if v in people else v for k, v in changed.items()}
    ready = Facts(state=state, leader=people["officer"].account.pk, due_on=DAY, causes=True,
                  measures=1, tracks=frozenset({Track.UNIT, Track.SUPERVISION}))  # fmt: skip
    assert allowed(verb, ready, people[who].person)
    assert not allowed(verb, replace(ready, **changed), people[who].person)


def test_a_corrected_toll_is_a_new_version_and_changes_the_level_for_30_or_7_days(people):
    plain, traffic = registered(people), registered(people, key="k2", category="traffic")
    worse = Figures(deaths=3)
    clock.use(DrillClock(NOW + timedelta(days=8)))
    officer = people["officer"]
    assert take(officer, actions.correct_figures, plain, figures=worse, reason="医治无效") == 3
    assert take(officer, actions.correct_figures, traffic, figures=worse, reason="医治无效") == 4
    assert list(Toll.objects.filter(accident=traffic).values_list("counted", "level")) == [
        (True, 4), (False, 4)
    ]  # fmt: skip
    clock.use(DrillClock(NOW + timedelta(days=31)))
    assert take(officer, actions.correct_figures, plain, figures=Figures(), reason="更正") == 3
    assert Accident.objects.get(pk=plain).deaths == 0


def test_late_reports_are_computed_and_the_rest_is_found_by_review(people):
    in_time = registered(people)
    tardy = registered(people, key="k2", reported_at=NOW - timedelta(hours=1, minutes=59))
    assert [Accident.objects.get(pk=pk).late for pk in (in_time, tardy)] == [False, True]
    take(people["duty"], actions.report_up, in_time)
    assert Accident.objects.get(pk=in_time).late
    with pytest.raises(Refused, match="computed"):
        take(people["governor"], actions.mark_reporting, tardy, mark=Mark.LATE, reason="x")
    take(people["governor"], actions.mark_reporting, tardy, mark=Mark.CONCEALED, reason="隐瞒")
    assert Accident.objects.get(pk=tardy).marks == ["concealed"]
    with pytest.raises(Refused, match="not in the future"):
        registered(people, key="k3", reported_at=NOW + timedelta(1))


def test_an_ordinary_accident_goes_from_report_to_closing_with_both_tracks(people):
    pk, officer, governor = registered(people), people["officer"], people["governor"]
    take(governor, actions.form_team, pk, leader=officer.account.pk, members="纪委、工会")
    assert Accident.objects.get(pk=pk).due_on == date(2026, 5, 1)
    take(officer, actions.begin_investigation, pk)
    take(officer, actions.leave_out_appraisal, pk, days=10, reason="设备鉴定")
    take(governor, actions.give_accident_more_time, pk, days=60, reason="案情复杂")
    assert Accident.objects.get(pk=pk).due_on == date(2026, 7, 10)
    for track in (Track.UNIT, Track.SUPERVISION):
        with pytest.raises(Refused, match="both"):
            take(officer, actions.submit_report, pk, direct="未断电", indirect="培训缺失")
        new = NewLiability(track=track, subject="某", finding="实", recommendation="处")
        actions.find_liability(officer.actor, officer.person, pk, new)
    take(officer, actions.submit_report, pk, direct="未断电", indirect="培训缺失")
    take(governor, actions.approve_report, pk)
    take(governor, actions.publish_report, pk, where="区政府网站")
    with pytest.raises(Refused, match="at least one"):
        take(officer, actions.implement_measures, pk)
    one = take(officer, actions.write_measure, pk, text="加联锁", owner="鑫源", due_on=DAY)
    take(officer, actions.implement_measures, pk)
    take(officer, actions.finish_measure, pk, measure=one, result="已装")
    take(officer, actions.evaluate_measures, pk, evaluation="到位")
    with pytest.raises(Refused, match="All four"):
        take(governor, actions.close_accident, pk, checks=["cause"])
    take(governor, actions.close_accident, pk, checks=list(FOUR_WORDS))
    done = Accident.objects.get(pk=pk)
    assert (done.state, done.evaluate_by) == (State.CLOSED, date(2027, 3, 2))
    with pytest.raises(Refused, match="closed"):
        take(officer, actions.correct_figures, pk, figures=Figures(), reason="x")


def test_one_whose_level_rises_is_handed_up(people):
    pk, governor = registered(people), people["governor"]
    with pytest.raises(Refused, match="by the district"):
        take(governor, actions.hand_up, pk, to="市政府")
    take(people["duty"], actions.correct_figures, pk, figures=Figures(deaths=3), reason="更正")
    with pytest.raises(Refused, match="superior"):
        take(governor, actions.form_team, pk, leader=people["officer"].account.pk, members="x")
    take(governor, actions.hand_up, pk, to="市政府")
    take(people["officer"], actions.take_superior_report, pk, where="市局网站")
    assert Accident.objects.get(pk=pk).state == State.PUBLISHED


def test_pages_show_what_is_in_sight_and_take_the_steps(people):
    said = {"key": "p1", "title": "触电", "unit": "某厂", "area_code": "500106004",
            "sector": "industry", "category": "industrial", "kind": "05", "deaths": "1",
            "occurred_at": "2026-03-02T09:00", "known_at": "2026-03-02T09:05",
            "reported_at": "2026-03-02T09:30", "in_production": "yes"}  # fmt: skip
    answer = people["street"].browser.post("/accidents/new", said)
    pk = Accident.objects.get().pk
    assert answer.headers["Location"] == f"/accidents/{pk}"
    seen = {name: one.browser.get(f"/accidents/{pk}").status_code for name, one in people.items()}
    assert seen == dict.fromkeys(PEOPLE, 200) | {
        "fire": 404, "other_street": 404, "grid": 403, "manager": 403
    }  # fmt: skip
    step = {"verb": "form team", "leader": people["officer"].account.pk, "members": "工会"}
    assert people["governor"].browser.post(f"/accidents/{pk}/step", step).status_code == 303
    assert people["fire"].browser.post(f"/accidents/{pk}/step", step).status_code == 404
    assert Accident.objects.get().state == State.TEAM_FORMED
    assert people["fire"].browser.get("/accidents/export").status_code == 200
    found = people["governor"].browser.get("/api/v1/accidents/tally").json()
    assert (found["accidents"], found["deaths"], found["apart"]) == (1, 1, 0)
    begin, end = NOW - timedelta(1), NOW
    assert tally(people["fire"].scope, begin, end).accidents == 0


def test_random_walks_publish_nothing_that_lacks_a_track_or_another_persons_approval(people):
    said = {"leader": people["officer"].account.pk, "members": "x", "days": 5, "reason": "因",
            "direct": "直", "indirect": "间", "where": "网", "to": "市", "evaluation": "评",
            "checks": list(FOUR_WORDS), "figures": Figures(deaths=4), "text": "措", "owner": "某",
            "due_on": DAY, "result": "成"}  # fmt: skip
    asked = {
        "form team": (actions.form_team, "leader members"),
        "begin": (actions.begin_investigation, ""),
        "submit report": (actions.submit_report, "direct indirect"),
        "return report": (actions.return_report, "reason"),
        "approve": (actions.approve_report, ""), "publish": (actions.publish_report, "where"),
        "hand up": (actions.hand_up, "to"), "implement": (actions.implement_measures, ""),
        "take superior report": (actions.take_superior_report, "where"),
        "evaluate": (actions.evaluate_measures, "evaluation"),
        "close": (actions.close_accident, "checks"),
        "write measure": (actions.write_measure, "text owner due_on"),
    }  # fmt: skip
    names = ("officer", "second_officer", "governor", "street")
    reached = set()
    for seed in range(3):
        dice = random.Random(seed)
        pk = registered(people, key=f"walk{seed}")
        for _ in range(45):
            name, verb = dice.choice(names), dice.choice(list(asked))
            known = facts(Accident.objects.get(pk=pk))
            open_to = [(n, v) for n in names for v in verbs(known, people[n].person, DAY)
                       if v in asked]  # fmt: skip
            if open_to and dice.random() < 0.6:
                name, verb = dice.choice(open_to)
            one, (action, told) = people[name], asked[verb]
            try:
                if known.state == State.INVESTIGATING and dice.random() < 0.5:
                    new = NewLiability(track=dice.choice(list(Track)), subject="某", finding="实",
                                       recommendation="处")  # fmt: skip
                    actions.find_liability(one.actor, one.person, pk, new)
                else:
                    take(one, action, pk, **{key: said[key] for key in told.split()})
            except Refused:
                pass
            accident = Accident.objects.get(pk=pk)
            reached.add(accident.state)
            if accident.published_at:
                known = facts(accident)
                assert {Track.UNIT, Track.SUPERVISION} <= known.tracks
                assert accident.steps.get(verb="approve").by_id != accident.submitted_by_id
    assert State.PUBLISHED in reached
