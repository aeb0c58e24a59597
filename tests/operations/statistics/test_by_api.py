"""Sheets signed and reports asked for by other programs, by the rules of the pages."""

import pytest
from django.test import Client
from tests.operations.statistics.test_reports import Pool, settle
from tests.operations.statistics.test_returns import firm, owed  # noqa: F401

from anlan.operations.people.models import Account
from anlan.operations.safety.models import Danger, Membership
from anlan.operations.statistics.actions import count_months
from anlan.operations.statistics.models import DangerReturn, Report, SignedReturn
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
API = "/api/v1"


def browser(name):
    client = Client()
    client.force_login(Account.objects.get(username=name))
    return client


def sign(name, pk, **said):
    at = f"{API}/returns/{pk}/sign"
    return browser(name).post(at, said, content_type="application/json")


def test_the_principal_reads_and_signs_its_own_sheet_and_nobody_else_does(firm):  # noqa: F811
    one = owed(firm)
    for name in ("manager", "officer", "street", "grid"):
        assert sign(name, one.pk).status_code == 403, name
    sheet = browser("boss").get(f"{API}/returns/{one.pk}").json()
    assert (sheet["figures"]["general"]["found"], sheet["may_sign"]) == (3, True)
    assert sign("boss", one.pk).json() == {"id": one.pk, "version": 1}
    assert sign("boss", one.pk, why="再报").status_code == 409  # nothing changed
    Danger.objects.filter(key="d1").update(closed_on="2026-03-31")
    assert browser("boss").get(f"{API}/returns/{one.pk}").json()["changed"] is True
    assert sign("boss", one.pk).status_code == 409  # without the reason
    assert sign("boss", one.pk, why="漏记一项整改").json()["version"] == 2
    signed = SignedReturn.objects.order_by("version").values_list("version", "by_name", "why")
    assert list(signed) == [(1, "boss", ""), (2, "boss", "漏记一项整改")]


def test_the_sheet_of_another_enterprise_is_not_there_and_one_of_a_running_quarter_waits(
    firm,  # noqa: F811
):
    one = owed(firm)
    running = DangerReturn.objects.create(
        enterprise=firm, period="2026-Q2", due_on="2026-07-15", asked_at=clock.now()
    )
    assert sign("boss", running.pk).status_code == 409
    assert sign("boss", 10**6).status_code == 404
    Membership.objects.update(until=clock.now())
    assert sign("boss", one.pk).status_code == 404
    assert browser("boss").get(f"{API}/returns/{one.pk}").status_code == 404
    assert not SignedReturn.objects.exists()


def ask(one, **said):
    return one.post(f"{API}/statistics/reports", said, content_type="application/json")


def test_a_report_is_asked_for_and_taken_along_by_who_asked(checks, browsers):
    while count_months():
        pass
    street, pool = browsers["street"], Pool()
    first = ask(street, period="2026")
    assert first.status_code == 200, first.content
    assert (first.json()["state"], first.json()["percent"]) == ("waiting", 0)
    assert ask(street, period="2026").json()["id"] == first.json()["id"]
    here = f"{API}/statistics/reports/{first.json()['id']}"
    assert street.get(f"{here}/pdf").status_code == 404
    settle(pool)
    assert (street.get(here).json()["state"], street.get(here).json()["percent"]) == ("done", 100)
    assert street.get(f"{here}/pdf").content.startswith(b"%PDF")
    assert street.get(f"{here}/xlsx").content.startswith(b"PK")
    assert street.get(f"{here}/docx").status_code == 404
    for who in ("officer", "industry"):
        for part in ("", "/pdf", "/xlsx"):
            assert browsers[who].get(here + part).status_code == 404
    assert ask(street, area_code="500106002").status_code == 404
    assert ask(street, period="last year").status_code == 409
    assert ask(browsers["grid"], period="2026").status_code == 403
    assert Report.objects.count() == 1
