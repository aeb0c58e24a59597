"""Officers' certificates from the unit's own office system: written down, renewed, ended."""

from datetime import date

import pytest
from tests.operations.enforcement.conftest import BEGINS, new_case
from tests.reading_back import read_back

from anlan.operations.enforcement.models import Certificate
from anlan.operations.people.actions import close_account
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
LIST = "/api/v1/enforcement/certificates"
AT = f"{LIST}/office/Z-31"
SENT = {"username": "third", "number": "证31", "valid_from": "2026-01-01",
        "valid_to": "2030-12-31", "qualified": "degree"}  # fmt: skip


def put(one, at=AT, **more):
    return one.browser.put(at, SENT | more, content_type="application/json")


def end(one, pk, on):
    return one.browser.post(f"{LIST}/{pk}/end", {"on": on}, "application/json")


def test_a_certificate_is_written_down_once_by_its_id_there_and_read_back(people):
    said = [put(people["leader"]).json() for _ in range(2)]
    one = Certificate.objects.get(number="证31")
    assert said == [{"id": one.pk, "outcome": "new"}, {"id": one.pk, "outcome": "same"}]
    row = read_back(AT, one.pk, people["officer"].browser, people["other_leader"].browser)
    assert row == SENT | {"id": one.pk, "holder": "third", "source": "office",
                          "source_id": "Z-31"}  # fmt: skip
    assert people["legal"].browser.get(f"{LIST}/{one.pk}").json() == row
    assert "证31" in people["leader"].browser.get("/cases/certificates").content.decode()
    assert put(people["leader"], valid_to="2031-12-31").json()["outcome"] == "changed"
    one.refresh_from_db()
    assert (one.valid_to, one.kept_by) == (date(2031, 12, 31), "leader")


def test_what_is_left_out_stays_as_the_page_has_it(people):
    known = Certificate.objects.get(number="证3")
    Certificate.objects.filter(pk=known.pk).update(qualified="degree")
    said = {"username": "third", "number": "证3", "valid_from": "2024-05-01",
            "valid_to": "2029-04-30"}  # fmt: skip
    answer = people["leader"].browser.put(AT, said, content_type="application/json")
    assert answer.json() == {"id": known.pk, "outcome": "same"}
    assert Certificate.objects.get(pk=known.pk).qualified == "degree"
    assert put(people["leader"], **said | {"qualified": ""}).json()["outcome"] == "changed"


def test_one_that_the_page_wrote_down_gets_its_id_there_and_stays_what_it_is(people):
    known = Certificate.objects.get(number="证3")
    same = {"number": "证3", "valid_from": "2024-05-01", "valid_to": "2029-04-30", "qualified": ""}
    assert put(people["leader"], **same).json() == {"id": known.pk, "outcome": "same"}
    assert people["leader"].browser.get(AT).json()["number"] == "证3"
    assert put(people["leader"], f"{LIST}/office/Z-99", **same).status_code == 409
    assert put(people["leader"], number="证32").status_code == 409
    assert Certificate.objects.get(source_id="Z-31").number == "证3"


@pytest.mark.parametrize(
    ("change", "status"),
    [({"username": "legal"}, 409), ({"username": "other_officer"}, 409), ({"number": "证1"}, 409),
     ({"number": "证4"}, 409), ({"number": ""}, 422), ({"number": "证" * 41}, 422),
     ({"valid_to": "2025-12-31"}, 409), ({"valid_to": "2026-13-01"}, 422),
     ({"qualified": "luck"}, 409)],
)  # fmt: skip
def test_a_certificate_that_cannot_be_is_refused(people, change, status):
    before = list(Certificate.objects.order_by("pk").values())
    assert put(people["leader"], **change).status_code == status
    assert put(people["leader"], f"{LIST}/office/a b").status_code == 409
    assert list(Certificate.objects.order_by("pk").values()) == before


def test_only_the_units_leader_writes_down_and_ends_and_only_the_own_unit_reads(people):
    pk = put(people["leader"]).json()["id"]
    wanted = {"officer": 403, "partner": 403, "third": 403, "expired": 403, "legal": 403,
              "safety": 403, "other_officer": 403}  # fmt: skip
    for name, status in wanted.items():
        assert put(people[name], valid_to="2031-01-01").status_code == status, name
        assert end(people[name], pk, "2026-03-01").status_code == status, name
    assert end(people["other_leader"], pk, "2026-03-01").status_code == 404
    assert people["other_leader"].browser.get(f"{LIST}/{pk}").status_code == 404
    assert people["safety"].browser.get(LIST).status_code == 403
    numbers = [one["number"] for one in people["other_officer"].browser.get(LIST).json()["rows"]]
    assert numbers == ["证4"]
    # The same id of another unit's system is another certificate.
    mine = {"username": "other_officer", "number": "证41"}
    assert put(people["other_leader"], **mine).json()["outcome"] == "new"
    assert people["leader"].browser.get(AT).json()["number"] == "证31"
    assert Certificate.objects.get(pk=pk).valid_to == date(2030, 12, 31)


def test_the_list_is_searched_and_told_apart_by_what_ended(people):
    browser = people["officer"].browser
    asked = {"": 4, "?view=valid": 3, "?view=expired": 1, "?q=partner": 1, "?q=证9": 1}
    found = {tail: browser.get(LIST + tail).json()["count"] for tail in asked}
    assert found == asked
    assert [one["holder"] for one in browser.get(f"{LIST}?view=expired").json()["rows"]] == [
        "expired"]  # fmt: skip


def test_who_left_has_a_certificate_that_is_ended_and_with_it_nobody_opens_a_case(people):
    close_account(people["leader"].actor, people["third"].account.pk)
    partner = Certificate.objects.get(number="证2")
    said = end(people["leader"], partner.pk, "2026-03-01").json()
    assert (said["valid_to"], said["number"]) == ("2026-03-01", "证2")
    assert end(people["leader"], partner.pk, "2026-03-01").status_code == 200
    assert end(people["leader"], partner.pk, "2026-04-01").status_code == 409
    assert end(people["leader"], Certificate.objects.get(number="证3").pk,
               "2026-03-01").status_code == 200  # fmt: skip
    partner.refresh_from_db()
    assert (partner.valid_from, partner.kept_at) == (date(2024, 5, 1), BEGINS)
    with pytest.raises(Refused, match="not valid today"):
        new_case(people)
