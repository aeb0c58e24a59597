"""Orders go down the line on which their device spoke; what it answers is in the spool."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.chinese import in_chinese
from tests.gateways.house import CIQIKOU, NOW, SLEEPER, STAGE, House, full_disk
from tests.gateways.test_hj212 import MN, WATER, WaterHouse

from anlan.gateways.directory import DeviceDirectory, DeviceEntry
from anlan.protocols import sl651
from anlan.protocols.sl651 import Coding, Control
from anlan.simulators.line import OnLine
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import CommandAnswer, Frame
from anlan.vocabulary.readings import Command, Outcome, Verb

LATER = NOW + timedelta(minutes=30)


def order(
    verb: str, device: str = CIQIKOU, seconds: int | None = None, name: str = "one"
) -> Command:
    arguments = (("seconds", str(seconds)),) if seconds else ()
    return Command(name, device, verb, LATER, arguments)


def words(item: CommandAnswer) -> list[str]:
    return [in_chinese(one) for one in item.said]


def said(house: House) -> list[tuple[str, Outcome]]:
    kept = [item for item in house.kept() if isinstance(item, CommandAnswer)]
    return [(item.command, item.outcome) for item in kept]


async def until_answered(house: House, station: OnLine, count: int = 1) -> None:
    async with asyncio.timeout(5):
        while count:
            count -= await station.attend(0.05)
        while house.gateway.orders.open(station.device):
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)  # the answer's fsync


@pytest.mark.parametrize("coding", Coding)
def test_a_station_on_line_is_asked_at_once_and_its_answer_is_recorded(
    played: Callable[..., None], coding: Coding
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            station.coding = coding
            assert await station.send(NOW, STAGE)
            house.gateway.carry(order(Verb.ASK_NOW))
            await until_answered(house, station)
        assert said(house) == [("one", Outcome.SENT), ("one", Outcome.OK)]
        asked = [item for item in house.kept() if isinstance(item, Frame)][-1]
        message = sl651.decode(bytes.fromhex(asked.raw))
        assert (message.function, message.coding) == (sl651.ASK_LIVE, coding)
        assert {r.element: r.value for r in asked.readings} == STAGE
        assert house.gateway.counters.ordered == 1

    played(scene)


def test_clock_and_interval_are_set_and_what_the_station_says_is_kept(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            station.behind = timedelta(minutes=7)
            assert await station.send(NOW - timedelta(minutes=10), STAGE)
            house.gateway.carry(order(Verb.SET_CLOCK, name="clock"))
            house.gateway.carry(order(Verb.SET_INTERVAL, seconds=300, name="interval"))
            await until_answered(house, station, 2)
            assert station.behind == timedelta(0)
            assert station.running == bytes.fromhex("210805")
        answers = [item for item in house.kept() if isinstance(item, CommandAnswer)]
        last = {item.command: (item.outcome, words(item)) for item in answers}
        assert last == {
            "clock": (Outcome.OK, ["4A 发报时间 2020-08-20 08:00:00"]),
            "interval": (Outcome.OK, ["42 发报时间 2020-08-20 08:00:00", "加报时间间隔 5 min"]),
        }

    played(scene)


def test_the_past_comes_as_readings_and_settings_as_words(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        past = {
            "since": (NOW - timedelta(days=2)).isoformat(), "until": NOW.isoformat(),
            "element": "stage", "step": "60",
        }  # fmt: skip
        asked = [("past", "ask_period", past), ("set", "read_settings", {}),
                 ("state", "read_status", {}), ("one", "ask_element", {"element": "battery"}),
                 ("pump", "switch_pumps", {})]  # fmt: skip
        async with house.station() as station:
            assert await station.send(NOW, STAGE)
            for name, verb, given in asked:
                house.gateway.carry(
                    Command(name, CIQIKOU, verb, LATER, tuple(sorted(given.items())))
                )
            await until_answered(house, station, 4)
        old = [item for item in house.kept() if isinstance(item, Frame)][1].readings
        assert [r.value for r in old] == [194.29] * 49
        assert (old[0].at, old[-1].at) == (NOW - timedelta(days=2), NOW)
        answers = [item for item in house.kept() if isinstance(item, CommandAnswer)]
        last = {item.command: (item.outcome, words(item)[1:]) for item in answers}
        assert last == {
            "past": (Outcome.OK, ["stage 49个值"]),
            "set": (Outcome.OK, ["定时报时间间隔 1 h", "加报时间间隔 5 min"]),
            "state": (Outcome.OK, ["无报警", "终端箱门状态位 1", "IC卡状态位 0", "水泵状态位 0"]),
            "one": (Outcome.OK, ["battery 1个值"]),
            "pump": (Outcome.UNSUPPORTED, []),
        }

    played(scene)


def test_a_sleeping_station_is_told_when_it_wakes_and_may_then_leave(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        house.gateway.carry(order(Verb.SET_CLOCK, SLEEPER))
        await asyncio.sleep(0.05)
        assert said(house) == []
        station = house.station(SLEEPER, 0xA0F3)
        assert await station.send(NOW, {Element.BATTERY: 12.1})
        assert station.last_answer is not None
        assert station.last_answer.end is Control.ESC  # it has something to be told
        await until_answered(house, station)
        assert said(house) == [("one", Outcome.SENT), ("one", Outcome.OK)]
        assert await station.send(NOW, {Element.BATTERY: 12.1})
        assert station.last_answer.end is Control.EOT
        await station.close()

    played(scene)


def test_an_order_that_is_too_late_is_never_sent(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        house.gateway.carry(order(Verb.ASK_NOW))
        drill = clock.current()
        assert isinstance(drill, DrillClock)
        drill.move_to(LATER)
        async with house.station() as station:
            assert await station.send(LATER, STAGE)
            assert await station.attend(0.1) == 0
        assert said(house) == []

    played(scene)


def test_an_order_never_goes_to_another_devices_line_nor_twice_to_one_that_listens(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station, house.station(SLEEPER, 0xA0F3) as other:
            assert await other.send(NOW, {Element.BATTERY: 12.1})
            await other.connect()
            liar = house.station(CIQIKOU, 0x9999)
            assert not await liar.send(NOW, STAGE)  # a wrong password makes no line
            house.gateway.carry(order(Verb.ASK_NOW))
            assert await other.attend(0.1) + await liar.attend(0.1) == 0
            assert await station.send(NOW, STAGE)
            house.gateway.carry(order(Verb.ASK_NOW))
            queued = [order(Verb.ASK_NOW), order(Verb.ASK_NOW, "0000000000")]
            house.gateway.renew_orders(queued, frozenset())
            await until_answered(house, station)
            assert await station.attend(0.1) == 0
        assert said(house) == [("one", Outcome.SENT), ("one", Outcome.OK)]
        await liar.close()

    played(scene)


def test_two_stations_on_one_line_are_told_apart(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        house.gateway.directory = DeviceDirectory({CIQIKOU: 0x1234, SLEEPER: 0xA0F3})
        async with house.station() as one:
            other = house.station(SLEEPER, 0xA0F3)
            other._line = line = one._line  # a relay's: one connection for both
            assert await one.send(NOW, STAGE)
            assert await other.send(NOW, {Element.BATTERY: 12.1})
            house.gateway.carry(order(Verb.ASK_NOW, SLEEPER, name="other"))
            house.gateway.carry(order(Verb.ASK_NOW, CIQIKOU, name="one"))
            asked = [await line.hear(1), await line.hear(1)]
            assert {each.station for each in asked if each} == {CIQIKOU, SLEEPER}
            frames = [
                frame for each in asked if each for s in (one, other) for frame in s.obey(each)
            ]
            assert len(frames) == 2
            await one.send_raw(b"".join(frames))
            await asyncio.sleep(0.1)
        answers = [item for item in house.kept() if isinstance(item, CommandAnswer)]
        assert {(a.device, a.command) for a in answers if a.outcome is Outcome.OK} == {
            (CIQIKOU, "one"), (SLEEPER, "other"),
        }  # fmt: skip

    played(scene)


def test_of_two_lines_the_one_that_spoke_last_gets_the_order(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        async with house.station() as old, house.station() as new:
            assert await old.send(NOW, STAGE)
            assert await new.send(NOW, STAGE)
            house.gateway.carry(order(Verb.ASK_NOW))
            await until_answered(house, new)
            assert await old.attend(0.05) == 0

    played(scene)


def test_what_a_station_has_not_heard_is_said_again_when_it_next_speaks_three_times_in_all(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as dead:
            assert await dead.send(NOW, STAGE)
            house.gateway.carry(order(Verb.ASK_NOW))
            await asyncio.sleep(0.05)  # it has fallen asleep without hanging up
            for _woken in range(2):
                async with house.station() as deaf:
                    assert await deaf.send(NOW, STAGE)
            async with house.station() as station:
                assert await station.send(NOW, STAGE)
                assert await station.attend(0.1) == 0
        assert said(house) == [("one", Outcome.SENT)] * 3

    played(scene)


def test_a_slow_answer_counts_and_ends_the_asking(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            assert await station.send(NOW, STAGE)
            house.gateway.carry(order(Verb.ASK_NOW))
            await station.heartbeat()
            await asyncio.sleep(0.05)
            assert said(house) == [("one", Outcome.SENT)]  # within a minute it is not asked again
            drill = clock.current()
            assert isinstance(drill, DrillClock)
            drill.move_to(NOW + timedelta(minutes=2))
            await station.heartbeat()
            await asyncio.sleep(0.1)
            await until_answered(house, station, 2)
            assert said(house) == [("one", Outcome.SENT)] * 2 + [("one", Outcome.OK)]
            await station.heartbeat()
            assert await station.attend(0.1) == 0

    played(scene)


def test_nothing_leaves_while_the_disk_is_full_and_it_does_afterwards(
    played: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            assert await station.send(NOW, STAGE)
            with full_disk(house, monkeypatch):
                house.gateway.carry(order(Verb.ASK_NOW))
                assert await station.attend(0.1) == 0
            assert await station.send(NOW, STAGE)
            await until_answered(house, station)
        assert said(house) == [("one", Outcome.SENT), ("one", Outcome.OK)]

    played(scene)


def test_an_answer_that_does_not_come_to_the_disk_settles_no_order(
    played: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            assert await station.send(NOW, STAGE)
            house.gateway.carry(order(Verb.ASK_NOW))
            await asyncio.sleep(0.05)
            with full_disk(house, monkeypatch):
                assert await station.attend(0.2) == 1
                await asyncio.sleep(0.05)
            assert house.gateway.orders.open(CIQIKOU)
            drill = clock.current()
            assert isinstance(drill, DrillClock)
            drill.move_to(NOW + timedelta(minutes=2))
            assert await station.send(NOW, STAGE)  # and it is asked once more
            await until_answered(house, station)
        assert said(house) == [("one", Outcome.SENT)] * 2 + [("one", Outcome.OK)]
        assert not house.gateway.orders.open(CIQIKOU)

    played(scene)


def test_an_interval_that_the_standard_has_not_is_said_to_be_unsupported(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            assert await station.send(NOW, STAGE)
            house.gateway.carry(order(Verb.SET_INTERVAL, seconds=45))
            assert await station.attend(0.1) == 0
        assert said(house) == [("one", Outcome.UNSUPPORTED)]

    played(scene)


def test_a_data_logger_answers_by_qn_and_may_refuse(played: Callable[..., None]) -> None:
    async def scene(house: WaterHouse) -> None:
        async with house.station() as station:
            assert await station.send(NOW, WATER)
            house.gateway.carry(order(Verb.ASK_NOW, MN, name="ask"))
            house.gateway.carry(order(Verb.SET_INTERVAL, MN, 30, name="interval"))
            await until_answered(house, station, 2)
            assert station.interval_s == 30
            station.refuses = 2
            house.gateway.carry(order(Verb.SET_CLOCK, MN, name="clock"))
            await until_answered(house, station)
            assert station.clock_set_to == ""
        outcomes = dict(said(house))
        assert outcomes == {
            "ask": Outcome.OK, "interval": Outcome.OK, "clock": Outcome.REFUSED,
        }  # fmt: skip
        last = [item for item in house.kept() if isinstance(item, CommandAnswer)][-1]
        assert words(last) == ["QnRtn=2 请求被拒绝"]

    played(scene, kind=WaterHouse)


def test_what_changes_a_station_or_moves_water_is_told_in_words(
    played: Callable[..., None],
) -> None:
    told = {
        "set_work_mode": ({"mode": "2"}, ["工作方式 2"]),
        "clear_storage": ({}, []),
        "switch_pumps": ({"count": "3", "on": "1 3"}, ["1, 3号水泵开，其余关"]),
        "move_gates": ({"openings": "120 0"}, ["1号闸门开度120cm", "2号闸门关"]),
        "new_password": ({"password": "ABCD"}, ["密码 ***"]),
    }  # fmt: skip

    async def scene(house: House) -> None:
        known = {CIQIKOU: DeviceEntry(0x1234, also=frozenset({0xABCD, 0x1234}))}
        house.gateway.directory = DeviceDirectory(known)
        async with house.station() as station:
            assert await station.send(NOW, STAGE)
            for verb, (given, _words) in told.items():
                house.gateway.carry(Command(verb, CIQIKOU, verb, LATER, tuple(given.items())))
                await until_answered(house, station)
            assert station.password == 0xABCD
            assert await station.send(NOW, STAGE)
        answers = [item for item in house.kept() if isinstance(item, CommandAnswer)]
        last = {item.command: (item.outcome, words(item)[1:]) for item in answers}
        assert last == {verb: (Outcome.OK, words) for verb, (_given, words) in told.items()}

    played(scene)


BEHIND = "5001060009"


@pytest.mark.parametrize("by_relay", [False, True])
def test_an_order_for_a_station_behind_a_relay_goes_down_the_relay_s_line(
    played: Callable[..., None], by_relay: bool
) -> None:
    """The station answers in its own name, or the relay says what it said (6.6.2.7)."""

    async def scene(house: House) -> None:
        house.gateway.directory = DeviceDirectory(
            {CIQIKOU: 0x1234, BEHIND: DeviceEntry(0x5678, account=CIQIKOU)}
        )
        async with house.station() as relay:
            behind = house.station(BEHIND, 0x5678)
            reports = relay.report(NOW, STAGE).reports + behind.report(NOW, STAGE).reports
            behind._line = relay._line
            house.gateway.carry(order(Verb.SET_CLOCK, BEHIND))
            assert await relay.send_message(relay.message(sl651.TIMED, reports))
            asked = await relay._line.hear(5)
            assert asked is not None
            assert (asked.station, asked.password, asked.function) == (BEHIND, 0x5678, 0x4A)
            (own,) = behind.obey(asked)
            words = replace(relay.message(0x4A), rest=bytes.fromhex(f"F1F1{BEHIND}"))
            await relay.send_raw(sl651.encode(words) if by_relay else own)
            while house.gateway.orders.open(BEHIND):
                await asyncio.sleep(0.01)
            assert not house.gateway.orders.open(CIQIKOU)
            await asyncio.sleep(0.05)
        assert [one[1] for one in said(house)] == [Outcome.SENT, Outcome.OK]

    played(scene)
