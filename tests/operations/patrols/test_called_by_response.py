"""A response calls routes out as an alert does, both together once; while they last, again."""

from datetime import datetime, timedelta

import pytest
from tests.operations.patrols.conftest import new_beat, task_of
from tests.operations.patrols.test_called_out import (
    YELLOW,
    alert_of,
    lifted,
    published,
    told,
)

from anlan.operations.patrols import actions
from anlan.operations.patrols.models import Occasion, PatrolTask
from anlan.operations.patrols.rules.rhythm import turn_of
from anlan.operations.patrols.rules.states import Hazard, Rhythm, State
from anlan.operations.people.actions import PLATFORM
from anlan.operations.response.actions import call_patrols, load_district_files
from anlan.operations.response.events import ResponseActivated, ResponseAdjusted, ResponseEnded
from anlan.operations.response.models import Activation, EmergencyPlan
from anlan.operations.response.rules.states import ActivationState
from anlan.portal.loading.folder import folder_of
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
III, IV = 3, 4


@pytest.fixture
def route(people):
    """A riverside route of Ciqikou: a response of level III, a yellow alert; every 12 hours."""

    def make(key="bound", by="street", **changed):
        said = {"rhythm": Rhythm.CALLED, "alert_level": YELLOW, "response_level": III,
                "repeat_h": 12} | changed  # fmt: skip
        who = people[by]
        return actions.make_beat(who.actor, who.person, new_beat(people, key, **said))

    return make


@pytest.fixture
def response(people):
    """A level III response of the flood plan to the water in one community, as it is signed."""
    load_district_files(PLATFORM, folder_of("shapingba"))
    return Activation.objects.create(
        plan=EmergencyPlan.objects.get(hazard="flood"), state=ActivationState.ACTIVE,
        standing="Actual", area_code="500106", level=III, number="2026-01",
        community_codes=["500106004001"], signed_at=clock.now(),
    )  # fmt: skip


def started(one):
    told(ResponseActivated(activation_id=one.pk, level=one.level))


def adjusted(one, level):
    Activation.objects.filter(pk=one.pk).update(level=level, state=ActivationState.ADJUSTED)
    told(ResponseAdjusted(activation_id=one.pk, level=level))


def ended(one):
    Activation.objects.filter(pk=one.pk).update(state=ActivationState.ENDED)
    told(ResponseEnded(activation_id=one.pk, level=one.level))


def after(hours):
    """So many hours pass, and the round comes by."""
    clock.current().move_to(clock.now() + timedelta(hours=hours))
    return actions.keep_called()


def states():
    return list(PatrolTask.objects.order_by("pk").values_list("state", flat=True))


def test_a_response_calls_out_once_and_its_end_lets_lapse_what_nobody_began(route, response):
    route()
    for _twice in range(2):
        started(response)
    task = PatrolTask.objects.get()
    assert (task.state, task.due_at - task.begins_at) == (State.DUE, timedelta(hours=12))
    assert "2026-01" in task.steps.get(verb="call out").reason
    for _twice in range(2):
        ended(response)
    assert states() == [State.LAPSED]
    assert task.steps.filter(verb="lapse").count() == 1


def test_heard_of_after_its_end_it_calls_nobody_out(route, response):
    route()
    ended(response)
    started(response)
    assert not PatrolTask.objects.exists()


def test_who_is_out_goes_on_when_it_ends(people, route, response):
    route()
    grid = people["grid"]
    started(response)
    actions.start_patrol(grid.actor, grid.person, PatrolTask.objects.get().pk, at=clock.now())
    ended(response)
    assert states() == [State.UNDERWAY]


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        ({"hazard": Hazard.GEOHAZARD}, "section"),
        ({"area_code": "500106004002"}, "street"),
        ({"area_code": "500106002", "unit": "500106002"}, "section"),
        ({"response_level": None}, "street"),
        ({"response_level": 2}, "street"),
    ],
)
def test_another_hazard_place_or_level_stays_untouched(people, route, response, changed, by):
    """Whatever alert would call it out: the levels of a response are its own."""
    route(by=by, **changed)
    started(response)
    assert not PatrolTask.objects.exists()


def test_a_change_of_level_calls_out_more_and_lets_lapse_what_it_asks_for_no_more(route, response):
    route("from II on", response_level=2)
    route("from IV on", response_level=IV)
    started(response)
    assert states() == [State.DUE]
    adjusted(response, 2)
    assert states() == [State.DUE, State.DUE]
    adjusted(response, IV)
    assert states() == [State.DUE, State.LAPSED]


def test_an_exercise_calls_nobody_out_in_earnest(route, response):
    route()
    Activation.objects.update(standing="Exercise")
    assert call_patrols(response.pk) == 0
    assert not PatrolTask.objects.exists()


