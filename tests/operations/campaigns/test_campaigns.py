"""Campaigns: who takes which step, what may never be, whose they are, what follows."""

import random
from datetime import date, datetime

import pytest
from tests.operations.safety.conftest import CODE
from tests.reading_back import read_back

from anlan.operations.campaigns import actions
from anlan.operations.campaigns.models import Campaign, Entry
from anlan.operations.campaigns.queries import entries_in, facts, person_of, progress
from anlan.operations.campaigns.rules.loop import Entry as Facts
from anlan.operations.campaigns.rules.loop import check, verbs
from anlan.operations.campaigns.rules.states import ENTRY, State
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import relay_events
from anlan.operations.safety.actions import correct_enterprise
from anlan.operations.safety.models import Enterprise
from anlan.operations.safety.queries.persons import units
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
DOES = "industry fire street other_street grid manager"
LEADS = "officer"
WHO = {
    "begin": DOES, "submit": DOES, "accept": LEADS, "return": LEADS, "extend": LEADS,
    "drop": LEADS,
}  # fmt: skip


def test_every_step_is_taken_by_whom_the_table_names_and_by_nobody_else(people, works):
    for step in ENTRY.steps:
        for state in State:
            entry = Facts(state=state, enterprise_id=works, lead="bureau",
                          submitted_by=people["manager"].account.pk)  # fmt: skip
            able = set()
            for name, one in people.items():
                try:
                    check(step.verb, entry, person_of(one.scope))
                    able.add(name)
                except Refused:
                    pass
            assert able == (set(WHO[step.verb].split()) if state in step.sources else set())


def test_an_enterprise_reports_it_done_and_the_leading_unit_accepts(people, works, led):
    pk = led.put(works)
    assert [one.title for one in desk(people["manager"].scope)] == ["改湿式除尘（专项整治）"]
    led.take("manager", pk, "begin")
    with pytest.raises(Refused, match="evidence"):
        led.take("manager", pk, "submit", words=" ")
    led.take("manager", pk, "submit")
    with pytest.raises(Refused, match="may not take"):
        led.take("manager", pk, "accept")
    led.take("officer", pk, "return", words="泄爆口朝向通道")
    led.take("manager", pk, "submit")
    assert [one.title for one in desk(people["officer"].scope)] == ["验收：改湿式除尘"]
    led.take("officer", pk, "accept")
    entry = Entry.objects.get()
    assert (entry.state, entry.done_on) == ("ACCEPTED", date(2026, 3, 2))
    assert list(entry.steps.order_by("id").values_list("verb", flat=True)) == [
        "list", "begin", "submit", "return", "submit", "accept",
    ]  # fmt: skip
    assert not desk(people["officer"].scope)
    assert Enterprise.objects.get(pk=works).state == "open"


def test_what_was_to_close_is_closed_in_the_register_when_it_is_accepted(people, works, led):
    pk = led.put(works, measure="close", what="关闭退出")
    led.take("street", pk, "submit")
    led.take("officer", pk, "accept", words="设备已拆除")
    one = Enterprise.objects.get(pk=works)
    assert one.state == "closed"
    assert one.versions.get().reason == "高风险企业关搬改：设备已拆除"


def test_a_deadline_is_moved_with_a_reason_within_the_campaign(people, works, led):
    pk = led.put(works)
    clock.use(DrillClock(datetime(2026, 4, 2, 9, tzinfo=CHINA)))
    assert progress(people["officer"].scope)[0].late == 1
    for day in (None, date(2026, 4, 1), date(2026, 7, 1)):
        with pytest.raises(Refused, match="within the campaign"):
            led.take("officer", pk, "extend", due_on=day)
    led.take("officer", pk, "extend", words="设备晚到", due_on=date(2026, 5, 31))
    step = Entry.objects.get().steps.latest("id")
    assert (step.due_before, step.words) == (date(2026, 3, 31), "设备晚到")
    assert progress(people["officer"].scope)[0].late == 0


def test_a_unit_opens_its_own_campaigns_lists_each_once_and_ends_when_all_is_settled(
    people, works, led
):
    new = actions.NewCampaign(title="粉尘专项", basis="通知", lead=units()["bureau"],
                              begins_on=date(2026, 3, 1), ends_on=date(2026, 4, 1))  # fmt: skip
    with pytest.raises(Refused, match="leads itself"):
        actions.open_campaign(*led.who("industry"), new)
    with pytest.raises(Refused, match="keeps its list"):
        led.put(works, name="industry")
    for wrong, why in (
        ({"due_on": date(2026, 7, 1)}, "within the campaign"),
        ({"measure": "burn"}, "what is to become"),
        ({"what": " "}, "to be done"),
    ):
        with pytest.raises(Refused, match=why):
            led.put(works, **wrong)
    pk = led.put(works)
    with pytest.raises(Refused, match="already"):
        led.put(works)
    with pytest.raises(Refused, match="not settled"):
        actions.end_campaign(*led.who("officer"), led.pk)
    led.take("officer", pk, "drop", words="已由街道整改")
    led.take("officer", led.put(works), "drop", words="重复")
    actions.end_campaign(*led.who("officer"), led.pk)
    with pytest.raises(Refused, match="over"):
        led.put(works)


