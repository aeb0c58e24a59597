"""The JT/T 808 gateway hears terminals that have authenticated, and answers after the spool."""

import asyncio
from collections.abc import Callable
from dataclasses import replace as replace_message
from datetime import timedelta

import pytest
from msgspec.structs import replace
from tests.chinese import in_chinese
from tests.gateways.house import NOW, House, Play, full_disk

from anlan.gateways.directory import DeviceDirectory, DeviceEntry
from anlan.gateways.jt808 import Conversation
from anlan.gateways.jt808_places import fix, signal
from anlan.gateways.limits import Limits
from anlan.protocols import jt808
from anlan.protocols.jt808 import orders
from anlan.simulators.jt808_vehicle import Jt808Vehicle
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import BadFrame, CommandAnswer, Frame, from_line, to_line
from anlan.vocabulary.readings import Command, Fix, Outcome, Position, Reading, Verb

BUS, TRUCK, NAMELESS = "013912345678", "013987654321", "013900000139"
LON, LAT = 106.46, 29.54


class Depot(House):
    """A gateway for vehicles."""

    speaks = Conversation
    directory = DeviceDirectory(
        {BUS: DeviceEntry(0, secret="a"), TRUCK: DeviceEntry(0, secret="b", gcj02=True),
         NAMELESS: 0}
    )  # fmt: skip

    def vehicle(self, device: str = BUS, edition: int = 2013, code: str = "") -> Jt808Vehicle:
        return Jt808Vehicle("127.0.0.1", self.gateway.port, device, edition, code)

    def fixes(self) -> list[Fix]:
        return [fix for item in self.kept() if isinstance(item, Frame) for fix in item.fixes]

    def stated(self) -> list[Reading]:
        return [one for item in self.kept() if isinstance(item, Frame) for one in item.readings]

    def bad(self) -> list[tuple[str, str]]:
        return [(b.device, b.reason) for b in self.kept() if isinstance(b, BadFrame)]


@pytest.fixture
def at_the_depot(played: Callable[..., None]) -> Callable[[Play], None]:
    return lambda scene: played(scene, kind=Depot)


@pytest.mark.parametrize("edition", [2013, 2019])
def test_a_terminal_registers_authenticates_and_is_placed(at_the_depot, edition: int) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle(edition=edition) as bus:
            assert await bus.sign_on()
            assert await bus.send(NOW, LON, LAT, 42.5)
            assert await bus.send_message(bus.message(0x0002))
            code = bus.code
        async with house.vehicle(edition=edition, code=code) as again:
            assert await again.sign_on()  # the code outlives the line
        (fix,) = house.fixes()
        assert [(one.element, one.value) for one in house.stated()] == [(Element.SIGNAL, -65.0)]
        assert (fix.device, fix.at, fix.position) == (BUS, NOW, Position(LON, LAT))
        assert (fix.located, fix.speed_kmh, fix.mileage_km) == (True, 42.5, 1234.5)
        assert house.bad() == []

    at_the_depot(scene)


def test_what_is_kept_of_a_frame_behind_a_lost_end_flag_is_a_frame_by_itself(at_the_depot) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            await bus.send_raw(jt808.encode(bus.message(0x0100, bus.registration))[:-1])
            assert await bus.sign_on()
        kept = [bytes.fromhex(item.raw) for item in house.kept() if isinstance(item, Frame)]
        assert [jt808.Jt808Decoder().feed(raw)[0].id for raw in kept] == [0x0100, 0x0100, 0x0102]
        assert [raw[:3].hex() for raw in kept] == ["7e0100", "7e0100", "7e0102"]

    at_the_depot(scene)


