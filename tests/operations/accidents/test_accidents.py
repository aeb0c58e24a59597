"""Accidents against the rule book (`domain.md` 3.4, 3.9, 4): level, versions, times, steps."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.operations.accidents.conftest import DAY, NOW, PEOPLE, registered, take

from anlan.operations.accidents import actions
from anlan.operations.accidents.actions import NewLiability
from anlan.operations.accidents.models import Accident, Liability, Toll
from anlan.operations.accidents.queries import tally
from anlan.operations.accidents.queries.state import facts
from anlan.operations.accidents.rules.level import Figures, level
from anlan.operations.accidents.rules.loop import Accident as Facts
from anlan.operations.accidents.rules.loop import check, verbs
from anlan.operations.accidents.rules.states import ACCIDENT, FOUR_WORDS, Mark, State, Track
from anlan.operations.deadlines.actions import remind
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.messaging.models import Delivery
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
# Who may take a step; `officer` leads the team. Written from the rule book, not from the code.
WHO = {
    "form team": "governor", "begin": "officer", "leave out appraisal": "officer",
    "give more time": "governor", "submit report": "officer", "return report": "governor",
    "approve": "governor", "publish": "governor", "hand up": "governor",
    "take superior report": "officer second_officer", "implement": "officer second_officer",
    "evaluate": "officer second_officer", "close": "governor",
}  # fmt: skip
CLOSING = (
    (actions.report_up, {}), (actions.follow_up, {"text": "善后完毕", "over": True}),
    (actions.confirm_toll, {}),
)  # fmt: skip


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
        ("close", State.EVALUATED, "governor", {"liabilities_open": 1}),
        ("close", State.EVALUATED, "governor", {"reports_open": True}),
        ("close", State.EVALUATED, "governor", {"toll_open": True}),
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
    assert Accident.objects.get(pk=plain).deaths == 3
    in_time = {"figures": Figures(deaths=10), "as_of": DAY + timedelta(20)}
    assert take(officer, actions.correct_figures, plain, reason="补报", **in_time) == 2
    assert Toll.objects.filter(accident=plain).count() == 4
    with pytest.raises(Refused, match="between"):
        take(officer, actions.correct_figures, plain, figures=worse, reason="x",
             as_of=DAY - timedelta(1))  # fmt: skip


def test_a_street_raises_a_level_and_only_the_bureau_lowers_one(people):
    pk, street = registered(people), people["street"]
    assert take(street, actions.correct_figures, pk, figures=Figures(deaths=3), reason="又亡") == 3
    with pytest.raises(Refused, match="Only the bureau"):
        take(street, actions.correct_figures, pk, figures=Figures(deaths=2), reason="更正")
    assert take(people["duty"], actions.correct_figures, pk, figures=Figures(deaths=2),
                reason="重复统计") == 4  # fmt: skip


def test_a_street_counts_nothing_apart_and_reports_nothing_upwards(people):
    pk = registered(people, in_production=False)
    assert Accident.objects.get(pk=pk).in_production
    for action, said in ((actions.report_up, {}), (actions.follow_up, {"text": "x"})):
        with pytest.raises(Refused, match="Only the bureau"):
            take(people["street"], action, pk, **said)
    take(people["officer"], actions.count_apart, pk, reason="个人行为")
    assert not Accident.objects.get(pk=pk).in_production


def test_late_reports_are_computed_and_the_rest_is_found_by_review(people):
    in_time = registered(people)
    tardy = registered(people, key="k2", reported_at=NOW - timedelta(hours=1, minutes=59))
    assert [Accident.objects.get(pk=pk).late for pk in (in_time, tardy)] == [False, True]
    grave = registered(people, key="k4", figures=Figures(deaths=3))
    for pk, hours, tardily in ((in_time, 2, False), (grave, 1.5, True)):
        at = Accident.objects.get(pk=pk).reported_at + timedelta(hours=hours)
        take(people["duty"], actions.report_up, pk, at=at)
        assert Accident.objects.get(pk=pk).late == tardily
    with pytest.raises(Refused, match="computed"):
        take(people["governor"], actions.mark_reporting, tardy, mark=Mark.LATE, reason="x")
    take(people["governor"], actions.mark_reporting, tardy, mark=Mark.CONCEALED, reason="隐瞒")
    assert Accident.objects.get(pk=tardy).marks == ["concealed"]
    with pytest.raises(Refused, match="not in the future"):
        registered(people, key="k3", reported_at=NOW + timedelta(1))


def test_an_ordinary_accident_goes_from_report_to_closing_with_both_tracks(people):
    pk, officer, governor = registered(people), people["officer"], people["governor"]
    take(
        governor, actions.form_team, pk, leader=officer.account.pk, members="纪委、工会", apart=True
    )
    assert Accident.objects.get(pk=pk).due_on == date(2026, 5, 1)
    take(officer, actions.begin_investigation, pk)
    take(officer, actions.leave_out_appraisal, pk, days=10, reason="设备鉴定")
    take(governor, actions.give_accident_more_time, pk, days=60, reason="案情复杂")
    assert Accident.objects.get(pk=pk).due_on == date(2026, 7, 10)
    for track in (Track.UNIT, Track.SUPERVISION):
        with pytest.raises(Refused, match="both"):
            take(officer, actions.submit_report, pk, direct="未断电", indirect="培训缺失")
        new = NewLiability(
            track=track,
            subject="某",
            finding="实",
            recommendation="处",
            owner="区纪委监委",
            due_on=DAY,
        )
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
    with pytest.raises(Refused, match="recommendations"):
        take(governor, actions.close_accident, pk, checks=list(FOUR_WORDS))
    for liability in Liability.objects.all():
        take(officer, actions.settle_liability, pk, liability=liability.pk, result="已处理")
    duty = people["duty"]
    for action, said in CLOSING:  # 3.4: first, continuing and final report; the toll as it stands
        with pytest.raises(Refused, match=r"upwards|toll"):
            take(governor, actions.close_accident, pk, checks=list(FOUR_WORDS))
        assert "close" not in verbs(facts(Accident.objects.get(pk=pk)), governor.person, DAY)
        clock.use(DrillClock(clock.now() + timedelta(days=12)))
        take(duty, action, pk, **said)
    with pytest.raises(Refused, match="All four"):
        take(governor, actions.close_accident, pk, checks=["cause"])
    take(governor, actions.close_accident, pk, checks=list(FOUR_WORDS))
    done = Accident.objects.get(pk=pk)
    assert (done.state, done.evaluate_by) == (State.CLOSED, date(2027, 3, 2))
    assert not WorkItem.objects.filter(key__startswith="accident", done_at=None).exists()
    with pytest.raises(Refused, match="closed"):
        take(officer, actions.correct_figures, pk, figures=Figures(), reason="x")


def test_an_accident_for_which_no_team_is_formed_is_late_after_60_days_and_climbs(people):
    """493 art. 29 counts from the accident: 2 March and 60 days is 1 May."""
    pk = registered(people)
    item = WorkItem.objects.get(key=f"accident:{pk}")
    assert item.due_at.astimezone(clock.CHINA).date() == date(2026, 5, 1)
    assert "2026" in people["governor"].browser.get(f"/accidents/{pk}").content.decode()
    clock.use(DrillClock(NOW + timedelta(days=67)))  # Friday, 8 May: a week late
    late = people["governor"].browser.get("/accidents?view=overdue").content.decode()
    assert Accident.objects.get(pk=pk).number in late
    assert remind() >= 1
    told = Delivery.objects.filter(mailing__subject_kind="digest")
    assert {one.label for one in told} >= {"governor", "officer"}
    apart = registered(people, key="k2")
    take(people["officer"], actions.count_apart, apart, reason="个人行为")
    assert WorkItem.objects.get(key=f"accident:{apart}").due_at is None


def test_one_whose_level_rises_is_handed_up(people):
    pk, governor = registered(people), people["governor"]
    with pytest.raises(Refused, match="by the district"):
        take(governor, actions.hand_up, pk, to="市政府")
    take(people["duty"], actions.correct_figures, pk, figures=Figures(deaths=3), reason="更正")
    with pytest.raises(Refused, match="superior"):
        take(
            governor,
            actions.form_team,
            pk,
            leader=people["officer"].account.pk,
            members="x",
            apart=True,
        )
    take(governor, actions.hand_up, pk, to="市政府")
    officer = people["officer"]
    take(officer, actions.take_superior_report, pk, where="市局网站", direct="直", indirect="间")
    take(officer, actions.write_measure, pk, text="加联锁", owner="鑫源", due_on=DAY)
    for track in (Track.UNIT, Track.SUPERVISION):
        with pytest.raises(Refused, match="both"):
            take(officer, actions.implement_measures, pk)
        new = NewLiability(
            track=track,
            subject="某",
            finding="实",
            recommendation="处",
            owner="区纪委监委",
            due_on=DAY,
        )
        actions.find_liability(officer.actor, officer.person, pk, new)
    take(officer, actions.implement_measures, pk)
    assert Accident.objects.get(pk=pk).state == State.IMPLEMENTING


def test_nobody_investigates_where_they_are_part_of_it(people):
    pk, governor, officer = registered(people), people["governor"], people["officer"]
    team = {"leader": officer.account.pk, "members": "工会、王勇"}
    for wrong in ({"apart": False}, {"apart": True, "members": "鑫源五金厂安全科"}):
        with pytest.raises(Refused):
            take(governor, actions.form_team, pk, **(team | wrong))
    take(governor, actions.form_team, pk, apart=True, **team)
    take(officer, actions.begin_investigation, pk)
    new = NewLiability(track=Track.SUPERVISION, subject="区应急局 王勇", finding="实",
                       recommendation="处", owner="区纪委监委", due_on=DAY)  # fmt: skip
    with pytest.raises(Refused, match="part of it"):
        actions.find_liability(officer.actor, officer.person, pk, new)
    due = Accident.objects.get(pk=pk).due_on
    take(governor, actions.form_team, pk, apart=True, **(team | {"members": "工会"}))
    take(officer, actions.begin_investigation, pk)
    actions.find_liability(officer.actor, officer.person, pk, new)
    assert Accident.objects.get(pk=pk).due_on == due


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
    step = {"verb": "form team", "leader": people["officer"].account.pk, "members": "工会",
            "apart": "yes"}  # fmt: skip
    assert people["governor"].browser.post(f"/accidents/{pk}/step", step).status_code == 303
    assert people["fire"].browser.post(f"/accidents/{pk}/step", step).status_code == 404
    assert Accident.objects.get().state == State.TEAM_FORMED
    assert people["fire"].browser.get("/accidents/export").status_code == 200
    found = people["governor"].browser.get("/api/v1/accidents/tally").json()
    assert (found["accidents"], found["deaths"], found["apart"]) == (1, 1, 0)
    begin, end = NOW - timedelta(1), NOW
    assert tally(people["fire"].scope, begin, end).accidents == 0


def test_random_walks_publish_nothing_that_lacks_a_track_or_another_persons_approval(people):
    said = {"leader": people["officer"].account.pk, "members": "x", "apart": True,
            "days": 5, "reason": "因",
            "direct": "直", "indirect": "间", "where": "网", "to": "市", "evaluation": "评",
            "checks": list(FOUR_WORDS), "figures": Figures(deaths=4), "text": "措", "owner": "某",
            "due_on": DAY, "result": "成"}  # fmt: skip
    asked = {
        "form team": (actions.form_team, "leader members apart"),
        "correct figures": (actions.correct_figures, "figures reason"),
        "begin": (actions.begin_investigation, ""),
        "submit report": (actions.submit_report, "direct indirect"),
        "return report": (actions.return_report, "reason"),
        "approve": (actions.approve_report, ""), "publish": (actions.publish_report, "where"),
        "hand up": (actions.hand_up, "to"), "implement": (actions.implement_measures, ""),
        "take superior report": (actions.take_superior_report, "where direct indirect"),
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
                if known.state in (State.INVESTIGATING, State.PUBLISHED) and dice.random() < 0.5:
                    new = NewLiability(track=dice.choice(list(Track)), subject="某", finding="实",
                                       recommendation="处", owner="区纪委",
                                       due_on=DAY)  # fmt: skip
                    actions.find_liability(one.actor, one.person, pk, new)
                else:
                    take(one, action, pk, **{key: said[key] for key in told.split()})
            except Refused:
                pass
            accident = Accident.objects.get(pk=pk)
            reached.add(accident.state)
            known, above = facts(accident), accident.steps.filter(verb="hand up").exists()
            if accident.state in (State.IMPLEMENTING, State.EVALUATED, State.CLOSED):
                assert {Track.UNIT, Track.SUPERVISION} <= known.tracks
                assert known.causes
            if accident.published_at and not above:
                assert accident.level == 4
                approved = accident.steps.filter(verb="approve").latest("id")
                assert approved.by_id != accident.submitted_by_id
            assert accident.level == level(
                Figures(deaths=accident.deaths, serious=accident.serious)
            )
    assert State.PUBLISHED in reached
