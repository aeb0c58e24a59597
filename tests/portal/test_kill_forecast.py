"""Killed between the alarm and the forecast: the forecast still comes, once."""

import asyncio
import signal
from datetime import timedelta

import pytest

from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

from .running import rows, running, until

pytestmark = [pytest.mark.slow, pytest.mark.prove("drill")]
DEVICES = {"ciqikou": ("5001060001", 4660), "beibei": ("5001090001", 4661),
           "cuntan": ("5001050001", 4662)}  # fmt: skip
ALARM = "SELECT id FROM sensing_alarm WHERE key = 'ciqikou:stage:warning' AND state = 'open'"
RUNS = "SELECT state, attempt FROM forecasts_forecastrun"
DRAFTS = "SELECT count(*) FROM alerts_alert"
HOURS = 30
BEFORE_S, FORECAST_S = 30, 240
COARSE = {"ANLAN_STANDING": "Exercise"}  # an exercise computes on the coarse grid, minutes sooner


def rise():
    """Half-hourly stages up to this minute, the last quarter of an hour above warning."""
    now = clock.now().replace(second=0, microsecond=0)
    for step in range(HOURS * 2, 0, -1):
        at, share = now - timedelta(minutes=30 * step), 1 - step / (HOURS * 2)
        yield "beibei", at, 189.0 + 6.0 * share
        yield "cuntan", at, 179.6 + 2.5 * share
        yield "ciqikou", at, 180.4 + 2.1 * share
    for minutes in (15, 10, 5, 0):
        yield "ciqikou", now - timedelta(minutes=minutes), 182.9


async def send_all(port):
    stations = {
        code: Sl651Station("127.0.0.1", port, device, password)
        for code, (device, password) in DEVICES.items()
    }
    for code, at, value in rise():
        assert await stations[code].send(at, {Element.STAGE: round(value, 2)})
    for station in stations.values():
        await station.close()


def test_the_forecast_comes_once_after_a_kill(own_home, proof):
    database = "anlan.sqlite3"
    with running(own_home, **COARSE) as platform:
        asyncio.run(send_all(platform.gateway))
        until(lambda: rows(own_home, database, ALARM), BEFORE_S, every_s=0.01)
        platform.kill()
        assert platform.process.returncode == -signal.SIGKILL
    assert not [row for row in rows(own_home, database, RUNS) if row[0] == "done"]
    with running(own_home, **COARSE) as platform:
        until(lambda: "done" in [r[0] for r in rows(own_home, database, RUNS)], FORECAST_S)
        until(lambda: rows(own_home, database, DRAFTS)[0][0], BEFORE_S)
        code, said = platform.stop()
        assert code == 0, said
    states = rows(own_home, database, RUNS)
    assert [state for state, _attempt in states] == ["done"]
    assert rows(own_home, database, DRAFTS) == [(1,)]
    proof(
        "Killed between alarm and forecast",
        "SIGKILL as soon as the alarm stood in the database: after the restart one forecast came "
        f"(attempt {states[0][1]}), and one draft alert.",
    )
