"""Dangers on a phone without a signal: what it takes along, what it sends, each thing kept once."""

import io
import json
from datetime import timedelta

import pytest
from tests.operations.safety.conftest import CODE, PEOPLE, One, picture

from anlan.operations.people.actions import PLATFORM, close_account
from anlan.operations.safety import actions
from anlan.operations.safety.actions import Assignment, Find
from anlan.operations.safety.actions.enterprises import end_membership
from anlan.operations.safety.models import Danger, DangerPhoto, Membership
from anlan.operations.safety.queries import phone
from anlan.operations.safety.rules.states import Grade, Source
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
KEY = "d" * 32


@pytest.fixture
def worker(works, people, monkeypatch):
    """Somebody at a post of the works: may report, not rectify."""
    monkeypatch.setitem(PEOPLE, "worker", ("post_staff", "works", "500106004", ""))
    one = One("worker")
    code = actions.hand_out_code(people["street"].actor, works)
    actions.claim_enterprise(one.actor, CODE, code)
    return one


def post(one, address, said):
    return one.browser.post(address, json.dumps(said), content_type="application/json")


def report(one, works, **other):
    now = clock.now().isoformat()
    said = {"key": KEY, "enterprise": works, "title": "安全出口堆了纸箱", "place": "成品库东门",
            "words": "有两米高", "grade": "MAJOR", "performed_at": now, "list_at": now}  # fmt: skip
    return post(one, "/fieldwork/dangers", said | other)


def shoot(one, colour, moment, **of):
    given = {"key": KEY, "code": moment, "taken_at": clock.now().isoformat(), "lon": "106.45",
             "lat": "29.57", "photo": io.BytesIO(picture(colour))}  # fmt: skip
    return one.browser.post("/fieldwork/dangers/photos", given | of)


def rectified(one, danger, **other):
    now = clock.now().isoformat()
    said = {"key": KEY, "danger": danger, "report": "纸箱已搬走", "performed_at": now,
            "list_at": now}  # fmt: skip
    return post(one, "/fieldwork/rectifications", said | other)


def assigned(people, works, title="配电箱没有门", grade=Grade.GENERAL):
    """A department's find, assigned to the manager of the works; its id."""
    officer = people["industry"]
    find = Find(key=title, title=title, area_code="", sector="", source=Source.INSPECTION,
                enterprise_id=works)  # fmt: skip
    pk = actions.find_danger(officer.actor, officer.person, find)
    clause = "第四条" if grade == Grade.MAJOR else ""
    actions.grade_danger(officer.actor, officer.person, pk, grade=grade, clause=clause)
    manager = people["manager"].account
    actions.assign_danger(officer.actor, officer.person, pk, Assignment(
        rectifier=manager.pk, rectifier_name=manager.display_name, supervisor=officer.account.pk,
        supervisor_name="industry", due_on=clock.today() + timedelta(days=7),
    ))  # fmt: skip
    return pk


def test_a_danger_reported_on_a_phone_is_registered_once(worker, works, people):
    made = clock.now()
    first = report(worker, works).json()
    assert first == report(worker, works).json()
    danger = Danger.objects.get()
    assert first == {"id": danger.pk, "said": "",
                     "dangers": [{"id": danger.pk, "number": danger.number}]}  # fmt: skip
    assert (danger.title, danger.place, danger.description) == (
        "安全出口堆了纸箱", "成品库东门", "有两米高",
    )  # fmt: skip
    assert (danger.source, danger.state, danger.grade) == ("self_check", "FOUND", "")
    assert (danger.enterprise_id, danger.regulator) == (works, "industry")
    assert abs(danger.found_at - made) < timedelta(minutes=1)
    photos = [shoot(worker, "red", "before").json()["id"] for _again in range(2)]
    assert photos == [DangerPhoto.objects.get().pk] * 2
    kept = DangerPhoto.objects.get()
    assert (kept.danger_id, kept.moment, kept.lon, kept.lat) == (danger.pk, "before", 106.45, 29.57)
    page = people["manager"].browser.get(f"/dangers/{danger.pk}").content.decode()
    assert "建议等级" in page


def test_whoever_found_it_suggests_a_grade_and_does_not_give_it(worker, works):
    assert report(worker, works, grade="").status_code == 200
    assert report(worker, works, key="e" * 32, grade="GENERAL").status_code == 200
    assert set(Danger.objects.values_list("grade", flat=True)) == {""}
    rows = Danger.objects.order_by("id")
    said = [one.steps.get(verb="find").said.get("suggested") for one in rows]
    assert said == [None, "GENERAL"]
    assert report(worker, works, key="f" * 32, grade="RED").status_code == 422


