"""What is listed in a campaign, worked on by other programs as on its page."""

import json

import pytest
from tests.operations.campaigns.test_campaigns import DOES, LEADS
from tests.reading_back import read_back

from anlan.operations.campaigns.events import EntryMoved
from anlan.operations.campaigns.models import Campaign, Entry
from anlan.operations.people.models import OutboxEvent

pytestmark = pytest.mark.django_db(databases="__all__")
UNSEEN = {"other_street", "fire", "stranger"}


def step(one, entry, verb, **given):
    at, said = f"/api/v1/campaigns/entries/{entry}/steps", {"verb": verb, "given": given}
    return one.browser.post(at, said, content_type="application/json")


def end(one, campaign):
    return one.browser.post(f"/api/v1/campaigns/{campaign}/end", content_type="application/json")


def test_an_entry_is_worked_on_until_it_is_accepted_and_each_step_is_told(people, works, led):
    pk = led.put(works)
    manager, officer = people["manager"], people["officer"]
    assert step(manager, pk, "begin").json() == {"id": pk, "state": "UNDERWAY"}
    assert step(manager, pk, "submit").status_code == 409, "without evidence"
    assert step(officer, pk, "extend", due_on="soon", words="x").status_code == 409
    later = step(officer, pk, "extend", due_on="2026-06-15", words="设备未到")
    assert later.status_code == 200, later.content
    assert f"{Entry.objects.get().due_on}" == "2026-06-15"
    assert step(manager, pk, "submit", words="已改湿式").status_code == 200
    assert step(officer, pk, "accept", words="现场核验").json()["state"] == "ACCEPTED"
    told = OutboxEvent.objects.filter(name=EntryMoved.name).order_by("pk")
    verbs = [json.loads(one.payload)["verb"] for one in told]
    assert verbs[1:] == ["begin", "extend", "submit", "accept"]


@pytest.mark.parametrize("verb", ["begin", "drop"])
def test_who_takes_which_step(people, works, led, verb):
    pk = led.put(works)
    able = set((DOES if verb == "begin" else LEADS).split())
    for name, one in people.items():
        if name in UNSEEN:
            assert step(one, pk, verb, words="x").status_code == 404, name
        elif name not in able:
            assert step(one, pk, verb, words="x").status_code == 409, name
    assert Entry.objects.get().state == "LISTED"
    assert step(people["officer"], pk, "delete").status_code == 404


def test_a_campaign_is_ended_by_who_leads_it(people, works, led):
    for name, status in (("stranger", 404), ("manager", 403), ("grid", 403), ("industry", 404),
                         ("street", 404)):  # fmt: skip
        assert end(people[name], led.pk).status_code in (status, 403, 404), name
    assert Campaign.objects.get().ended_at is None
    assert end(people["officer"], led.pk).status_code == 200
    assert Campaign.objects.get().ended_at is not None
    assert end(people["officer"], 10**6).status_code == 404


def bring(one, source_id="9", **changed):
    said = {"title": "有限空间整治", "basis": "区安委〔2026〕3 号", "lead": "bureau",
            "begins_on": "2026-03-01", "ends_on": "2026-06-30"} | changed  # fmt: skip
    at = f"/api/v1/campaigns/committee/{source_id}"
    return one.browser.put(at, said, content_type="application/json")


def test_a_campaign_is_opened_once_by_its_id_elsewhere(people, works):
    officer = people["officer"]
    first = bring(officer)
    assert first.json()["outcome"] == "new", first.content
    pk = first.json()["id"]
    assert bring(officer).json() == {"id": pk, "outcome": "same"}
    assert bring(officer, title="别的").status_code == 409
    for wrong in ({"ends_on": "2026-02-01"}, {"lead": "nobody"}, {"title": " "}):
        assert bring(officer, "10", **wrong).status_code == 409, wrong
    read_back("/api/v1/campaigns/committee/9", pk, officer.browser, people["stranger"].browser)
    assert Campaign.objects.get().lead_code == "bureau"


def test_who_opens_a_campaign_leads_it(people, works):
    for name in ("manager", "grid", "leader", "stranger"):
        assert bring(people[name]).status_code == 403, name
    for name in ("industry", "street"):
        assert bring(people[name]).status_code in (403, 409), name
    assert not Campaign.objects.exists()
    bring(people["officer"])
    assert bring(people["industry"]).status_code in (403, 409)  # not its own to send again
