"""The annual assessment: who may when, what is counted, what is seen, what is frozen."""

import io
import random
from datetime import date, datetime

import pytest
from django.test import Client
from PIL import Image
from tests.operations.assessment.cards import (
    OTHER,
    SCHEME,
    STREET,
    accident,
    card_of,
    open_house,
    open_year,
    person,
    submitted,
    take,
)

from anlan.operations.assessment import actions
from anlan.operations.assessment.models import Edition, SchemeVersion, Scorecard
from anlan.operations.assessment.queries import card_file, cards_in
from anlan.operations.assessment.rules.scheme import read_scheme
from anlan.operations.assessment.rules.scorecard import CARD, Card, State, check
from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import PLATFORM, relay_events
from anlan.operations.people.queries import scope_of
from anlan.operations.responsibilities.models import Bearer, Work
from anlan.portal.loading.folder import folder_of
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
UNIT, BUREAU, CHIEF = "street leader", "office section", "chief"
WHO = {
    "answer": UNIT, "submit": UNIT, "object": UNIT, "accept": UNIT,
    "return": BUREAU, "deduct": BUREAU, "award": BUREAU, "review": BUREAU, "correct": BUREAU,
    "settle": CHIEF, "publish": CHIEF,
}  # fmt: skip


def who_may(verb, state):
    if verb in ("waive", "strike"):
        return CHIEF if state == State.OBJECTED else BUREAU
    return WHO[verb]


@pytest.fixture
def people(db):
    return open_house()


@pytest.fixture
def year(people):
    assert open_year(people) == 5
    return people


def to_publish(people, name="street", unit=STREET):
    submitted(people, name, unit)
    take(people, "office", unit, "review")
    take(people, name, unit, "accept")
    take(people, "chief", unit, "publish")


def works(unit, in_time, late):
    """Works of a unit that were confirmed, in time or after their day."""
    bearer = Bearer.objects.create(
        unit_code=unit, unit_name=unit, area_code=unit, post=f"{unit}", since=date(2026, 1, 1)
    )
    for n in range(in_time + late):
        Work.objects.create(
            bearer=bearer, year=2026, number=f"{n}", what="工作", measure="完成", unit_code=unit,
            unit_name=unit, area_code=unit, due_on=date(2026, 6, 30), state="CONFIRMED",
            finished_on=date(2026, 6, 1) if n < in_time else date(2026, 7, 15), percent=100,
            set_at=clock.now(), set_by_name="试",
        )  # fmt: skip


def test_every_step_is_taken_by_whom_the_table_names_and_by_nobody_else(people):
    day = date(2026, 12, 5)
    for step in CARD.steps:
        for state in State:
            able = set()
            for name, account in people.items():
                try:
                    card = Card(state=state, unit=STREET, object_by=day)
                    check(step.verb, card, person(account), day)
                    able.add(name)
                except Refused:
                    pass
            starts = any(one.verb == step.verb and state in one.sources for one in CARD.steps)
            expected = set(who_may(step.verb, state).split()) if starts else set()
            assert able == expected, (step.verb, state)


def test_who_scored_never_reviews_and_who_reviewed_never_decides(people):
    day, office, chief = date(2026, 12, 5), person(people["office"]), person(people["chief"])
    with pytest.raises(Refused, match="Who scored it"):
        check("review", Card(state="SUBMITTED", unit="x", submitted_by=office.id), office, day)
    with pytest.raises(Refused, match="Who reviewed it"):
        check("publish", Card(state="FINAL", unit="x", reviewed_by=chief.id), chief, day)
    with pytest.raises(Refused, match="never on its own unit"):
        check("review", Card(state="SUBMITTED", unit="bureau"), office, day)