def test_random_walks_reach_nothing_that_was_not_looked_at_by_another(people, works, led):
    rng = random.Random(20261129)
    pk = led.put(works)
    for _ in range(120):
        entry = Entry.objects.select_related("campaign").get(pk=pk)
        if entry.state in ("ACCEPTED", "DROPPED"):
            last = entry.steps.latest("id")
            submitted = entry.steps.filter(verb="submit").order_by("-id").first()
            if entry.state == "ACCEPTED":
                assert submitted is not None
                assert last.by_id != submitted.by_id
            pk = led.put(works) if entry.state == "DROPPED" else pk
            if entry.state == "ACCEPTED":
                break
            continue
        name = rng.choice([*people])
        able = verbs(facts(entry), led.who(name)[1])
        if able:
            led.take(name, pk, rng.choice(able), due_on=date(2026, 6, rng.randint(1, 30)))
    assert not Entry.objects.filter(state="SUBMITTED", done_on=None).exists()


def test_others_see_nothing_of_it_in_lists_files_exports_or_the_interface(people, works, led):
    pk = led.put(works)
    for name in ("other_street", "fire", "stranger"):
        browser = people[name].browser
        assert not entries_in(people[name].scope).exists()
        assert browser.get(f"/campaigns/entries/{pk}").status_code == 404
        assert browser.post(f"/campaigns/entries/{pk}/step", {"verb": "begin"}).status_code == 404
        assert browser.get("/api/v1/campaigns/entries").json()["count"] == 0
        assert browser.get(f"/api/v1/campaigns/entries/{pk}").status_code == 404
    assert people["stranger"].browser.get(f"/campaigns/{led.pk}").status_code == 404
    shown = people["other_street"].browser.get(f"/campaigns/{led.pk}").content.decode()
    assert "鑫源五金厂" not in shown
    for name in ("manager", "street", "grid", "industry", "officer"):
        page = people[name].browser.get(f"/campaigns/entries/{pk}")
        assert "改湿式除尘" in page.content.decode()


def test_it_is_opened_listed_and_worked_on_in_the_browser(people, works):
    page = people["officer"].browser
    given = {"title": "粉尘专项", "basis": "通知", "lead": "bureau", "begins_on": "2026-03-01",
             "ends_on": "2026-02-01"}  # fmt: skip
    assert "结束日期应在开始日期之后" in page.post("/campaigns/new", given).content.decode()
    page.post("/campaigns/new", given | {"ends_on": "2026-06-30"})
    campaign = Campaign.objects.get()
    form = {"enterprise": str(works), "measure": "move", "what": "迁出居民楼", "due_on": ""}
    refused = page.post(f"/campaigns/{campaign.pk}/list", form)
    assert (refused.status_code, Entry.objects.count()) == (422, 0)
    page.post(f"/campaigns/{campaign.pk}/list", form | {"due_on": "2026-05-31"})
    entry = Entry.objects.get()
    people["manager"].browser.post(f"/campaigns/entries/{entry.pk}/step", {"verb": "begin"})
    listed = page.get(f"/campaigns/{campaign.pk}").content.decode()
    for text in ("鑫源五金厂", "搬迁", "整治中", "5月31日"):
        assert text in listed
    assert "1</a>" in page.get("/campaigns").content.decode()
    assert page.get(f"/campaigns/{campaign.pk}/export").status_code == 200


def test_another_system_lists_one_as_often_as_it_likes_and_the_list_follows_the_file(
    people, works, led
):
    page = people["officer"].browser
    body = {"credit_code": CODE, "measure": "renovate", "what": "改造", "due_on": "2026-05-31"}
    put = f"/api/v1/campaigns/{led.pk}/entries/yu-safe/7"
    first = page.put(put, body, content_type="application/json").json()
    assert first == page.put(put, body, content_type="application/json").json()
    seen, blind = people["manager"].browser, people["other_street"].browser
    assert read_back(put, first["id"], seen, blind)["what"] == "改造"
    assert page.get(put.replace(f"/{led.pk}/", f"/{led.pk + 1}/")).status_code == 404
    again = page.put(put + "8", body, content_type="application/json")
    assert (again.status_code, Entry.objects.count()) == (409, 1)
    correct_enterprise(people["officer"].actor, works, {"name": "鑫源精工"})
    relay_events()
    assert Entry.objects.get().unit == "鑫源精工"
