"""The gateway acknowledges only what is in the spool, and says of the rest what is wrong."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.gateways.house import CIQIKOU, NOW, SLEEPER, STAGE, House, full_disk

from anlan.gateways.directory import DeviceDirectory, DeviceEntry
from anlan.gateways.limits import Limits
from anlan.protocols import sl651
from anlan.protocols.sl651 import Control, Report
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import BadFrame, Frame
from anlan.vocabulary.readings import Reading


def test_a_report_is_in_the_spool_before_it_is_acknowledged(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        station = house.station()
        assert await station.send(NOW - timedelta(minutes=5), STAGE)
        (frame,) = house.kept()
        assert isinstance(frame, Frame)
        assert frame.device == CIQIKOU
        assert frame.received_at == NOW
        at = NOW - timedelta(minutes=5)
        assert frame.readings == (
            Reading(CIQIKOU, Element.STAGE, at, 194.29, NOW),
            Reading(CIQIKOU, Element.BATTERY, at, 12.5, NOW),
        )
        assert sl651.decode(bytes.fromhex(frame.raw)).serial == 1
        assert house.gateway.counters.acked == 1
        await station.close()

    played(scene)


def test_nothing_is_acknowledged_when_the_disk_is_full(
    played: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(house: House) -> None:
        station = house.station()
        station.answer_s, station.resends = 0.3, 0
        await station.connect()
        with full_disk(house, monkeypatch):
            assert not await station.send(NOW, STAGE)
        assert house.kept() == []
        assert house.gateway.counters.unspooled == 1
        assert await station.send(NOW, STAGE)
        await station.close()

    played(scene)


def test_a_station_that_sleeps_is_let_go_and_one_that_stays_is_kept(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        for device, password, end in (
            (CIQIKOU, 0x1234, Control.ESC),
            (SLEEPER, 0xA0F3, Control.EOT),
        ):
            async with house.station(device, password) as station:
                assert await station.send(NOW, STAGE)
                assert station.last_answer is not None
                assert station.last_answer.end is end
                assert station.last_answer.sent_at == NOW

    played(scene)


def test_a_frame_with_more_behind_it_is_told_to_go_on(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            message = station.report(NOW, STAGE)
            assert await station.send_message(replace(message, end=Control.ETB))
            assert station.last_answer is not None
            assert station.last_answer.end is Control.ACK

    played(scene)


def test_a_heartbeat_is_counted_kept_once_a_minute_and_never_answered(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            await station.heartbeat()
            await station.heartbeat()
            assert await station.send(NOW, STAGE)
            assert station.last_answer is not None
            assert station.last_answer.function == sl651.TIMED
        assert house.gateway.counters.heartbeats == 2
        beat, report = house.kept()
        assert (beat.device, beat.beat, beat.readings) == (CIQIKOU, True, ())
        assert not report.beat
        assert house.gateway.counters.acked == 1

    played(scene)


def test_a_test_report_is_acknowledged_and_carries_no_readings(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            assert await station.send(NOW, STAGE, function=sl651.TEST)
        (frame,) = house.kept()
        assert isinstance(frame, Frame)
        assert frame.readings == ()

    played(scene)


@pytest.mark.parametrize(
    ("device", "password", "reason"),
    [("5001069999", 0x1234, "unknown_station"), (CIQIKOU, 0x4321, "password")],
)
def test_who_may_not_report_is_kept_as_bad_and_refused(
    played: Callable[..., None], device: str, password: int, reason: str
) -> None:
    async def scene(house: House) -> None:
        async with house.station(device, password) as station:
            assert not await station.send(NOW, STAGE)
            assert station.last_answer is not None
            assert station.last_answer.end is Control.NAK
        (bad,) = house.kept()
        assert isinstance(bad, BadFrame)
        assert (bad.device, bad.reason) == (device, reason)
        assert bad.peer.startswith("127.0.0.1:")
        assert bad.peer.endswith("#1")
        assert house.gateway.counters.acked == 0
        assert house.gateway.counters.bad == {reason: 1}

    played(scene)


def test_a_new_directory_is_heard_at_once(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        async with house.station("5001069999") as station:
            assert not await station.send(NOW, STAGE)
            house.gateway.directory = DeviceDirectory({"5001069999": 0x1234})
            assert await station.send(NOW, STAGE)

    played(scene)


def test_a_wrong_crc_is_kept_not_answered_and_the_next_frame_is_taken(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            spoilt = bytearray(sl651.encode(station.report(NOW, STAGE)))
            spoilt[-1] ^= 1
            await station.send_raw(bytes(spoilt))
            assert await station.send(NOW, STAGE)
        bad, good = house.kept()
        assert isinstance(bad, BadFrame)
        assert bad.reason == "check"
        assert bytes.fromhex(bad.raw) == spoilt
        assert isinstance(good, Frame)
        assert house.gateway.counters.acked == 1

    played(scene)


def test_half_a_frame_is_kept_as_incomplete_when_the_line_ends_or_falls_silent(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            half = sl651.encode(station.report(NOW, STAGE))[:30]
            await station.send_raw(half)
            await asyncio.sleep(0.3)
            assert await station.send(NOW, STAGE)
            await station.send_raw(half)
        while len(house.kept()) < 3:
            await asyncio.sleep(0.01)
        reasons = [item.reason for item in house.kept() if isinstance(item, BadFrame)]
        assert reasons == ["incomplete", "incomplete"]

    played(scene, Limits(half_frame_s=0.1))


def test_an_unreadable_element_is_kept_beside_the_good_ones(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            spoilt = bytearray(sl651.encode(station.report(NOW, STAGE)))
            spoilt[spoilt.index(bytes.fromhex("00194290"))] = 0xAB
            spoilt[-2:] = sl651.crc(bytes(spoilt[:-2])).to_bytes(2, "big")
            await station.send_raw(bytes(spoilt))
            assert await station.send(NOW, STAGE)
        good, bad, _ = house.kept()
        assert isinstance(good, Frame)
        assert [r.element for r in good.readings] == [Element.BATTERY]
        assert isinstance(bad, BadFrame)
        assert bad.reason == "element"
        assert "39" in bad.detail

    played(scene)


def test_a_concentrator_speaks_for_others_but_not_for_those_who_have_somebody_else(
    played: Callable[..., None],
) -> None:
    stranger, guarded = "5001069999", "5001060077"

    async def scene(house: House) -> None:
        known = {CIQIKOU: 0x1234, SLEEPER: 0xA0F3, guarded: DeviceEntry(1, account=SLEEPER)}
        house.gateway.directory = DeviceDirectory(known)
        async with house.station() as station:
            items = (sl651.measured(0x39, NOW, [Decimal("194.29")]),)
            all_of = (CIQIKOU, SLEEPER, stranger, guarded)
            reports = tuple(Report(one, 0x48, items) for one in all_of)
            assert await station.send_message(station.message(sl651.TIMED, reports))
        *frames, bad = house.kept()
        assert [(frame.device, len(frame.readings)) for frame in frames] == [
            (CIQIKOU, 1), (SLEEPER, 1), (stranger, 1),
        ]  # fmt: skip
        assert isinstance(bad, BadFrame)
        assert (bad.reason, bad.device, bad.detail) == ("foreign_station", CIQIKOU, guarded)
        assert house.gateway.counters.acked == 1

    played(scene)


def test_a_centres_frame_and_half_a_body_are_kept_as_bad(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            message = station.report(NOW, STAGE)
            await station.send_raw(sl651.encode(sl651.answer(message, NOW, Control.ESC)))
            packet = bytes.fromhex("7E7E015001060001123436000716002002FFD8FFE003CC3D")
            await station.send_raw(packet)
            assert await station.send(NOW, STAGE)
        bad = [item.reason for item in house.kept() if isinstance(item, BadFrame)]
        assert bad == ["direction"]
        await asyncio.sleep(0.05)
        bad = [item.reason for item in house.kept() if isinstance(item, BadFrame)]
        assert bad == ["direction", "incomplete"]

    played(scene)


def test_many_stations_at_once_are_all_acknowledged(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        devices = {f"50010600{n:02d}": n for n in range(60)}
        house.gateway.directory = DeviceDirectory(devices)

        async def report(device: str, password: int) -> list[bool]:
            async with house.station(device, password) as station:
                return [await station.send(NOW, STAGE) for _ in range(5)]

        acked = await asyncio.gather(*(report(*device) for device in devices.items()))
        assert all(all(each) for each in acked)
        kept = house.kept()
        assert len(kept) == 300
        assert {item.device for item in kept} == set(devices)

    played(scene)


def test_what_a_station_states_by_itself_is_acknowledged_and_kept(
    played: Callable[..., None],
) -> None:
    """Nothing that is acknowledged goes without a trace: the house has no place for valves, nor for
    what somebody set on the spot, where a password may be."""

    async def scene(house: House) -> None:
        async with house.station() as station:
            said = station.report(NOW, STAGE)
            valves = replace(said, function=0x4D, reports=(), rest=b"\x01\x05")
            assert await station.send_message(valves)
            gates = replace(said, function=0x4E, reports=(), rest=bytes.fromhex("020101200000"))
            assert await station.send_message(gates)
            setting = bytes.fromhex("F1F1" + CIQIKOU + "0310ABCD")
            assert await station.send_message(
                replace(said, function=0x41, reports=(), rest=setting)
            )
        frame, bad, moved, _frame, basic = house.kept()
        assert (basic.reason, basic.detail, basic.raw) == (
            "unsupported", "function 41 of 11 bytes", "",
        )  # fmt: skip
        assert (frame.readings, bad.reason, bad.detail) == (
            (), "unsupported", "function 4D of 2 bytes",
        )  # fmt: skip
        assert {one.element: one.value for one in moved.readings} == {
            Element.GATES_OPEN: 1, Element.GATE_OPENING_1: 1.2, Element.GATE_OPENING_2: 0,
        }  # fmt: skip

    played(scene)


def test_closing_hangs_up_every_line(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.gateway.port)
        async with house.station() as station:
            assert await station.send(NOW, STAGE)
            house.gateway.close()
            assert await reader.read() == b""
        writer.close()

    played(scene)
