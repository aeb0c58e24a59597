"""Posts: cards from risks, a meeting with its quiz once, certificates sealed and reminded of."""

from datetime import date, datetime
from importlib import import_module

import pytest
from django.apps import apps
from tests.operations.risks.conftest import RATED, rater

from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import relay_events
from anlan.operations.people.models import AuditEntry
from anlan.operations.posts import actions
from anlan.operations.posts.actions import NewMeeting
from anlan.operations.posts.models import Attendance, Certificate, Meeting, PostCard, QuizItem
from anlan.operations.posts.queries.files import post_file
from anlan.operations.risks import actions as risks
from anlan.operations.risks.models import RiskPoint
from anlan.operations.safety.actions import (
    claim_enterprise,
    correct_enterprise,
    hand_out_code,
    register_enterprise,
)
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
NUMBER = "T500106198805121126"


@pytest.fixture
def risk(people, works, principal):
    pk = risks.identify_risk(*rater(people["manager"]), works, RATED)
    risks.confirm_risk(*principal.rater, pk)
    return pk


@pytest.fixture
def post(people, works, risk):
    values = {"name": "冲压岗", "risks": [risk], "certificates": ["lifting"], "duties": "先检查"}
    return actions.open_post(people["manager"].actor, works, values)


@pytest.fixture
def worker(people, post, staff):
    return actions.add_worker(people["manager"].actor, post, "周强", staff.account.pk)


def test_cards_are_made_from_the_risks_in_versions_and_wait_to_be_made_anew(
    people, works, principal, risk, post
):
    manager = people["manager"]
    assert actions.make_cards(manager.actor, post) == 2
    assert actions.make_cards(manager.actor, post) == 0
    relay_events()
    risks.rate_risk(*rater(manager), risk, RATED | {"emergency": "急停，拨打 120"})
    risks.confirm_risk(*principal.rater, risk)
    relay_events()
    assert [item.link for item in desk(manager.scope)] == [f"/posts/{post}"]
    assert post_file(post, manager.scope).stale
    assert actions.make_cards(manager.actor, post) == 2
    assert desk(manager.scope) == []
    cards = PostCard.objects.filter(kind="emergency").order_by("version")
    assert [one.lines[0]["do"] for one in cards] == ["急停", "急停，拨打 120"]


def test_a_meeting_sent_twice_is_held_once_and_a_quiz_is_scored_once(people, post, worker, staff):
    for n in range(5):
        QuizItem.objects.create(question=f"题 {n}", options=["对", "错"], answer=0)
    page = staff.browser
    form = {"key": "k" * 32, "present": [str(worker)], "remarks": "换模"}
    address = page.post(f"/posts/{post}/meet", form).headers["Location"]
    assert page.post(f"/posts/{post}/meet", form).headers["Location"] == address
    assert Meeting.objects.get().told[0]["name"] == "冲压机"
    one = Attendance.objects.get()
    asked = page.get(f"/meetings/quiz/{one.pk}").context["asked"]
    answers = {f"item-{item.pk}": str(int(n == 2)) for n, (item, _) in enumerate(asked)}
    page.post(f"/meetings/quiz/{one.pk}", answers)
    page.post(f"/meetings/quiz/{one.pk}", dict.fromkeys(answers, "0"))
    one.refresh_from_db()
    assert (one.score, one.asked) == (2, 3)
    assert "2 / 3" in people["street"].browser.get(address).content.decode()
    assert people["manager"].browser.get(f"/meetings/quiz/{one.pk}").status_code == 404


def test_who_works_for_several_enterprises_chooses_one(people, works):
    page = people["manager"].browser
    assert page.get("/posts/new").headers["Location"] == f"/enterprises/{works}/posts/new"
    values = {"name": "鑫源二厂", "credit_code": "91500106MA5U00001U", "state": "open",
              "area_code": "500106004001", "address": "井口", "sector": "industry"}  # fmt: skip
    other = register_enterprise(people["street"].actor, values)
    code = hand_out_code(people["street"].actor, other)
    claim_enterprise(people["manager"].actor, values["credit_code"], code)
    assert "鑫源二厂" in page.get("/posts/new").content.decode()
    chosen = page.get(f"/posts/new?enterprise={other}")
    assert chosen.headers["Location"] == f"/enterprises/{other}/posts/new"
    assert people["street"].browser.get("/posts/new").status_code == 403


def test_a_meeting_needs_people_and_risks(people, works, post, worker):
    manager = people["manager"].actor
    with pytest.raises(Refused):
        actions.hold_meeting(manager, post, NewMeeting(key="a", present=[]))
    bare = actions.open_post(manager, works, {"name": "门卫"})
    other = actions.add_worker(manager, bare, "刘芳")
    with pytest.raises(Refused):
        actions.hold_meeting(manager, bare, NewMeeting(key="b", present=[other]))
    with pytest.raises(Refused):
        actions.hold_meeting(manager, post, NewMeeting(key="c", present=[other]))