def test_a_year_gives_a_card_to_every_unit_that_the_district_runs_once(people):
    with pytest.raises(Refused, match="The bureau opens"):
        open_year(people, name="street")
    with pytest.raises(Refused, match="with a day to come"):
        open_year(people, due=date(2026, 11, 30))
    assert open_year(people) == 5
    assert open_year(people) == 0
    kinds = dict(Scorecard.objects.values_list("unit_code", "kind"))
    assert kinds == {
        STREET: "township", OTHER: "township", "water": "department", "industry": "department",
        "park": "zone",
    }  # fmt: skip


def test_a_card_is_counted_as_by_hand(year):
    """36 of 40 and 18 of 20 typed, 3 of 4 works in time: 30 of 40. One common accident, told late:
    −3 −2; a bonus of 2."""
    works(STREET, 3, 1)
    accident("SG2026-0001", 4, late=True)
    accident("SG2026-0002", 4, area=OTHER)
    accident("SG2025-0009", 4, on=date(2025, 12, 31))
    accident("SG2026-0003", 4, in_production=False)
    take(year, "office", STREET, "award", points="2", what="市级表彰，渝应急〔2026〕1号")
    submitted(year, "street", STREET)
    assert card_of(STREET).self_points == 84  # 36 + 18 + 30
    take(year, "office", STREET, "review", points__duty="34", words__duty="缺两天交接记录")
    card = card_of(STREET)
    assert (card.points, card.grade, card.vetoed) == (79, "pass", False)  # 34+18+30 −5 +2
    assert [one["reviewed"] for one in card.sheet["lines"] if one["code"] == "duty"] == [34]
    assert card.steps.get(verb="review").changes == {"duty": "36 > 34"}


def test_an_item_that_no_record_speaks_of_leaves_its_weight_to_the_others(year):
    submitted(year, "water", "water", duty=30, plan=15)
    take(year, "office", "water", "review")
    assert card_of("water").points == 75  # 45 of 60
    assert card_of("water").sheet["lines"][2]["counts"] is None


def test_a_department_answers_for_the_accidents_of_its_sector(year):
    accident("SG2026-0001", 4, area=OTHER, sector="water")
    accident("SG2026-0002", 4, area=OTHER, sector="industry")
    sheet = card_file(card_of("water").pk, scope_of(year["water"])).sheet
    assert [one.what.split()[0] for one in sheet.taken] == ["SG2026-0001"]


@pytest.mark.parametrize(
    ("level", "marks", "why"),
    [(3, [], "level"), (1, [], "level"), (4, ["concealed"], "concealed"), (4, ["false"], None)],
)
def test_a_considerable_accident_or_concealment_is_a_veto_and_is_named(year, level, marks, why):
    accident("SG2026-0007", level, marks=marks)
    submitted(year, "street", STREET, duty=40, plan=20)
    take(year, "office", STREET, "review")
    card = card_of(STREET)
    assert card.grade == ("fail" if why else "excellent")
    assert [one["why"] for one in card.sheet["vetoes"]] == ([why] if why else [])
    assert not why or "SG2026-0007" in card.sheet["vetoes"][0]["what"]


def test_a_computed_deduction_is_left_out_with_a_reason_and_a_veto_is_not(year):
    accident("SG2026-0001", 4)
    accident("SG2026-0002", 2)
    submitted(year, "street", STREET, duty=40, plan=20)
    key = card_file(card_of(STREET).pk, scope_of(year["office"])).sheet.taken[0].key
    with pytest.raises(Refused, match="Say why"):
        take(year, "office", STREET, "waive", key=key)
    take(year, "office", STREET, "waive", key=key, what="责任单位在外区")
    with pytest.raises(Refused, match="no such deduction"):
        take(year, "office", STREET, "waive", key=key, what="再来")
    take(year, "office", STREET, "deduct", code="blamed", what="渝安委〔2026〕8号通报")
    with pytest.raises(Refused, match="entered by hand"):
        take(year, "office", STREET, "deduct", code="accident", what="坍塌")
    take(year, "office", STREET, "review")
    assert (card_of(STREET).points, card_of(STREET).grade) == (98, "fail")