def test_a_parked_vehicle_that_says_nothing_but_that_it_is_on_line_is_kept_once_a_minute(
    at_the_depot,
) -> None:
    async def scene(house: Depot) -> None:
        drill = clock.current()
        assert isinstance(drill, clock.DrillClock)
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            signed_on = len(house.kept())
            for seconds in range(0, 190, 10):
                drill.move_to(NOW + timedelta(seconds=seconds))
                assert await bus.send_message(bus.message(0x0002))
        heard = [item.received_at - NOW for item in house.kept()[signed_on:]]
        assert heard == [timedelta(minutes=minute) for minute in (1, 2, 3)]
        assert house.gateway.counters.heartbeats == 19

    at_the_depot(scene)


def test_a_parked_vehicle_is_kept_also_after_our_clock_was_set_back(at_the_depot) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            signed_on = len(house.kept())
            clock.use(clock.DrillClock(NOW - timedelta(hours=1)))
            for _time in range(2):
                assert await bus.send_message(bus.message(0x0002))
        heard = [item.received_at - NOW for item in house.kept()[signed_on:]]
        assert heard == [timedelta(hours=-1)]

    at_the_depot(scene)


def test_who_has_not_authenticated_or_is_unknown_is_refused_and_kept(at_the_depot) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle() as early:
            assert not await early.send(NOW, LON, LAT)
        async with house.vehicle(code="0000") as liar:
            assert not await liar.sign_on()
        async with house.vehicle("013900000000") as stranger:
            assert not await stranger.sign_on()
        assert house.fixes() == []
        assert house.bad() == [
            (BUS, "not_authenticated"), (BUS, "password"), ("013900000000", "unknown_station"),
        ]  # fmt: skip

    at_the_depot(scene)


def test_the_terminal_that_registered_first_is_the_vehicle_s_and_no_other(at_the_depot) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
        entries = dict(house.directory) | {
            BUS: DeviceEntry(0, secret="a", terminal=bus.registration.identity)
        }
        house.gateway.directory = DeviceDirectory(entries)
        async with house.vehicle(code=bus.code) as again:
            assert await again.sign_on()
        async with house.vehicle() as thief:
            thief.terminal = "STOLEN"
            assert not await thief.sign_on()
            assert thief.last_answer is not None
            told = jt808.parse(thief.last_answer)
            assert isinstance(told, jt808.Registered)
            assert (told.result, told.code) == (1, "")
        house.gateway.directory = house.directory  # released
        async with house.vehicle() as new:
            new.terminal = "NEW"
            assert await new.sign_on()
        entries[BUS] = DeviceEntry(0, secret="a", terminal="ANLAN NEW")
        house.gateway.directory = DeviceDirectory(entries)
        async with house.vehicle(code=bus.code) as old:
            assert not await old.sign_on()
        assert [reason for _device, reason in house.bad()] == ["other_terminal"] * 2

    at_the_depot(scene)


@pytest.mark.parametrize("seconds", ["0", "4294967296", "86401", "-5", "", "5s", "9" * 5000])
def test_an_interval_that_no_terminal_takes_is_not_carried(at_the_depot, seconds: str) -> None:
    with pytest.raises(jt808.NotEncodable, match="allowed 5 to 86400"):
        orders.interval(seconds)

    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            order = Command(
                "1", BUS, Verb.SET_INTERVAL, NOW + timedelta(hours=1), (("seconds", seconds),)
            )
            house.gateway.carry(order)
            assert await bus.send(NOW, LON, LAT)
        answers = [item.outcome for item in house.kept() if isinstance(item, CommandAnswer)]
        assert answers == [Outcome.UNSUPPORTED]

    at_the_depot(scene)


def test_without_a_secret_nobody_is_let_in_and_no_code_is_told(at_the_depot) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle(NAMELESS) as nameless:
            assert not await nameless.sign_on()
            nameless.code = "0"
            assert not await nameless.sign_on()
        assert [reason for _device, reason in house.bad()] == ["password", "password"]

    at_the_depot(scene)


def test_a_terminal_that_asks_the_time_is_told_it_in_utc(at_the_depot) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle(edition=2019) as bus:
            assert await bus.sign_on()
            await bus.send_raw(jt808.encode(bus.message(0x0004)))
            told = jt808.parse(await bus._line.answer(lambda said: said.id == 0x8004, 2.0))
        assert isinstance(told, jt808.Time)
        assert told.at == NOW.replace(microsecond=0)

    at_the_depot(scene)


