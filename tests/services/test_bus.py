"""Frames over a real NATS: what a spool holds arrives, whatever happens to the bus."""

import asyncio
import contextlib

import nats
import pytest
from nats.js.api import RetentionPolicy
from nats.js.errors import APIError

from anlan.backbone import jetstream
from anlan.backbone.jetstream import Forwarder, JetStreamIntake
from anlan.backbone.spool import Spool

from .servers import pause, until

pytestmark = pytest.mark.services


@pytest.fixture
def spool(tmp_path):
    with contextlib.closing(Spool(tmp_path / "spool")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(jetstream, "AFTER_A_FAULT_S", 0.05)
    monkeypatch.setattr(jetstream, "RECORDED_WITHIN_S", 1.0)


def taken(intake, finish=True):
    """The lines that are there now."""
    delivery = intake.take()
    if delivery is None:
        return []
    if finish:
        delivery.done()
    return list(delivery.lines)


def taken_until(intake, true):
    """Lines in the order they came, until it is true."""
    came = []
    until(lambda: came.extend(taken(intake)) or true(came), "the end of the deliveries")
    return came


def lines(first, last):
    return [b'{"number": %d}' % number for number in range(first, last + 1)]


def test_lines_arrive_in_order_and_the_spool_is_trimmed_when_they_are_recorded(bus, spool):
    spool.append(lines(1, 4500))
    forwarder, intake = Forwarder(spool, bus.url), JetStreamIntake(bus.url)
    with contextlib.closing(forwarder), contextlib.closing(intake):
        first = []
        until(lambda: first.extend(taken(intake, finish=False)) or first, "a delivery")
        assert first == lines(1, len(first))
        assert spool.committed == 0
    with (
        contextlib.closing(Forwarder(spool, bus.url)),
        contextlib.closing(JetStreamIntake(bus.url)) as other,
    ):
        came = taken_until(other, lambda _came: spool.committed == 4500)
        assert set(came) == set(lines(1, 4500))


def test_a_recorder_that_dies_leaves_its_messages_to_another(bus, spool):
    spool.append(lines(1, 10))
    with contextlib.closing(Forwarder(spool, bus.url)):
        with contextlib.closing(JetStreamIntake(bus.url)) as dying:
            until(lambda: taken(dying, finish=False), "a delivery")
        with contextlib.closing(JetStreamIntake(bus.url)) as other:
            assert taken_until(other, lambda _came: spool.committed == 10) == lines(1, 10)


def test_a_bus_that_was_away_is_found_again(bus, spool):
    with (
        contextlib.closing(Forwarder(spool, bus.url)),
        contextlib.closing(JetStreamIntake(bus.url)) as intake,
    ):
        spool.append(lines(1, 5))
        assert taken_until(intake, lambda came: len(came) == 5) == lines(1, 5)
        bus.kill()
        spool.append(lines(6, 9))
        pause(0.3)
        bus.start()
        assert set(taken_until(intake, lambda _came: spool.committed == 9)) >= set(lines(6, 9))


def test_a_bus_that_forgot_everything_is_told_again(bus, spool):
    spool.append(lines(1, 5))
    with contextlib.closing(Forwarder(spool, bus.url)):
        pause(0.5)
        bus.kill()
        bus.forget()
        bus.start()
        with contextlib.closing(JetStreamIntake(bus.url)) as intake:
            assert set(taken_until(intake, lambda _came: spool.committed == 5)) == set(lines(1, 5))


def test_another_gateway_s_numbers_are_not_taken_for_ours_when_the_stream_was_made_anew(
    bus, spool, tmp_path
):
    async def delete_it():
        async with await nats.connect(bus.url) as link:
            await link.jetstream().delete_stream(jetstream.STREAM)

    spool.append(lines(1, 2))
    with (
        contextlib.closing(Spool(tmp_path / "other")) as others,
        contextlib.closing(Forwarder(spool, bus.url)),
        contextlib.closing(Forwarder(others, bus.url)),
        contextlib.closing(JetStreamIntake(bus.url)) as intake,
    ):
        until(lambda: taken(intake, finish=False), "a delivery that is never finished")
        asyncio.run(delete_it())
        others.append(lines(100, 100))
        others.append(lines(101, 101))
        came = taken_until(intake, lambda _came: spool.committed == 2 and others.committed == 2)
        assert set(came) >= {*lines(1, 2), *lines(100, 101)}


@pytest.mark.parametrize("of_an_earlier_release", [False, True])
def test_what_waits_on_the_bus_cannot_be_purged_as_if_it_were_recorded(
    bus, spool, of_an_earlier_release
):
    async def make_it():
        async with await nats.connect(bus.url) as link:
            await link.jetstream().add_stream(
                name=jetstream.STREAM, subjects=[jetstream.SUBJECT],
                retention=RetentionPolicy.WORK_QUEUE,
            )  # fmt: skip

    async def purge_it():
        async with await nats.connect(bus.url) as link:
            with pytest.raises(APIError, match="purge"):
                await link.jetstream().purge_stream(jetstream.STREAM)

    if of_an_earlier_release:
        asyncio.run(make_it())
    spool.append(lines(1, 2))
    with (
        contextlib.closing(Forwarder(spool, bus.url)),
        contextlib.closing(JetStreamIntake(bus.url)) as intake,
    ):
        until(lambda: taken(intake, finish=False), "a delivery that is never finished")
        asyncio.run(purge_it())
        assert set(taken_until(intake, lambda _came: spool.committed == 2)) == set(lines(1, 2))


def test_a_stream_that_keeps_messages_otherwise_is_not_used_and_that_is_said(bus, spool, caplog):
    async def make_it():
        async with await nats.connect(bus.url) as link:
            await link.jetstream().add_stream(
                name=jetstream.STREAM, subjects=[jetstream.SUBJECT], max_age=60
            )

    asyncio.run(make_it())
    spool.append(lines(1, 2))
    with contextlib.closing(Forwarder(spool, bus.url)):
        until(lambda: "retention, max_age" in caplog.text, "the reason")
    assert spool.committed == 0


def test_while_nobody_records_the_gateway_holds_only_so_much_on_the_bus(bus, spool, monkeypatch):
    monkeypatch.setattr(jetstream, "OUTSTANDING", 3)
    monkeypatch.setattr(jetstream, "MESSAGE_LINES", 2)
    spool.append(lines(1, 20))
    with (
        contextlib.closing(Forwarder(spool, bus.url)),
        contextlib.closing(JetStreamIntake(bus.url)) as intake,
    ):
        held = set()
        until(lambda: held.update(taken(intake, finish=False)) or len(held) == 6, "six lines")
        pause(0.5)
        held.update(taken(intake, finish=False))
        assert held == set(lines(1, 6))
