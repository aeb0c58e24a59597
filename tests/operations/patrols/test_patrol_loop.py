"""The loop of a patrol (R-115), role by role; tracks once; what never may be."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.operations.patrols.conftest import (
    PEOPLE,
    at,
    new_beat,
    north,
    post_of,
    stand,
    task_of,
    walk,
)

from anlan.operations.deadlines.actions import Leave, be_away, run_due_timers
from anlan.operations.deadlines.queries import desk
from anlan.operations.patrols import actions
from anlan.operations.patrols.actions import Ending, Finding, Position
from anlan.operations.patrols.actions.track import thin_tracks
from anlan.operations.patrols.models import Beat, Fix, PatrolTask
from anlan.operations.patrols.rules.loop import Task, check
from anlan.operations.patrols.rules.states import PATROL, State
from anlan.operations.people.actions import relay_events
from anlan.operations.people.models import AuditEntry, OutboxEvent
from anlan.operations.safety.models import Danger
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
# Who may take a step of a patrol of Ciqikou street, walked by its grid worker, deputy the street's
# duty room, supervised by its leader.
NAMED = "grid street"
CHECKS = "street_leader safety section duty_leader bureau_leader"
WHO = {
    "start": NAMED, "report danger": NAMED, "finish": "grid", "fall short": "grid",
    "hand over": "street", "confirm": f"{CHECKS} street", "return": f"{CHECKS} street",
    "reject": f"{CHECKS} street", "excuse": CHECKS, "ask why": CHECKS,
}  # fmt: skip


def facts_of(people, **changed):
    grid, street = people["grid"].id, people["street"].id
    said = {
        "state": State.DUE, "unit": "500106004", "supervisor": people["street_leader"].id,
        "patroller": grid, "deputy": street, "walker": grid, "walkers": frozenset({grid}),
        "complete": True,
    } | changed  # fmt: skip
    return Task(**said)


def allowed(verb, one, person):
    try:
        check(verb, one, person)
    except Refused:
        return False
    return True


def test_every_step_is_taken_by_whom_the_task_names_and_by_nobody_else(people):
    assert set(WHO) == {step.verb for step in PATROL.steps}
    for step in PATROL.steps:
        for state in State:
            one = facts_of(people, state=state, post=step.verb == "hand over")
            able = {name for name, who in people.items() if allowed(step.verb, one, who.person)}
            wanted = set(WHO[step.verb].split()) if state in step.sources else set()
            assert able == wanted, (step.verb, state)


@pytest.mark.parametrize(
    ("verb", "state", "who", "changed"),
    [
        ("confirm", State.SUBMITTED, "street", {"walkers": frozenset({"street"})}),
        ("confirm", State.SUBMITTED, "street_leader", {"complete": False}),
        ("confirm", State.SUBMITTED, "street", {"unit": "500106002", "deputy": None}),
        ("finish", State.UNDERWAY, "grid", {"complete": False}),
        ("finish", State.UNDERWAY, "grid", {"walker": "street"}),
        ("return", State.SUBMITTED, "street_leader", {"post": True}),
        ("excuse", State.DUE, "street_leader", {"patroller": "street_leader"}),
    ],
)
def test_what_a_rule_forbids_is_refused(people, verb, state, who, changed):
    def meant(value):
        if isinstance(value, frozenset):
            return frozenset(people[name].id for name in value)
        return people[value].id if value in people else value

    one, person = facts_of(people, state=state), people[who].person
    assert allowed(verb, one, person)
    assert not allowed(verb, replace(one, **{k: meant(v) for k, v in changed.items()}), person)


def start(people, task, who="grid", moment=None):
    one = people[who]
    actions.start_patrol(one.actor, one.person, task.pk, at=moment or clock.now())


def track(people, task, positions, who="grid"):
    return actions.keep_track(people[who].actor, task.pk, positions)


def finish(people, task, moment, who="grid", **said):
    one = people[who]
    ending = Ending(at=moment, normal=True, **said)
    actions.finish_patrol(one.actor, one.person, task.pk, ending)
    task.refresh_from_db()
    return task


def settle(people, task, action, who="street_leader", **said):
    action(people[who].actor, people[who].person, task.pk, **said)
    task.refresh_from_db()
    return task


def walked(people, metres=1200):
    """A patrol of today, walked so far from nine on and ended; the clock follows."""
    task, begin = task_of(people), clock.now()
    start(people, task)
    positions = walk(begin, metres)
    clock.current().move_to(positions[-1].at)
    track(people, task, positions)
    return finish(people, task, positions[-1].at)


def passing(*moment):
    """The clock goes on to a moment, and what is due by then happens."""
    at(*moment)
    run_due_timers()
    relay_events()


def waiting(one):
    return {item.title for item in desk(one.scope) if item.kind == "patrol"}


def test_a_patrol_is_walked_measured_handed_in_and_confirmed(people):
    task = walked(people)
    assert (task.state, task.share, task.minutes) == ("SUBMITTED", 100, 20)
    assert task.metres == pytest.approx(1200, rel=0.01)
    assert (task.gaps, task.doubtful, task.late) == ([], [], False)
    assert waiting(people["street_leader"])
    assert not waiting(people["grid"])
    done = settle(people, task, actions.confirm_patrol, words="好")
    assert (done.state, done.confirmed_by_id) == ("CONFIRMED", people["street_leader"].id)
    assert not any(waiting(one) for one in people.values())
    assert [one.verb for one in done.steps.order_by("id")] == [
        "make", "start", "finish", "confirm"]  # fmt: skip


def test_one_with_too_few_points_goes_back_and_is_complete_when_the_rest_is_walked(people):
    task = walked(people, 600)
    assert (task.state, task.share, task.complete) == ("RETURNED", 60, False)
    assert waiting(people["grid"])
    with pytest.raises(Refused, match="as it is now"):
        settle(people, task, actions.confirm_patrol)
    start(people, task)
    rest = walk(clock.now(), 600, start=600)
    clock.current().move_to(rest[-1].at)
    track(people, task, rest)
    done = finish(people, task, rest[-1].at)
    assert (done.state, done.share) == ("SUBMITTED", 100)


def test_what_is_sent_back_is_walked_from_the_beginning(people):
    task = walked(people)
    back = settle(people, task, actions.return_patrol, reason="照片与点位不符")
    assert (back.state, back.returned, back.complete) == ("RETURNED", 1, False)
    assert back.due_at == datetime(2026, 3, 3, 23, 59, 59, tzinfo=CHINA)
    start(people, task)
    assert finish(people, task, clock.now()).state == "RETURNED"


def test_what_has_not_come_yet_is_neither_begun_nor_ended(people):
    task, soon = task_of(people), clock.now() + timedelta(hours=1)
    with pytest.raises(Refused, match="clock is ahead"):
        start(people, task, moment=soon)
    with pytest.raises(Refused, match="begins at 08:00"):
        start(people, task, moment=clock.now() - timedelta(hours=3))
    start(people, task)
    with pytest.raises(Refused, match="clock is ahead"):
        finish(people, task, soon)
    task.refresh_from_db()
    assert task.state == "UNDERWAY"


def test_positions_sent_twice_and_out_of_order_are_kept_once(people):
    task, begin = task_of(people), clock.now()
    start(people, task)
    positions = walk(begin, 1200)
    clock.current().move_to(positions[-1].at)
    first, second = positions[:20], positions[20:]
    assert track(people, task, second) == len(second)
    assert track(people, task, list(reversed(first))) == len(first)
    assert track(people, task, positions) == 0
    assert Fix.objects.filter(task=task).count() == len(positions)
    done = finish(people, task, positions[-1].at)
    assert (done.share, done.fix_count) == (100, len(positions))


def test_positions_that_come_after_the_end_complete_a_patrol(people):
    task, begin = task_of(people), clock.now()
    start(people, task)
    positions = walk(begin, 1200)
    clock.current().move_to(positions[-1].at)
    track(people, task, positions[:20])
    assert finish(people, task, positions[-1].at).state == "RETURNED"
    track(people, task, positions[20:])
    task.refresh_from_db()
    assert (task.state, task.share) == ("SUBMITTED", 100)
    assert waiting(people["street_leader"])


def test_positions_of_another_time_or_person_are_not_kept(people):
    task = walked(people)
    before = Position(task.started_at - timedelta(minutes=1), *north(0), 5.0)
    after = Position(task.ended_at + timedelta(minutes=1), *north(0), 5.0)
    assert track(people, task, [before, after]) == 0
    within = Position(task.started_at + timedelta(seconds=7), *north(0), 5.0)
    with pytest.raises(Refused, match="of yours"):
        track(people, task, [within], "street")
    settle(people, task, actions.confirm_patrol)
    with pytest.raises(Refused, match="takes no positions"):
        track(people, task, [within])


def test_a_post_is_manned_handed_over_and_signed_off(people):
    task = task_of(people, post_of(people))
    at(2026, 3, 2, 8)
    start(people, task)
    ten = datetime(2026, 3, 2, 10, tzinfo=CHINA)
    at(2026, 3, 2, 10)
    track(people, task, stand(task.begins_at, ten))
    street = people["street"]
    actions.hand_over(street.actor, street.person, task.pk, at=ten)
    with pytest.raises(Refused, match="at it now"):
        finish(people, task, ten)
    at(2026, 3, 2, 12, 5)
    track(people, task, stand(ten + timedelta(minutes=10), clock.now()), "street")
    done = finish(people, task, clock.now(), "street")
    assert (done.state, done.share, done.late) == ("SUBMITTED", 100, False)
    assert set(done.walkers) == {people["grid"].id, street.id}
    with pytest.raises(Refused, match="in order"):
        settle(people, task, actions.confirm_patrol, "street")


def test_a_post_that_nobody_comes_to_is_told_after_a_quarter_of_an_hour(people):
    at(2026, 3, 2, 7)
    task = task_of(people, post_of(people))
    passing(2026, 3, 2, 8, 14)
    assert not waiting(people["street_leader"])
    passing(2026, 3, 2, 8, 16)
    assert waiting(people["street_leader"])
    start(people, task)
    assert not waiting(people["street_leader"])
    task.refresh_from_db()
    assert task.late


def test_one_that_nobody_walked_is_late_then_missed_and_asked_about(people):
    task = task_of(people)
    passing(2026, 3, 2, 18, 1)
    task.refresh_from_db()
    assert (task.state, task.late, task.missed) == ("DUE", True, False)
    assert len(waiting(people["street_leader"])) == 1
    passing(2026, 3, 3, 18, 1)
    task.refresh_from_db()
    assert (task.state, task.missed) == ("MISSED", True)
    assert not waiting(people["grid"])
    events = OutboxEvent.objects.filter(name="patrols.patrol_moved", payload__contains='"miss"')
    assert events.count() == 1
    asked = settle(people, task, actions.ask_why, reason="暴雨停巡，未报备")
    assert (asked.state, asked.missed, asked.missed_why) == ("MISSED", True, "暴雨停巡，未报备")
    assert not waiting(people["street_leader"])
    excused = settle(people, task, actions.excuse_patrol, reason="红色预警停止户外巡查")
    assert (excused.state, excused.missed) == ("EXCUSED", False)


def test_one_that_was_walked_and_never_ended_is_measured_when_its_time_is_over(people):
    task, begin = task_of(people), clock.now()
    start(people, task)
    positions = walk(begin, 1200)
    clock.current().move_to(positions[-1].at)
    track(people, task, positions)
    passing(2026, 3, 3, 18, 1)
    task.refresh_from_db()
    assert (task.state, task.missed, task.share) == ("SUBMITTED", False, 100)


def test_the_round_twice_makes_a_patrol_once_and_again_on_the_next_day(people):
    task_of(people)
    assert actions.make_patrols() == 0
    at(2026, 3, 3, 1)
    assert (actions.make_patrols(), actions.make_patrols()) == (1, 0)
    assert PatrolTask.objects.count() == 2
    beat = Beat.objects.get()
    actions.close_beat(people["street"].actor, people["street"].person, beat.pk)
    at(2026, 3, 4, 1)
    assert actions.make_patrols() == 0


def test_a_route_is_called_out_beside_its_rhythm(people):
    task = task_of(people)
    street = people["street"]
    with pytest.raises(Refused, match="three days"):
        actions.call_out(
            street.actor, street.person, task.beat_id, until=clock.now(), reason="预警"
        )
    until = clock.now() + timedelta(hours=3)
    pk = actions.call_out(street.actor, street.person, task.beat_id, until=until, reason="橙色预警")
    called = PatrolTask.objects.get(pk=pk)
    assert (called.turn, called.due_at, called.day) == (1, until, task.day)


def test_while_who_patrols_is_away_the_deputy_has_it(people):
    street, grid = people["street"], people["grid"]
    today = clock.today()
    leave = Leave(account_id=grid.id, deputy_id=people["grid2"].id, first_on=today, last_on=today)
    be_away(grid.actor, leave)
    task_of(people)
    assert waiting(street)
    assert not waiting(grid)


def test_a_danger_found_is_registered_once_with_its_place(people):
    task, grid = task_of(people), people["grid"]
    start(people, task)
    lon, lat = north(300)
    finding = Finding(title="护栏断裂", words="约 3 米", place="下河梯道", lon=lon, lat=lat)
    asked = (grid.actor, grid.scope, grid.person, task.pk, finding, "a" * 32)
    first = actions.report_danger(*asked)
    assert actions.report_danger(*asked) == first
    danger = Danger.objects.get()
    assert (danger.source, danger.lon, danger.lat, danger.place) == ("patrol", lon, lat, "下河梯道")
    task.refresh_from_db()
    assert (task.dangers, task.normal) == (1, False)


def test_looking_at_anothers_track_is_recorded_and_at_ones_own_not(people):
    task = walked(people)
    seen = AuditEntry.objects.filter(verb="people.view_personal")
    actions.look_at_track(people["grid"].actor, task)
    assert not seen.exists()
    assert len(actions.look_at_track(people["street_leader"].actor, task)) == 41
    assert seen.get().detail == {"fields": ["track"]}


def test_a_track_is_thinned_after_its_time_to_what_proves_the_points(people):
    task = walked(people)
    at(2026, 8, 29, 1)
    assert thin_tracks() == 0
    at(2026, 8, 30, 1)
    assert (thin_tracks(), thin_tracks()) == (1, 0)
    left = list(Fix.objects.filter(task=task).order_by("at"))
    # Five points, each by the first fix near enough; the last fix of all beside them.
    assert len(left) == 6
    assert [one.proves for one in left] == [True] * 5 + [False]
    shown = task.share, task.reached, task.metres
    task.refresh_from_db()
    assert (task.share, task.reached, task.metres) == shown


def test_nothing_that_never_may_be_comes_about_by_chance(people):
    """Walks at random, and looks after each step."""
    draw = random.Random(115)
    for round_ in range(14):
        at(2026, 3, 2 + round_, 9)
        task = task_of(people, new_beat(people, f"route-{round_}", begins_on=clock.today()))
        for _ in range(30):
            _at_random(draw, people, task)
            task.refresh_from_db()
            _never(task)
    assert {"CONFIRMED", "MISSED", "RETURNED"} <= set(
        PatrolTask.objects.values_list("state", flat=True)
    )


def _at_random(draw, people, task):
    """One step by somebody: what is to the point more often than not."""
    who = draw.choice([*PEOPLE, "grid", "grid", "street_leader"])
    clock.current().move_to(clock.now() + timedelta(seconds=draw.choice((0, 60, 900))))
    one, metres = people[who], draw.choice((300, 900, 1200, 1200))

    def walks():
        begin = clock.now()
        clock.current().move_to(begin + timedelta(seconds=metres))
        track(people, task, walk(begin, metres))

    steps = {
        lambda: start(people, task, who): 1,
        lambda: start(people, task): 4,
        walks: 4,
        lambda: finish(people, task, clock.now(), who): 1,
        lambda: finish(people, task, clock.now()): 4,
        lambda: settle(people, task, actions.confirm_patrol, who): 3,
        lambda: settle(people, task, actions.return_patrol, who, reason="因"): 2,
        lambda: settle(people, task, actions.reject_patrol, who, reason="因"): 0.3,
        lambda: settle(people, task, actions.excuse_patrol, who, reason="因"): 0.2,
        lambda: actions.miss_patrol(task.pk, task.due_at): 0.3,
        lambda: actions.hand_over(one.actor, one.person, task.pk, at=clock.now()): 1,
    }  # fmt: skip
    (step,) = draw.choices(list(steps), list(steps.values()))
    try:
        step()
    except Refused:
        return


def _never(task):
    confirmed = task.state == State.CONFIRMED
    assert not (confirmed and task.confirmed_by_id in task.walkers)
    assert not (confirmed and not task.complete)
    assert not (confirmed and task.share < 80)
    assert not (task.missed and task.state in (State.CONFIRMED, State.SUBMITTED, State.EXCUSED))
    assert len({one["index"] for one in task.reached}) == len(task.reached) <= 5
