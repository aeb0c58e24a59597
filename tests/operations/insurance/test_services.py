"""Providers and engagements: every verb by every role, ratings of both sides, what others see."""

import io
import random
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook
from tests.operations.insurance.conftest import doer
from tests.operations.safety.conftest import PEOPLE

from anlan.operations.insurance import actions
from anlan.operations.insurance.actions import NewEngagement
from anlan.operations.insurance.models import Engagement, Provider, ProviderStep, Rating
from anlan.operations.insurance.queries.ratings import providers_in
from anlan.operations.insurance.rules.engagements import (
    ENGAGEMENT,
    PROVIDER,
    EngagementState,
    ProviderState,
)
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
SAID = {"credit_code": "91500106MA5U90001H", "name": "甲评价", "kinds": ["evaluation", "training"],
        "qualification": "APJ-1", "qualified_until": date(2026, 6, 30)}  # fmt: skip
KEEPS = {"officer", "industry", "street", "manager", "principal"}
SEES = KEEPS | {"leader", "industry_leader", "street_leader"}


@pytest.fixture
def provider(people):
    return actions.register_provider(*doer(people["officer"]), SAID)


def engaged(one, provider, firm, kind="evaluation"):
    new = NewEngagement(provider_id=provider, enterprise_id=firm, kind=kind,
                        starts_on=date(2026, 2, 1), ends_on=date(2026, 5, 1))  # fmt: skip
    return actions.engage(*doer(one), new)


def finished(one, provider, firm):
    pk = engaged(one, provider, firm)
    actions.finish(*doer(one), pk, delivered="评价报告", report_on=date(2026, 3, 1))
    return pk


def test_every_step_of_a_provider_by_every_role_from_every_state(people, principal, staff):
    everybody = {name: people[name] for name in PEOPLE} | {"principal": principal, "staff": staff}
    pk = actions.register_provider(*doer(people["officer"]), SAID)
    for step in PROVIDER.steps:
        for state in ProviderState:
            able = set()
            for name, one in everybody.items():
                Provider.objects.filter(pk=pk).update(state=state)
                try:
                    if step.verb == "correct":
                        actions.correct_provider(*doer(one), pk, SAID, reason="核对")
                    else:
                        actions.take_provider_step(*doer(one), pk, step.verb, reason="核查")
                    able.add(name)
                except Refused:
                    pass
            assert able == ({"officer"} if state in step.sources else set()), (step.verb, state)
    for name, one in everybody.items():
        form = SAID | {"credit_code": "91500106MA5U90002L", "qualified_until": "2026-06-30"}
        answer = one.browser.post("/providers/new", form)
        assert (answer.status_code == 303) is (name == "officer"), name


def test_every_step_of_an_engagement_by_every_role_from_every_state(
    people, principal, staff, works, provider
):
    everybody = {name: people[name] for name in PEOPLE} | {"principal": principal, "staff": staff}
    pk = engaged(people["officer"], provider, works)
    form = {"delivered": "报告", "report_on": "2026-03-01", "score": "4", "reason": "好"}
    for step in ENGAGEMENT.steps:
        for state in EngagementState:
            for name, one in everybody.items():
                Engagement.objects.filter(pk=pk).update(state=state)
                before = Engagement.objects.get(pk=pk).steps.count()
                Rating.objects.all().delete()
                page = one.browser.get(f"/engagements/{pk}")
                assert (page.status_code == 200) is (name in SEES), name
                one.browser.post(f"/engagements/{pk}/step", form | {"verb": step.verb})
                took = Engagement.objects.get(pk=pk).steps.count() > before
                allowed = name in KEEPS and state in step.sources
                assert took is allowed, (step.verb, state, name)
                if page.status_code == 200:
                    offered = {form["verb"] for form in page.context["forms"]}
                    assert (step.verb in offered) is allowed


def test_who_is_not_qualified_or_not_active_takes_no_new_engagement(people, works, provider):
    engaged(people["manager"], provider, works)
    page, address = people["manager"].browser, f"/providers/{provider}/engage"
    form = {"enterprise": works, "kind": "evaluation", "starts_on": "2026-07-01",
            "ends_on": "2026-08-01"}  # fmt: skip
    clock.use(DrillClock(datetime(2026, 6, 30, 9, tzinfo=CHINA)))
    assert page.post(address, form).status_code == 303  # the last day counts
    clock.use(DrillClock(datetime(2026, 7, 1, 9, tzinfo=CHINA)))
    answer = page.post(address, form)
    assert answer.status_code == 422
    assert "6月30日" in answer.context["entered"].errors["kind"]
    text = page.get(f"/providers/{provider}").content.decode()
    assert "资质已于 6月30日 到期" in text
    officer = doer(people["officer"])
    free = SAID | {"credit_code": "91500106MA5U90002L", "qualification": "",
                   "qualified_until": None}  # fmt: skip
    other = actions.register_provider(*officer, free)
    with pytest.raises(Refused, match="takes a qualification"):
        engaged(people["officer"], other, works)
    engaged(people["officer"], other, works, kind="training")
    with pytest.raises(Refused, match="does not offer"):
        engaged(people["officer"], other, works, kind="trusteeship")
    actions.take_provider_step(*officer, other, "suspend", reason="核查")
    with pytest.raises(Refused, match="suspended"):
        engaged(people["officer"], other, works, kind="training")
    with pytest.raises(Refused, match="Only the enterprise itself"):
        engaged(people["stranger"], provider, works)
    with pytest.raises(Refused, match="registered already"):
        actions.register_provider(*officer, SAID)
    for wrong in ({"credit_code": "91500106MA5U90001A"}, {"kinds": ["magic"]},
                  {"qualified_until": None}):  # fmt: skip
        with pytest.raises(Refused):
            actions.register_provider(*officer, free | {"qualification": "X"} | wrong)