def test_a_danger_is_reported_of_ones_own_enterprise_alone(worker, works, people):
    for who in ("stranger", "street", "officer"):
        answer = report(people[who], works)
        assert answer.status_code == 409, who
        assert answer.json()["detail"], who
    assert people["leader"].browser.get("/fieldwork").status_code == 403
    assert not Danger.objects.exists()


def test_a_report_under_the_key_of_another_is_refused(worker, works, people):
    report(worker, works)
    answer = report(people["manager"], works)
    assert (answer.status_code, answer.json()["detail"]) == (
        409, "该编号的隐患已由他人登记。",
    )  # fmt: skip
    assert shoot(people["manager"], "red", "before").status_code == 409
    assert not DangerPhoto.objects.exists()


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"title": " "}, 409), ({"place": ""}, 409), ({"title": "长" * 121}, 422),
        ({"words": "长" * 1001}, 422),
        ({"enterprise": "1"}, 422), ({"key": "x"}, 422), ({"performed_at": "gestern"}, 422),
        ({"performed_at": "2026-03-02T10:00:00+08:00"}, 409),
        ({"list_at": "2026-01-01T10:00:00+08:00"}, 409), ({"enterprise": 987_654}, 409),
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_is_refused_with_the_reason(worker, works, other, status):
    answer = report(worker, works, **other)
    assert answer.status_code == status, answer.content
    assert answer.json()["detail"]
    assert not Danger.objects.exists()


def test_what_was_kept_is_known_however_late_it_is_sent_again(worker, works):
    """The tab was killed before the answer came, and the phone lay in a drawer for two months."""
    at = clock.now().isoformat()
    first = report(worker, works, performed_at=at, list_at=at).json()
    clock.current().move_to(clock.now() + timedelta(days=60))
    assert report(worker, works, performed_at=at, list_at=at).json() == first


def test_a_phone_takes_along_what_its_account_must_rectify(worker, works, people):
    mine, major = assigned(people, works), assigned(people, works, "除尘停用", Grade.MAJOR)
    found = people["industry"]
    find = Find(key="x", title="未分派", area_code="", sector="", source=Source.INSPECTION,
                enterprise_id=works)  # fmt: skip
    actions.find_danger(found.actor, found.person, find)
    pack = people["manager"].browser.get("/fieldwork/pack").json()
    assert [one["id"] for one in pack["dangers"]] == [mine, major]
    assert [bool(one["hindered"]) for one in pack["dangers"]] == [False, True]
    assert pack["dangers"][1]["hindered"] == "重大隐患五落实填齐后才能开始整改。"
    assert [one["name"] for one in pack["firms"]] == ["鑫源五金厂"]
    assert [one["key"] for one in pack["grades"]] == ["GENERAL", "MAJOR"]
    for one in (people["stranger"], people["street"], worker):
        assert one.browser.get("/fieldwork/pack").json()["dangers"] == []
    assert people["stranger"].browser.get("/fieldwork/pack").json()["firms"] == []


@pytest.mark.parametrize("gone", ["left", "closed"])
def test_what_somebody_has_who_is_gone_the_phones_of_the_others_take_along(works, people, gone):
    danger, manager = assigned(people, works), people["manager"].account
    other = people["stranger"]
    Membership.objects.create(enterprise_id=works, account=other.account, since=clock.now())
    assert other.browser.get("/fieldwork/pack").json()["dangers"] == [], "the manager has it"
    if gone == "left":
        end_membership(people["street"].actor, works, manager.pk)
    else:
        close_account(PLATFORM, manager.pk)
    taken = other.browser.get("/fieldwork/pack").json()["dangers"]
    assert [(one["id"], one["hindered"]) for one in taken] == [(danger, "")]


def test_a_phone_that_takes_along_the_soonest_alone_says_so(works, people, monkeypatch):
    first, second = assigned(people, works), assigned(people, works, "除尘停用")
    for most, taken, more in ((1, [first], True), (2, [first, second], False)):
        monkeypatch.setattr(phone, "MOST", most)
        pack = people["manager"].browser.get("/fieldwork/pack").json()
        assert [one["id"] for one in pack["dangers"]] == taken
        assert pack["dangers_more"] is more


