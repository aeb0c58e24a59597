"""A scripted decision answers a proposal, as its person; with nothing to answer the drill fails."""

from datetime import datetime, timedelta

import pytest

from anlan.operations.drills.actions import decisions as deciding
from anlan.operations.drills.actions.answering import Desk, Proposal
from anlan.operations.drills.actions.decisions import Decisions, NotAllowed, NothingToAnswer
from anlan.operations.drills.rules.scenario import Decision
from anlan.operations.people.actions import Actor
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

START = datetime(2020, 8, 19, 9, 0, tzinfo=CHINA)
MINUTE = timedelta(minutes=1)
SIGNER = Actor(7, "罗远", "district_leader")


def decision(number, verb="sign_alert", **more):
    return Decision(
        number=number, verb=verb, by="luoyuan", after=3 * MINUTE, needs="warning",
        within=60 * MINUTE, **more,
    )  # fmt: skip


@pytest.fixture
def room(monkeypatch):
    """A duty room with a desk of proposals and the answers given in it."""

    class Room:
        desk = []
        given = []
        refusal = None

        def sign(self, actor, proposal, decision):
            if self.refusal:
                raise self.refusal
            self.given.append((actor, proposal.ident, clock.now()))
            self.desk.remove(proposal)

    room = Room()
    room.desk, room.given = [], []
    answers = {"sign_alert": room.sign}
    monkeypatch.setattr(deciding, "DESKS", (Desk(lambda: list(room.desk), {"alerts"}, answers),))
    monkeypatch.setattr(deciding, "ANSWERS", answers)
    return room


@pytest.fixture
def time():
    moving = DrillClock(START)
    clock.use(moving)
    return moving


def people(*script, must_by=None, by_hand=frozenset()):
    return Decisions(script, {"luoyuan": SIGNER}, must_by or {}, by_hand)


def paper(ident=1, level=2):
    return Proposal("sign_alert", f"alert:{ident}:sign", ident, f"alert {ident}", level)


def test_a_proposal_is_answered_after_the_delay_by_the_named_person(room, time):
    crew = people(decision(1))
    room.desk.append(paper())
    crew.notice()
    assert crew.waiting
    assert crew.next_at() == START + 3 * MINUTE
    time.move_to(START + 2 * MINUTE)
    assert crew.answer_due() == 0
    time.move_to(START + 3 * MINUTE)
    assert crew.answer_due() == 1
    assert room.given == [(SIGNER, 1, START + 3 * MINUTE)]
    assert not crew.waiting


def test_nothing_to_answer_in_time_fails_with_a_clear_line(room, time):
    crew = people(decision(4, levels=frozenset({1, 2})), must_by={4: START + 10 * MINUTE})
    crew.notice()
    time.move_to(START + 11 * MINUTE)
    with pytest.raises(NothingToAnswer) as told:
        crew.notice()
    line = (
        "decision 4, sign_alert (level 1, 2) by luoyuan had nothing to answer by 2020-08-19 09:10"
    )
    assert str(told.value) == line


def test_a_decision_that_the_crest_never_called_for_may_find_nothing(room, time):
    crew = people(decision(4))
    time.move_to(START + timedelta(days=3))
    crew.notice()
    assert crew.found == set()


def test_what_a_person_did_first_counts_as_answered(room, time):
    crew = people(decision(1), must_by={1: START + 10 * MINUTE})
    room.desk.append(paper())
    crew.notice()
    room.desk.clear()
    time.move_to(START + 20 * MINUTE)
    crew.notice()
    assert [taken.by_person for taken in crew.taken] == [True]


def test_a_second_click_that_comes_too_late_counts_as_answered(room, time):
    crew = people(decision(1))
    room.desk.append(paper())
    crew.notice()
    time.move_to(START + 3 * MINUTE)
    room.desk.clear()
    room.refusal = Refused("Already signed by %(who)s.", who="何岚")
    crew.answer_due()
    assert [taken.by_person for taken in crew.taken] == [True]


def test_a_refusal_of_what_still_waits_fails_the_drill(room, time):
    crew = people(decision(1))
    room.desk.append(paper())
    crew.notice()
    time.move_to(START + 3 * MINUTE)
    room.refusal = Refused("You drafted this; another person signs it.")
    with pytest.raises(NotAllowed, match=r"decision 1.*another person signs"):
        crew.answer_due()


def test_levels_choose_the_person(room, time):
    crew = people(decision(1, levels=frozenset({3, 4})), decision(2, levels=frozenset({1, 2})))
    room.desk.append(paper(level=1))
    crew.notice()
    time.move_to(START + 3 * MINUTE)
    crew.answer_due()
    assert crew.found == {2}


def test_what_is_left_to_people_waits_for_them(room, time):
    crew = people(decision(1), must_by={1: START + 10 * MINUTE}, by_hand=frozenset({"sign_alert"}))
    room.desk.append(paper())
    time.move_to(START + 30 * MINUTE)
    crew.notice()
    assert crew.waiting
    assert crew.next_at() is None


def test_field_work_does_not_slow_the_drill(room, time):
    crew = people(decision(1, field_work=True))
    room.desk.append(paper())
    crew.notice()
    assert crew.next_at() is not None
    assert not crew.waiting


def test_many_at_once_spread_always_in_the_same_way(room, time):
    def plan():
        crew = people(decision(1, spread=30 * MINUTE))
        room.desk[:] = [paper(n) for n in range(5)]
        crew.notice()
        due = []
        while crew.next_at():
            due.append(crew.next_at())
            time_now = crew.next_at()
            crew._planned = {k: p for k, p in crew._planned.items() if p.due > time_now}
        return due

    assert plan() == plan()
    assert len(set(plan())) == 5


def test_only_the_acts_that_can_move_a_desk_make_anybody_look_at_it(room, time):
    crew = people(decision(1))
    room.desk.append(paper())
    crew.notice({"response"})
    assert not crew.waiting
    crew.notice({"response", "alerts"})
    assert crew.waiting
