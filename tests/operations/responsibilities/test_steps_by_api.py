"""Works of a year and capacity assessments taken further by other programs, by the same rules."""

import pytest
from django.test import Client
from tests.operations.responsibilities.test_capacity import asked  # noqa: F401

from anlan.operations.responsibilities.models import CapacityCheck, Work

pytestmark = pytest.mark.django_db(databases="__all__")
API = "/api/v1/responsibilities"


def browser(account):
    client = Client()
    client.force_login(account)
    return client


def take(account, what, verb, **given):
    body = {"verb": verb, "given": given}
    return browser(account).post(f"{API}/{what}/steps", body, content_type="application/json")


def test_a_work_goes_from_planned_to_confirmed_and_nobody_skips_a_step(people, lists):
    pk, _came = lists.put()
    work = f"works/{pk}"
    street, leader = people["street"], people["leader"]
    assert take(street, work, "submit").status_code == 409
    assert take(street, work, "begin").json() == {"id": pk, "state": "UNDERWAY"}
    for percent in ("100", "x", ""):
        assert take(street, work, "report", percent=percent, words="过半").status_code == 409
    assert take(street, work, "report", percent="60", words="过半").json()["state"] == "UNDERWAY"
    assert Work.objects.get().percent == 60
    assert take(street, work, "submit", words="已完成").json()["state"] == "SUBMITTED"
    assert take(street, work, "confirm").status_code == 409  # who did it does not confirm it
    assert take(people["other"], work, "confirm").status_code == 404
    assert take(people["security"], work, "confirm").status_code == 403
    assert take(leader, work, "confirm").json()["state"] == "CONFIRMED"
    for verb in ("amend", "x", ""):
        assert take(street, work, verb).status_code == 404
    steps = browser(street).get(f"{API}/works/{pk}").json()["steps"]
    assert [one["verb"] for one in steps] == ["set", "begin", "report", "submit", "confirm"]


def test_a_street_rates_itself_the_bureau_reviews_and_the_street_objects(people, asked):  # noqa: F811
    office, leader, check = people["office"], people["leader"], f"capacity/{asked}"
    items = [one["code"] for one in browser(leader).get(f"{API}/{check}").json()["lines"]]
    said = {f"answer:{code}": "yes" for code in items}
    wrong = take(leader, check, "submit", **said | {"answer:none": "yes"})
    assert wrong.status_code == 409
    assert not CapacityCheck.objects.get(pk=asked).answers.exists()  # whole or not at all
    assert take(leader, check, "submit", **said).json()["state"] == "SUBMITTED"
    assert take(leader, check, "review").status_code == 409
    first = items[0]
    lower = {f"answer:{first}": "no", f"words:{first}": "现场未见"}
    assert take(office, check, "review", **lower).json()["state"] == "REVIEWED"
    assert take(leader, check, "object").status_code == 409  # without a word
    assert take(leader, check, "object", words="已补齐").json()["state"] == "OBJECTED"
    settled = take(people["section"], check, "settle", words="属实",
                   **{f"answer:{first}": "yes", f"words:{first}": "已核实"})  # fmt: skip
    assert settled.json()["state"] == "FINAL", settled.content
    line = browser(leader).get(f"{API}/{check}").json()["lines"][0]
    assert (line["said"], line["reviewed"], line["reason"]) == ("yes", "yes", "已核实")
    assert take(people["other"], check, "accept").status_code == 404


def amend(account, pk, **said):
    at = f"{API}/works/{pk}/amend"
    return browser(account).post(at, said, content_type="application/json")


def test_a_work_that_was_set_here_is_amended_until_it_is_submitted(people, lists):
    pk, _came = lists.put()
    street = people["street"]
    before = Work.objects.get()
    later = before.due_on.replace(month=12, day=30).isoformat()
    assert amend(people["office"], pk, due_on=later).json() == {"id": pk, "outcome": "changed"}
    assert amend(people["office"], pk, due_on=later).json()["outcome"] == "same"
    now = Work.objects.get()
    assert (f"{now.due_on}", now.what, now.unit_code, now.duty_id) == (
        later, before.what, before.unit_code, before.duty_id
    )  # fmt: skip
    for wrong in ({"due_on": "2031-01-01"}, {"unit_code": "nowhere"}, {"duty": 99}):
        assert amend(people["office"], pk, **wrong).status_code == 409, wrong
    assert amend(street, pk, what="别的").status_code == 409  # the bureau has set it
    assert amend(people["other"], pk, what="别的").status_code == 404
    assert amend(people["office"], 10**6, what="别的").status_code == 404
    take(street, f"works/{pk}", "begin")
    take(street, f"works/{pk}", "submit", words="已完成")
    assert amend(people["office"], pk, what="别的").status_code == 409
    steps = browser(street).get(f"{API}/works/{pk}").json()["steps"]
    assert [one["verb"] for one in steps] == ["set", "amend", "begin", "submit"]


def test_the_bureau_opens_a_year_of_capacity_and_asks_each_street_once(people, asked):  # noqa: F811
    def open_it(account, due_on):
        return browser(account).post(
            f"{API}/capacity", {"due_on": due_on}, content_type="application/json"
        )

    CapacityCheck.objects.exclude(pk=asked).update(year=2025)
    assert open_it(people["office"], "2020-01-01").status_code == 409
    again = open_it(people["office"], "2026-12-30")
    assert again.json() == {"year": 2026, "asked": 1}, again.content
    assert open_it(people["office"], "2026-12-30").json()["asked"] == 0
    assert open_it(people["street"], "2026-12-30").status_code == 403