def test_a_rectification_begins_and_reports_in_one_once(works, people):
    danger, one = assigned(people, works), people["manager"]
    assert shoot(one, "red", "before", danger=danger).status_code == 200
    assert shoot(one, "green", "after", danger=danger).status_code == 200
    made = clock.now().isoformat()
    clock.current().move_to(clock.now() + timedelta(hours=9))
    for _again in range(2):
        answer = rectified(one, danger, performed_at=made, list_at=made)
        assert answer.status_code == 200, answer.content
    row = Danger.objects.get(pk=danger)
    assert (row.state, row.submitted_by_id) == ("SUBMITTED", one.account.pk)
    assert row.submitted_at - clock.now() < timedelta(minutes=1)
    steps = list(row.steps.order_by("id").values_list("verb", "reason"))
    assert steps[-2:] == [("begin", ""), ("submit", "纸箱已搬走")]
    assert sorted(row.photos.values_list("moment", flat=True)) == ["after", "before"]
    page = people["industry"].browser.get(f"/dangers/{danger}").content.decode()
    assert "现场填写" in page
    assert one.browser.get("/fieldwork/pack").json()["dangers"] == []


def test_the_first_report_stays_the_first_after_the_danger_was_returned(works, people):
    danger, one, officer = assigned(people, works), people["manager"], people["industry"]
    shoot(one, "green", "after", danger=danger)
    rectified(one, danger)
    actions.return_danger(officer.actor, officer.person, danger, reason="门没有锁")
    assert rectified(one, danger).status_code == 200
    assert Danger.objects.get(pk=danger).state == "RETURNED"
    (again,) = one.browser.get("/fieldwork/pack").json()["dangers"]
    assert (again["returned"], again["after"]) == ("门没有锁", 0)
    refused = rectified(one, danger, key="e" * 32)
    assert (refused.status_code, Danger.objects.get(pk=danger).state) == (409, "RETURNED")
    clock.current().move_to(clock.now() + timedelta(minutes=5))
    shoot(one, "blue", "after", danger=danger, key="e" * 32)
    assert rectified(one, danger, key="e" * 32).status_code == 200
    assert Danger.objects.get(pk=danger).state == "SUBMITTED"


def test_what_was_done_before_a_return_does_not_answer_it_whenever_it_comes_in(works, people):
    """A phone without a signal says now what was done, and photographed, before the return."""
    manager, officer = people["manager"], people["industry"]
    danger, offline = assigned(people, works), clock.now()
    old = {"performed_at": offline.isoformat(), "list_at": offline.isoformat()}
    clock.current().move_to(offline + timedelta(hours=1))
    actions.begin_rectification(manager.actor, manager.person, danger)
    shoot(manager, "red", "after", danger=danger)
    actions.submit_rectification(manager.actor, manager.person, danger, report="装了门")
    clock.current().move_to(offline + timedelta(hours=2))
    actions.return_danger(officer.actor, officer.person, danger, reason="门没有锁")
    clock.current().move_to(offline + timedelta(hours=3))
    shoot(manager, "blue", "after", danger=danger, taken_at=offline.isoformat())
    refused = rectified(manager, danger, **old)
    assert refused.status_code == 409
    assert "退回" in refused.json()["detail"]
    assert "照片" in rectified(manager, danger).json()["detail"]  # the old state
    assert Danger.objects.get(pk=danger).state == "RETURNED"
    shoot(manager, "green", "after", danger=danger)
    assert rectified(manager, danger).status_code == 200
    assert Danger.objects.get(pk=danger).state == "SUBMITTED"


def test_a_rectification_that_is_refused_leaves_nothing_begun(works, people):
    danger, one = assigned(people, works), people["manager"]
    lacking = rectified(one, danger)
    assert (lacking.status_code, lacking.json()["detail"]) == (409, "请补一张整改后的照片。")
    shoot(one, "green", "after", danger=danger)
    assert rectified(one, danger, report=" ").status_code == 409
    assert Danger.objects.get(pk=danger).state == "ASSIGNED"
    assert rectified(one, danger, report="长" * 501).status_code == 422


def test_another_enterprises_danger_is_not_there(works, people, worker):
    danger, one = assigned(people, works), people["stranger"]
    before = list(Danger.objects.values())
    told = {
        answer.json()["detail"]
        for named in (danger, 987_654)
        for answer in (rectified(one, named), shoot(one, "green", "after", danger=named))
        if answer.status_code == 409
    }
    assert told == {"没有这条隐患。"}
    assert shoot(one, "green", "after").status_code == 409
    assert not DangerPhoto.objects.exists()
    assert list(Danger.objects.values()) == before
    assert rectified(worker, danger).status_code == 403