def test_a_certificate_is_sealed_masked_replaced_and_waits_on_the_desk_before_it_ends(
    people, post, worker
):
    manager = people["manager"]
    page = manager.browser
    address = f"/posts/{post}/workers/{worker}/certificate"
    form = {"kind": "lifting", "number": NUMBER, "issued_on": "", "expires_on": "2026-06-30"}
    page.post(address, form)
    page.post(address, form)
    one = Certificate.objects.get()
    assert NUMBER.encode() not in bytes(one.number_sealed)
    for where in (f"/posts/{post}", "/certificates"):
        shown = people["street"].browser.get(where).content.decode()
        assert NUMBER not in shown
        assert "T500***********1126" in shown
        assert "周强" not in shown
    assert NUMBER in people["street"].browser.post(f"/certificates/{one.pk}/show").content.decode()
    assert AuditEntry.objects.filter(
        verb="people.view_personal", subject_kind="certificate"
    ).exists()
    for day, waits in ((30, 0), (31, 1)):
        clock.use(DrillClock(datetime(2026, 5, day, 9, tzinfo=CHINA)))
        run_due_timers()
        relay_events()
        assert len(desk(manager.scope)) == waits
    assert desk(manager.scope)[0].due_at.astimezone(CHINA).date() == date(2026, 6, 30)
    clock.use(DrillClock(datetime(2026, 7, 1, 9, tzinfo=CHINA)))
    file = post_file(post, manager.scope)
    assert file.people[0].lacking == ("lifting",)
    assert page.get("/certificates?view=expired").context["page"].count == 1
    page.post(address, form | {"expires_on": "2028-06-30"})
    assert desk(manager.scope) == []
    assert Certificate.objects.filter(replaced_at=None).get().expires_on == date(2028, 6, 30)
    assert post_file(post, manager.scope).people[0].lacking == ()


def test_of_an_enterprise_that_has_closed_nothing_is_renewed_or_reviewed(
    people, works, risk, worker
):
    manager, street = people["manager"], people["street"]
    values = {"kind": "lifting", "number": NUMBER, "expires_on": date(2026, 3, 20)}
    actions.keep_certificate(manager.actor, worker, values)
    run_due_timers()
    risks.fall_due(risk, RiskPoint.objects.get(pk=risk).version)
    relay_events()
    waits = sorted(item.kind for item in desk(manager.scope))
    assert waits == ["posts.certificate", "risk"]
    correct_enterprise(street.actor, works, {"state": "closed"})
    relay_events()
    assert desk(manager.scope) == []
    correct_enterprise(street.actor, works, {"state": "open"})
    relay_events()
    assert sorted(item.kind for item in desk(manager.scope)) == waits, "open again"


def test_of_an_enterprise_that_has_closed_no_cards_are_made_anew_until_it_opens_again(
    people, works, principal, risk, post
):
    manager, street = people["manager"], people["street"]

    def rated(emergency):
        risks.rate_risk(*rater(manager), risk, RATED | {"emergency": emergency})
        risks.confirm_risk(*principal.rater, risk)
        relay_events()

    def moved(state):
        correct_enterprise(street.actor, works, {"state": state})
        relay_events()

    actions.make_cards(manager.actor, post)
    relay_events()
    moved("closed")
    moved("open")
    assert desk(manager.scope) == [], "its cards are as its risks are"
    rated("急停")
    waits = [item.link for item in desk(manager.scope)]
    assert waits == [f"/posts/{post}"]
    item = WorkItem.objects.filter(kind="posts.cards", done_at=None)
    climbs = item.get().chain
    item.update(chain=[])  # as a version before put it there
    import_module("anlan.operations.posts.migrations.0005_cards_climb").climb(apps, None)
    assert item.get().chain == climbs == ["safety.regulate", "safety.countersign",
                                          "safety.supervise"]  # fmt: skip
    moved("closed")
    assert desk(manager.scope) == []
    rated("急停，拨打 120")
    assert desk(manager.scope) == []
    moved("open")
    assert [item.link for item in desk(manager.scope)] == waits


def test_another_streets_sectors_or_enterprises_posts_are_not_found_anywhere(
    people, works, post, worker, staff
):
    actions.make_cards(people["manager"].actor, post)
    meeting = actions.hold_meeting(staff.actor, post, NewMeeting(key="m", present=[worker]))
    values = {"kind": "lifting", "number": NUMBER, "expires_on": date(2027, 1, 1)}
    kept = actions.keep_certificate(people["manager"].actor, worker, values)
    card = PostCard.objects.first().pk
    seen = [f"/posts/{post}", f"/posts/cards/{card}", f"/meetings/{meeting}"]
    for name in ("officer", "industry", "street", "manager"):
        assert [people[name].browser.get(one).status_code for one in seen] == [200] * 3, name
    for name in ("fire", "other_street", "stranger"):
        page = people[name].browser
        assert [page.get(one).status_code for one in seen] == [404] * 3, name
        assert page.post(f"/certificates/{kept}/show").status_code == 404
        assert "冲压岗" not in page.get("/posts").content.decode()
        assert page.get("/certificates").context["page"].count == 0
        assert page.get("/meetings").context["lines"] == []
    for name in ("street", "officer"):
        page = people[name].browser
        assert page.post(f"/posts/{post}/cards").status_code == 403
        assert page.get(f"/posts/{post}/meet").status_code == 403
    stranger = people["stranger"].browser
    assert stranger.post(f"/posts/{post}/workers", {"name": "某"}).status_code == 404
    assert staff.browser.post(f"/posts/{post}/cards").status_code == 403
