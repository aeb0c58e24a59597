"""Early reports of natural hazards (R-112): their table, what is early, who is never paid."""

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.operations.hotline.conftest import INFORMANT, NAME, One

from anlan.operations.alerts.models import Alert
from anlan.operations.deadlines.queries import desk
from anlan.operations.hotline import actions
from anlan.operations.hotline.models import Payment, Reward, RewardTerms, Tip
from anlan.operations.hotline.queries.files import ANOTHER
from anlan.operations.hotline.queries.places import HAZARDS, token_of
from anlan.operations.hotline.queries.state import facts, hazard_terms
from anlan.operations.hotline.rules.hazards import (
    DUTY_WORDS,
    HAZARD_OF,
    SIGN_WORDS,
    Duty,
    Hazard,
    HazardTerms,
    Seen,
    Sign,
    hazard_reward,
)
from anlan.operations.hotline.rules.loop import verbs
from anlan.operations.hotline.rules.reward import Grounds
from anlan.operations.hotline.rules.states import Channel, Kind, State, Verdict
from anlan.operations.incidents.models import Incident
from anlan.operations.people.actions import (
    PLATFORM,
    NewOrganisation,
    load_organisations,
    relay_events,
)
from anlan.operations.safety.models import Danger
from anlan.operations.sensing.models import Alarm
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
STREET = "500106004"
DAY = date(2026, 3, 2)
TABLE = HazardTerms(
    source="试", most=8_000, signs={"crack": 500, "smoke": 300}, known_share=0,
    brought_out=((1, 2_000), (10, 5_000)), rewarded=frozenset({Duty.GRID}),
)  # fmt: skip


@pytest.fixture(autouse=True)
def table(district):
    """The district's own file, with the department of geological hazards."""
    load_organisations(PLATFORM, [
        NewOrganisation("planning", "区规划自然资源局", "department", "500106", date(2019, 1, 1)),
    ])  # fmt: skip
    actions.load_terms(PLATFORM, Path("src/anlan/districts/shapingba"))


@pytest.fixture
def crew(people, monkeypatch):
    monkeypatch.setitem(
        __import__("tests.operations.hotline.conftest", fromlist=["PEOPLE"]).PEOPLE,
        "slope", ("department", "planning", "500106", "geology"),
    )  # fmt: skip
    return people | {"slope": One("slope")}


def told(key="sign-1", sign=Sign.CRACK, who=INFORMANT, area=STREET):
    """Somebody sends the web form; the report's id."""
    new = actions.NewTip(key=key, kind=Kind.HAZARD, sign=sign, matter="屋后坡上新裂了一条缝",
                         area_code=area, place="后山")  # fmt: skip
    actions.take_form(Channel.WEB, new, who)
    return Tip.objects.get(key=key).pk


def accepted(crew, pk, unit="planning"):
    two = (crew["first"].account.pk, crew["second"].account.pk)
    leader = crew["leader"]
    actions.accept_tip(leader.actor, leader.person, pk,
                       actions.Acceptance(unit=unit, sector="", handlers=two))  # fmt: skip


def found(crew, pk, who="slope", **changed):
    one = crew[who]
    if Tip.objects.get(pk=pk).state == State.ACCEPTED:
        actions.begin_verification(one.actor, one.person, pk, verifiers=("甲一", "乙二"))
    said = actions.FoundSign(verdict=Verdict.TRUE, finding="裂缝属实，已设警戒", sign=Sign.CRACK,
                             early=True, brought_out=12)  # fmt: skip
    actions.verify_sign(one.actor, one.person, pk, found=replace(said, **changed))


def replied(crew, pk, **changed):
    accepted(crew, pk)
    found(crew, pk, **changed)
    actions.handle_tip(crew["slope"].actor, crew["slope"].person, pk, handling="已组织避险转移")
    actions.reply_to_tip(crew["first"].actor, crew["first"].person, pk, reply="已核实")


def propose(crew, pk, duty=Duty.NONE):
    one = crew["first"]
    return actions.propose_hazard_reward(one.actor, one.person, pk, duty=duty, eligible=True)


def paid(crew, pk, voucher):
    propose(crew, pk)
    for who, action in (("chief", actions.approve_reward), ("first", actions.notify_of_reward)):
        action(crew[who].actor, crew[who].person, pk)
    return actions.pay_reward(crew["finance"].actor, crew["finance"].person, pk, voucher=voucher)