@pytest.mark.parametrize("first", ["alert", "response"])
def test_an_alert_and_a_response_call_a_route_out_once_together(route, response, first):
    route()
    alert = alert_of()
    both = [lambda: published(alert), lambda: started(response)]
    for call in both if first == "alert" else both[::-1]:
        call()
    assert states() == [State.DUE]
    lifted(alert)
    assert states() == [State.DUE]
    ended(response)
    assert states() == [State.LAPSED]


def test_the_response_goes_on_where_the_alert_ends_first_without_a_second_call(
    people, route, response
):
    """What was walked for both is walked for this turn."""
    route()
    alert, grid = alert_of(), people["grid"]
    published(alert)
    actions.start_patrol(grid.actor, grid.person, PatrolTask.objects.get().pk, at=clock.now())
    started(response)
    lifted(alert)
    assert after(1) == 0
    assert states() == [State.UNDERWAY]


def test_a_new_danger_after_the_last_one_is_over_calls_out_at_once(people, route):
    route()
    grid, alert = people["grid"], alert_of()
    published(alert)
    actions.start_patrol(grid.actor, grid.person, PatrolTask.objects.get().pk, at=clock.now())
    lifted(alert)
    after(1)
    published(alert_of(chain="flood:other"))
    assert states() == [State.UNDERWAY, State.DUE]


def test_an_alert_of_three_days_is_walked_every_twelve_hours_and_no_longer(route):
    """Called out at 9:00 on 2 March: turns begin at 9 and 21 until it runs out on the 5th, 9:00."""
    route()
    published(alert_of(expires_at=clock.now() + timedelta(days=3)))
    for _hour in range(90):
        after(1)
        actions.keep_called()
    begins = [one.begins_at.astimezone(CHINA) for one in PatrolTask.objects.order_by("begins_at")]
    assert begins == [
        datetime(2026, 3, day, hour, tzinfo=CHINA) for day in (2, 3, 4) for hour in (9, 21)
    ]
    ends = {one.due_at - one.begins_at for one in PatrolTask.objects.all()}
    assert ends == {timedelta(hours=12)}


def test_a_route_that_says_nothing_is_walked_again_after_the_district_s_hours(route, response):
    """The district's file says a day."""
    route(repeat_h=None)
    started(response)
    assert [after(23), after(1), after(1)] == [0, 1, 0]


def test_turns_that_the_platform_slept_through_are_not_called_out_afterwards(route, response):
    route()
    started(response)
    assert after(40) == 1
    last = PatrolTask.objects.latest("pk")
    assert last.begins_at == datetime(2026, 3, 3, 21, tzinfo=CHINA)
    assert after(0) == 0


def test_a_turn_ends_with_the_alert_and_grows_with_its_update(route):
    route()
    first = alert_of(expires_at=clock.now() + timedelta(hours=14))
    published(first)
    assert after(13) == 1
    last = PatrolTask.objects.latest("pk")
    assert last.due_at == first.expires_at
    later = alert_of(first=first, expires_at=clock.now() + timedelta(hours=20))
    published(later)
    last.refresh_from_db()
    assert last.due_at == last.begins_at + timedelta(hours=12)
    assert PatrolTask.objects.count() == 2


def test_no_turn_begins_once_it_is_lifted(route):
    route()
    one = alert_of(expires_at=clock.now() + timedelta(days=3))
    published(one)
    lifted(one)
    assert after(12) == 0
    assert Occasion.objects.get().ended_at is not None


def test_a_route_entered_while_it_lasts_is_called_out_by_the_round(route, response):
    started(response)
    route()
    assert after(0) == 1


def test_the_rhythm_s_own_patrol_is_no_turn(people, route, response):
    task = task_of(people, new_beat(people, "daily", response_level=IV))
    started(response)
    assert task.beat.tasks.count() == 2


def test_turns_are_counted_from_the_last_one_that_began():
    def hour(n):
        return datetime(2026, 3, 2, tzinfo=CHINA) + timedelta(hours=n)

    six = timedelta(hours=6)
    for now, begin in ((6, 6), (11, 6), (12, 12), (25, 24)):
        assert turn_of(hour(0), six, hour(now)) == hour(begin)
    assert turn_of(None, six, hour(5)) == hour(5)


def test_levels_and_hours_are_typed_kept_and_shown(people, route):
    pk = route()
    browser = people["street"].browser
    page = browser.get(f"/patrols/routes/{pk}/change").content.decode()
    assert 'name="repeat_h" value="12"' in page
    assert "每 12 小时" in browser.get(f"/patrols/routes/{pk}").content.decode()
    for wrong in ({"response_level": 5}, {"repeat_h": 73}):
        with pytest.raises(Refused):
            route("nonsense", **wrong)
