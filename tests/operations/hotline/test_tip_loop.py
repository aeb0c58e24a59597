"""The loop of a report against the rule book's table (`domain.md` 3.3), role by role."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.operations.hotline.conftest import INFORMANT, NAME, PHONE, accepted, report

from anlan.operations.deadlines.actions import remind, run_due_timers
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.events import CaseMoved
from anlan.operations.enforcement.models import Case
from anlan.operations.hotline import actions
from anlan.operations.hotline.actions.receive import query_code
from anlan.operations.hotline.models import IdentityView, Informant, Payment, Reward, Tip
from anlan.operations.hotline.queries.scope import tips_in
from anlan.operations.hotline.queries.state import facts, safety_terms
from anlan.operations.hotline.reactions import flag_what_rested_on_it
from anlan.operations.hotline.rules.loop import Tip as Facts
from anlan.operations.hotline.rules.loop import check, verbs
from anlan.operations.hotline.rules.reward import Grounds, reward
from anlan.operations.hotline.rules.secrecy import names_nobody
from anlan.operations.hotline.rules.states import TIP, Kind, State, Verdict
from anlan.operations.messaging.models import Delivery
from anlan.operations.people.actions import relay_events
from anlan.operations.people.models import AuditEntry
from anlan.operations.safety.models import Danger
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = date(2026, 3, 2)
# Who may take a step of a report that the industry department verifies and whose informant `first`
# and `second` deal with. Written from the rule book, not from the code.
WHO = {
    "accept": "leader", "reject": "leader", "refer": "leader", "merge": "clerk",
    "begin": "industry", "verify": "industry", "handle": "industry", "give more time": "leader",
    "reply": "first second", "propose reward": "first second", "approve reward": "chief",
    "send back reward": "chief", "notify": "first second", "forfeit": "first second",
    "tell of more time": "first second", "withdraw reward": "chief", "pay": "finance",
    "claim": "first second", "name handlers": "leader", "close": "clerk",
    "withdraw name": "first second",
}  # fmt: skip


def ready(people, **changed):
    two = frozenset({people["first"].account.pk, people["second"].account.pk})
    return replace(
        Facts(state="", unit="industry", handlers=two, verdict=Verdict.TRUE, due_on=DAY,
              proposed_by=9990, approved_by=9991, claim_by=DAY), **changed,
    )  # fmt: skip


def allowed(verb, tip, person, day=DAY):
    try:
        check(verb, tip, person, day)
    except Refused:
        return False
    return True


def test_every_step_is_taken_by_whom_the_rule_book_names_and_by_nobody_else(people):
    for step in TIP.steps:
        for state in State:
            over = {"forfeit": {"claim_by": DAY - timedelta(1)},
                    "tell of more time": {"extended": True},
                    "withdraw reward": {"unfounded": True}}.get(step.verb, {})  # fmt: skip
            tip = ready(people, state=state, **over)
            able = {name for name, one in people.items() if allowed(step.verb, tip, one.person)}
            wanted = set(WHO[step.verb].split()) if state in step.sources else set()
            assert able == wanted, (step.verb, state)


@pytest.mark.parametrize(
    ("verb", "state", "who", "changed"),
    [
        ("merge", State.RECEIVED, "clerk", {"followed": True}),
        ("give more time", State.ACCEPTED, "leader", {"extended": True}),
        ("give more time", State.ACCEPTED, "leader", {"due_on": DAY - timedelta(1)}),
        ("propose reward", State.REPLIED, "first", {"verdict": Verdict.UNCLEAR}),
        ("propose reward", State.REPLIED, "first", {"grave": False}),
        ("approve reward", State.REWARD_PROPOSED, "chief", {"grave": False}),
        ("approve reward", State.REWARD_PROPOSED, "chief", {"proposed_by": "chief"}),
        ("pay", State.NOTIFIED, "finance", {"received_by": "finance"}),
        ("pay", State.NOTIFIED, "finance", {"proposed_by": "finance"}),
        ("pay", State.NOTIFIED, "finance", {"approved_by": "finance"}),
        ("pay", State.NOTIFIED, "finance", {"claim_by": DAY - timedelta(1)}),
        ("claim", State.NOTIFIED, "first", {"claim_by": DAY - timedelta(1)}),
        ("claim", State.NOTIFIED, "first", {"claimed": True}),
        ("pay", State.NOTIFIED, "finance", {"named": False}),
        ("approve reward", State.REWARD_PROPOSED, "chief", {"unfounded": True}),
        ("notify", State.APPROVED, "first", {"unfounded": True}),
        ("pay", State.NOTIFIED, "finance", {"unfounded": True}),
        ("withdraw name", State.ACCEPTED, "first", {"named": False}),
        ("withdraw name", State.NOTIFIED, "first", {"claimed": True}),
        ("begin", State.ACCEPTED, "industry", {"unit": "fire"}),
        ("reply", State.HANDLED, "first", {"handlers": frozenset()}),
    ],
)
def test_what_a_rule_forbids_is_refused(people, verb, state, who, changed):
    one = people[who].person
    changed = {k: people[v].account.pk if v in people else v for k, v in changed.items()}
    assert allowed(verb, ready(people, state=state), one)
    assert not allowed(verb, ready(people, state=state, **changed), one)


@pytest.mark.parametrize(
    ("kind", "grounds", "yuan"),
    [
        (Kind.DANGER, Grounds(fine=100_000), 15_000),
        (Kind.ILLEGAL, Grounds(fine=0), 3_000),
        (Kind.ILLEGAL, Grounds(fine=19_999), 3_000),
        (Kind.ILLEGAL, Grounds(fine=20_003), 3_000),
        (Kind.DANGER, Grounds(fine=5_000_000), 300_000),
        (Kind.DANGER, Grounds(fine=100_000, insider=True), 18_000),
        (Kind.CONCEALED, Grounds(deaths=2), 60_000),
        (Kind.CONCEALED, Grounds(deaths=3), 120_000),
        (Kind.CONCEALED, Grounds(deaths=1, serious=50), 50_000),
        (Kind.CONCEALED, Grounds(deaths=30, insider=True), 300_000),
    ],
)
def test_a_reward_is_what_the_national_table_says(kind, grounds, yuan):
    assert reward(kind, grounds, safety_terms(DAY)) == yuan


def take(one, action, pk, **said):
    return action(one.actor, one.person, pk, **said)


def verify(people, pk, verdict=Verdict.TRUE, finding="现场属实"):
    one = people["industry"]
    take(one, actions.begin_verification, pk, verifiers=("李科", "王勇"))
    found = actions.Found(verdict=verdict, finding=finding, danger="粉尘未清扫")
    actions.verify_tip(one.actor, one.scope, one.person, pk, found=found)


def replied(people, pk):
    accepted(people, pk)
    verify(people, pk)
    take(people["industry"], actions.handle_tip, pk, handling="责令整改，立案")
    take(people["first"], actions.reply_to_tip, pk, reply="已查实并立案")


def test_a_true_report_becomes_one_danger_and_its_reward_is_paid_once(people):
    pk = report(people)
    replied(people, pk)
    tip = Tip.objects.get(pk=pk)
    danger = Danger.objects.get()
    assert (tip.danger_id, danger.source, danger.sector) == (danger.pk, "inspection", "industry")
    assert (tip.due_on, tip.replied_at) == (date(2026, 5, 1), clock.now())
    first = people["first"]
    grounds = Grounds(fine=100_000)
    with pytest.raises(Refused, match="not rewarded"):
        take(first, actions.propose_reward, pk, grounds=grounds, basis="罚字1号", eligible=False)
    amount = take(first, actions.propose_reward, pk, grounds=grounds, basis="罚字1号",
                  eligible=True)  # fmt: skip
    assert amount == 15_000
    take(people["chief"], actions.approve_reward, pk)
    take(first, actions.notify_of_reward, pk)
    assert take(people["finance"], actions.pay_reward, pk, voucher="2026-77") == 15_000
    with pytest.raises(Refused):
        take(people["finance"], actions.pay_reward, pk, voucher="2026-78")
    take(people["clerk"], actions.close_tip, pk)
    assert Payment.objects.get().amount == 15_000
    assert not [item for one in people.values() for item in desk(one.scope) if item.kind == "tip"]


def test_the_database_itself_takes_one_payment_a_report_and_one_report_a_voucher(people):
    for key in ("a", "b"):
        pk = report(people, key)
        replied(people, pk)
        take(people["first"], actions.propose_reward, pk, grounds=Grounds(), basis=key,
             eligible=True)  # fmt: skip
        take(people["chief"], actions.approve_reward, pk)
        take(people["first"], actions.notify_of_reward, pk)
        if key == "a":
            take(people["finance"], actions.pay_reward, pk, voucher="v1")
            Tip.objects.filter(pk=pk).update(state=State.NOTIFIED)
            with pytest.raises(Refused, match="is paid"):
                take(people["finance"], actions.pay_reward, pk, voucher="v2")
    with pytest.raises(Refused, match="voucher"):
        take(people["finance"], actions.pay_reward, pk, voucher="v1")
    assert Payment.objects.count() == 1


def test_a_reward_that_nobody_claims_lapses_by_itself(people):
    pk = report(people)
    replied(people, pk)
    take(people["first"], actions.propose_reward, pk, grounds=Grounds(), basis="x", eligible=True)
    take(people["chief"], actions.approve_reward, pk)
    take(people["first"], actions.notify_of_reward, pk)
    clock.use(DrillClock(datetime(2026, 5, 3, 9, tzinfo=CHINA)))
    assert run_due_timers() == 1
    relay_events()
    assert Tip.objects.get(pk=pk).state == State.FORFEITED
    with pytest.raises(Refused):
        take(people["finance"], actions.pay_reward, pk, voucher="late")


def test_a_duplicate_is_merged_and_the_first_informant_stays_the_first(people):
    first, later = report(people, "a"), report(people, "b")
    number = Tip.objects.get(pk=first).number
    with pytest.raises(Refused, match="later report"):
        take(people["clerk"], actions.merge_tip, first, into=Tip.objects.get(pk=later).number)
    elsewhere = report(people, "c")
    Tip.objects.filter(pk=elsewhere).update(area_code="500106002")
    with pytest.raises(Refused, match="one street"):
        take(people["clerk"], actions.merge_tip, elsewhere, into=number)
    dropped = report(people, "d")
    take(people["leader"], actions.reject_tip, dropped, reason="内容不清")
    with pytest.raises(Refused, match="not accepted"):
        take(people["clerk"], actions.merge_tip, report(people, "e"),
             into=Tip.objects.get(pk=dropped).number)  # fmt: skip
    take(people["clerk"], actions.merge_tip, later, into=number)
    assert Tip.objects.get(pk=later).state == State.MERGED
    with pytest.raises(Refused, match="stays the first"):
        take(people["clerk"], actions.merge_tip, first, into="12350-2026-00009")
    for verb in TIP.steps:
        assert not any(allowed(verb.verb, facts(Tip.objects.get(pk=later)), one.person)
                       for one in people.values())  # fmt: skip


def test_who_reported_is_seen_by_two_named_handlers_and_every_look_is_on_record(people):
    pk = report(people)
    for one in people.values():
        with pytest.raises(Refused):
            take(one, actions.see_informant, pk, purpose="核实")
    accepted(people, pk)
    seen = take(people["second"], actions.see_informant, pk, purpose="电话回访")
    assert (seen.name, seen.phone) == (NAME, PHONE)
    with pytest.raises(Refused, match="what you need it for"):
        take(people["first"], actions.see_informant, pk, purpose=" ")
    for name, one in people.items():
        if name not in ("first", "second"):
            with pytest.raises(Refused):
                take(one, actions.see_informant, pk, purpose="核实")
    look = IdentityView.objects.get()
    assert (look.by_id, look.purpose) == (people["second"].account.pk, "电话回访")
    assert AuditEntry.objects.filter(verb="people.view_personal", subject_id=str(pk)).count() == 1


def test_two_different_people_are_named_from_those_who_may_know(people):
    pk, leader = report(people), people["leader"]
    one = people["first"].account.pk
    for two in ((one, one), (one, people["duty"].account.pk), (one, 0)):
        given = actions.Acceptance(unit="industry", sector="", handlers=two)
        with pytest.raises(Refused, match="two handlers"):
            actions.accept_tip(leader.actor, leader.person, pk, given)


def test_no_text_of_a_step_may_name_the_informant(people):
    pk = report(people)
    accepted(people, pk)
    with pytest.raises(Refused, match="names the informant"):
        verify(people, pk, finding=f"经向{NAME}了解，属实")
    one = people["industry"]
    found = actions.Found(verdict=Verdict.TRUE, finding="已回拨+86 139.1234/5678", danger="粉尘")
    with pytest.raises(Refused, match="phone"):
        actions.verify_tip(one.actor, one.scope, one.person, pk, found=found)
    assert Tip.objects.get(pk=pk).state == State.VERIFYING


def test_what_is_not_true_becomes_no_danger_and_no_reward(people):
    pk = report(people)
    accepted(people, pk)
    verify(people, pk, Verdict.FALSE, "未发现所述情况")
    assert not Danger.objects.exists()
    take(people["industry"], actions.handle_tip, pk, handling="不予处理")
    take(people["second"], actions.reply_to_tip, pk, reply="经核查不属实")
    with pytest.raises(Refused, match="found true"):
        take(people["first"], actions.propose_reward, pk, grounds=Grounds(), basis="x",
             eligible=True)  # fmt: skip


ENDING = ("reject", "refer", "merge", "close", "send back reward", "give more time",
          "name handlers", "withdraw name")  # fmt: skip
WALK = {
    "reject": (actions.reject_tip, {"reason": "因"}),
    "refer": (actions.refer_tip, {"to": "住建委", "reason": "因"}),
    "begin": (actions.begin_verification, {"verifiers": ("甲一", "乙二")}),
    "give more time": (actions.give_tip_more_time, {"reason": "因", "given": actions.MoreTime(
        until=date(2026, 5, 20), approver="市应急局", number="渝应急〔2026〕9号")}),
    "tell of more time": (actions.tell_of_more_time, {"notice": "电话"}),
    "handle": (actions.handle_tip, {"handling": "已办"}),
    "reply": (actions.reply_to_tip, {"reply": "已复"}),
    "propose reward": (actions.propose_reward,
                       {"grounds": Grounds(fine=50_000), "basis": "", "eligible": True}),
    "send back reward": (actions.send_back_reward, {"reason": "因"}),
    "approve reward": (actions.approve_reward, {}),
    "notify": (actions.notify_of_reward, {}),
    "pay": (actions.pay_reward, {"voucher": ""}),
    "forfeit": (actions.forfeit_reward, {}),
    "claim": (actions.claim_reward, {}),
    "close": (actions.close_tip, {}),
    "withdraw name": (actions.withdraw_name, {"reason": "电话要求，核对无误"}),
}  # fmt: skip


def test_random_walks_pay_nobody_twice_and_show_the_informant_to_no_third(people):
    reached = set()
    for seed in range(10):
        dice = random.Random(seed)
        mine = [report(people, f"walk{seed}{letter}") for letter in "ab"]
        for turn in range(44):
            pk = dice.choice(mine)
            _try_something(dice, people, pk, f"{seed}-{turn}")
            tip = Tip.objects.get(pk=pk)
            reached.add(tip.state)
            _lawful(tip)
    assert {State.PAID, State.CLOSED} <= reached


def _try_something(dice, people, pk, mark):
    tip = Tip.objects.get(pk=pk)
    name, verb = dice.choice(list(people)), dice.choice([*WALK, "accept", "verify", "merge"])
    known = facts(tip)
    open_to = [(n, v) for n, one in people.items() for v in verbs(known, one.person, DAY)
               if v not in ENDING or dice.random() < 0.2]  # fmt: skip
    if open_to and dice.random() < 0.8:
        name, verb = dice.choice(open_to)
    one = people[name]
    try:
        if dice.random() < 0.15:
            take(one, actions.see_informant, pk, purpose="试")
        elif verb == "name handlers":
            two = dice.sample(["first", "second", "third"], 2)
            handlers = tuple(people[n].account.pk for n in two)
            actions.name_handlers(one.actor, one.person, pk, handlers=handlers)
        elif verb == "accept":
            two = dice.sample(["first", "second", "third"], 2)
            given = actions.Acceptance(
                unit="industry", sector="industry",
                handlers=tuple(people[n].account.pk for n in two),
            )  # fmt: skip
            actions.accept_tip(one.actor, one.person, pk, given)
        elif verb == "verify":
            verdict = dice.choice([Verdict.TRUE, *Verdict])
            found = actions.Found(verdict=verdict, finding="果", danger="患")
            actions.verify_tip(one.actor, one.scope, one.person, pk, found=found)
        elif verb == "merge":
            if dice.random() < 0.3:
                into = dice.choice(list(Tip.objects.values_list("number", flat=True)))
                take(one, actions.merge_tip, pk, into=into)
        else:
            action, said = WALK[verb]
            own = {"pay": {"voucher": mark}, "propose reward": {"basis": f"罚字{pk}"},
                   "close": {"reason": "因"},
                   "claim": {"code": query_code(tip.key)}}  # fmt: skip
            take(one, action, pk, **(said | own.get(verb, {})))
    except Refused:
        pass


def _lawful(tip):
    handlers = {tip.handler_one_id, tip.handler_two_id}
    seen = set(tip.views.values_list("by_id", flat=True))
    assert seen <= handlers
    assert len(seen) <= 2
    assert tip.steps.filter(verb="pay").count() <= 1
    paid = Payment.objects.filter(reward__tip=tip).first()
    assert (paid is not None) == tip.steps.filter(verb="pay").exists()
    if paid is not None:
        given = paid.reward
        assert len({given.proposed_by_id, given.approved_by_id, paid.by_id}) == 3
        assert tip.verdict in ("TRUE", "PARTLY")
        assert tip.merged_into_id is None
    assert Danger.objects.filter(key=f"hotline:{tip.pk}").count() == (tip.danger_id is not None)


def test_who_took_the_call_does_not_pay_its_reward(people):
    clerk, pk = people["clerk"], report(people)
    pays = replace(clerk.person, rights=clerk.person.rights | {"hotline.pay"})
    tip = replace(facts(Tip.objects.get(pk=pk)), state=State.NOTIFIED, verdict=Verdict.TRUE,
                  proposed_by=9990, approved_by=9991, claim_by=DAY)  # fmt: skip
    with pytest.raises(Refused, match="took the report"):
        check("pay", tip, pays, DAY)
    assert allowed("pay", tip, people["finance"].person)


def test_finance_sees_the_reports_whose_reward_is_approved_and_no_others(people, rewarded):
    waits = report(people, "waits")
    browser = people["finance"].browser
    assert browser.get(f"/hotline/{rewarded}").status_code == 200
    assert browser.get(f"/hotline/{waits}").status_code == 404
    assert [one.pk for one in tips_in(people["finance"].scope, "bureau")] == [rewarded]
    assert [item.action for item in desk(people["finance"].scope)] == ["去发放"]


@pytest.fixture
def rewarded(people):
    """A reward that waits to be claimed."""
    pk = report(people)
    replied(people, pk)
    take(people["first"], actions.propose_reward, pk, grounds=Grounds(), basis="罚1", eligible=True)
    take(people["chief"], actions.approve_reward, pk)
    take(people["first"], actions.notify_of_reward, pk)
    return pk


def test_what_was_claimed_in_time_does_not_lapse_however_late_finance_pays(people, rewarded):
    take(people["second"], actions.claim_reward, rewarded)
    clock.use(DrillClock(datetime(2026, 8, 3, 9, tzinfo=CHINA)))
    assert run_due_timers() == 0
    with pytest.raises(Refused, match="is paid"):
        take(people["first"], actions.forfeit_reward, rewarded)
    assert take(people["finance"], actions.pay_reward, rewarded, voucher="v") == 3_000


def test_one_decision_rewards_the_first_report_alone(people, rewarded):
    later = report(people, "later")
    replied(people, later)
    with pytest.raises(Refused, match="only the first"):
        take(people["first"], actions.propose_reward, later, grounds=Grounds(), basis="罚1",
             eligible=True)  # fmt: skip
    with pytest.raises(Refused, match="not rewarded"):
        take(people["clerk"], actions.close_tip, later)
    take(people["clerk"], actions.close_tip, later, reason="与先前举报同一事项")


def test_the_fine_is_that_of_the_case_whatever_is_typed(people, monkeypatch):
    pk = report(people)
    replied(people, pk)
    case = Case.objects.create(
        number="渝沙案1", key="c", title="粉尘", unit="industry", area_code="500106004",
        party_kind="unit", party="鑫源", danger_id=Tip.objects.get(pk=pk).danger_id,
        opened_at=clock.now(), decided_on=DAY, fine=40_000,
    )  # fmt: skip
    amount = take(people["first"], actions.propose_reward, pk, grounds=Grounds(fine=2_000_000),
                  basis="口述", eligible=True)  # fmt: skip
    assert (amount, Reward.objects.get().basis) == (6_000, case.number)


def fined(people, pk, fine=40_000):
    return Case.objects.create(
        number="2026-0001", key="c", title="粉尘", unit="industry", area_code="500106004",
        party_kind="unit", party="鑫源", danger_id=Tip.objects.get(pk=pk).danger_id,
        opened_at=clock.now(), state="SERVED", decided_on=DAY, fine=fine,
    )  # fmt: skip


def told(case, verb):
    """What enforcement says when a decision falls or is changed."""
    flag_what_rested_on_it(CaseMoved(
        case_id=case.pk, number=case.number, verb=verb, before="SERVED", after=case.state,
        unit=case.unit, area_code=case.area_code, enterprise_id=None, danger_id=case.danger_id,
        fine=f"{case.fine}", summary=False,
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "changed"),
    [("revoke the decision", {"revoked_on": DAY}), ("end the appeal", {"fine": 25_000})],
)
def test_no_reward_is_paid_on_a_decision_that_was_revoked_or_changed(people, verb, changed):
    pk = report(people)
    replied(people, pk)
    case = fined(people, pk)
    first, leader = people["first"], people["chief"]
    say = {"grounds": Grounds(fine=40_000), "basis": "x", "eligible": True}
    take(first, actions.propose_reward, pk, **say)
    take(leader, actions.approve_reward, pk)
    take(first, actions.notify_of_reward, pk)
    with pytest.raises(Refused, match="stands"):
        take(leader, actions.withdraw_reward, pk, reason="撤")
    told(case, verb)
    assert not Tip.objects.get(pk=pk).steps.filter(verb="unfounded").exists()
    Case.objects.filter(pk=case.pk).update(**changed)
    case.refresh_from_db()
    told(case, verb)
    told(case, verb)  # the event came again
    assert Tip.objects.get(pk=pk).steps.filter(verb="unfounded").count() == 1
    waits = [one for one in desk(leader.scope) if one.link == f"/hotline/{pk}"]
    assert [one.title for one in waits] == [
        f"举报 {Tip.objects.get(pk=pk).number} 奖励所依据的决定已撤销或变更"
    ]
    page = leader.browser.get(f"/hotline/{pk}").content.decode()
    assert "不再据此发放奖励" in page
    with pytest.raises(Refused, match="revoked or changed"):
        take(people["finance"], actions.pay_reward, pk, voucher="v")
    take(leader, actions.withdraw_reward, pk, reason="处罚决定已撤销或变更")
    if "fine" in changed:  # the sum that the appeal left counts
        assert take(first, actions.propose_reward, pk, **say) == 3_750
    else:
        again = {**say, "basis": case.number}
        with pytest.raises(Refused, match="revoked or changed"):
            take(first, actions.propose_reward, pk, **again)


def test_who_is_reported_neither_verifies_nor_learns_who_reported(people):
    pk, leader = report(people), people["leader"]
    two = (people["first"].account.pk, people["second"].account.pk)
    for accused in ("区经信委", "first 同志"):
        Tip.objects.filter(pk=pk).update(accused=accused)
        given = actions.Acceptance(unit="industry", sector="", handlers=two)
        with pytest.raises(Refused, match="reported here"):
            actions.accept_tip(leader.actor, leader.person, pk, given)
    Tip.objects.filter(pk=pk).update(kind=Kind.CONCEALED, accused="某厂")
    with pytest.raises(Refused, match="unit that verifies"):
        actions.accept_tip(leader.actor, leader.person, pk, given)


def test_the_danger_says_neither_that_somebody_reported_nor_a_word_of_theirs(people):
    pk = report(people)
    accepted(people, pk)
    verify(people, pk)
    danger = Danger.objects.get()
    told = str(list(Danger.objects.values())) + str(list(danger.steps.values()))
    assert (danger.title, danger.description) == ("粉尘未清扫", "现场属实")
    assert all(word not in told for word in ("夜间无人值守", "12350", "举报"))


def test_whoever_has_looked_stays_a_handler_while_the_account_is_open(people):
    pk, leader = report(people), people["leader"]
    accepted(people, pk)
    take(people["first"], actions.see_informant, pk, purpose="回访")
    first, second, third = (people[n].account for n in ("first", "second", "third"))
    with pytest.raises(Refused, match="no third"):
        take(leader, actions.name_handlers, pk, handlers=(second.pk, third.pk))
    take(leader, actions.name_handlers, pk, handlers=(first.pk, third.pk))
    with pytest.raises(Refused, match="handlers named"):
        take(people["second"], actions.see_informant, pk, purpose="回访")
    first.is_active = False
    first.save()
    take(leader, actions.name_handlers, pk, handlers=(second.pk, third.pk))
    for purpose in ("给严 守 密回电", "打１３９１２３４５６７８"):
        with pytest.raises(Refused, match="informant"):
            take(people["third"], actions.see_informant, pk, purpose=purpose)


@pytest.mark.parametrize(
    ("text", "name", "phone"),
    [
        ("已联系Ｊohn  Smith", "john smith", ""), ("欧阳 静称", "欧阳静", ""),
        ("打139/1234.5678", "", "+86 13912345678"), ("１３９１２３４５６７８", "", "13912345678"),
    ],
)  # fmt: skip
def test_a_text_names_somebody_whatever_its_blanks_width_or_country_code(text, name, phone):
    with pytest.raises(Refused):
        names_nobody([text], name, phone)


def test_what_waits_to_be_decided_has_a_deadline_and_who_works_there_is_of_one_length(people):
    report(people)
    item = next(one for one in desk(people["leader"].scope) if one.kind == "tip")
    assert item.due_at.date() == date(2026, 3, 9)
    report(people, "insider", who=replace(INFORMANT, works_there=True))
    assert len({len(one.works_there_sealed) for one in Informant.objects.all()}) == 1


SUPERIOR = {"approver": "重庆市应急管理局", "number": "渝应急延〔2026〕12号"}


def longer(people, pk, until, **other):
    given = actions.MoreTime(until=until, **(SUPERIOR | other))
    take(people["leader"], actions.give_tip_more_time, pk, given=given, reason="需专家鉴定")


def notices(one):
    return [item for item in desk(one.scope) if item.key.startswith("tip-more:")]


def test_more_time_is_thirty_days_at_most_and_a_superior_approved_it(people):
    pk = report(people)
    accepted(people, pk)
    with pytest.raises(Refused, match="30 days"):
        longer(people, pk, date(2026, 6, 1))
    with pytest.raises(Refused, match="after the deadline"):
        longer(people, pk, date(2026, 5, 1))
    with pytest.raises(Refused, match="who approved"):
        longer(people, pk, date(2026, 5, 20), approver=" ")
    with pytest.raises(Refused, match="number"):
        longer(people, pk, date(2026, 5, 20), number="")
    with pytest.raises(Refused, match="by the superior"):
        longer(people, pk, date(2026, 5, 20), approver=people["leader"].actor.label)
    longer(people, pk, date(2026, 5, 31))
    tip = Tip.objects.get(pk=pk)
    assert (tip.due_on, tip.extended_by) == (date(2026, 5, 31), SUPERIOR["approver"])
    assert tip.extension_number == SUPERIOR["number"]


def test_the_informant_is_told_of_more_time_and_reads_it_by_the_code(people, client):
    one = people["clerk"]
    new = actions.NewTip(key="k", kind=Kind.ILLEGAL, matter="夜间无人值守", area_code="500106004")
    code = actions.take_call(one.actor, one.person, new, INFORMANT)
    pk = Tip.objects.get(key="k").pk
    accepted(people, pk)
    with pytest.raises(Refused, match="no extension"):
        take(people["first"], actions.tell_of_more_time, pk, notice="电话")
    assert "5月20日" not in client.post("/12350/follow", {"code": code}).content.decode()
    longer(people, pk, date(2026, 5, 20))
    assert "5月20日" in client.post("/12350/follow", {"code": code}).content.decode()
    (item,) = notices(people["first"])
    assert (item.due_at.date(), "5月20日" in item.title) == (date(2026, 3, 5), True)
    with pytest.raises(Refused, match="names the informant"):
        take(people["first"], actions.tell_of_more_time, pk, notice=f"已电告{NAME}")
    take(people["first"], actions.tell_of_more_time, pk, notice="已电话告知，并公布于查询页")
    assert not notices(people["first"])
    assert Tip.objects.get(pk=pk).extension_told_at == clock.now()
    with pytest.raises(Refused, match="no extension"):
        take(people["second"], actions.tell_of_more_time, pk, notice="再告知")


def test_a_deadline_runs_from_when_the_state_was_entered_whatever_is_amended(people):
    def due(name, at):
        clock.use(DrillClock(at))
        return next(i.due_at.date() for i in desk(people[name].scope) if i.kind == "tip")

    new = actions.NewTip(key="", kind=Kind.ILLEGAL, matter="甲", area_code="500106004",
                         source="12345", source_id="a")  # fmt: skip
    clerk = people["clerk"]
    pk, _code = actions.put_tip(clerk.actor, clerk.person, new, INFORMANT)
    clock.use(DrillClock(datetime(2026, 3, 6, 9, tzinfo=CHINA)))
    actions.put_tip(clerk.actor, clerk.person, replace(new, matter="乙"), INFORMANT)
    assert due("leader", datetime(2026, 3, 6, 9, tzinfo=CHINA)) == date(2026, 3, 9)
    replied(people, pk)
    take(people["first"], actions.propose_reward, pk, grounds=Grounds(), basis="x", eligible=True)
    clock.use(DrillClock(datetime(2026, 3, 11, 9, tzinfo=CHINA)))
    two = (people["first"].account.pk, people["third"].account.pk)
    take(people["leader"], actions.name_handlers, pk, handlers=two)
    # Ten working days after 6 March, not after the 11th.
    assert due("chief", clock.now()) == date(2026, 3, 20)


def test_a_danger_is_rewarded_when_graded_major_or_its_case_was_decided(people):
    pk = report(people, kind=Kind.DANGER)
    replied(people, pk)
    first, propose = people["first"], {"grounds": Grounds(), "basis": "x", "eligible": True}
    with pytest.raises(Refused, match="graded major"):
        take(first, actions.propose_reward, pk, **propose)
    page = first.browser.get(f"/hotline/{pk}").content.decode()
    assert "未判定为重大" in page
    danger = Danger.objects.get()
    Danger.objects.filter(pk=danger.pk).update(grade="MAJOR")
    assert take(first, actions.propose_reward, pk, **propose) == 3_000
    Danger.objects.filter(pk=danger.pk).update(grade="GENERAL")
    with pytest.raises(Refused, match="graded major"):
        take(people["chief"], actions.approve_reward, pk)
    Case.objects.create(
        number="渝沙案2", key="c2", title="粉尘", unit="industry", area_code="500106004",
        party_kind="unit", party="鑫源", danger_id=danger.pk, opened_at=clock.now(),
        decided_on=DAY, fine=30_000,
    )  # fmt: skip
    take(people["chief"], actions.approve_reward, pk)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        # The unit that verifies, its leader, the duty leader, the committee's office.
        ("verify", {1: {"industry", "boss"}, 6: {"industry", "leader"},
                    7: {"industry", "leader", "second", "chief"}}),
        ("approve", {1: {"chief"}, 6: {"chief"}, 7: {"chief", "leader", "second"}}),
    ],
)  # fmt: skip
def test_what_is_late_climbs_to_the_head_and_after_a_week_to_the_committees_office(
    people, state, told
):
    pk = report(people)
    accepted(people, pk)
    if state == "approve":
        verify(people, pk)
        take(people["industry"], actions.handle_tip, pk, handling="已办")
        take(people["first"], actions.reply_to_tip, pk, reply="已复")
        take(people["first"], actions.propose_reward, pk, grounds=Grounds(), basis="x",
             eligible=True)  # fmt: skip
    due = datetime(2026, 4, 1, 12, tzinfo=CHINA)  # a Wednesday; 4 to 6 April are holidays
    WorkItem.objects.filter(key=f"tip:{pk}").update(due_at=due)
    heard = {}
    for late in (0, *told):
        clock.use(DrillClock(due.replace(hour=9) + timedelta(late)))
        known = Delivery.objects.count()
        remind()
        heard[late] = {row.label for row in Delivery.objects.order_by("id")[known:]}
    assert {day: heard[day] for day in told} == told