def alarm(at, element="crack_width", area=STREET):
    return Alarm.objects.create(
        key=f"S1:{element}:{at:%d%H}", station_code="S1", station_name="后山裂缝计",
        area_code=area, element=element, rule="high", value=9, limit=5, began_at=at,
        observed_at=at, raised_at=at, state="closed",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "duty", "yuan"),
    [
        (Seen(sign="crack", early=True), Duty.NONE, 500),
        (Seen(sign="smoke", early=True), Duty.GRID, 300),
        (Seen(sign="crack", early=True, brought_out=1), Duty.NONE, 2_500),
        (Seen(sign="crack", early=True, brought_out=9), Duty.NONE, 2_500),
        (Seen(sign="crack", early=True, brought_out=10), Duty.NONE, 5_500),
    ],
)
def test_the_table_says_what_a_sign_is_worth(seen, duty, yuan):
    assert hazard_reward(seen, duty, TABLE) == yuan


def test_the_cap_holds_and_what_was_known_is_worth_the_tables_share():
    rich = replace(TABLE, most=1_000)
    assert hazard_reward(Seen(sign="crack", early=True, brought_out=40), Duty.NONE, rich) == 1_000
    half = replace(TABLE, known_share=50)
    assert hazard_reward(Seen(sign="crack", early=False, brought_out=1), Duty.NONE, half) == 1_250


@pytest.mark.parametrize(
    ("seen", "duty", "why"),
    [
        (Seen(sign="crack", early=False), Duty.NONE, "known before"),
        (Seen(sign="rockfall", early=True), Duty.NONE, "sets no reward"),
        (Seen(sign="crack", early=True), Duty.MONITOR, "duty"),
        (Seen(sign="crack", early=True), Duty.PATROL, "duty"),
        (Seen(sign="crack", early=True), Duty.STAFF, "duty"),
        (Seen(sign="crack", early=True), "friend", "own work"),
    ],
)
def test_whom_and_what_the_table_excludes_gets_nothing(seen, duty, why):
    with pytest.raises(Refused, match=why):
        hazard_reward(seen, duty, TABLE)


def test_every_sign_has_a_hazard_and_words_and_the_districts_file_is_a_dated_proposal():
    assert set(HAZARD_OF) == set(SIGN_WORDS) == set(Sign)
    assert set(DUTY_WORDS) == set(Duty)
    row = RewardTerms.objects.get(table="hazard")
    assert "待核" in row.source
    ours = hazard_terms(DAY)
    assert set(ours.signs) == set(Sign) - {Sign.OTHER}
    assert set(ours.units) == set(Hazard) - {Hazard.OTHER}
    assert hazard_terms(row.valid_from - timedelta(1)).signs == {}


def test_a_sign_waits_minutes_for_a_decision_and_hours_for_a_look(crew):
    pk = told()
    item = next(one for one in desk(crew["leader"].scope) if one.kind == "tip")
    assert item.due_at == clock.now() + timedelta(minutes=30)
    accepted(crew, pk)
    item = next(one for one in desk(crew["slope"].scope) if one.kind == "tip")
    assert item.due_at == clock.now() + timedelta(hours=24)


def test_the_department_of_the_hazard_verifies_and_no_other(crew):
    pk = told()
    for unit in ("industry", STREET, "bureau"):
        with pytest.raises(Refused, match="unit that verifies"):
            accepted(crew, pk, unit)
    accepted(crew, pk)
    for name, one in crew.items():
        may = "begin" in verbs(facts(Tip.objects.get(pk=pk)), one.person, DAY)
        assert may == (name == "slope"), name
    with pytest.raises(Refused, match="unit that verifies"):
        found(crew, pk, who="industry")


def test_an_early_report_is_paid_by_the_table_and_opens_no_danger_but_asks_for_an_event_file(crew):
    pk = told()
    replied(crew, pk)
    assert paid(crew, pk, "v1") == 5_500
    reward = Reward.objects.get()
    assert reward.grounds == {"sign": "crack", "early": True, "brought_out": 12}
    assert (reward.basis, "待核" in reward.source) == (Tip.objects.get().number, True)
    relay_events()
    relay_events()
    file = Incident.objects.get()
    assert (file.state, file.hazard, file.area_code) == ("PROPOSED", "geohazard", STREET)
    assert NAME not in str(list(file.entries.values()))
    assert not Danger.objects.exists()
    other = told("sign-2")
    accepted(crew, other)
    found(crew, other, same_as=ANOTHER)
    relay_events()
    assert Incident.objects.count() == 1
    assert file.entries.filter(kind="sign").count() == 2


