"""The loop of a call (R-115), role by role, its terms over holidays, and what never may be."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.operations.calls.conftest import PEOPLE, at, call

from anlan.operations.calls import actions
from anlan.operations.calls.models import Call, CallStep
from anlan.operations.calls.queries.state import facts
from anlan.operations.calls.rules.loop import Call as Facts
from anlan.operations.calls.rules.loop import check, verbs
from anlan.operations.calls.rules.states import CALL, ENDED, Kind, Settled, State, Urgency
from anlan.operations.calls.rules.terms import parsed
from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import relay_events
from anlan.operations.safety.models import Danger
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
# Who may take a step of a call of Ciqikou street to the department of industry, from the task.
STREET, DEPARTMENT = "street street_leader", "industry industry_leader"
WHO = {
    "send": STREET, "confirm": STREET, "return": STREET, "withdraw": STREET,
    "answer": DEPARTMENT, "refuse": DEPARTMENT, "handle": DEPARTMENT, "make danger": DEPARTMENT,
    "assign": "section duty_leader bureau_leader",
}  # fmt: skip
CALLED = Facts(state=State.CALLED, street="500106004", unit="industry")


def allowed(verb, one, person):
    try:
        check(verb, one, person)
    except Refused:
        return False
    return True


def test_every_step_is_taken_by_whom_the_task_names_and_by_nobody_else(people):
    assert set(WHO) == {step.verb for step in CALL.steps}
    for step in CALL.steps:
        for state in State:
            one = replace(CALLED, state=state)
            able = {name for name, who in people.items() if allowed(step.verb, one, who.person)}
            wanted = set(WHO[step.verb].split()) if state in step.sources else set()
            assert able == wanted, (step.verb, state)


@pytest.mark.parametrize(
    ("verb", "state", "who", "changed"),
    [
        ("confirm", State.HANDLED, "street", {"handled_by": "street"}),
        ("return", State.HANDLED, "street", {"answered_by": "street"}),
        ("confirm", State.HANDLED, "street", {"street": "500106002"}),
        ("answer", State.CALLED, "industry", {"unit": "fire"}),
        ("assign", State.REFUSED, "bureau_leader", {"refused_by": "bureau_leader"}),
        ("make danger", State.ANSWERED, "industry", {"danger": True}),
    ],
)
def test_what_a_rule_forbids_is_refused(people, verb, state, who, changed):
    one = people[who].person
    changed = {k: people[v].account.pk if v in people else v for k, v in changed.items()}
    assert allowed(verb, replace(CALLED, state=state), one)
    assert not allowed(verb, replace(CALLED, state=state, **changed), one)


def take(one, action, pk, **said):
    action(one.actor, one.person, pk, **said)
    return Call.objects.get(pk=pk)


def answer(people, pk, who="industry"):
    return take(people[who], actions.answer_call, pk, comes="安全科 2 人", coming_at=clock.now())


def handled(people, pk):
    answer(people, pk)
    return take(people["industry"], actions.handle_call, pk, handling="责令停止动火")


def settle(people, pk, **said):
    given = {"settled": Settled.YES, "grade": 5} | said
    return take(people["street"], actions.confirm_call, pk, **given)


def passing(moment):
    """The clock goes on to a moment, and what is due by then happens."""
    at(*moment)
    run_due_timers()
    relay_events()


def waiting(one):
    return {item.title for item in desk(one.scope) if item.kind == "call"}


def test_a_call_is_answered_handled_returned_answered_again_and_confirmed(people):
    pk = call(people)
    assert waiting(people["industry"])
    assert not waiting(people["fire"])
    handled(people, pk)
    assert waiting(people["street"])
    assert not waiting(people["other_street"])
    again = take(people["street"], actions.return_call, pk, reason="气瓶还在")
    assert (again.state, again.returned, again.handled_at) == ("RETURNED", 1, None)
    handled(people, pk)
    done = settle(people, pk, settled=Settled.PARTLY, grade=3)
    assert (done.state, done.settled, done.grade, done.due_at) == ("CONFIRMED", "partly", 3, None)
    assert not any(waiting(one) for one in people.values())
    assert [one.verb for one in done.steps.order_by("id")] == [
        "call", "answer", "handle", "return", "answer", "handle", "confirm"]  # fmt: skip


@pytest.mark.parametrize("grade", [0, 6, -1])
def test_a_grade_outside_one_to_five_changes_nothing(people, grade):
    pk = call(people)
    handled(people, pk)
    with pytest.raises(Refused, match="from 1 to 5"):
        settle(people, pk, grade=grade)
    assert Call.objects.get(pk=pk).state == "HANDLED"


def test_a_refused_call_is_the_bureaus_and_its_assignment_is_binding(people):
    pk = call(people)
    take(people["industry"], actions.refuse_call, pk, reason="属消防")
    assert waiting(people["duty_leader"])
    assert not waiting(people["industry"])
    given = take(people["duty_leader"], actions.assign_call, pk, unit="fire", reason="三定方案")
    assert (given.state, given.unit, given.first_unit) == ("ASSIGNED", "fire", "industry")
    assert verbs(facts(given), people["fire"].person) == ("answer",)
    with pytest.raises(Refused, match="as it is now"):
        take(people["fire"], actions.refuse_call, pk, reason="也不是我们")
    assert answer(people, pk, "fire").state == "ANSWERED"


def test_the_bureau_may_confirm_the_first_one_and_what_that_one_let_pass_stays(people):
    pk = call(people)
    passing((2026, 3, 2, 13, 1))
    take(people["industry"], actions.refuse_call, pk, reason="不归我们")
    take(people["section"], actions.assign_call, pk, unit="industry", reason="是你们的")
    assert Call.objects.get(pk=pk).answer_late
    other = call(people, "call-2")
    passing((2026, 3, 3, 13, 1))
    take(people["industry"], actions.refuse_call, other, reason="不归我们")
    assert not take(
        people["section"], actions.assign_call, other, unit="fire", reason="x"
    ).answer_late


def test_a_grid_workers_call_is_the_streets_draft_until_the_street_sends_it(people):
    pk = call(people, by="grid")
    assert Call.objects.get(pk=pk).due_at is None
    for name in ("industry", "duty_leader"):
        assert people[name].browser.get(f"/calls/{pk}").status_code == 404
    at(2026, 3, 2, 16)
    sent = take(people["street"], actions.send_call, pk)
    assert sent.called_at == clock.now()
    assert sent.answer_due_at == datetime(2026, 3, 3, 11, tzinfo=CHINA)


@pytest.mark.parametrize(
    "name", sorted(set(PEOPLE) - {"street", "street_leader", "grid", "other_street"})
)
def test_nobody_but_a_street_calls(people, name):
    with pytest.raises(Refused, match="Only a street"):
        call(people, by=name)


def test_the_same_sending_is_one_call_and_nobody_elses(people):
    assert call(people) == call(people)
    with pytest.raises(Refused, match="Somebody else"):
        call(people, by="other_street")
    assert Call.objects.count() == 1


@pytest.mark.parametrize(
    ("urgency", "called", "answer_by", "handle_by"),
    [
        # Monday morning; Friday late; the eve of Qingming 2026 (4 to 6 April).
        (Urgency.NORMAL, (2026, 3, 2, 9), (2026, 3, 2, 13), (2026, 3, 5, 23, 59, 59)),
        (Urgency.NORMAL, (2026, 3, 6, 16), (2026, 3, 9, 11), (2026, 3, 11, 23, 59, 59)),
        (Urgency.NORMAL, (2026, 4, 3, 16, 30), (2026, 4, 7, 11, 30), (2026, 4, 9, 23, 59, 59)),
        (Urgency.NORMAL, (2026, 3, 7, 2), (2026, 3, 9, 12, 30), (2026, 3, 11, 23, 59, 59)),
        # What is urgent does not wait for the morning, nor for the end of a holiday.
        (Urgency.URGENT, (2026, 4, 5, 23, 50), (2026, 4, 6, 0, 20), (2026, 4, 6, 1, 50)),
    ],
)  # fmt: skip
def test_terms_count_working_hours_over_nights_and_holidays(
    people, urgency, called, answer_by, handle_by
):
    at(*called)
    one = Call.objects.get(pk=call(people, urgency=urgency))
    assert one.answer_due_at == datetime(*answer_by, tzinfo=CHINA)
    assert one.handle_due_at == datetime(*handle_by, tzinfo=CHINA)


def test_unanswered_the_departments_leader_is_told_at_the_term_and_the_bureau_after(people):
    pk = call(people, urgency=Urgency.URGENT)
    leaders = ("industry_leader", "duty_leader", "bureau_leader")

    def told():
        return {
            name
            for name in leaders
            if any(":leader" in i.key or ":bureau" in i.key for i in desk(people[name].scope))
        }

    passing((2026, 3, 2, 9, 29))
    assert not told()
    passing((2026, 3, 2, 9, 30))
    assert told() == {"industry_leader"}
    assert Call.objects.get(pk=pk).answer_late
    passing((2026, 3, 2, 10, 0))
    assert told() == {"industry_leader", "duty_leader", "bureau_leader"}
    answer(people, pk)
    assert not told()
    assert Call.objects.get(pk=pk).answer_late
    passing((2026, 3, 2, 11, 0))
    assert Call.objects.get(pk=pk).handle_late
    assert told() == {"industry_leader"}


def test_a_term_that_was_kept_says_nothing_when_its_time_comes(people):
    pk = call(people, urgency=Urgency.URGENT)
    at(2026, 3, 2, 9, 20)
    handled(people, pk)
    passing((2026, 3, 2, 12, 0))
    one = Call.objects.get(pk=pk)
    assert (one.answer_late, one.handle_late) == (False, False)
    assert not CallStep.objects.filter(verb="term passed").exists()


def test_what_the_street_does_not_confirm_goes_to_its_leader(people):
    pk = call(people, urgency=Urgency.URGENT)
    handled(people, pk)
    passing((2026, 3, 4, 0, 0))
    assert any(":leader" in i.key for i in desk(people["street_leader"].scope))
    assert not any(":leader" in i.key for i in desk(people["industry_leader"].scope))
    assert not Call.objects.get(pk=pk).handle_late


def test_a_hidden_danger_from_a_call_is_registered_once_and_each_names_the_other(people):
    pk = call(people)
    answer(people, pk)
    one = people["industry"]
    actions.make_danger(one.actor, one.scope, one.person, pk, title="违规动火")
    danger, kept = Danger.objects.get(), Call.objects.get(pk=pk)
    assert (kept.danger_id, kept.state) == (danger.pk, "ANSWERED")
    assert (danger.sector, danger.area_code) == ("industry", "500106004001")
    page = one.browser.get(f"/dangers/{danger.pk}").content.decode()
    assert f'href="/calls/{pk}"' in page
    assert f'href="/dangers/{danger.pk}"' in one.browser.get(f"/calls/{pk}").content.decode()
    with pytest.raises(Refused, match="already"):
        actions.make_danger(one.actor, one.scope, one.person, pk, title="又一次")


@pytest.mark.parametrize("coming", [timedelta(minutes=-11), timedelta(days=32)])
def test_who_comes_says_a_time_from_now_on(people, coming):
    with pytest.raises(Refused, match="when they come"):
        take(people["industry"], actions.answer_call, call(people), comes="x",
             coming_at=clock.now() + coming)  # fmt: skip


def test_terms_that_make_no_sense_are_not_loaded():
    span = {"count": 1, "unit": "minutes"}
    spans = dict.fromkeys(("answer", "handle", "confirm", "assign", "bureau"), span)
    good = {"work_begins": "08:30", "work_ends": "17:30", "urgent": spans, "normal": spans}
    assert parsed("x", good).by_urgency["urgent"].answer.count == 1
    for wrong in (
        {"work_ends": "08:30"}, {"urgent": spans | {"answer": {"count": 0, "unit": "minutes"}}},
        {"normal": spans | {"handle": {"count": 3, "unit": "days"}}},
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"work ends|count|Unit"):
            parsed("x", good | wrong)


def steps_of(people, pk):
    """Everything anybody may try with a call."""
    say = {
        "send": (actions.send_call, {}), "refuse": (actions.refuse_call, {"reason": "x"}),
        "answer": (actions.answer_call, {"comes": "x", "coming_at": clock.now()}),
        "handle": (actions.handle_call, {"handling": "x"}),
        "assign": (actions.assign_call, {"unit": "fire", "reason": "x"}),
        "confirm": (actions.confirm_call, {"settled": Settled.YES, "grade": 4}),
        "return": (actions.return_call, {"reason": "x"}),
        "withdraw": (actions.withdraw_call, {"reason": "x"}),
    }  # fmt: skip
    return [(one, action, said) for one in people.values() for action, said in say.values()]


@pytest.mark.parametrize("seed", range(6))
def test_wherever_chance_leads_a_department_never_confirms_nor_a_street_answers(people, seed):
    dice = random.Random(seed)
    pk = call(people, by=dice.choice(["street", "grid"]), kind=Kind.OTHER)
    minute = 0
    for _turn in range(250):
        minute += dice.randrange(90)
        at(2026, 3, 2 + minute // 1440 % 27, minute // 60 % 24, minute % 60)
        one, action, said = dice.choice(steps_of(people, pk))
        before = Call.objects.values().get(pk=pk)
        try:
            action(one.actor, one.person, pk, **said)
        except Refused:
            assert Call.objects.values().get(pk=pk) == before
        run_due_timers()
        relay_events()
    for step in CallStep.objects.exclude(by=None).select_related("by"):
        unit, role = step.by.organisation_code, step.by.role
        if step.verb in ("confirm", "return", "withdraw", "send", "call"):
            assert (unit, role) in {("500106004", "township"), ("500106004", "township_leader")}
        elif step.verb in ("answer", "refuse", "handle"):
            assert unit in ("industry", "fire")
        elif step.verb == "assign":
            assert unit == "bureau"
    last = Call.objects.get(pk=pk)
    assert (last.grade is not None) == (last.state == "CONFIRMED")
    assert (last.due_at is None) == (last.state in (*ENDED, "DRAFT"))
