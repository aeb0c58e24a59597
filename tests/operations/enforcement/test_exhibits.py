"""Photos and documents filed with a case, by page and by interface: the same kept and refused."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import documents
from tests.operations.enforcement.test_procedure import inspected

from anlan.operations.enforcement.models import Case, Exhibit
from anlan.operations.people.models import AuditEntry

pytestmark = pytest.mark.django_db(databases="__all__")
PAPER = documents.pdf()


def sent(raw, name="送达回证.pdf"):
    return SimpleUploadedFile(name, raw, "application/octet-stream")


def send(browser, case, raw=PAPER, kind="receipt", name="送达回证.pdf", **given):
    said = {"file": sent(raw, name), "kind": kind, **given}
    return browser.post(f"/api/v1/cases/{case}/files", said)


def by_page(browser, case, raw=PAPER, kind="receipt", **given):
    said = {"file": sent(raw), "kind": kind, **given}
    return browser.post(f"/cases/{case}/files", said, follow=True)


def views_of(case):
    return AuditEntry.objects.filter(
        verb="people.view_personal", subject_kind="case", subject_id=str(case)
    )


def test_a_signed_receipt_is_filed_listed_with_its_address_and_given_back_on_record(people, case):
    one = people["officer"]
    kept = send(one.browser, case)
    assert kept.status_code == 200
    said = kept.json()
    assert (said["kind"], said["media"], said["name"]) == (
        "receipt", "application/pdf", "送达回证")  # fmt: skip
    assert (said["size"], said["sha256"]) == (len(PAPER), hashlib.sha256(PAPER).hexdigest())
    assert said["by_name"] == "officer"
    assert one.browser.get(f"/api/v1/cases/{case}").json()["exhibits"] == [said]
    assert not views_of(case).exists()
    for name in ("partner", "legal", "leader"):
        taken = people[name].browser.post(said["address"])
        assert (taken.status_code, taken.content) == (200, PAPER), name
        assert taken["Content-Disposition"].startswith("attachment")
        look = views_of(case).latest("id")
        assert look.actor_id == people[name].account.pk
        assert said["sha256"] in look.detail["fields"]
    assert views_of(case).count() == 3
    told = AuditEntry.objects.get(verb="enforcement.file_exhibit")
    assert (told.subject_id, told.actor_id) == (str(case), one.account.pk)


def test_a_look_at_the_list_of_files_takes_none(people, case):
    address = send(people["officer"].browser, case).json()["address"]
    assert people["officer"].browser.get(address).status_code == 405
    assert people["officer"].browser.get("/cases/files/1").status_code == 405
    assert not views_of(case).exists()


def test_papers_are_listed_with_addresses_to_take_them_at_and_who_does_is_recorded(people, case):
    inspected(people, case)
    browser = people["officer"].browser
    paper = browser.get(f"/api/v1/cases/{case}").json()["papers"][0]
    assert [one["form"] for one in paper["files"]] == ["pdf", "docx"]
    pdf = paper["files"][0]["address"]
    taken = browser.post(pdf)
    assert (taken.status_code, taken["Content-Type"]) == (200, "application/pdf")
    assert "鑫源五金厂" in taken.content.decode()
    assert views_of(case).latest("id").detail["fields"] == ["paper", "pdf"]
    assert people["other_officer"].browser.post(pdf).status_code == 404
    assert people["safety"].browser.post(pdf).status_code == 403
    assert browser.post(pdf.replace("/pdf", "/exe")).status_code == 422
    assert views_of(case).count() == 1


def test_a_photo_of_the_site_keeps_when_and_where_it_was_taken(people, case):
    send(people["partner"].browser, case, documents.picture(), "site", "现场.jpg",
         taken_at="2026-03-02T08:30:00+08:00", lon="106.45", lat="29.58")  # fmt: skip
    one = Exhibit.objects.get()
    assert one.taken_at == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    assert (one.kind, one.lon, one.lat, one.by_name) == ("site", 106.45, 29.58, "partner")


@pytest.mark.parametrize("kind", ["site", "evidence"])
def test_no_bad_file_is_filed_by_either_door_and_both_say_the_same(people, case, kind):
    browser = people["officer"].browser
    for bad, make in documents.BAD.items():
        raw = make()
        said = send(browser, case, raw, kind)
        assert said.status_code == 409, bad
        assert said["Content-Type"] == "application/problem+json"
        page = by_page(browser, case, raw, kind)
        assert said.json()["detail"] in page.content.decode(), bad
    assert not Exhibit.objects.exists()


def test_a_document_is_no_photo_of_the_site(people, case):
    assert "这不是照片" in send(people["officer"].browser, case, kind="site").json()["detail"]
    assert not Exhibit.objects.exists()


def test_the_same_file_is_filed_once_whichever_way_it_comes(people, case):
    browser = people["officer"].browser
    first, again = send(browser, case), send(browser, case, name="另一个名字.pdf")
    assert first.json() == again.json()
    by_page(browser, case)
    assert Exhibit.objects.count() == 1
    assert "另一类" in send(browser, case, kind="evidence").json()["detail"]


def test_the_page_lists_takes_and_gives_back_a_file(people, case):
    browser = people["officer"].browser
    page = by_page(browser, case, documents.docx(), "evidence").content.decode()
    assert "证据材料" in page
    assert "送达回证" in page
    one = Exhibit.objects.get()
    taken = browser.post(f"/cases/files/{one.pk}")
    assert (taken.status_code, taken.content[:2]) == (200, b"PK")
    assert taken["Cache-Control"] == "no-store"
    assert views_of(case).count() == 1
    for name in ("legal", "leader", "third"):
        page = people[name].browser.get(f"/cases/{case}").content.decode()
        assert "证据材料" in page, name
        assert 'name="file"' not in page, name


# Written from the rule book: officers of the case file, others of the unit look, nobody else does.
FILES = {"officer": 200, "partner": 200, "third": 409, "expired": 409, "legal": 403, "leader": 403,
         "safety": 403, "other_officer": 404, "other_leader": 403}  # fmt: skip
LOOKS = {"officer": 200, "partner": 200, "third": 200, "expired": 200, "legal": 200, "leader": 200,
         "safety": 403, "other_officer": 404, "other_leader": 404}  # fmt: skip


def test_who_may_file_and_who_may_look(people, case):
    said = {name: send(one.browser, case, documents.picture(side=40 + n)).status_code
            for n, (name, one) in enumerate(people.items())}  # fmt: skip
    assert said == FILES
    assert set(Exhibit.objects.values_list("by_name", flat=True)) == {"officer", "partner"}
    one = Exhibit.objects.latest("id")
    for address in (f"/api/v1/cases/files/{one.pk}", f"/cases/files/{one.pk}"):
        looked = {name: who.browser.post(address).status_code for name, who in people.items()}
        assert looked == LOOKS, address
    assert Client().post(f"/api/v1/cases/files/{one.pk}").status_code == 401
    assert send(Client(), case).status_code == 401
    assert send(people["officer"].browser, 10**9).status_code == 404


def test_who_may_not_learns_nothing_of_what_was_wrong_with_what_they_sent(people, case):
    for name, wanted in (("other_officer", 404), ("safety", 403), ("leader", 403)):
        said = people[name].browser.post(f"/api/v1/cases/{case}/files", {"kind": "cake"})
        assert said.status_code == wanted, name
    said = people["officer"].browser.post(f"/api/v1/cases/{case}/files", {"kind": "cake"})
    assert said.status_code == 422


@pytest.mark.parametrize("given", [
    {"kind": "cake"}, {"taken_at": "2026-03-02T08:30:00"}, {"lon": "east"}, {"lat": "91"},
])  # fmt: skip
def test_what_is_no_kind_time_or_place_is_not_understood(people, case, given):
    said = send(people["officer"].browser, case, documents.picture(), **{"kind": "site"} | given)
    assert (said.status_code, Exhibit.objects.count()) == (422, 0)


def test_a_closed_case_takes_no_more(people, case):
    Case.objects.filter(pk=case).update(state="ARCHIVED")
    assert "已归档" in send(people["officer"].browser, case).json()["detail"]
    assert not Exhibit.objects.exists()