def test_each_side_rates_once_and_a_correction_is_a_new_version(people, works, station, provider):
    pk = finished(people["manager"], provider, works)
    first = actions.rate(*doer(people["manager"]), pk, score=2, reason="没到现场，措辞保密")
    assert actions.rate(*doer(people["manager"]), pk, score=2, reason="没到现场，措辞保密") == first
    actions.rate(*doer(people["manager"]), pk, score=4, reason="补做了，措辞保密")
    actions.rate(*doer(people["street"]), pk, score=3, reason="报告一般，措辞保密")
    actions.rate(*doer(people["officer"]), pk, score=5, reason="复核，措辞保密")
    rows = Rating.objects.order_by("side", "version")
    assert [(r.side, r.version, r.score, r.replaced_at is None) for r in rows] == [
        ("enterprise", 1, 2, False), ("enterprise", 2, 4, True),
        ("regulator", 1, 3, False), ("regulator", 2, 5, True),
    ]  # fmt: skip
    other = finished(people["stranger"], provider, station)
    actions.rate(*doer(people["stranger"]), other, score=1, reason="差")
    one = providers_in(people["manager"].scope).get(pk=provider)
    assert (one.enterprise_mean, one.enterprise_count) == (2.5, 2)
    assert (one.regulator_mean, one.regulator_count) == (5.0, 1)
    row = people["leader"].browser.get("/api/v1/insurance/providers").json()["rows"][0]
    assert (row["enterprise_mean"], row["regulator_count"]) == (2.5, 1)
    book = people["officer"].browser.get("/providers/export?view=")
    line = list(load_workbook(io.BytesIO(book.content)).active.values)[2]
    assert line[6:10] == (2.5, 2, 5, 1)
    for wrong in ((0, "x"), (6, "x"), (3, " ")):
        with pytest.raises(Refused):
            actions.rate(*doer(people["manager"]), pk, score=wrong[0], reason=wrong[1])


def test_others_see_names_qualification_and_means_and_never_a_single_word(
    people, works, station, provider, client
):
    pk = finished(people["manager"], provider, works)
    actions.rate(*doer(people["manager"]), pk, score=4, reason="措辞保密")
    stranger = people["stranger"].browser
    for page in ("/providers", f"/providers/{provider}", "/engagements?view="):
        text = stranger.get(page).content.decode()
        assert "措辞保密" not in text
        assert "鑫源五金厂" not in text
    assert "4.0" in stranger.get(f"/providers/{provider}").content.decode()
    assert stranger.get(f"/engagements/{pk}").status_code == 404
    assert stranger.get("/api/v1/insurance/engagements").json()["count"] == 0
    public = client.get("/providers/published").content.decode()
    assert "甲评价" in public
    assert "4.0" in public
    assert "措辞保密" not in public
    assert "鑫源五金厂" not in public
    actions.take_provider_step(*doer(people["officer"]), provider, "strike off", reason="造假")
    assert "甲评价" not in client.get("/providers/published").content.decode()


def test_a_report_lies_between_the_beginning_and_today(people, works, provider):
    pk = engaged(people["manager"], provider, works)
    for day in (date(2026, 1, 31), date(2026, 3, 3), None):
        with pytest.raises(Refused, match="report's day"):
            actions.finish(*doer(people["manager"]), pk, delivered="x", report_on=day)
    with pytest.raises(Refused, match="delivered"):
        actions.finish(*doer(people["manager"]), pk, delivered=" ", report_on=date(2026, 3, 1))
    assert Engagement.objects.get().state == EngagementState.RUNNING


def test_a_correction_of_a_provider_keeps_what_it_said(people, provider):
    said = SAID | {"name": "乙评价", "qualified_until": date(2028, 6, 30)}
    actions.correct_provider(*doer(people["officer"]), provider, said, reason="换证")
    steps = ProviderStep.objects.order_by("id").values_list("verb", "values__name")
    assert list(steps) == [("register", "甲评价"), ("correct", "乙评价")]


def test_a_random_walk_rates_only_what_was_finished_and_once_a_side(people, works, provider):
    dice, manager, officer = random.Random(11), people["manager"], people["officer"]
    for turn in range(90):
        ids = list(Engagement.objects.values_list("pk", flat=True))
        who = dice.choice([manager, officer, people["stranger"], people["street"]])
        try:
            match dice.choice(["engage", "finish", "cancel", "rate", "rate", "suspend"]):
                case "engage":
                    engaged(who, provider, works)
                case "finish":
                    actions.finish(*doer(who), dice.choice(ids), delivered="报告",
                                   report_on=date(2026, 3, 1))  # fmt: skip
                case "cancel":
                    actions.take_engagement_step(*doer(who), dice.choice(ids), "cancel", reason="x")
                case "rate":
                    actions.rate(*doer(who), dice.choice(ids), score=dice.randint(0, 6),
                                 reason=f"{turn}")  # fmt: skip
                case "suspend":
                    verb = dice.choice(["suspend", "restore", "restore"])
                    actions.take_provider_step(*doer(officer), provider, verb, reason="x")
        except (Refused, IndexError):
            continue
        standing = Rating.objects.filter(replaced_at=None).select_related("engagement")
        assert all(one.engagement.state == EngagementState.FINISHED for one in standing)
        sides = list(standing.values_list("engagement", "side"))
        assert len(sides) == len(set(sides))
        assert all(1 <= one.score <= 5 for one in Rating.objects.all())
        assert not Rating.objects.filter(by=people["stranger"].account).exists()
        clock.use(DrillClock(clock.now() + timedelta(minutes=1)))
    assert Rating.objects.exists()
