"""A street's capacity: it rates itself, the bureau reviews, it objects once within five days."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from tests.operations.responsibilities.conftest import NOW, OTHER, STREET, person

from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import PLATFORM, as_actor, relay_events
from anlan.operations.people.queries import scope_of
from anlan.operations.responsibilities import actions
from anlan.operations.responsibilities.actions import Said
from anlan.operations.responsibilities.models import CapacityCheck, CapacityList
from anlan.operations.responsibilities.queries import capacity_board, checks_in
from anlan.operations.responsibilities.rules.capacity import (
    CHECK,
    Check,
    State,
    check,
    read_checklist,
)
from anlan.operations.territory.actions import NewArea, load_areas
from anlan.portal.loading.folder import folder_of
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
WHO = {
    "submit": "street leader", "object": "street leader", "accept": "street leader",
    "review": "office section", "settle": "office section",
}  # fmt: skip


@pytest.fixture
def asked(people):
    """Two streets of the district are asked, the one that another body runs is not."""
    towns = {STREET: "磁器口街道", OTHER: "沙坪坝街道", "500106016": "虎溪街道"}
    where = {"geometry": None, "lon": 106.4, "lat": 29.5}
    load_areas(PLATFORM, [
        NewArea(code="500106", name="沙坪坝区", kind="district", **where),
        *(NewArea(code=code, name=name, kind="township", parent_code="500106",
                  admin_by="gaoxin" if code.endswith("016") else "", **where)
          for code, name in towns.items()),
    ])  # fmt: skip
    for _ in range(2):
        actions.load_terms(PLATFORM, folder_of("shapingba"))
    office = people["office"]
    found = [
        actions.open_year(as_actor(office), person(office), 2026, date(2026, 1, 30))
        for _ in range(2)
    ]
    assert found == [2, 0]
    return CapacityCheck.objects.get(unit_code=STREET).pk


def beside():
    return CapacityCheck.objects.get(unit_code=OTHER).pk


def items():
    return read_checklist(CapacityList.objects.get().content).items


def say(people, pk, name="street", **other):
    said = {one.code: Said(other.get(one.code.replace("-", "_"), "yes"), "台账") for one in items()}
    account = people[name]
    actions.answer(as_actor(account), person(account), pk, said)


def take(people, name, pk, verb, words="因", changes=None):
    account = people[name]
    actions.take_capacity_step(
        as_actor(account), person(account), pk, verb, words=words, changes=changes
    )


def settled_by(people, pk):
    """To whom page and interface, as one, offer the decision on the objection."""
    by_page, by_api = set(), set()
    for name, account in people.items():
        one = Client()
        one.force_login(account)
        if 'value="settle"' in one.get(f"/responsibilities/capacity/{pk}").content.decode():
            by_page.add(name)
        if "settle" in one.get(f"/api/v1/responsibilities/capacity/{pk}").json().get("verbs", ()):
            by_api.add(name)
    assert by_page == by_api
    return by_page


def test_who_reviewed_a_street_does_not_decide_on_its_objection(people):
    """R-105 with 4 of the design: maker and checker are two."""
    for reviewed_by, able in (("office", "section"), ("section", "office")):
        one = Check(state=State.OBJECTED, unit=STREET, reviewed_by=people[reviewed_by].pk)
        check("settle", one, person(people[able]), NOW.date())
        with pytest.raises(Refused, match="Who reviewed it"):
            check("settle", one, person(people[reviewed_by]), NOW.date())


def test_every_step_is_taken_by_whom_the_table_names_and_by_nobody_else(people):
    day = date(2026, 2, 1)
    for step in CHECK.steps:
        for state in State:
            able = set()
            for name, account in people.items():
                try:
                    one = Check(state=state, unit=STREET, object_by=day,
                                reviewed_by=people["chief"].pk)  # fmt: skip
                    check(step.verb, one, person(account), day)
                    able.add(name)
                except Refused:
                    pass
            assert able == (set(WHO[step.verb].split()) if state in step.sources else set())


def test_the_review_counts_and_says_why_and_the_street_objects_once(people, asked):
    with pytest.raises(Refused, match="17 items have no answer"):
        take(people, "street", asked, "submit")
    with pytest.raises(Refused, match="itself only"):
        say(people, asked, name="other")
    say(people, asked, rooms_store="no", equip_radio="partly")
    take(people, "street", asked, "submit")
    one = CapacityCheck.objects.get(pk=asked)
    assert (one.self_points, one.points) == (92, None)  # 100 − 5 − half of 6
    with pytest.raises(Refused, match="each changed item why"):
        take(people, "office", asked, "review", changes={"plans-move": Said("no")})
    take(people, "office", asked, "review", changes={"plans-move": Said("no", "名册是旧的")})
    one.refresh_from_db()
    assert (one.points, one.grade, one.object_by) == (84, "良好", date(2026, 1, 12))
    take(people, "leader", asked, "object")
    with pytest.raises(Refused, match="as it is now"):
        take(people, "leader", asked, "object")
    say(people, beside(), name="other")
    with pytest.raises(Refused, match="Only the review"):
        take(people, "other", beside(), "submit", changes={"plans-move": Said("yes", "x")})
    assert settled_by(people, asked) == {"section"}
    with pytest.raises(Refused, match="Who reviewed it"):
        take(people, "office", asked, "settle", changes={"plans-move": Said("yes", "x")})
    office = Client()
    office.force_login(people["office"])
    step = {"verb": "settle", "given": {"words": "因"}}
    said = office.post(f"/api/v1/responsibilities/capacity/{asked}/steps", step, "application/json")
    assert (said.status_code, CapacityCheck.objects.get(pk=asked).state) == (409, State.OBJECTED)
    take(people, "section", asked, "settle", changes={"plans-move": Said("partly", "补了一半")})
    one.refresh_from_db()
    assert (one.state, one.points, one.self_points) == (State.FINAL, 88, 92)
    assert one.steps.get(verb="settle").changes == {"plans-move": "no > partly"}


def test_the_time_to_object_skips_the_spring_festival_and_ends_by_itself(people, asked):
    clock.use(DrillClock(datetime(2026, 2, 12, 9, tzinfo=CHINA)))
    say(people, asked)
    take(people, "street", asked, "submit")
    take(people, "section", asked, "review")
    one = CapacityCheck.objects.get(pk=asked)
    assert one.object_by == date(2026, 2, 26)  # off from the 15th to the 23rd
    clock.use(DrillClock(datetime(2026, 2, 26, 20, tzinfo=CHINA)))
    assert run_due_timers() == 0
    clock.use(DrillClock(datetime(2026, 2, 27, 1, tzinfo=CHINA)))
    with pytest.raises(Refused, match="time to object is over"):
        take(people, "street", asked, "object")
    assert run_due_timers() == 1
    relay_events()
    one.refresh_from_db()
    assert (one.state, one.grade) == (State.FINAL, "优秀")


def test_each_sees_its_own_and_the_board_says_what_is_missing_where(people, asked):
    say(people, asked, rooms_store="no", equip_radio="partly")
    take(people, "street", asked, "submit")
    seen = {name: checks_in(scope_of(account)).count() for name, account in people.items()}
    assert {name for name, count in seen.items() if count == 2} == {
        "office", "section", "duty", "chief", "night", "mayor", "officer",
    }  # fmt: skip
    assert {name for name, count in seen.items() if count == 1} == {
        "street", "leader", "other", "other_leader",
    }  # fmt: skip
    board = capacity_board(scope_of(people["office"]), 2026)
    assert [(gap.item.code, [name for name, _pk in gap.streets]) for gap in board.gaps] == [
        ("equip-radio", ["磁器口街道"]), ("rooms-store", ["磁器口街道"]),
    ]  # fmt: skip
    assert {row.check.unit_name: sum(row.missing.values()) for row in board.rows} == {
        "磁器口街道": 2, "沙坪坝街道": 0,
    }  # fmt: skip
    titles = [one.key for one in desk(scope_of(people["office"])) if one.kind == "capacity"]
    assert titles == [f"capacity:{asked}"]
    clock.use(DrillClock(NOW + timedelta(days=40)))
    late = [one.key for one in desk(scope_of(people["other"])) if one.late]
    assert late == [f"capacity:{beside()}"]


def test_the_pages_keep_answers_submit_and_review(people, asked):
    street, office, other = Client(), Client(), Client()
    for client, name in ((street, "street"), (office, "office"), (other, "other")):
        client.force_login(people[name])
    where = f"/responsibilities/capacity/{asked}"
    assert other.get(where).status_code == 404
    assert other.post(f"{where}/answers", {"answer:duty-24h": "yes"}).status_code == 404
    given = {f"answer:{one.code}": "yes" for one in items()}
    street.post(f"{where}/answers", given | {"verb": "submit"})
    assert CapacityCheck.objects.get(pk=asked).state == State.SUBMITTED
    assert "完成复核" in office.get(where, headers={"accept-language": "zh-hans"}).content.decode()
    change = {"answer:duty-24h": "no", "words:duty-24h": "缺交接记录", "verb": "review"}
    office.post(f"{where}/step", change)
    assert CapacityCheck.objects.get(pk=asked).points == 93
    assert "缺交接记录" in street.get(where).content.decode()
    told = office.get(f"/api/v1/responsibilities/capacity/{asked}").json()
    assert [one["reviewed"] for one in told["lines"] if one["code"] == "duty-24h"] == ["no"]
    assert len(office.get("/api/v1/responsibilities/capacity").json()["rows"]) == 2
    assert street.post("/responsibilities/capacity/open").status_code == 403
    assert office.get("/responsibilities/capacity").status_code == 200