def test_the_records_of_the_hazard_nearby_are_set_beside_the_report_and_kept(crew):
    now = clock.now()
    alarm(now - timedelta(hours=3))
    alarm(now - timedelta(hours=4), element="stage")
    alarm(now - timedelta(hours=5), area="500106002")
    alarm(now - timedelta(days=9))
    Alert.objects.create(
        number="A1", chain="geo", hazard="geohazard", standing="drill", level=3, area_code=STREET,
        headline="地质灾害预警", title="x", description="x", instruction="x", message="x",
        drafted_at=now, expires_at=now, published_at=now + timedelta(hours=1),
    )  # fmt: skip
    Incident.objects.create(title="他处滑坡", hazard="flood", standing="drill", area_code=STREET,
                            known_at=now)  # fmt: skip
    pk = told()
    accepted(crew, pk)
    page = crew["slope"].browser.get(f"/hotline/{pk}").content.decode()
    assert "后山裂缝计" in page
    assert "地质灾害预警" in page
    assert "他处滑坡" not in page
    with pytest.raises(Refused, match="came first"):
        found(crew, pk)
    found(crew, pk, why="报警为另一坡面的裂缝计")
    tip = Tip.objects.get(pk=pk)
    assert [kept["what"] for kept in tip.known] == ["alarm", "alert"]
    assert (tip.early, tip.early_why) == (True, "报警为另一坡面的裂缝计")


def test_that_it_was_known_is_said_with_since_when_where_no_record_shows_it(crew):
    pk = told()
    accepted(crew, pk)
    with pytest.raises(Refused, match="since when"):
        found(crew, pk, early=False)
    found(crew, pk, early=False, why="群测群防员前一日已上报")
    one = crew["slope"]
    actions.handle_tip(one.actor, one.person, pk, handling="已处置")
    actions.reply_to_tip(crew["first"].actor, crew["first"].person, pk, reply="已核实")
    with pytest.raises(Refused, match="known before"):
        propose(crew, pk)


def test_the_second_informant_of_one_event_is_not_rewarded_even_if_verified_first(crew):
    first, second = told("a"), told("b")
    accepted(crew, second)
    with pytest.raises(Refused, match="Say which earlier"):
        found(crew, second)
    number = Tip.objects.get(pk=first).number
    with pytest.raises(Refused):
        found(crew, second, who="slope", same_as="12350-2026-99999")
    found(crew, second, same_as=number, brought_out=0)
    one = crew["slope"]
    actions.handle_tip(one.actor, one.person, second, handling="已处置")
    actions.reply_to_tip(crew["first"].actor, crew["first"].person, second, reply="已核实")
    with pytest.raises(Refused, match="only the first"):
        propose(crew, second)
    replied(crew, first, verdict=Verdict.FALSE)
    assert propose(crew, second) == 500


def test_a_sign_is_not_priced_by_the_other_table_nor_merged_into_another_matter(crew):
    pk = told()
    replied(crew, pk)
    first = crew["first"]
    with pytest.raises(Refused, match="table of its own"):
        actions.propose_reward(first.actor, first.person, pk, grounds=Grounds(fine=9**9),
                               basis="罚1", eligible=True)  # fmt: skip
    matter = actions.NewTip(key="m", kind=Kind.DANGER, matter="x", area_code=STREET)
    actions.take_form(Channel.WEB, matter)
    clerk, later = crew["clerk"], Tip.objects.get(key="m")
    with pytest.raises(Refused, match="merged into one alone"):
        actions.merge_tip(clerk.actor, clerk.person, later.pk, into=Tip.objects.get(pk=pk).number)
    with pytest.raises(Refused, match="what was seen"):
        told("none", sign="")


def test_who_verified_neither_approves_nor_pays(crew):
    pk = told()
    replied(crew, pk)
    propose(crew, pk)
    known = facts(Tip.objects.get(pk=pk))
    for state, verb, who in ((State.REWARD_PROPOSED, "approve reward", "chief"),
                             (State.NOTIFIED, "pay", "finance")):  # fmt: skip
        one = crew[who].person
        free = replace(known, state=state, claimed=True)
        assert verb in verbs(free, one, DAY)
        assert verb not in verbs(replace(free, verified_by=one.id), one, DAY)


def test_anybody_reports_a_sign_by_web_or_code_and_the_form_says_which_signs(client):
    page = client.get("/12350/hazard", headers={"accept-language": "zh-hans"}).content.decode()
    assert "山坡、墙体、地面或道路新出现裂缝" in page
    assert "林区或林边冒烟、起火" in page
    for address, channel in (("/12350/hazard", "web"),
                             (f"/12350/at/{token_of(HAZARDS, STREET)}", "qr")):  # fmt: skip
        page = client.get(address).content.decode()
        form = re.search(r'name="form" value="([^"]+)"', page)[1]
        clock.use(DrillClock(clock.now() + timedelta(seconds=10)))
        sent = {"form": form, "sign": "smoke", "matter": "林边冒烟", "area_code": STREET}
        assert Client().post(address, sent | {"sign": ""}).status_code == 422
        assert Client().post(address, sent).status_code == 200
        tip = Tip.objects.latest("pk")
        assert (tip.kind, tip.sign, tip.channel, tip.accused) == ("hazard", "smoke", channel, "")