def test_a_photo_of_nothing_is_not_understood(works, people):
    danger, one = assigned(people, works), people["manager"]
    for of in ({"code": "report"}, {"code": ""}, {"key": "x"}, {"danger": "1e3"},
               {"lon": "east"}, {"taken_at": "gestern"}):  # fmt: skip
        assert shoot(one, "red", "after", **({"danger": danger} | of)).status_code == 422, of
    broken = shoot(one, "red", "after", danger=danger, photo=io.BytesIO(b"MZ" + b"\0" * 500))
    assert broken.status_code == 409
    assert "这不是照片" in broken.json()["detail"]


@pytest.fixture
def unclaimed(people):
    """金碧商行 of the same community, in which nobody has an account; its id."""
    return actions.register_enterprise(people["street"].actor, {
        "name": "金碧商行", "credit_code": "91500106MA5U00001U", "area_code": "500106004001",
        "address": "横街 5 号",
        "sector": "industry", "state": "open", "sector_regulator": "industry",
        "principal": "罗平", "principal_phone": "13812342208",
    })  # fmt: skip


def told_by_name(people, firm, **rectifier):
    """A department's find in an enterprise without accounts, or in none; its id."""
    officer = people["industry"]
    find = Find(
        key=f"{firm}",
        title="通道堵塞",
        area_code="500106004001",
        sector="industry",
        source=Source.INSPECTION,
        enterprise_id=firm,
        unit="" if firm else "金碧社区",
    )
    pk = actions.find_danger(officer.actor, officer.person, find)
    actions.grade_danger(officer.actor, officer.person, pk, grade=Grade.GENERAL, clause="")
    given = {"rectifier": None, "rectifier_name": "罗平"} | rectifier
    actions.assign_danger(officer.actor, officer.person, pk, Assignment(
        **given, supervisor=officer.account.pk, supervisor_name="industry",
        due_on=clock.today() + timedelta(days=7),
    ))  # fmt: skip
    return pk


def taken_along(one):
    pack = one.browser.get("/fieldwork/pack").json()
    return [(each["id"], each["behalf"], each["hindered"]) for each in pack["dangers"]]


def test_of_an_enterprise_without_accounts_its_authorities_take_the_danger_along(
    unclaimed, works, people
):
    assigned(people, works)  # of one that has accounts: its own people's
    danger = told_by_name(people, unclaimed)
    for who in ("grid", "street", "industry"):
        assert taken_along(people[who]) == [(danger, True, "")], who
    for who in ("other_street", "fire", "stranger"):
        assert taken_along(people[who]) == [], who
    assert people["grid"].browser.get("/fieldwork/pack").json()["firms"] == []


def test_a_grid_worker_writes_the_rectification_down_once_and_another_re_checks_it(
    unclaimed, people
):
    danger, grid = told_by_name(people, unclaimed), people["grid"]
    for _again in range(2):
        assert shoot(grid, "green", "after", danger=danger).status_code == 200
    for _again in range(2):
        assert rectified(grid, danger).status_code == 200
    row = Danger.objects.get()
    verbs = list(row.steps.order_by("id").values_list("verb", "by"))[-2:]
    assert (row.state, verbs) == (
        "SUBMITTED", [("begin", grid.account.pk), ("submit", grid.account.pk)],
    )  # fmt: skip
    assert row.photos.count() == 1
    late = rectified(people["street"], danger, key="e" * 32)  # a second one, under its own key
    assert (late.status_code, row.steps.filter(verb="submit").count()) == (409, 1)
    assert taken_along(grid) == taken_along(people["street"]) == []
    officer = people["industry"]
    actions.accept_danger(officer.actor, officer.person, danger, finding="合格")


def test_once_the_enterprise_has_an_account_its_own_people_rectify_it(unclaimed, people):
    danger, grid = told_by_name(people, unclaimed), people["grid"]
    shoot(grid, "green", "after", danger=danger)
    row = Danger.objects.get()
    Membership.objects.create(enterprise_id=row.enterprise_id, account=people["stranger"].account,
                              since=clock.now())  # fmt: skip
    assert taken_along(grid) == []
    assert rectified(grid, danger).status_code == 409
    assert [one[0] for one in taken_along(people["stranger"])] == [danger]


def test_what_belongs_to_no_enterprise_is_taken_along_by_whoever_it_was_assigned_to(people):
    grid = people["grid"]
    danger = told_by_name(people, None, rectifier=grid.account.pk, rectifier_name="grid")
    assert taken_along(grid) == [(danger, False, "")]
    assert taken_along(people["street"]) == []
    shoot(grid, "green", "after", danger=danger)
    assert rectified(grid, danger).status_code == 200