def test_bonus_never_passes_the_most_and_struck_entries_do_not_count(year):
    take(year, "office", STREET, "award", points="4", what="甲")
    with pytest.raises(Refused, match="from 0 to 1"):
        take(year, "office", STREET, "award", points="1.5", what="乙")
    entry = card_of(STREET).entries.get().pk
    take(year, "section", STREET, "strike", entry=entry, what="文件不符")
    take(year, "office", STREET, "award", points="5", what="丙")
    submitted(year, "street", STREET)
    take(year, "office", STREET, "review")
    assert card_of(STREET).points == 95  # 54 of 60, +5


def test_points_are_within_the_item_and_evidence_is_named(year):
    for wrong in ("41", "-1", "3.25", "viel", "NaN", "1e9"):
        with pytest.raises(Refused, match="值班: write points from 0 to 40"):
            take(year, "street", STREET, "answer", points__duty=wrong)
    with pytest.raises(Refused, match="computed from records"):
        take(year, "street", STREET, "answer", points__works="40")
    with pytest.raises(Refused, match="1 items have no points"):
        take(year, "street", STREET, "submit", points__duty="40", words__duty="表")
    with pytest.raises(Refused, match="预案: name your evidence"):
        take(year, "street", STREET, "submit", points__duty="40", words__duty="表",
             points__plan="20")  # fmt: skip
    with pytest.raises(Refused, match="scores itself only"):
        take(year, "other", STREET, "answer", points__duty="1")
    submitted(year, "street", STREET)
    with pytest.raises(Refused, match="值班: say why"):
        take(year, "office", STREET, "review", points__duty="1")


def test_the_time_to_object_is_five_calendar_days_and_ends_by_itself(year):
    clock.use(DrillClock(datetime(2026, 12, 3, 9, tzinfo=CHINA)))
    submitted(year, "street", STREET)
    take(year, "office", STREET, "review")
    assert card_of(STREET).object_by == date(2026, 12, 8)  # with a weekend in between
    clock.use(DrillClock(datetime(2026, 12, 8, 23, tzinfo=CHINA)))
    assert run_due_timers() == 0
    clock.use(DrillClock(datetime(2026, 12, 9, 0, 1, tzinfo=CHINA)))
    with pytest.raises(Refused, match="time to object is over"):
        take(year, "street", STREET, "object", words="不服")
    run_due_timers()
    relay_events()
    assert card_of(STREET).state == State.FINAL


def test_an_objection_is_answered_by_the_leader_before_anything_is_published(year):
    submitted(year, "street", STREET)
    take(year, "office", STREET, "review", points__duty="20", words__duty="缺")
    with pytest.raises(Refused, match="Say why"):
        take(year, "leader", STREET, "object")
    take(year, "leader", STREET, "object", words="记录在新系统")
    with pytest.raises(Refused, match="as it is now"):
        take(year, "chief", STREET, "publish")
    with pytest.raises(Refused, match="may not take"):
        take(year, "office", STREET, "settle", words="查实")
    take(year, "chief", STREET, "settle", points__duty="36", words__duty="已查实", words="采纳")
    assert (card_of(STREET).state, card_of(STREET).points) == (State.FINAL, 90)


def test_what_is_published_is_frozen_and_a_correction_is_a_new_version(year):
    to_publish(year)
    accident("SG2026-0001", 3)
    street = card_of(STREET).pk
    seen = card_file(street, scope_of(year["other"]))
    assert (seen.sheet.points, seen.sheet.grade, seen.inside) == (90, "excellent", False)
    take(year, "office", STREET, "correct", words="补登较大事故")
    take(year, "office", STREET, "review")
    seen = card_file(street, scope_of(year["other"]))
    assert (seen.sheet.grade, seen.edition.number, seen.verbs) == ("excellent", 1, ())
    listed = cards_in(scope_of(year["other"])).get(pk=street)
    assert (listed.told_state, listed.told_grade, listed.told_vetoed) == (
        "PUBLISHED", "excellent", False,
    )  # fmt: skip
    take(year, "street", STREET, "accept")
    take(year, "chief", STREET, "publish")
    newest = card_file(street, scope_of(year["other"]))
    assert (newest.sheet.grade, newest.edition.number) == ("fail", 2)
    assert newest.edition.reason == "补登较大事故"
    first = card_file(street, scope_of(year["other"]), version=1)
    assert first.sheet.grade == "excellent"


