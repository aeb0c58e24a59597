"""Issued forecasts against what came, worked out by hand."""

from datetime import timedelta

import pytest

from anlan.operations.forecasts.actions import advance_runs, request_run, verify_runs
from anlan.operations.forecasts.models import ForecastCheck
from anlan.operations.forecasts.queries import accuracy, error_by_lead_time, latest_run
from anlan.operations.forecasts.rules.judging import judge
from anlan.vocabulary import clock

from .conftest import result, says

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize(
    ("forecast", "observed", "start", "allowed", "qualified"),
    [
        (185.0, 184.9, 184.0, 0.18, True),
        (185.0, 184.8, 184.0, 0.16, False),
        (185.0, 185.1, 185.0, 0.10, True),
        (185.0, 185.11, 185.0, 0.10, False),
        (180.0, 181.0, 186.0, 1.00, True),
    ],
)
def test_a_fifth_of_the_observed_change_is_allowed_at_least_ten_centimetres(
    forecast, observed, start, allowed, qualified
):
    judged = judge(forecast, observed, start)
    assert judged.allowed_m == pytest.approx(allowed)
    assert judged.qualified is qualified


@pytest.fixture
def issued(river, pool):
    request_run("k", "x", clock.now())
    advance_runs(pool)
    pool.answer(**result(clock.now(), crest_m=185.0))
    advance_runs(pool)
    return latest_run()


def test_a_forecast_is_checked_as_its_hours_pass(issued, river):
    assert verify_runs() == 0
    for hour in range(1, 4):
        river.move_to(issued.issued_at + timedelta(hours=hour))
        says("1", 182.0 + 0.8 * hour)
    assert verify_runs() == 2
    assert verify_runs() == 0
    one, three = latest_run().error_by_lead_time
    assert (one.lead_h, one.observed_m) == (1, pytest.approx(182.8))
    assert one.error_m == pytest.approx(182.776 - 182.8, abs=1e-3)
    assert one.qualified
    assert (three.lead_h, three.observed_m) == (3, pytest.approx(184.4))
    assert three.error_m == pytest.approx(184.121 - 184.4, abs=1e-3)
    assert three.qualified
    found = accuracy()
    assert (found.qualified, found.total, found.share) == (2, 2, 1.0)
    assert found.run_ids == (issued.id,)
    assert [(s.lead_h, s.count) for s in error_by_lead_time()] == [(1, 1), (3, 1)]


def test_an_hour_nobody_observed_is_not_judged(issued, river):
    river.move_to(issued.issued_at + timedelta(hours=1))
    says("1", 182.9)
    river.move_to(issued.issued_at + timedelta(hours=7))
    says("1", 184.9)
    verify_runs()
    assert [c.lead_h for c in ForecastCheck.objects.order_by("lead_h")] == [1]


def test_nothing_checked_has_no_share(issued):
    assert accuracy().share is None
