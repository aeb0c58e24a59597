"""A run is asked for once, carried under a lease, and issued once, whoever dies."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from anlan.operations.deadlines.models import Timer, WorkItem
from anlan.operations.forecasts.actions import (
    NewOfficial,
    NoReach,
    advance_runs,
    record_official,
    request_run,
    request_run_apart,
)
from anlan.operations.forecasts.models import ForecastRun, Reach
from anlan.operations.forecasts.queries import latest_run, run, run_of_key, runs
from anlan.operations.forecasts.rules.reach import compute
from anlan.operations.people.actions import PLATFORM, relay_events
from anlan.operations.people.models import OutboxEvent
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum

from .conftest import FLOOD, result, says

pytestmark = pytest.mark.django_db(databases="__all__")


def issued():
    return OutboxEvent.objects.filter(name="forecasts.forecast_issued").count()


def test_an_alarm_at_the_station_asks_for_one_run(river):
    for stage in (182.65, 182.7, 182.75):
        river.move_to(clock.now() + timedelta(minutes=5))
        says("1", stage)
    relay_events()
    relay_events()
    (row,) = runs()
    assert (row.station_code, row.state, row.issued_at) == ("ciqikou", "queued",
                                                           row.issued_at)  # fmt: skip
    assert row.trigger == "ciqikou:stage:warning"


def test_two_runs_are_three_hours_apart_and_the_second_comes_by_timer(river):
    first = request_run_apart("a", "x", clock.now(), "jialing")
    river.move_to(clock.now() + timedelta(hours=2))
    assert request_run_apart("b", "x", clock.now(), "jialing") is None
    assert first
    assert Timer.objects.get(key="forecast:b").due_at == clock.now() + timedelta(hours=1)
    river.move_to(clock.now() + timedelta(hours=1))
    from anlan.operations.deadlines.actions import run_due_timers

    run_due_timers()
    relay_events()
    assert [row.key for row in runs()] == ["b", "a"]


def test_a_key_is_one_run_however_often_it_is_asked_for(river):
    assert request_run("k", "x", clock.now()) == request_run("k", "x", clock.now())


def test_without_a_reach_nothing_is_promised(drill_clock):
    with pytest.raises(NoReach):
        request_run("k", "x", clock.now())


def test_a_run_is_issued_once_with_what_it_says(river, pool):
    pk = request_run("k", "ciqikou:stage:warning", clock.now())
    assert advance_runs(pool) == 1
    assert advance_runs(pool) == 0
    function, arguments = next(iter(pool.taken.values()))
    assert function == "anlan.operations.forecasts.rules.reach.compute"
    assert len(arguments["gauges"]["station"]["value"]) == 13
    pool.answer(**result(clock.now(), flood=FLOOD))
    assert advance_runs(pool) == 1
    assert advance_runs(pool) == 0
    row = latest_run()
    assert (row.id, row.state, row.crest_stage_m, row.datum) == (pk, "done", 186.0, "wusong")
    assert row.people_by_depth_class == (10, 20, 30, 40, 20)
    assert [c.name for c in row.communities] == ["金碧", "金蓉"]
    assert row.communities[1].arrival_at is None
    assert row.crest_band_m == pytest.approx((185.7, 186.3))
    assert row.roads[0].name == "滨江路"
    assert row.max_extent == {"type": "FeatureCollection", "features": []}
    assert issued() == 1


def test_the_same_observations_give_the_same_answer(river, pool, tmp_path):
    request_run("k", "x", clock.now())
    advance_runs(pool)
    (_, arguments) = next(iter(pool.taken.values()))
    answers = [compute({**arguments, "folder": str(tmp_path / str(n))}) for n in range(2)]
    for answer in answers:
        assert answer.pop("wall")["total_s"] >= 0
    assert answers[0] == answers[1]
    assert answers[0]["datum"] == "wusong"
    assert answers[0]["flood"] is None


def test_a_dead_worker_loses_its_lease_and_the_run_still_comes_once(river, pool):
    request_run("k", "x", clock.now())
    advance_runs(pool)
    first = dict(pool.taken)
    pool.die()
    river.move_to(clock.now() + timedelta(seconds=170))
    assert advance_runs(pool) == 0
    river.move_to(clock.now() + timedelta(seconds=20))
    assert advance_runs(pool) == 1
    assert advance_runs(pool) == 1
    assert ForecastRun.objects.get().attempt == 2
    (_, again), (_, before) = pool.taken.popitem()[1], first.popitem()[1]
    assert again.pop("folder") != before.pop("folder")
    assert again == before
    pool.submit("forecast:1:2", "f", {})
    pool.taken = {f"forecast:{ForecastRun.objects.get().pk}:2": ("f", {})}
    pool.answer(**result(clock.now()))
    advance_runs(pool)
    assert issued() == 1


def test_a_late_answer_of_the_first_attempt_is_enough(river, pool):
    request_run("k", "x", clock.now())
    advance_runs(pool)
    pool.answer(**result(clock.now()))
    late = list(pool.back)
    pool.die()
    river.move_to(clock.now() + timedelta(minutes=10))
    advance_runs(pool)
    advance_runs(pool)
    pool.back = late
    advance_runs(pool)
    assert latest_run() is not None
    pool.back = late
    advance_runs(pool)
    assert issued() == 1


def test_a_run_that_is_still_computed_keeps_its_lease(river, pool):
    request_run("k", "x", clock.now())
    advance_runs(pool)
    for _ in range(10):
        river.move_to(clock.now() + timedelta(minutes=2))
        assert advance_runs(pool) == 0
    assert ForecastRun.objects.get().attempt == 1


def test_after_the_last_attempt_somebody_is_asked_to_judge_by_hand(river, pool):
    request_run("k", "x", clock.now())
    for _ in range(3):
        advance_runs(pool)
        pool.break_down("no memory")
        advance_runs(pool)
    row = run_of_key("k")
    assert (row.state, row.fault, row.attempt) == ("failed", "no memory", 3)
    item = WorkItem.objects.get(key="forecast-failed:jialing", done_at=None)
    assert item.right == "forecasts.run"
    assert OutboxEvent.objects.filter(name="forecasts.forecast_failed").count() == 1
    assert issued() == 0


def test_too_few_observations_are_no_matter_for_a_second_try(drill_clock, pool, river):
    Reach.objects.update(upstream="nowhere")
    pk = request_run("k", "x", clock.now())
    advance_runs(pool)
    (_, arguments) = next(iter(pool.taken.values()))
    pool.answer(**compute(arguments))
    advance_runs(pool)
    row = run(pk)
    assert (row.state, row.attempt) == ("failed", 1)
    assert row.fault.startswith("nowhere的读数不够")
    with override("en"):
        assert run(pk).fault.startswith("nowhere has too few readings")


def test_the_newest_official_forecast_before_the_issue_is_used(river, pool):
    issue = clock.now()
    for hours, top in ((-5, 180.0), (-1, 181.0), (1, 199.0)):
        record_official(
            PLATFORM,
            NewOfficial(
                station_code="cuntan", issued_at=issue + timedelta(hours=hours),
                datum=Datum.WUSONG, stage_m=(179.9, top), source="市水文监测总站",
                at=(issue + timedelta(hours=2), issue + timedelta(hours=12)),
            ),
        )  # fmt: skip
    request_run("k", "x", issue)
    advance_runs(pool)
    (_, arguments) = next(iter(pool.taken.values()))
    assert arguments["gauges"]["downstream"]["official"]["value"] == [179.9, 181.0]
    assert compute(arguments)["method"]["downstream"] == "official"


def test_a_bulletin_out_of_order_is_refused(river):
    with pytest.raises(ValueError, match="in order"):
        record_official(
            PLATFORM,
            NewOfficial(
                station_code="cuntan", issued_at=clock.now(), datum=Datum.WUSONG, source="",
                at=(clock.now(), clock.now()), stage_m=(1.0, 2.0),
            ),
        )  # fmt: skip