def test_a_unit_sees_its_own_and_all_published_ones_and_the_bureau_sees_all(year):
    def seen():
        return {name: cards_in(scope_of(one)).count() for name, one in year.items()}

    bureau = ("office", "section", "duty", "chief", "night", "mayor", "officer")
    units = ("street", "leader", "other", "other_leader", "water", "water_leader", "zone")
    nobody = dict.fromkeys(("grid", "firm", "security"), 0)
    assert seen() == dict.fromkeys(bureau, 5) | dict.fromkeys(units, 1) | nobody
    to_publish(year)
    after = seen()
    assert {after[name] for name in ("other", "water", "zone")} == {2}
    assert {after[name] for name in ("street", "leader", *nobody)} == {1, 0}


def test_never_published_without_a_review_or_with_an_open_objection(year):
    """A walk of many steps by anybody; what was published is held against the steps."""
    dice = random.Random(20260504)
    names, verbs_ = list(year), sorted({one.verb for one in CARD.steps})
    given = {"words": "因", "what": "事", "code": "blamed", "points": "1", "points__duty": "30",
             "points__plan": "10", "words__duty": "表", "words__plan": "表"}  # fmt: skip
    taken = 0
    for _ in range(1200):
        verb = dice.choice(verbs_)
        say = given if verb in ("answer", "submit", "deduct", "award") else {"words": "因"}
        try:
            take(year, dice.choice(names), dice.choice((STREET, "water")), verb, **say)
            taken += 1
        except Refused:
            continue
    assert taken > 20
    for card in Scorecard.objects.all():
        verbs = list(card.steps.order_by("pk").values_list("verb", flat=True))
        for place, verb in enumerate(verbs):
            if verb != "publish":
                continue
            begins = [n for n, one in enumerate(verbs[:place]) if one in ("submit", "correct")]
            since = max(begins, default=-1)
            spell = verbs[since:place]
            assert since >= 0
            assert "review" in spell
            assert "object" not in spell or "settle" in spell
        assert card.editions.count() == verbs.count("publish")
    assert all(one.sheet["points"] is not None for one in Edition.objects.all())


def test_the_desk_asks_whoever_is_next(year):
    def kinds(name):
        return {one.link for one in desk(scope_of(year[name])) if one.kind == "scorecard"}

    street = f"/scorecards/{card_of(STREET).pk}"
    assert kinds("street") == {street}
    submitted(year, "street", STREET)
    assert (kinds("street"), kinds("office")) == (set(), {street})
    take(year, "office", STREET, "review")
    assert (kinds("street"), kinds("office")) == ({street}, set())
    take(year, "street", STREET, "object", words="不服")
    assert street in kinds("chief")
    take(year, "chief", STREET, "settle", words="维持")
    assert kinds("chief") == {"/scorecards?year=2026&view=final"}
    take(year, "chief", STREET, "publish")
    assert kinds("chief") == set()


