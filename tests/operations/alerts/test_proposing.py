"""What a forecast sets off: a draft, an update of it, or nothing at all."""

from datetime import timedelta

import pytest

from anlan.operations.alerts import actions
from anlan.operations.alerts.models import Alert
from anlan.operations.alerts.queries import alert, in_force, waiting
from anlan.operations.deadlines.models import WorkItem
from anlan.vocabulary import clock
from anlan.vocabulary.datum import DatumMismatch

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_red_crest_becomes_a_draft_with_area_words_and_a_place_on_the_desk(world):
    found = alert(actions.propose(world.forecast(1, 194.29)))
    assert (found.state, found.level, found.standing) == ("DRAFT", 1, "Exercise")
    assert found.headline == "重庆市防汛抗旱指挥部发布洪水红色预警"
    assert "194.29 m（吴淞，90% 范围 193.89–194.79 m）" in found.description
    assert "超红色阈值 0.79 m" in found.description
    assert "磁器口沿江住户：嘉陵江洪峰预计20日凌晨1点到" in found.message
    assert "〔安置点〕" in found.message
    assert found.area_text in ("金碧、金蓉", "金蓉、金碧")
    assert found.area["type"] == "MultiPolygon"
    assert found.trial["households"] == 12
    assert found.trial["unreachable"] == 2
    assert found.level_rule["means"] == "红色阈值"
    item = WorkItem.objects.get(key=f"alert:{found.id}:step")
    assert item.right == "alerts.draft"
    assert item.due_at == clock.now() + timedelta(minutes=10)


def test_homes_beside_the_water_are_told_too(world):
    edge = world.homes[12]
    edge.values["lon"] -= 0.0004  # 45 m from the water's edge, inside the margin of 60 m
    found = alert(actions.propose(world.forecast(1, 194.29)))
    assert found.trial["households"] == 13
    beside = {c.name: c.max_depth_m for c in found.communities}
    assert beside == {"金碧": 1.4, "金蓉": 1.4, "滨江": None}
    assert found.people == 36, "people in the water are the forecast's"


def test_the_districts_own_levels_are_issued_by_the_district(world):
    found = alert(actions.propose(world.forecast(1, 183.10)))
    assert (found.level, found.headline) == (3, "沙坪坝区防汛抗旱指挥部发布洪水黄色预警")


def test_a_crest_below_warning_drafts_nothing(world):
    assert actions.propose(world.forecast(1, 182.63)) is None
    assert not Alert.objects.exists()
    assert not WorkItem.objects.exists()


def test_the_same_run_twice_is_one_draft(world):
    run = world.forecast(1, 190.0)
    assert actions.propose(run) == actions.propose(run)
    assert Alert.objects.count() == 1


def test_a_crest_that_cannot_be_compared_is_refused_and_drafts_nothing(world):
    world.offset_m = None
    with pytest.raises(DatumMismatch):
        actions.propose(world.forecast(1, 192.0, datum="yellow_sea"))
    assert not Alert.objects.exists()


def test_a_run_nobody_knows_drafts_nothing(world):
    assert actions.propose(99) is None


def test_a_newer_forecast_takes_the_place_of_an_unsigned_draft(world, drill_clock):
    first = actions.propose(world.forecast(1, 190.0))
    drill_clock.move_to(clock.now() + timedelta(hours=3))
    second = actions.propose(world.forecast(2, 194.29))
    assert alert(first).state == "REJECTED"
    assert (alert(second).state, alert(second).level) == ("DRAFT", 1)
    assert [d.alert_id for d in waiting()] == [second]


def test_a_forecast_that_says_the_same_drafts_nothing_new(world, drill_clock):
    first = actions.propose(world.forecast(1, 190.0))
    drill_clock.move_to(clock.now() + timedelta(hours=3))
    assert actions.propose(world.forecast(2, 190.2)) is None
    assert alert(first).state == "DRAFT"


def test_a_forecast_that_comes_late_changes_nothing(world, drill_clock):
    world.forecast(1, 185.0)
    drill_clock.move_to(clock.now() + timedelta(hours=3))
    newest = actions.propose(world.forecast(2, 194.29))
    assert actions.propose(1) is None
    assert alert(newest).state == "DRAFT"


def test_a_forecast_below_all_levels_takes_an_untouched_draft_off_the_desk(
    world, people, drill_clock
):
    untouched = actions.propose(world.forecast(1, 183.0))
    drill_clock.move_to(clock.now() + timedelta(hours=3))
    assert actions.propose(world.forecast(2, 181.0)) is None
    assert alert(untouched).state == "REJECTED"
    drill_clock.move_to(clock.now() + timedelta(hours=3))
    taken_on = actions.propose(world.forecast(3, 183.0))
    actions.draft(people["duty_officer"], taken_on)
    assert actions.propose(world.forecast(4, 181.0)) is None
    assert alert(taken_on).state == "DRAFT", "what a person has taken on, a person gives up"


def test_an_update_is_drafted_only_when_it_says_something_else(world, people, drill_clock):
    first = actions.propose(world.forecast(1, 183.0))
    publish_own(people, first)
    assert in_force().id == first
    drill_clock.move_to(clock.now() + timedelta(hours=3))
    assert actions.propose(world.forecast(2, 183.1)) is None
    third = actions.propose(world.forecast(3, 183.1, list(world.places)))
    assert alert(third).previous_id == first
    assert in_force().id == first, "a draft changes nothing in force"


def publish_own(people, alert_id):
    actions.draft(people["duty_officer"], alert_id)
    actions.review(people["section_head"], alert_id)
    actions.sign(people["duty_leader"], alert_id)
