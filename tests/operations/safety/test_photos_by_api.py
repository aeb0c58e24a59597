"""Evidence as another program sends it: the same files are kept, and refused, as on the page."""

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from tests import documents
from tests.operations.safety.conftest import picture

from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.models import Account, AuditEntry
from anlan.operations.safety.actions import Find, find_danger
from anlan.operations.safety.models import Danger, DangerPhoto
from anlan.operations.safety.rules.pictures import MOMENT_WORDS
from anlan.operations.safety.rules.states import Source

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def found(people, works):
    find = Find(key="k1", title="抛光间粉尘积厚", area_code="500106004", sector="industry",
                source=Source.INSPECTION, enterprise_id=works)  # fmt: skip
    return find_danger(people["industry"].actor, people["industry"].person, find)


def send(browser, pk, raw, moment="report", name="职代会纪要.pdf", **given):
    sent = io.BytesIO(raw)
    sent.name = name
    said = {"photo": sent, "moment": moment, **given}
    return browser.post(f"/api/v1/dangers/{pk}/photos", said)


def test_a_document_is_kept_told_and_given_back(people, found):
    browser, raw = people["manager"].browser, documents.pdf()
    said = send(browser, found, raw)
    kept = said.json()
    assert said.status_code == 200
    assert (kept["media"], kept["name"], kept["size"]) == (
        "application/pdf", "职代会纪要", len(raw))  # fmt: skip
    assert kept["sha256"] == hashlib.sha256(raw).hexdigest()
    assert browser.get(f"/dangers/photos/{kept['id']}").content == raw
    assert browser.get(f"/api/v1/dangers/{found}").json()["photos"] == [kept]
    told = AuditEntry.objects.get(verb="safety.add_photo")
    assert (told.subject_id, told.actor_id) == (str(found), people["manager"].account.pk)


def test_it_lies_encrypted_on_the_disk_and_what_lay_open_before_is_still_given(
    people, found, settings
):
    browser, raw = people["manager"].browser, documents.pdf()
    kept = send(browser, found, raw).json()
    (file,) = (Path(settings.ANLAN_HOME) / "evidence").rglob(f"{kept['sha256']}*")
    assert b"%PDF" not in file.read_bytes()
    assert raw[100:200] not in file.read_bytes()
    file.with_name(kept["sha256"]).write_bytes(raw)
    file.unlink()
    assert browser.get(f"/dangers/photos/{kept['id']}").content == raw


def test_the_same_file_again_is_the_same_evidence(people, found):
    first, again = (send(people["manager"].browser, found, picture(), "after") for _ in "12")
    assert first.json() == again.json()
    assert DangerPhoto.objects.count() == 1


def test_where_and_when_it_was_taken_are_kept_with_it(people, found):
    send(people["grid"].browser, found, picture(), "before", taken_at="2026-03-02T08:30:00+08:00",
         lon="106.45", lat="29.58")  # fmt: skip
    one = DangerPhoto.objects.get()
    assert one.taken_at == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    assert (one.lon, one.lat, one.by_name) == (106.45, 29.58, "grid")


@pytest.mark.parametrize("moment", ["before", "report"])
@pytest.mark.parametrize("kind", documents.BAD)
def test_no_bad_file_comes_in_and_its_sender_is_told_why(people, found, kind, moment):
    said = send(people["manager"].browser, found, documents.BAD[kind](), moment)
    assert said.status_code == 409, kind
    assert said["Content-Type"] == "application/problem+json"
    assert len(said.json()["detail"]) > 5
    assert not DangerPhoto.objects.exists()


@pytest.mark.parametrize("given", [
    {"moment": "between"}, {"taken_at": "2026-03-02T08:30:00"}, {"lon": "east"}, {"lat": "91"},
])  # fmt: skip
def test_what_is_no_moment_time_or_place_is_not_understood(people, found, given):
    said = send(people["manager"].browser, found, picture(), **{"moment": "after"} | given)
    assert (said.status_code, DangerPhoto.objects.count()) == (422, 0)


def test_who_does_not_see_the_danger_finds_none_and_who_may_not_is_told(people, found):
    for name in ("other_street", "stranger", "fire"):
        assert send(people[name].browser, found, picture(), "after").status_code == 404, name
    reader = open_account(PLATFORM, NewAccount(
        username="clerk", password="a long demo password", display_name="clerk",
        role="hotline_clerk", organisation_code="bureau", area_code="500106",
    ))  # fmt: skip
    clerk = Client()
    clerk.force_login(Account.objects.get(pk=reader))
    assert send(clerk, found, picture(), "after").status_code == 403
    assert send(Client(), found, picture(), "after").status_code == 401
    assert send(people["manager"].browser, 10**9, picture(), "after").status_code == 404
    assert not DangerPhoto.objects.exists()


def test_a_closed_danger_takes_no_more(people, found):
    Danger.objects.filter(pk=found).update(state="CLOSED")
    assert send(people["manager"].browser, found, picture(), "after").status_code == 409


def test_every_moment_of_the_pages_is_one_here(people, found):
    for n, moment in enumerate(MOMENT_WORDS):
        raw = picture() if n == 0 else picture((n * 40, 9, 9))
        assert send(people["manager"].browser, found, raw, moment).status_code == 200, moment
