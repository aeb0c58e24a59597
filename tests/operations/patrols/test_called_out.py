"""An alert calls out the routes bound to it, once; lifted, what nobody has begun lapses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.operations.patrols.conftest import new_beat, post_of, task_of

from anlan.operations.alerts.actions import call_patrols
from anlan.operations.alerts.events import AlertLifted, AlertPublished
from anlan.operations.alerts.models import Alert, AlertArea
from anlan.operations.alerts.rules.states import AlertState
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.patrols import actions
from anlan.operations.patrols.models import Beat, PatrolTask
from anlan.operations.patrols.queries import counted, phone_patrols
from anlan.operations.patrols.queries.counts import Spell
from anlan.operations.patrols.rules.states import Hazard, Rhythm, State
from anlan.operations.people.actions import PLATFORM, act, relay_events
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
YELLOW, BLUE = 3, 4


@pytest.fixture
def route(people):
    """A riverside route of Ciqikou that only an alert from yellow on calls out."""

    def make(key="bound", by="street", **changed):
        said = {"rhythm": Rhythm.CALLED, "alert_level": YELLOW} | changed
        who = people[by]
        return actions.make_beat(who.actor, who.person, new_beat(people, key, **said))

    return make


def alert_of(level=YELLOW, hazard="flood", first=None, areas=("500106004001",), **changed):
    """A message that is in force for six hours."""
    said = {
        "number": f"2026-0302-{Alert.objects.count() + 1:02d}", "chain": "flood:jialing",
        "hazard": hazard, "standing": "Actual", "state": AlertState.PUBLISHED, "level": level,
        "headline": "洪水预警", "title": "t", "description": "d", "instruction": "i",
        "message": "m", "area_code": "500106004", "drafted_at": clock.now(), "first": first,
        "expires_at": clock.now() + timedelta(hours=6), "published_at": clock.now(),
    } | changed  # fmt: skip
    if first is not None:
        Alert.objects.filter(chain=said["chain"]).update(state=AlertState.UPDATED)
    made = Alert.objects.create(**said)
    AlertArea.objects.bulk_create(AlertArea(alert=made, code=one, name=one) for one in areas)
    return made


def told(event):
    with act("alerts.sign", PLATFORM) as this:
        this.publish(event)
    relay_events()


def published(one):
    first = one.first_id or one.pk
    told(AlertPublished(alert_id=one.pk, level=one.level, hazard=one.hazard, first_id=first,
                        update=one.first_id is not None))  # fmt: skip


def lifted(one):
    Alert.objects.filter(pk=one.pk).update(state=AlertState.LIFTED, end_words="水位回落")
    told(AlertLifted(alert_id=one.pk, level=one.level, hazard=one.hazard,
                     first_id=one.first_id or one.pk))  # fmt: skip


def waiting():
    return list(WorkItem.objects.filter(kind="patrol", done_at=None).values_list("key", flat=True))


def test_an_alert_published_twice_calls_out_once_with_an_item_on_the_desk(people, route):
    route()
    one = alert_of()
    published(one)
    published(one)
    task = PatrolTask.objects.get()
    assert (task.state, task.due_at, task.turn) == (State.DUE, one.expires_at, 1)
    assert waiting() == [f"patrol:{task.pk}:"]
    item = WorkItem.objects.get(done_at=None, kind="patrol")
    assert (item.owner_id, item.due_at) == (people["grid"].id, one.expires_at)
    assert "洪水预警" in task.steps.get(verb="call out").reason


def test_lifted_what_nobody_began_lapses_and_counts_neither_as_owed_nor_as_missed(people, route):
    route()
    one = alert_of()
    published(one)
    lifted(one)
    lifted(one)
    task = PatrolTask.objects.get()
    assert (task.state, task.missed, task.missed_why) == (State.LAPSED, False, "")
    assert waiting() == []
    assert task.steps.filter(verb="lapse").count() == 1
    task.refresh_from_db()
    assert task.state == State.LAPSED
    spell = Spell(task.day, task.day)
    streets, _hazards = counted(people["bureau_leader"].scope, spell, {})
    assert (streets[0].counts["owed"], streets[0].counts["missed"]) == (0, 0)
    assert phone_patrols(people["grid"].scope, clock.now()) == {"patrols": []}


def test_a_message_heard_of_after_the_lift_calls_nobody_out(route):
    route()
    one = alert_of()
    lifted(one)
    published(one)
    assert not PatrolTask.objects.exists()


def test_who_is_out_goes_on_when_it_is_lifted(people, route):
    route()
    one, grid = alert_of(), people["grid"]
    published(one)
    task = PatrolTask.objects.get()
    actions.start_patrol(grid.actor, grid.person, task.pk, at=clock.now())
    lifted(one)
    task.refresh_from_db()
    assert task.state == State.UNDERWAY
    assert waiting() == [f"patrol:{task.pk}:"]


def test_a_begin_before_the_lift_that_is_heard_of_late_counts_and_one_after_does_not(people, route):
    route()
    one, grid = alert_of(), people["grid"]
    published(one)
    lifted(one)
    task = PatrolTask.objects.get()
    lapsed_at = task.steps.get(verb="lapse").at
    with pytest.raises(Refused, match="lapsed"):
        actions.start_patrol(grid.actor, grid.person, task.pk, at=lapsed_at)
    earlier = lapsed_at - timedelta(seconds=1)
    actions.start_patrol(grid.actor, grid.person, task.pk, at=earlier)
    task.refresh_from_db()
    assert (task.state, task.started_at) == (State.UNDERWAY, earlier)


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        ({"hazard": Hazard.WATERLOGGING}, "street"),
        ({"area_code": "500106004002"}, "street"),
        ({"area_code": "500106002", "unit": "500106002"}, "section"),
        ({"alert_level": None}, "street"),
        ({"alert_level": 2}, "street"),
    ],
)
def test_another_hazard_place_or_level_stays_untouched(people, route, changed, by):
    route(by=by, **changed)
    published(alert_of(level=YELLOW))
    assert not PatrolTask.objects.exists()


def test_a_closed_route_stays_closed(people, route):
    pk = route()
    actions.close_beat(people["street"].actor, people["street"].person, pk)
    published(alert_of())
    assert not PatrolTask.objects.exists()


@pytest.mark.parametrize("areas", [("500106004001",), ()])
def test_a_whole_street_and_the_route_of_a_street_are_in_a_community_s_alert(people, route, areas):
    """Without communities it concerns its whole area."""
    route("street wide", area_code="500106004")
    route("the community", area_code="500106004001")
    published(alert_of(areas=areas))
    assert PatrolTask.objects.count() == 2


def test_an_update_prolongs_what_stands_calls_out_more_and_ends_what_it_concerns_no_more(
    people, route
):
    red_only = route("from blue on", alert_level=BLUE)
    bound = route("from yellow on")
    first = alert_of(level=BLUE)
    published(first)
    assert list(PatrolTask.objects.values_list("beat_id", flat=True)) == [red_only]
    later = alert_of(first=first, expires_at=clock.now() + timedelta(hours=9))
    published(later)
    published(first)
    tasks = {one.beat_id: one for one in PatrolTask.objects.all()}
    assert {one.due_at for one in tasks.values()} == {later.expires_at}
    assert set(tasks) == {red_only, bound}
    published(alert_of(level=BLUE, first=first))
    states = dict(PatrolTask.objects.values_list("beat_id", "state"))
    assert states == {red_only: State.DUE, bound: State.LAPSED}
    published(alert_of(level=YELLOW, first=first))
    assert PatrolTask.objects.filter(beat=bound, state=State.DUE).count() == 1


def test_an_exercise_calls_nobody_out_in_earnest(route, settings):
    route()
    one = alert_of(standing="Exercise")
    published(one)
    assert not PatrolTask.objects.exists()
    settings.ANLAN_STANDING = "Exercise"
    assert call_patrols(one.pk) == 1


def test_the_patrol_of_the_rhythm_is_left_as_it_is(people):
    task = task_of(people, replace(new_beat(people), alert_level=YELLOW))
    one = alert_of()
    published(one)
    lifted(one)
    task.refresh_from_db()
    assert (task.state, task.occasions) == (State.DUE, [])
    assert PatrolTask.objects.count() == 2


def test_a_post_is_manned_from_the_alert_until_it_runs_out(people):
    street = people["street"]
    new = post_of(people, rhythm=Rhythm.CALLED, alert_level=YELLOW)
    actions.make_beat(street.actor, street.person, new)
    one = alert_of()
    published(one)
    task = PatrolTask.objects.get()
    assert (task.begins_at, task.due_at) == (clock.now(), one.expires_at)


def test_the_level_is_typed_kept_and_shown(people, route):
    pk = route()
    page = people["street"].browser.get(f"/patrols/routes/{pk}/change")
    assert b'<option value="3" selected' in page.content
    assert Beat.objects.get(pk=pk).alert_level == YELLOW
    page = people["street"].browser.get(f"/patrols/routes/{pk}").content.decode()
    assert "<dt>自动触发</dt><dd>黄色预警及以上" in page
    with pytest.raises(Refused, match="level"):
        route("nonsense", alert_level=5)
