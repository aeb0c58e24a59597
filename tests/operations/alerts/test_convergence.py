"""Whatever comes in whatever order: at most one alert in force, and in the end none.

Random interleavings of forecasts, people, the municipality, lifts and timers, early, late, twice.
"""

import contextlib
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlan.operations.alerts import actions
from anlan.operations.alerts.models import Alert, Escalation
from anlan.operations.alerts.queries import in_force
from anlan.operations.alerts.queries.book import book
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import next_timer_at
from anlan.operations.messaging.models import Mailing
from anlan.operations.people.actions import PLATFORM
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")

START = datetime(2020, 8, 19, 17, 0, tzinfo=clock.CHINA)
CRESTS = st.sampled_from([181.0, 182.7, 183.5, 186.0, 190.0, 194.29])
PEOPLE = st.sampled_from(["duty_officer", "section_head", "duty_leader", "district_leader"])
STEPS = st.one_of(
    st.tuples(st.just("through"), st.booleans()),
    st.tuples(st.just("forecast"), CRESTS),
    st.tuples(
        st.sampled_from(["draft", "review", "sign", "urgent", "reject", "send_back"]), PEOPLE
    ),
    st.tuples(st.sampled_from(["propose_lift", "lift"]), PEOPLE),
    st.tuples(st.just("municipality"), st.booleans()),
    st.tuples(st.just("late_timer"), st.integers(0, 9)),
    st.tuples(st.just("wait"), st.sampled_from([1, 12, 61, 300, 1500])),
)
ENDED = {"UPDATED", "LIFTED", "EXPIRED", "REJECTED"}


class Play:
    """Takes one step at a time; what is refused is refused."""

    def __init__(self, world, people, settle):
        self.world, self.people, self.settle = world, people, settle
        self.clock = clock.DrillClock(START)
        clock.use(self.clock)
        self.runs = 0

    def until(self, **span):
        end = clock.now() + timedelta(**span)
        self.settle()
        while (due := next_timer_at()) is not None and due <= end:
            self.clock.move_to(due)
            self.settle()
        self.clock.move_to(end)
        self.settle()

    def take(self, verb, what):
        with contextlib.suppress(Refused):
            getattr(self, verb)(what)
        self.settle()

    def forecast(self, crest):
        self.runs += 1
        actions.propose(self.world.forecast(self.runs, crest))

    def through(self, lift):
        """The whole way in one go, or the lift's."""
        if lift:
            self.propose_lift("duty_officer")
            self.lift("district_leader")
            return
        self.draft("duty_officer")
        self.review("section_head")
        self.sign("district_leader")

    def _newest(self):
        return Alert.objects.order_by("-id").values_list("id", flat=True).first() or 0

    def draft(self, who):
        actions.draft(self.people[who], self._newest())

    def review(self, who):
        actions.review(self.people[who], self._newest())

    def sign(self, who):
        actions.sign(self.people[who], self._newest())

    def urgent(self, who):
        actions.sign_urgent(self.people[who], self._newest(), "来不及审核")

    def reject(self, who):
        actions.reject(self.people[who], self._newest(), "不发了")

    def send_back(self, who):
        actions.send_back(self.people[who], self._newest(), "再改改")

    def propose_lift(self, who):
        found = in_force()
        actions.propose_lift(self.people[who] if who != "duty_officer" else PLATFORM,
                             found.id if found else self._newest(), "水退了")  # fmt: skip

    def lift(self, who):
        found = in_force()
        actions.lift(self.people[who], found.id if found else self._newest(), "水退了")

    def municipality(self, approved):
        for pk in list(Alert.objects.order_by("id").values_list("id", flat=True)):
            answer = actions.MunicipalAnswer(approved=approved, identifier=f"500000_{pk}")
            try:
                actions.record_municipal_answer(PLATFORM, pk, answer)
            except Refused:
                continue

    def late_timer(self, number):
        ids = list(Alert.objects.order_by("id").values_list("id", flat=True))
        if ids:
            pk = ids[number % len(ids)]
            actions.expire(pk)
            actions.draft_due(pk, 1 + number % 2)
            actions.expiry_near(pk)
            actions.stand_in_answers(pk)

    def wait(self, minutes):
        self.until(minutes=minutes)


def check_the_world_is_whole():
    rows = list(Alert.objects.all())
    for chain in {row.chain for row in rows}:
        states = [row.state for row in rows if row.chain == chain]
        assert states.count("PUBLISHED") <= 1
        assert states.count("DRAFT") + states.count("REVIEWED") <= 1
    for row in rows:
        if row.state in ENDED:
            assert row.ended_at is not None
            open_items = WorkItem.objects.filter(key__startswith=f"alert:{row.pk}:", done_at=None)
            assert set(open_items.values_list("kind", flat=True)) <= {"alerts.papers"}
            assert not Escalation.objects.filter(alert=row, closed_at=None).exists()
            told = [n for kind, n in row.mailings.items() if kind != "lift"]
            assert not Mailing.objects.filter(pk__in=told, closed_at=None).exists()
        if row.published_at is not None:
            assert row.first_id is not None
            assert row.publications.count() >= 1


@settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=st.lists(STEPS, min_size=4, max_size=24))
def test_at_most_one_alert_is_in_force_and_every_story_ends(world, people, settle, steps):
    with transaction.atomic():
        play = Play(world, people, settle)
        for verb, what in steps:
            play.take(verb, what)
            check_the_world_is_whole()
        for pk in Alert.objects.filter(state__in=["DRAFT", "REVIEWED"]).values_list(
            "id", flat=True
        ):
            actions.reject(people["district_leader"], pk, "收尾")
        play.until(hours=48 + book().hazard.valid_after_crest_h)
        check_the_world_is_whole()
        assert in_force() is None
        assert set(Alert.objects.values_list("state", flat=True)) <= ENDED
        transaction.set_rollback(True)
    world.runs.clear()


def test_two_signatures_at_once_leave_one_message(world, people, settle):
    pk = actions.propose(world.forecast(1, 183.0))
    actions.draft(people["duty_officer"], pk)
    actions.review(people["section_head"], pk)
    done = [actions.sign(people[who], pk) for who in ("duty_leader", "district_leader")]
    assert [one.already for one in done] == [False, True]
    assert Mailing.objects.filter(key=f"alert:{pk}:households").count() == 1


def test_a_relay_that_runs_twice_publishes_once(world, people, until):
    pk = actions.propose(world.forecast(1, 194.29))
    actions.draft(people["duty_officer"], pk)
    actions.review(people["section_head"], pk)
    actions.sign(people["district_leader"], pk)
    until(minutes=11)
    sent = Mailing.objects.count()
    actions.stand_in_answers(pk)
    actions.stand_in_answers(pk)
    assert Mailing.objects.count() == sent
    assert timedelta(0) < Alert.objects.get(pk=pk).expires_at - clock.now()
