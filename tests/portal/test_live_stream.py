"""The stream that keeps pages alive: says that something happened, and what time it is."""

import asyncio
from datetime import datetime

import pytest
from django.test import AsyncClient

from anlan.portal import live
from anlan.vocabulary import clock

NOW = datetime(2020, 8, 19, 18, 10, tzinfo=clock.CHINA)


class Events:
    """A database in which an event happens when the test says so."""

    def __init__(self):
        self.newest = 41
        self.asked = 0

    def __call__(self):
        self.asked += 1
        return self.newest


@pytest.fixture
def events(monkeypatch):
    made = Events()
    monkeypatch.setattr(live, "newest_event_id", made)
    monkeypatch.setattr(live, "_closing", False)
    return made


def listen(pulse, turns, between=None):
    async def collect():
        said = []
        async for part in live.stream(pulse, turns):
            said.append(part)
            if between:
                between(len(said))
        return said

    return collect()


def kinds(parts):
    return [
        line.removeprefix("event: ")
        for part in parts
        for line in part.splitlines()
        if line.startswith("event")
    ]


def test_a_listener_hears_the_newest_event_and_the_platforms_clock_at_once(events):
    clock.use(clock.DrillClock(NOW))
    [first] = asyncio.run(listen(live.Pulse(period_s=0.01), turns=0))
    assert "retry: " in first
    assert "event: changed\ndata: 41\n" in first
    assert "event: clock\ndata: 2020-08-19T18:10:00+08:00\n" in first
    assert first.endswith("\n\n")


def test_it_hears_of_a_change_once_and_of_silence_not_at_all(events):
    def happen(said):
        if said == 1:
            events.newest = 42

    parts = asyncio.run(listen(live.Pulse(period_s=0.01), turns=6, between=happen))
    assert kinds(parts).count("changed") == 2
    assert "data: 42" in parts[1]


def test_in_a_drill_the_clock_is_told_every_second(events):
    clock.use(clock.DrillClock(NOW))
    parts = asyncio.run(listen(live.Pulse(period_s=0.01), turns=4))
    assert kinds(parts) == ["changed", "clock", "clock", "clock", "clock", "clock"]


def test_many_listeners_ask_the_database_once_a_period(events):
    async def room():
        pulse = live.Pulse(period_s=0.05)
        await asyncio.gather(*(listen(pulse, turns=4) for _ in range(20)))

    asyncio.run(room())
    assert events.asked <= 6


def test_open_streams_end_when_the_server_goes_down(events):
    def stop(said):
        live.stop_all()

    assert len(asyncio.run(listen(live.Pulse(period_s=0.01), turns=1_000_000, between=stop))) == 1


def test_a_listener_who_leaves_is_forgotten(events):
    async def leave():
        parts = live.stream(live.Pulse(period_s=0.01))
        await anext(parts)
        await parts.aclose()
        asked = events.asked
        await asyncio.sleep(0.05)
        return asked

    assert asyncio.run(leave()) == events.asked


@pytest.mark.django_db(databases="__all__")
def test_nobody_hears_anything_without_an_account(events):
    answer = asyncio.run(AsyncClient().get("/live"))
    assert answer.status_code == 401
    assert events.asked == 0