def test_the_pages_of_another_unit_are_not_there_until_it_is_published(year):
    street, other, office, chief = Client(), Client(), Client(), Client()
    for client, name in ((street, "street"), (other, "other"), (office, "office"),
                         (chief, "chief")):  # fmt: skip
        client.force_login(year[name])
    where = f"/scorecards/{card_of(STREET).pk}"
    assert other.get(where).status_code == 404
    assert other.post(f"{where}/step", {"verb": "submit"}).status_code == 404
    assert other.get(f"/api/v1{where}").status_code == 404
    shown = street.get(where, headers={"accept-language": "zh-hans"}).content.decode()
    assert "提交自评" in shown
    street.post(f"{where}/step", {
        "verb": "submit", "points:duty": "40", "words:duty": "表", "points:plan": "20",
        "words:plan": "表",
    })  # fmt: skip
    assert card_of(STREET).state == State.SUBMITTED
    told = office.post(
        f"/api/v1{where}/steps",
        {"verb": "review", "given": {"points:duty": "38", "words:duty": "漏岗一次"}},
        content_type="application/json",
    )
    assert told.json()["state"] == State.REVIEWED
    assert "漏岗一次" in street.get(where).content.decode()
    street.post(f"{where}/step", {"verb": "accept"})
    assert other.post("/scorecards/publish", {"year": "2026"}).status_code == 403
    chief.post("/scorecards/publish", {"year": "2026"})
    assert other.get(where).status_code == 200
    assert "漏岗一次" in other.get(where).content.decode()
    api = other.get(f"/api/v1{where}").json()
    assert (api["sheet"]["points"], api["steps"], api["verbs"]) == (96.67, [], [])
    rows = other.get("/api/v1/scorecards").json()["rows"]
    assert [(one["unit_name"], one["points"]) for one in rows if one["points"]] == [
        ("磁器口街道", 96.67)
    ]
    assert other.get("/scorecards").status_code == 200
    assert other.get("/scorecards/export").status_code == 200


def test_evidence_is_seen_by_the_unit_and_the_bureau_alone(year):
    sink = io.BytesIO()
    Image.new("RGB", (8, 8)).save(sink, "PNG")
    street, other, office = Client(), Client(), Client()
    for client, name in ((street, "street"), (other, "other"), (office, "office")):
        client.force_login(year[name])
    where = f"/scorecards/{card_of(STREET).pk}/evidence"
    for code in ("works", "duty", "duty"):
        street.post(where, {"item": code, "photo": io.BytesIO(sink.getvalue())})
    paper = card_of(STREET).papers.get()
    assert paper.code == "duty"
    file = f"/scorecards/evidence/{paper.pk}"
    assert [one.get(file).status_code for one in (street, office, other)] == [200, 200, 404]
    take(year, "street", STREET, "submit", points__duty="40", points__plan="20", words__plan="表")
    take(year, "office", STREET, "review")
    take(year, "street", STREET, "accept")
    take(year, "chief", STREET, "publish")
    assert other.get(file).status_code == 404
    street.post(where, {"item": "plan", "photo": io.BytesIO(sink.getvalue())})
    assert card_of(STREET).papers.count() == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"items": SCHEME["items"][:2]}, "have 60 points, not 100"),
        ({"items": SCHEME["items"] + SCHEME["items"][:1]}, "stand twice"),
        ({"items": [{**SCHEME["items"][0], "by": "guess"}]}, "nothing is scored by guess"),
        ({"grades": {"excellent": 90, "fail": 0}}, "the grades are"),
        ({"veto": {"level": 3, "marks": ["rumour"]}}, "veto"),
        (
            {"deductions": [{"code": "x", "text": "", "points": 1, "by": "accident:5"}]},
            "deduction x",
        ),
    ],
)
def test_a_scheme_that_does_not_add_up_is_refused_by_name(change, why):
    with pytest.raises(ValueError, match=why):
        read_scheme({**SCHEME, "source": "", **change})


def test_the_district_scheme_is_taken_in_and_stays_once_cards_were_made_by_it(db):
    people = open_house(scheme=None)
    folder = folder_of("shapingba")
    for _ in range(2):
        actions.load_terms(PLATFORM, folder)
    version = SchemeVersion.objects.get()
    assert "待核" in version.source
    assert open_year(people) == 5
    content = version.content | {"bonus_most": 3}
    SchemeVersion.objects.update(content=content)
    actions.load_terms(PLATFORM, folder)
    assert SchemeVersion.objects.get().content["bonus_most"] == 3