def test_the_clerk_writes_a_sign_down_and_the_department_verifies_it_on_its_page(crew):
    clerk = crew["clerk"].browser
    assert clerk.get("/hotline/new/hazard").status_code == 200
    sent = {"key": "k", "sign": "rockfall", "matter": "坡上掉石块", "area_code": STREET}
    assert clerk.post("/hotline/new/hazard", sent).status_code == 200
    pk = Tip.objects.latest("pk").pk
    accepted(crew, pk)
    slope = crew["slope"].browser
    step = f"/hotline/{pk}/step"
    slope.post(step, {"verb": "begin", "verifier_one": "甲一", "verifier_two": "乙二"})
    said = {"verb": "verify", "verdict": "TRUE", "finding": "属实", "sign": "rockfall"}
    slope.post(step, said)
    assert Tip.objects.get(pk=pk).state == State.VERIFYING
    slope.post(step, said | {"early": "yes", "brought_out": "3"})
    tip = Tip.objects.get(pk=pk)
    assert (tip.state, tip.early, tip.brought_out) == (State.VERIFIED, True, 3)
    assert "掉石块" in clerk.get("/hotline?view=hazard").content.decode()


PLAIN = {
    "begin": (actions.begin_verification, {"verifiers": ("甲一", "乙二")}),
    "handle": (actions.handle_tip, {"handling": "已办"}),
    "reply": (actions.reply_to_tip, {"reply": "已复"}),
    "approve reward": (actions.approve_reward, {}),
    "send back reward": (actions.send_back_reward, {"reason": "因"}),
    "notify": (actions.notify_of_reward, {}),
    "claim": (actions.claim_reward, {}),
    "close": (actions.close_tip, {"reason": "因"}),
    "reject": (actions.reject_tip, {"reason": "因"}),
}
RARE = ("close", "reject", "send back reward")


def test_random_walks_pay_one_informant_of_an_event_once_and_never_by_own_verification(crew):
    """Handlers and safety officers verify here too: the district names no unit for other signs."""
    count, states = 0, set()
    for seed in range(8):
        Tip.objects.filter(kind=Kind.HAZARD).update(area_code="500106002")  # another event
        dice, mine = random.Random(seed), [told(f"w{seed}{one}") for one in "abc"]
        for turn in range(70):
            _try(dice, crew, dice.choice(mine), f"{seed}-{turn}", mine)
        rows = list(Tip.objects.filter(pk__in=mine))
        states |= {one.state for one in rows}
        got = list(Payment.objects.filter(reward__tip__in=mine))
        count += len(got)
        assert len(got) <= 1
        for one in got:
            tip = one.reward.tip
            assert tip.verified_by_id not in (one.by_id, one.reward.approved_by_id)
            assert len({one.by_id, one.reward.approved_by_id, one.reward.proposed_by_id}) == 3
            assert (tip.verdict, tip.early) == ("TRUE", True)
            assert one.amount == 500
            before = [row for row in rows if row.pk < tip.pk]
            assert all(row.verdict == "FALSE" or
                       row.steps.filter(verb="reject").exists() for row in before)  # fmt: skip
    assert count >= 2
    assert {State.PAID, State.CLOSED} & states


def _try(dice, crew, pk, mark, mine):
    tip = Tip.objects.get(pk=pk)
    known = facts(tip)
    tried = [*PLAIN, "accept", "pay", "verify", "propose reward"]
    able = [(n, v) for n, one in crew.items() for v in verbs(known, one.person, DAY)
            if v in tried and (v not in RARE or dice.random() < 0.1)]  # fmt: skip
    if able and dice.random() < 0.85:
        name, verb = dice.choice(able)
    else:
        name, verb = dice.choice(list(crew)), dice.choice(tried)
    one = crew[name]
    try:
        if verb == "accept":
            two = tuple(crew[n].account.pk for n in dice.sample(["first", "second", "third"], 2))
            given = actions.Acceptance(unit="planning", sector="", handlers=two)
            actions.accept_tip(one.actor, one.person, pk, given)
        elif verb == "verify":
            earlier = Tip.objects.filter(pk=min(mine)).values_list("number", flat=True)[0]
            said = actions.FoundSign(
                verdict=dice.choice([Verdict.TRUE, Verdict.TRUE, Verdict.FALSE]), finding="果",
                sign=Sign.CRACK, early=True, same_as=earlier,
            )  # fmt: skip
            actions.verify_sign(one.actor, one.person, pk, found=said)
        elif verb == "propose reward":
            actions.propose_hazard_reward(one.actor, one.person, pk, eligible=True,
                                          duty=dice.choice([Duty.NONE, *Duty]))  # fmt: skip
        elif verb == "pay":
            actions.pay_reward(one.actor, one.person, pk, voucher=mark)
        else:
            action, said = PLAIN[verb]
            action(one.actor, one.person, pk, **said)
    except Refused:
        pass
