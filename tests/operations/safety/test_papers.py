"""Evidence of a report may be a document; a photo of before and after is a photo."""

import io

import pytest
from tests import documents
from tests.operations.safety.conftest import picture

from anlan.operations.safety import actions
from anlan.operations.safety.actions import Find, Source
from anlan.operations.safety.models import Danger, DangerPhoto
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def found(people, works):
    find = Find(key="k1", title="抛光间粉尘积厚", area_code="500106004", sector="industry",
                source=Source.INSPECTION, enterprise_id=works)  # fmt: skip
    pk = actions.find_danger(people["industry"].actor, people["industry"].person, find)
    Danger.objects.filter(pk=pk).update(grade="MAJOR")
    return pk


def send(browser, pk, raw, moment, name="职代会纪要.pdf"):
    sent = io.BytesIO(raw)
    sent.name = name
    given = {"photo": sent, "moment": moment}
    return browser.post(f"/dangers/{pk}/photo", given, follow=True).content.decode()


def test_minutes_are_kept_as_a_document_and_given_back_as_a_file(people, found):
    browser, raw = people["manager"].browser, documents.pdf()
    page = send(browser, found, raw, "report")
    assert "职代会纪要" in page
    kept = DangerPhoto.objects.get()
    answer = browser.get(f"/dangers/photos/{kept.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Content-Type"], answer.content) == ("application/pdf", raw)
    assert people["stranger"].browser.get(f"/dangers/photos/{kept.pk}").status_code == 404
    send(browser, found, picture(), "report", "纪要.jpg")
    assert DangerPhoto.objects.count() == 2


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_document_shows_no_place(people, found, moment):
    assert "这不是照片" in send(people["manager"].browser, found, documents.pdf(), moment)
    assert not DangerPhoto.objects.exists()


@pytest.mark.parametrize("kind", documents.BAD)
def test_no_bad_file_comes_in_by_either_door(people, found, kind):
    raw = documents.BAD[kind]()
    for moment in ("before", "report"):
        with pytest.raises(Refused):
            actions.add_photo(people["manager"].actor, found, moment, raw)
    assert not DangerPhoto.objects.exists()