def test_a_batch_in_packets_is_a_fix_each_at_its_own_time(at_the_depot) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            places = tuple(bus.position(NOW - timedelta(minutes=n), LON, LAT) for n in range(40))
            assert await bus.send_batch(places)
        assert [fix.at for fix in house.fixes()] == [place.at for place in places]

    at_the_depot(scene)


def test_the_good_positions_of_a_batch_are_taken_and_the_bad_one_is_kept_as_such(
    at_the_depot,
) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            places = tuple(bus.position(NOW - timedelta(minutes=n), LON, LAT) for n in range(3))
            whole = bus.message(0x0704, jt808.Batch(1, places))
            size = (len(whole.body) - 3) // 3 - 2
            spoilt = bytearray(whole.body)
            spoilt[3 + 2 * (2 + size) + 2 + 22 : 3 + 2 * (2 + size) + 2 + 28] = b"\xff" * 6
            assert await bus.send_message(replace_message(whole, body=bytes(spoilt)))
        assert [fix.at for fix in house.fixes()] == [place.at for place in places[:2]]
        assert house.bad() == [(BUS, "malformed")]

    at_the_depot(scene)


def test_a_call_for_help_counts_without_a_place_and_without_a_clock(at_the_depot) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            bus.alarm = 1
            for at, spoilt in ((8, b"\xff" * 8), (22, b"\0" * 6)):
                body = bytearray(jt808.written(bus.position(NOW, LON, LAT)))
                body[at : at + len(spoilt)] = spoilt
                message = replace_message(bus.message(0x0200), body=bytes(body))
                assert await bus.send_message(message)
        nowhere, timeless = house.fixes()
        assert (nowhere.position, nowhere.located, nowhere.alarm) == (None, False, 1)
        assert (timeless.position, timeless.at, timeless.alarm) == (Position(LON, LAT), NOW, 1)

    at_the_depot(scene)


def test_of_a_hundred_packets_and_more_all_that_are_missing_are_asked_for(
    at_the_depot,
) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            whole = replace_message(bus.message(0x0704), body=bytes(200 * 1023))
            last = jt808.divided(whole)[-1]
            await bus.send_raw(jt808.encode(last))
            asked = jt808.parse(await bus._line.answer(lambda said: said.id == 0x8003, 2.0))
        assert isinstance(asked, jt808.Missing)
        assert asked.packets == tuple(range(1, 200))

    at_the_depot(scene)


