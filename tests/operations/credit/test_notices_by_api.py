"""Notices of serious dishonesty that another system gives: once, by its id, told in its words."""

import pytest
from django.test import Client
from tests.operations.credit.test_listings import CODE, people, take, works  # noqa: F401
from tests.reading_back import read_back

from anlan.operations.credit.events import ListingMoved
from anlan.operations.credit.models import Listing
from anlan.operations.people.models import OutboxEvent

pytestmark = pytest.mark.django_db(databases="__all__")
AT = "/api/v1/credit/listings/credit-platform/N-5"
SENT = {"credit_code": CODE, "facts": "瞒报事故", "basis": "应急部令第11号 第六条",
        "months": 12}  # fmt: skip


def put(account, at=AT, **changed):
    client = Client()
    client.force_login(account)
    return client.put(at, SENT | changed, content_type="application/json")


def test_a_notice_is_given_once_a_source_and_id_and_goes_on_by_its_steps(people, works):  # noqa: F811
    said = [put(people["officer"]).json() for _ in range(2)]
    one = Listing.objects.get()
    assert said == [{"id": one.pk}] * 2
    assert (one.source, one.source_id, one.state) == ("credit-platform", "N-5", "NOTICED")
    assert OutboxEvent.objects.filter(name=ListingMoved.name).count() == 1
    sees, blind = Client(), Client()
    sees.force_login(people["manager"])
    blind.force_login(people["stranger"])
    assert read_back(AT, one.pk, sees, blind)["facts"] == "瞒报事故"
    take(people["manager"], one.pk, "object", "并未瞒报")
    take(people["leader"], one.pk, "uphold objection", "情况不实")
    assert put(people["officer"]).json() == {"id": one.pk}  # the same message opens nothing anew
    assert Listing.objects.get().state == "WITHDRAWN"


def test_what_the_enterprise_was_told_is_not_worded_anew(people, works):  # noqa: F811
    put(people["officer"])
    for change in ({"facts": "另一事实"}, {"months": 24}):
        assert put(people["officer"], **change).status_code == 409
    again = put(people["officer"], "/api/v1/credit/listings/credit-platform/N-6")
    assert (again.status_code, Listing.objects.get().months) == (409, 12)


@pytest.mark.parametrize(
    ("change", "status"),
    [({"facts": " "}, 409), ({"months": 0}, 409), ({"months": 9999}, 409),
     ({"months": "long"}, 422), ({"credit_code": "91500106MA5U00001U"}, 404)],
)  # fmt: skip
def test_a_notice_that_cannot_be_is_refused(people, works, change, status):  # noqa: F811
    assert put(people["officer"], **change).status_code == status
    assert not Listing.objects.exists()


@pytest.mark.parametrize(
    "name", ["leader", "street", "other_street", "manager", "stranger", "duty"]
)
def test_nobody_else_gives_notice(people, works, name):  # noqa: F811
    assert put(people[name]).status_code == 403
    assert not Listing.objects.exists()
