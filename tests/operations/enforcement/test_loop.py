"""The loop of a case against the rule book (`domain.md` 3.2), role by role; a random walk."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.operations.enforcement.conftest import certificate, new_case, row
from tests.operations.enforcement.test_procedure import FILING, SITE

from anlan.operations.enforcement.models import Case, CaseStep, Paper
from anlan.operations.enforcement.queries.state import facts
from anlan.operations.enforcement.rules.loop import Case as Facts
from anlan.operations.enforcement.rules.loop import Person, check, verbs
from anlan.operations.enforcement.rules.states import CASE, State
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = date(2026, 3, 2)
OFFICERS, LEADER, REVIEWER = {"officer", "partner"}, {"leader"}, {"legal"}
# Written from the rule book, not from the code: officers of the case act, the leader of their unit
# files, measures and decides, the reviewer reviews and hears.
WHO = {
    **dict.fromkeys(
        ["inspect", "find no violation", "order", "fine on the spot", "propose filing",
         "end the hold", "investigate", "notify", "serve the notice", "hear the party",
         "record an appeal", "end the appeal", "waive", "ask for a hearing",
         "call the hearing", "serve", "record a payment", "remind", "serve the reminder",
         "execute", "check the order",
         "recheck", "publish", "publish the measures", "propose the transfer", "transfer",
         "keep a recording", "ask for a re-check",
         "take back"], OFFICERS),
    **dict.fromkeys(
        ["stop on the spot", "file", "hold evidence", "discuss", "decide", "give time to pay",
         "apply to the court", "end the execution", "take down", "approve the transfer", "withdraw",
         "extend the term", "revoke the decision",
         "replace an officer"], LEADER),
    **dict.fromkeys(["hold the hearing", "send back", "review"], REVIEWER),
    ("send back", "LEGAL_REVIEWED"): LEADER, ("archive", "NO_VIOLATION"): OFFICERS,
    "archive": LEADER,
}  # fmt: skip


def ready(people, verb, state):
    """A case in which nothing but the person stands in the way of `verb`."""
    hands = frozenset(people[name].account.pk for name in OFFICERS)
    some = Facts(
        state=state, unit="bureau", officers=hands, hands=hands, hearing_right=True, waived=True,
        reviewed_by=people["legal"].account.pk, discussed=True, serious=True, ordered=True,
        decided=True, open=Decimal(100), hearing_held=True, published=True,
        pay_until=DAY - timedelta(1), appeal_until=DAY - timedelta(1), court_until=DAY,
        reminded_until=DAY - timedelta(1), held=False, proposed=True, crime_proposed=True,
        investigated=True, decide_by=DAY,
        hearing_on=DAY, answer_until=DAY,
    )  # fmt: skip
    other = {
        "propose filing": {"proposed": False}, "end the hold": {"held": True},
        "serve the notice": {"answer_until": None}, "end the appeal": {"appealed": True},
        "ask for a hearing": {"waived": False}, "call the hearing": {"hearing_held": False},
        "hold the hearing": {"hearing_held": False}, "execute": {"open": Decimal(0)},
        "serve the reminder": {"reminded": True, "reminded_until": None},
        "give time to pay": {"pay_until": DAY}, "publish": {"published": False},
        "publish the measures": {"others_wait": True}, "ask for a re-check": {"order_runs": True},
        "propose the transfer": {"crime_proposed": False}, "transfer": {"crime_approved": True},
    }  # fmt: skip
    return replace(some, **other.get(verb, {}))


def allowed(verb, case, person):
    try:
        check(verb, case, person, DAY)
    except Refused:
        return False
    return True


def test_every_step_is_taken_by_whom_the_rule_book_names_and_by_nobody_else(people):
    everybody = {name: one.person for name, one in people.items()}
    for step in CASE.steps:
        for state in step.sources:
            case = ready(people, step.verb, state)
            able = {name for name, one in everybody.items() if allowed(step.verb, case, one)}
            assert able == WHO.get((step.verb, str(state)), WHO[step.verb]), (step.verb, state)
    for state in State:
        for verb in {step.verb for step in CASE.steps} - set(CASE.verbs(state)):
            case = ready(people, verb, state)
            assert not any(allowed(verb, case, one) for one in everybody.values())


@pytest.mark.parametrize(
    ("verb", "state", "changed"),
    [
        ("inspect", "PLANNED", {"officers": frozenset({1})}),
        ("decide", "LEGAL_REVIEWED", {"reviewed_by": None}),
        ("decide", "LEGAL_REVIEWED", {"reviewed_by": 9}),
        ("decide", "LEGAL_REVIEWED", {"discussed": False}),
        ("decide", "LEGAL_REVIEWED", {"hands": frozenset({1, 2, 9})}),
        ("decide", "LEGAL_REVIEWED", {"officers": frozenset({1})}),
        ("decide", "LEGAL_REVIEWED", {"unit": "fire"}),
        ("notify", "INVESTIGATED", {"investigated": False}),
        ("waive", "NOTIFIED", {"answer_until": None}),
        ("ask for a hearing", "NOTIFIED", {"answer_until": None}),
        ("extend the term", "FILED", {"extended": True}),
        ("extend the term", "FILED", {"decide_by": DAY - timedelta(1)}),
        ("decide", "LEGAL_REVIEWED", {"held": True}),
        ("withdraw", "ORDERED", {"order_runs": True}),
        ("withdraw", "FILED", {"held": True}),
        ("order", "ORDERED", {"order_runs": True}),
        ("apply to the court", "SERVED", {"appealed": True}),
        ("publish", "SERVED", {"revoked": True}),
        ("record an appeal", "SERVED", {"appealed": True}),
        ("record an appeal", "SERVED", {"revoked": True}),
        ("review", "NOTIFIED", {"waived": False}),
        ("review", "HEARING", {"hearing_held": False}),
        ("review", "HEARING", {"hands": frozenset({1, 2, 9})}),
        ("file", "ORDERED", {"proposed": False}),
        ("ask for a hearing", "NOTIFIED", {"hearing_right": False}),
        ("execute", "SERVED", {"open": Decimal(1)}),
        ("apply to the court", "SERVED", {"appeal_until": DAY}),
        ("apply to the court", "SERVED", {"reminded_until": None}),
        ("serve the reminder", "SERVED", {"reminded": False}),
        ("serve the reminder", "SERVED", {"open": Decimal(0)}),
        ("record an appeal", "SERVED", {"decided": False}),
        ("remind", "SERVED", {"open": Decimal(0)}),
        ("apply to the court", "SERVED", {"court_until": DAY - timedelta(1)}),
        ("transfer", "FILED", {"crime_approved": False}),
    ],
)
def test_what_a_rule_forbids_is_refused_to_everybody(people, verb, state, changed):
    rights = frozenset({"enforcement.handle", "enforcement.decide", "enforcement.review"})
    handles = CASE.step(verb, state).right == "enforcement.handle"
    one = Person(id=1 if handles else 9, rights=rights, organisation="bureau")
    case = replace(ready(people, verb, state), officers=frozenset({1, 2}),
                   hands=frozenset({1, 2}), reviewed_by=7)  # fmt: skip
    assert allowed(verb, case, one)
    assert not allowed(verb, replace(case, **changed), one)


def words_for(verb, dice):
    """What somebody may type into a step, sensible or not."""
    day = date(2026, 3, 2) + timedelta(days=dice.randint(-3, 40))
    amount = str(dice.choice([150, 16000, 20000, 36000, 60000]))
    some = {
        "place": "厂区", "present": "甲、乙、丙", "finding": "情况", "recording": "AV",
        "recorder": "R-7", "length": "10:00", "digest": "", "of": "inspect",

        "items": "问题", "basis": "条款", "until": day.isoformat(), "facts": "事实",
        "evidence": "证据",
        "row": row("AQ-099-2"), "circumstances": "情节", "amount": amount, "others": "",
        "on": date(2026, 3, 2).isoformat(), "receiver": "唐勇", "how": "direct", "chair": "邓文",
        "receipt": f"R{dice.random()}", "reason": "理由", "opinion": "意见", "statement": "意见",
        "answer": "复核", "record": "记录", "reasons": "理由", "result": "结论", "measures": "停产",
        "outcome": dice.choice(["done", "not"]), "to": "公安", "offence": "罪",
        "leaves": str(certificate("officer")), "comes": str(certificate("third")),
    }  # fmt: skip
    some |= {
        "approver": "市应急局",
        "approval": "批1号",
        "body": "区政府",
        "kind": "reconsideration",
        "instalments": "",
    }
    if verb == "end the appeal":
        some["outcome"] = dice.choice(["upheld", "changed"])
    if verb in ("investigate", "decide"):
        some |= {"others": dice.choice(["", "stop", "warning"]), "terms": "三十日"}
    if verb == "execute":
        some["how"] = "缴清"
    if verb == "call the hearing":
        some["on"] = day.isoformat()
    return some | (FILING if verb == "propose filing" else SITE if verb == "inspect" else {})


def holds(case_id):
    """What may never be."""
    case = Case.objects.get(pk=case_id)
    taken = list(CaseStep.objects.filter(case=case).order_by("id").values_list("verb", "by_id"))
    by = dict(taken)
    order = [verb for verb, _by in taken]
    if "review" in order:
        before = order[: len(order) - 1 - order[::-1].index("review")]
        told = before[len(before) - 1 - before[::-1].index("notify") :]
        assert "serve the notice" in told
        assert {"waive", "hold the hearing"} & set(told)
    hands = set(case.officers.values_list("certificate__account", flat=True))
    assert len(facts(case, DAY).officers) >= 2
    if case.decided_on and not case.summary:
        assert case.reviewed_by_id is not None
        assert case.decided_by_id not in hands | {case.reviewed_by_id}
        assert case.reviewed_by_id not in hands
        assert case.discussed or case.row.least <= case.fine <= case.row.most
    assert case.penalty.within(case.intention)
    assert set(case.penalty.others) <= set(case.row.others.split(",") if case.row else ())
    assert case.fine <= (case.row.law_most if case.row else 0)
    assert case.paid <= case.fine * 2
    if "execute" in by:
        assert case.paid >= case.fine
        assert case.gains_paid >= case.gains
    assert not (case.held and case.state in (State.DECIDED, State.WITHDRAWN))
    assert case.revoked_on is None or not case.published
    if case.state == State.ARCHIVED and case.fine and case.revoked_on is None:
        assert {"recheck", "publish", "execute"} <= set(by)
    numbers = list(Paper.objects.filter(case=case).values_list("number", "version"))
    assert len(numbers) == len(set(numbers))


# Seldom chosen, so that walks come far: what ends a case early or leads it in a circle.
SELDOM = {"withdraw", "find no violation", "fine on the spot", "send back", "transfer",
          "ask for a hearing", "propose the transfer", "replace an officer", "hold evidence",
          "hear the party", "extend the term", "check the order", "investigate", "stop on the spot",
          "revoke the decision", "call the hearing", "keep a recording",
          "ask for a re-check"}  # fmt: skip


def test_a_random_walk_never_reaches_what_may_not_be(people):
    dice, reached = random.Random(2026), set()
    walkers = [people[name] for name in ("officer", "partner", "third", "legal", "leader")]
    for walk in range(8):
        case = new_case(people, key=f"w{walk}")
        for _turn in range(30):
            state = facts(Case.objects.get(pk=case), DAY)
            able = [(one, verb) for one in walkers for verb in verbs(state, one.person, DAY)
                    if verb not in SELDOM or dice.random() < 0.1]  # fmt: skip
            one, verb = dice.choice(able or [(walkers[0], "decide")])
            try:
                one.take(case, verb, **words_for(verb, dice))
            except Refused:
                continue
            reached.add(Case.objects.get(pk=case).state)
            holds(case)
    assert {"FILED", "NOTIFIED", "LEGAL_REVIEWED", "DECIDED"} <= reached