def test_a_last_packet_that_does_not_come_is_asked_for_and_its_fellows_are_kept_as_bad(
    at_the_depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anlan.protocols.jt808.packets.PATIENCE_S", 0.15)

    async def asked(bus: Jt808Vehicle) -> jt808.Body | None:
        return jt808.parse(await bus._line.answer(lambda said: said.id == 0x8003, 5.0))

    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            places = tuple(bus.position(NOW - timedelta(minutes=n), LON, LAT) for n in range(40))
            first, last = jt808.divided(bus.message(0x0704, jt808.Batch(1, places)))
            for _time in range(2):
                await bus.send_raw(jt808.encode(first))
                assert await asked(bus) == jt808.Missing(first.serial, (2,))
            await bus.send_raw(jt808.encode(last))
            await bus._line.answer(lambda said: said.id == 0x8001, 5.0)
            assert [fix.at for fix in house.fixes()] == [place.at for place in places]
            await bus.send_raw(jt808.encode(last))
            await asyncio.sleep(0.4)
            assert house.bad() == [], "what comes twice is not missed"
            first, _last = jt808.divided(bus.message(0x0704, jt808.Batch(1, places)))
            await bus.send_raw(jt808.encode(first))
            for _time in range(2):
                assert await asked(bus) == jt808.Missing(first.serial, (2,))
            async with asyncio.timeout(5):
                while not house.bad():
                    await asyncio.sleep(0.05)
            await bus.send_raw(jt808.encode(first))
            await asyncio.sleep(0.05)
        async with asyncio.timeout(5):
            while len(house.bad()) < 2:
                await asyncio.sleep(0.05)
        bad = [one for one in house.kept() if isinstance(one, BadFrame)]
        assert [(one.device, one.reason) for one in bad] == [(BUS, "incomplete")] * 2
        assert {one.raw for one in bad} == {jt808.encode(first).hex().upper()}
        assert [one.detail for one in bad] == [
            "packet 2 of 2 did not come", "the line ended before every packet had come",
        ]  # fmt: skip

    at_the_depot(scene)


def test_a_message_too_large_is_refused_with_the_reason_and_the_line_stays(at_the_depot) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            photo = replace_message(bus.message(0x0801), body=bytes(600 * 1023))
            for packet in jt808.divided(photo)[:3]:
                await bus.send_raw(jt808.encode(packet))
            bus._serial += 3
            told = await bus._line.answer(lambda said: said.id == 0x8001, 2.0)
            assert jt808.parse(told) == jt808.Answer(photo.serial, 0x0801, 1)
            assert await bus.send(NOW, LON, LAT)
            assert house.gateway.counters.connections == 1
        assert house.bad() == [(BUS, "too_long")]

    at_the_depot(scene)


def test_a_long_batch_is_spooled_in_lines_that_a_spool_takes(played: Callable[..., None]) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            bus.answer_s = 30
            here = replace_message(bus.position(NOW, LON, LAT), items=())
            places = tuple(
                replace_message(here, at=NOW - timedelta(seconds=n)) for n in range(6500)
            )
            assert await bus.send_batch(places)
            assert house.gateway.counters.connections == 1
        assert [fix.at for fix in house.fixes()] == [place.at for place in places]
        assert max(len(to_line(item)) for item in house.kept()) < 1 << 20

    played(scene, Limits(bytes_per_s=1 << 30), kind=Depot)


def test_alarms_that_swell_beyond_any_line_cost_no_line(at_the_depot) -> None:
    """A byte of a tyre alarm may come to a notice of a hundred: such a report is refused whole."""

    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            place = bus.position(NOW, LON, LAT)
            stamp = bytes.fromhex("200820080000")
            head = bytes(4) + b"\x01" + bytes(11) + stamp + bytes(18) + bytes([20])
            items = (jt808.Item(0x66, head + (b"\0" + b"\xff" * 8) * 20),) * 4
            swollen = (replace_message(place, items=items),) * 10
            bus.answer_s, bus.resends = 1.0, 0
            assert not await bus.send_batch(swollen)
            await bus.sign_on()
            assert await bus.send(NOW, LON, LAT)
        assert house.bad() == [(BUS, "too_long")]

    at_the_depot(scene)


def test_nothing_is_acknowledged_when_the_disk_is_full(
    at_the_depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(house: Depot) -> None:
        bus = house.vehicle()
        assert await bus.sign_on()
        bus.answer_s, bus.resends = 0.3, 0
        with full_disk(house, monkeypatch):
            assert not await bus.send(NOW, LON, LAT)
        assert house.fixes() == []
        await bus.close()

    at_the_depot(scene)


def test_a_terminal_that_reports_in_gcj02_is_put_right(at_the_depot) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle(TRUCK) as truck:
            assert await truck.sign_on()
            assert await truck.send(NOW, 116.410244, 39.916404)  # a pair that is published
        (fix,) = house.fixes()
        assert fix.position.lon == pytest.approx(116.404, abs=2e-6)
        assert fix.position.lat == pytest.approx(39.915, abs=2e-6)

    at_the_depot(scene)


def test_orders_go_down_and_their_answers_are_matched(at_the_depot) -> None:
    verbs = [
        (Verb.ASK_NOW, ()), (Verb.SET_INTERVAL, (("seconds", "30"),)), ("ask_parameters", ()),
        ("control", (("command", "4"),)), ("say", (("words", "前方道路积水，请绕行"),)),
        (Verb.SET_CLOCK, ()), ("control", (("command", "3"),)),
        ("set_parameter", (("code", "0055"), ("value", "80"))),
        ("shut_down", ()), ("terminal_factory_settings", ()), ("close_data", ()),
        ("close_radio", ()),
    ]  # fmt: skip
    unsupported = ("5", "6")

    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            assert await bus.send(NOW, LON, LAT)
            for n, (verb, arguments) in enumerate(verbs):
                order = Command(str(n), BUS, verb, NOW + timedelta(hours=1), arguments)
                house.gateway.carry(order)
                async with asyncio.timeout(5):
                    while not await bus.attend(0.05) and str(n) not in unsupported:
                        pass
                assert bus.signed_on or await bus.sign_on()
            await asyncio.sleep(0.1)
        ids = [m.id for m in bus.heard]
        assert ids == [0x8201, 0x8103, 0x8104, 0x8105, 0x8300, 0x8103, *[0x8105] * 4]
        told = [jt808.parse(m).command for m in bus.heard if m.id == 0x8105]
        assert told == [4, 3, 5, 6, 7]
        answers = [i for i in house.kept() if isinstance(i, CommandAnswer)]
        said = {a.command: a.outcome for a in answers}
        done = [*"012347", "8", "9", "10", "11"]
        assert said == (
            dict.fromkeys(done, Outcome.OK) | dict.fromkeys(unsupported, Outcome.UNSUPPORTED)
        )
        assert "缺省时间汇报间隔 30 s" in [in_chinese(one) for a in answers for one in a.said]

    at_the_depot(scene)


def test_a_terminal_that_is_restarted_answers_hangs_up_and_signs_on_again(at_the_depot) -> None:
    async def scene(house: Depot) -> None:
        async with house.vehicle() as bus:
            assert await bus.sign_on()
            for name, verb, given in (
                ("restart", "control", (("command", "4"),)), ("off", "shut_down", ()),
            ):  # fmt: skip
                house.gateway.carry(Command(name, BUS, verb, NOW + timedelta(hours=1), given))
                assert await bus.attend(5) == 1
                assert not bus.signed_on
                code = bus.code
                assert await bus.sign_on()
                assert bus.code == code
                assert await bus.send(NOW, LON, LAT)
            bus.parameters = {0x0029: b"\0\0\0\x1e"}
            order = Command("new", BUS, "terminal_factory_settings", NOW + timedelta(hours=1))
            house.gateway.carry(order)
            assert await bus.attend(5) == 1
            assert (bus.code, bus.parameters, bus.signed_on) == ("", {}, False)
            assert await bus.sign_on()
        answers = [i for i in house.kept() if isinstance(i, CommandAnswer)]
        done = [a.command for a in answers if a.outcome is Outcome.OK]
        assert done == ["restart", "off", "new"]
        assert house.gateway.counters.connections == 4

    at_the_depot(scene)


def test_fixes_survive_the_spool() -> None:
    place = jt808.Position(0, 2, LAT, LON, 250, 42.5, 90, NOW)
    frame = Frame("jt808", BUS, NOW, "7E7E", (), (fix(BUS, place, False, NOW),))
    assert from_line(to_line(frame)) == frame
    assert b"fixes" not in to_line(replace(frame, fixes=()))


@pytest.mark.parametrize(("csq", "dbm"), [(0, -113.0), (31, -51.0), (67, None), (99, None)])
def test_a_terminal_s_signal_is_a_modem_s_figure_or_none(csq: int, dbm: float | None) -> None:
    items = (jt808.Item(0x30, bytes([csq])),)
    place = jt808.Position(0, 2, LAT, LON, 250, 42.5, 90, NOW, items)
    assert [reading.value for reading in signal(BUS, place, NOW)] == [dbm] * (dbm is not None)
