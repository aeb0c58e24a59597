"""A check that was made here is corrected by another program, and gets its photos from one."""

import io
import json
from datetime import timedelta

import pytest
from tests.operations.checks.conftest import checker, ok, picture, submission

from anlan.operations.checks.actions import submit_check
from anlan.operations.checks.events import CheckKept
from anlan.operations.checks.models import CheckPhoto, CheckRecord
from anlan.operations.people.models import OutboxEvent
from anlan.operations.safety.models import Danger, DangerPhoto
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
OK = {"choice": "ok", "confirmed": True}
BAD = {"choice": "not_ok", "note": "乱接电线", "confirmed": True}
SAID = {"answers": {"exit": OK, "wiring": BAD}, "reason": "看错了"}


@pytest.fixture
def check(task, people):
    """The works' own check of today, all normal."""
    return submit_check(checker(people["manager"]), submission(task, ok("exit", "wiring")))


def correct(one, check, said):
    at = f"/api/v1/checks/{check}/corrections"
    return one.browser.post(at, said, content_type="application/json")


def send_photo(one, check, **other):
    said = {"code": "wiring", "photo": io.BytesIO(picture()), "taken_at": clock.now().isoformat()}
    return one.browser.post(f"/api/v1/checks/{check}/photos", said | other)


def test_a_correction_is_a_new_version_and_the_one_before_stays(check, people):
    manager = people["manager"]
    newest = correct(manager, check, SAID).json()["id"]
    assert newest != check
    rows = manager.browser.get(f"/api/v1/checks/{check}/versions").json()
    assert [(one["id"], one["version"], one["reason"]) for one in rows] == [
        (newest, 2, "看错了"), (check, 1, "")]  # fmt: skip
    assert [one["answers"][1]["choice"] for one in rows] == ["not_ok", "ok"]
    assert Danger.objects.get().title == "乱接电线"
    told = OutboxEvent.objects.filter(name=CheckKept.name).order_by("pk")
    assert [json.loads(one.payload)["version"] for one in told] == [1, 2]
    page = manager.browser.get(f"/checks/{newest}").content.decode()
    assert "看错了" in page
    assert correct(manager, check, SAID).status_code == 409, "that is not the newest version"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"answers": SAID["answers"]}, 409),
        ({"answers": {"exit": OK}, "reason": "x"}, 409),
        ({"answers": {"exit": OK, "wiring": OK, "drill": OK}, "reason": "x"}, 409),
        ({"answers": {"exit": OK, "wiring": {"choice": "maybe"}}, "reason": "x"}, 409),
        ({"answers": {f"i{n}": OK for n in range(1001)}, "reason": "x"}, 422),
        ({"answers": [], "reason": "x"}, 422),
        ({}, 422),
    ],
)
def test_what_cannot_be_is_refused_and_no_version_is_made(check, people, said, status):
    assert correct(people["manager"], check, said).status_code == status
    assert CheckRecord.objects.count() == 1


# Who sees the check and makes checks, but did not make this one; who makes none; who sees none.
WHO = {
    "street": 409, "grid": 409, "officer": 409, "industry": 409,
    "other_street": 404, "stranger": 404, "fire": 404,
}  # fmt: skip


@pytest.mark.parametrize("name", WHO)
def test_only_who_made_the_check_corrects_it_and_adds_photos(check, people, name):
    assert correct(people[name], check, SAID).status_code == WHO[name]
    assert send_photo(people[name], check).status_code == WHO[name]
    for what in ("versions", "photos"):
        seen = people[name].browser.get(f"/api/v1/checks/{check}/{what}").status_code
        assert seen == (404 if WHO[name] == 404 else 200), what
    assert (CheckRecord.objects.count(), CheckPhoto.objects.count()) == (1, 0)


def test_nobody_without_an_account_does(check, client):
    for what in ("versions", "photos"):
        assert client.get(f"/api/v1/checks/{check}/{what}").status_code == 401
    for what in ("corrections", "photos"):
        at = f"/api/v1/checks/{check}/{what}"
        assert client.post(at, SAID, content_type="application/json").status_code == 401


def test_a_photo_is_kept_once_and_lies_with_the_danger_that_it_shows(check, people):
    manager = people["manager"]
    newest = correct(manager, check, SAID).json()["id"]
    one = send_photo(manager, newest, lon="106.4", lat="29.5").json()
    assert send_photo(manager, newest).json() == one
    assert (one["code"], one["lon"], one["by_name"]) == ("wiring", 106.4, "manager")
    assert manager.browser.get(f"/checks/photos/{one['id']}")["Content-Type"] == "image/jpeg"
    kept = people["street"].browser.get(f"/api/v1/checks/{check}/photos").json()
    assert [each["sha256"] for each in kept] == [one["sha256"]]
    assert DangerPhoto.objects.get().sha256 == one["sha256"]


def test_a_photo_that_is_none_of_the_check_is_refused(check, people):
    manager, now = people["manager"], clock.now()
    assert send_photo(manager, check, code="drill").status_code == 409
    assert send_photo(manager, check, photo=io.BytesIO(b"no picture")).status_code == 409
    old = (now - timedelta(days=40)).isoformat()
    assert send_photo(manager, check, taken_at=old).status_code == 409
    assert send_photo(manager, check, taken_at="soon").status_code == 422
    assert not CheckPhoto.objects.exists()
