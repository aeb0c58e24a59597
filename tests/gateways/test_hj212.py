"""The HJ 212 gateway answers only for what is in the spool, and says of the rest what is wrong."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.chinese import in_chinese
from tests.gateways.house import NOW, House, Play, full_disk

from anlan.gateways.directory import DeviceDirectory, DeviceEntry
from anlan.gateways.hj212 import Conversation
from anlan.protocols import hj212
from anlan.protocols.hj212 import Checksum, Packet
from anlan.protocols.hj212.frames import framed
from anlan.simulators.hj212_station import Hj212Station
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import BadFrame, CommandAnswer, Frame, Part
from anlan.vocabulary.readings import Command, Reading, Span

MN = "010000A8900016F000169DC0"
WATER = {Element.COD: 15.2, Element.AMMONIA_NITROGEN: None}


class WaterHouse(House):
    """A gateway for HJ 212 stations."""

    speaks = Conversation
    directory = DeviceDirectory({MN: 12345})

    def station(self, device: str = MN, password: str = "012345") -> Hj212Station:
        return Hj212Station("127.0.0.1", self.gateway.port, device, password, answer_s=5)


@pytest.fixture
def at_the_gateway(played: Callable[..., None]) -> Callable[[Play], None]:
    return lambda scene: played(scene, kind=WaterHouse)


def test_live_data_are_in_the_spool_before_they_are_answered(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: WaterHouse) -> None:
        at = NOW - timedelta(minutes=5)
        async with house.station() as station:
            assert await station.send(at, WATER)
            assert station.last_answer is not None
            assert station.last_answer.cn == "9014"
        (frame,) = house.kept()
        assert isinstance(frame, Frame)
        assert (frame.protocol, frame.device, frame.received_at) == ("hj212", MN, NOW)
        assert frame.readings == (
            Reading(MN, Element.COD, at, 15.2, NOW),
            Reading(MN, Element.AMMONIA_NITROGEN, at, None, NOW),
        )
        assert house.gateway.counters.acked == 1

    at_the_gateway(scene)


def test_an_mn_in_small_letters_is_the_same_device_and_answered_as_it_writes_itself(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: WaterHouse) -> None:
        async with house.station(MN.lower()) as station:
            assert await station.send(NOW, WATER)
        (frame,) = house.kept()
        assert isinstance(frame, Frame)
        assert {frame.device, *(reading.device for reading in frame.readings)} == {MN}

    at_the_gateway(scene)


def test_nothing_is_answered_when_the_disk_is_full(
    at_the_gateway: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(house: WaterHouse) -> None:
        station = house.station()
        station.answer_s, station.resends = 0.3, 0
        await station.connect()
        with full_disk(house, monkeypatch):
            assert not await station.send(NOW, WATER)
        assert house.kept() == []
        assert await station.send(NOW, WATER)
        await station.close()

    at_the_gateway(scene)


@pytest.mark.parametrize(
    ("device", "password", "reason"),
    [("9" * 24, "012345", "unknown_station"), (MN, "999999", "password")],
)
def test_a_stranger_is_kept_and_not_answered(
    at_the_gateway: Callable[..., None], device: str, password: str, reason: str
) -> None:
    async def scene(house: WaterHouse) -> None:
        station = house.station(device, password)
        station.answer_s, station.resends = 0.3, 0
        assert not await station.send(NOW, WATER)
        (bad,) = house.kept()
        assert isinstance(bad, BadFrame)
        assert (bad.device, bad.reason) == (device, reason)
        await station.close()

    at_the_gateway(scene)


def test_a_wrong_crc_and_a_figure_that_is_none_are_kept_with_their_reason(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: WaterHouse) -> None:
        station = house.station()
        report = station.report(NOW, WATER)
        spoilt = bytearray(hj212.encode(report))
        spoilt[-3] = ord("0") if spoilt[-3] != ord("0") else ord("1")
        await station.send_raw(bytes(spoilt))
        when, (_figure, flag), ammonia = report.content
        odd = replace(report, content=(when, (("w01018-Rtd", "--"), flag), ammonia))
        assert await station.send_message(odd)
        crc, frame, doubt = house.kept()
        assert isinstance(crc, BadFrame)
        assert (crc.device, crc.reason) == ("", "check")
        assert isinstance(frame, Frame)
        assert [reading.element for reading in frame.readings] == [Element.AMMONIA_NITROGEN]
        assert isinstance(doubt, BadFrame)
        assert (doubt.reason, doubt.detail) == ("element", "w01018-Rtd=-- is no number")
        await station.close()

    at_the_gateway(scene)


LETTERS, NONE, FIGURES = "A1b2C3", "", 12345


@pytest.mark.parametrize(
    ("known", "given", "let_in"),
    [
        (DeviceEntry(0, secret=LETTERS), LETTERS, True),
        (DeviceEntry(0, secret=LETTERS), "a1b2c3", False),
        (DeviceEntry(0, secret="000000"), "", False),
        (DeviceEntry(0, secret="000000"), "0", False),
        (DeviceEntry(0, secret="000000"), "000000", True),
        (DeviceEntry(FIGURES), "012345", True),
        (DeviceEntry(FIGURES), "", False),
        (DeviceEntry(0), "", True),
        (DeviceEntry(0), LETTERS, False),
        (DeviceEntry(0, secret=LETTERS), "", False),
    ],
)
def test_a_password_is_text_and_none_is_only_let_in_where_none_is_registered(
    at_the_gateway: Callable[..., None], known: DeviceEntry, given: str, let_in: bool
) -> None:
    async def scene(house: WaterHouse) -> None:
        house.gateway.directory = DeviceDirectory({MN: known})
        station = house.station(MN, given)
        station.answer_s, station.resends = 1, 0
        assert await station.send(NOW, WATER) is let_in
        (kept,) = house.kept()
        assert isinstance(kept, Frame if let_in else BadFrame)
        if isinstance(kept, BadFrame):
            assert (kept.reason, kept.detail) == ("password", "")
        await station.close()

    at_the_gateway(scene)


def test_a_concentrators_strangers_do_not_cost_the_others_their_line(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: WaterHouse) -> None:
        async with house.station() as station:
            report = station.report(NOW, WATER)
            for wrong in ({"mn": "9" * 24}, {"pw": "999999"}, {"content": ((("a", "b"),),)}):
                odd = hj212.encode(replace(report, **wrong))
                for _time in range(60):
                    await station.send_raw(odd)
            assert await station.send(NOW, WATER)
        assert house.gateway.counters.connections == 1
        assert house.gateway.counters.bad["unknown_station"] == 60

    at_the_gateway(scene)


def test_what_cannot_be_answered_is_refused_and_the_line_stays(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: WaterHouse) -> None:
        async with house.station() as station:
            said = f"ST=21;CN=2011;PW=012345;MN={MN};Flag=1;CP=&&QN=2020=08;w01018-Rtd=1.0&&"
            await station.send_raw(framed(said.encode(), Checksum.HJ212))
            assert await station.send(NOW, WATER)
        bad, frame = house.kept()
        assert isinstance(bad, BadFrame)
        assert isinstance(frame, Frame)
        assert (bad.device, bad.reason) == (MN, "malformed")
        assert "2020=08" in bad.detail
        assert house.gateway.counters.connections == 1

    at_the_gateway(scene)


def test_every_packet_is_on_the_disk_before_its_answer_with_what_is_certain_in_it(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: WaterHouse) -> None:
        async with house.station() as station:
            values = {Element.COD: 15.2, Element.PH: 7.1, Element.AMMONIA_NITROGEN: 0.4}
            report = station.report(NOW, values)
            when, cod, ph, (figure, flag) = report.content
            cut = replace(report, flag=(report.flag or 0) | 2, packet=Packet(2, 1))
            first = replace(cut, content=(when, cod, ph, (figure,)))
            rest = replace(cut, packet=Packet(2, 2), content=((flag,),))
            assert await station.send_message(first)
            assert await station.send_message(rest)
        frame, part, empty, last = house.kept()
        assert isinstance(frame, Frame)
        assert isinstance(empty, Frame)
        assert isinstance(part, Part)
        assert isinstance(last, Part)
        assert [reading.element for reading in frame.readings] == [Element.COD, Element.PH]
        assert empty.readings == ()
        assert (part.number, part.total, last.number) == (1, 2, 2)
        assert part.message == last.message
        assert bytes.fromhex(part.raw) == hj212.encode(first)
        assert house.gateway.counters.bad == {}

    at_the_gateway(scene)


def test_packets_without_a_qn_belong_together_as_they_follow_on_each_other(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: WaterHouse) -> None:
        async with house.station() as station:
            whole = replace(station.report(NOW, WATER), qn="", flag=3)
            for total, number in ((2, 1), (2, 2), (2, 1), (3, 2), (2, 1)):
                packet = replace(whole, packet=Packet(total, number))
                await station.send_raw(hj212.encode(packet))
            assert await station.send(NOW, WATER)
        names = [one.message for one in house.kept() if isinstance(one, Part)]
        assert names[0] == names[1]
        assert len({*names}) == 4

    at_the_gateway(scene)


def test_a_message_of_more_packets_than_are_put_together_is_kept_as_broken_off(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: WaterHouse) -> None:
        async with house.station() as station:
            many = replace(station.report(NOW, WATER), flag=7, packet=Packet(9000, 1))
            assert await station.send_message(many)
        _frame, bad = house.kept()
        assert isinstance(bad, BadFrame)
        assert bad.reason == "incomplete"

    at_the_gateway(scene)


def test_what_was_asked_of_the_past_comes_as_periods_and_not_as_readings(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: WaterHouse) -> None:
        past = (("of", "hour"), ("since", (NOW - timedelta(hours=3)).isoformat()),
                ("until", NOW.isoformat()))  # fmt: skip
        late = NOW + timedelta(hours=1)
        async with house.station() as station:
            assert await station.send(NOW, WATER)
            house.gateway.carry(Command("past", MN, "ask_period", late, past))
            house.gateway.carry(Command("self", MN, "read_information", late))
            async with asyncio.timeout(5):
                while house.gateway.orders.open(MN):
                    await station.attend(0.05)
            await asyncio.sleep(0.05)
        frames = [item for item in house.kept() if isinstance(item, Frame)]
        periods = [one for frame in frames for one in frame.periods]
        assert {one.at for one in periods} == {NOW - timedelta(hours=n) for n in (1, 2, 3)}
        assert {one.span for one in periods} == {Span.HOUR}
        figures = {one.element: (one.low, one.mean, one.high) for one in periods}
        assert figures == {element: (value,) * 3 for element, value in WATER.items()}
        assert sum(bool(frame.readings) for frame in frames) == 1  # the live report
        answers = {
            i.command: [in_chinese(one) for one in i.said]
            for i in house.kept() if isinstance(i, CommandAnswer)
        }  # fmt: skip
        assert answers == {
            "past": ["ExeRtn=1 执行成功"],
            "self": [
                "ExeRtn=1 执行成功",
                "提取/上传现场机信息",
                "PolId=w01018",
                "工作状态 i12001-Info=0",
            ],
        }

    at_the_gateway(scene)
