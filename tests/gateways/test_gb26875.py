"""The GB/T 26875.3 gateway confirms what is in the spool, denies strangers and carries orders."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.gateways.house import NOW, House, Play, full_disk

from anlan.gateways.directory import DeviceDirectory
from anlan.gateways.gb26875 import Conversation
from anlan.gateways.limits import Limits
from anlan.protocols import gb26875
from anlan.protocols.gb26875 import Command as Kind
from anlan.protocols.gb26875 import Entry, Message, Unit
from anlan.simulators.gb26875_unit import FIRE, NORMAL, RESET, Gb26875Unit
from anlan.vocabulary.frames import BadFrame, CommandAnswer, Frame
from anlan.vocabulary.notices import Notice, NoticeState
from anlan.vocabulary.readings import Command, Outcome, Verb

UNIT = "0000000A2B01"


class FireHouse(House):
    """A gateway for transmission units."""

    speaks = Conversation
    directory = DeviceDirectory({UNIT: 0})

    def unit(self, device: str = UNIT, answer_s: float = 5, resends: int = 0) -> Gb26875Unit:
        port = self.gateway.port
        return Gb26875Unit("127.0.0.1", port, device, answer_s=answer_s, resends=resends)


@pytest.fixture
def at_the_gateway(played: Callable[..., None]) -> Callable[[Play], None]:
    return lambda scene: played(scene, kind=FireHouse)


def test_a_fire_is_in_the_spool_before_it_is_confirmed(at_the_gateway: Callable[..., None]) -> None:
    async def scene(house: FireHouse) -> None:
        at = NOW - timedelta(seconds=8)
        async with house.unit() as unit:
            assert await unit.send_state(FIRE, at, 5, "三楼走廊")
            assert await unit.send_state(NORMAL, NOW, 5)
            assert await unit.operate(RESET, NOW)
        fire, normal, reset = house.kept()
        assert isinstance(fire, Frame)
        assert isinstance(normal, Frame)
        assert isinstance(reset, Frame)
        state, event = NoticeState, NoticeState.EVENT
        assert fire.notices == (
            Notice(UNIT, at, "gb26875:fire", state.BEGUN, "1-0/40-5", "三楼走廊"),
        )
        assert normal.notices == (Notice(UNIT, NOW, "gb26875:normal", state.ENDED, "1-0/40-5"),)
        assert reset.notices == (Notice(UNIT, NOW, "gb26875:operation.reset", event, "1-0"),)
        assert house.gateway.counters.acked == 3

    at_the_gateway(scene)


def test_what_is_not_spooled_is_not_confirmed(
    at_the_gateway: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(house: FireHouse) -> None:
        async with house.unit(answer_s=0.2) as unit:
            with full_disk(house, monkeypatch):
                assert not await unit.send_state(FIRE, NOW)
            assert await unit.send_state(FIRE, NOW)

    at_the_gateway(scene)


def test_a_stranger_is_denied_and_kept_and_may_not_have_the_clock(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: FireHouse) -> None:
        async with house.unit("00000000FFFF", answer_s=0.2) as stranger:
            assert not await stranger.send_state(FIRE, NOW)
            assert stranger.last_answer is not None
            assert stranger.last_answer.command == Kind.DENY
            assert await stranger.ask_time() is None
        first = house.kept()[0]
        assert isinstance(first, BadFrame)
        assert (first.device, first.reason) == ("00000000FFFF", "unknown_station")

    at_the_gateway(scene)


def test_a_unit_that_asks_the_time_is_told(at_the_gateway: Callable[..., None]) -> None:
    async def scene(house: FireHouse) -> None:
        async with house.unit() as unit:
            assert await unit.ask_time() == NOW

    at_the_gateway(scene)


def test_orders_are_carried_and_settled_by_their_serials(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: FireHouse) -> None:
        expires = NOW + timedelta(minutes=10)
        for n, verb in enumerate((Verb.SET_CLOCK, Verb.INSPECT, Verb.ASK_NOW, Verb.SET_INTERVAL)):
            house.gateway.carry(Command(f"c{n}", UNIT, verb, expires))
        async with house.unit() as unit:
            assert await unit.send_state(NORMAL, NOW)
            assert await unit.attend(0.3) >= 3
            assert unit.clock_set_to == NOW
            unit.refuses = True
            house.gateway.carry(Command("c9", UNIT, Verb.SET_CLOCK, expires))
            await unit.attend(0.2)
        said = {
            (one.command, one.outcome) for one in house.kept() if isinstance(one, CommandAnswer)
        }
        assert {("c0", Outcome.OK), ("c1", Outcome.OK), ("c2", Outcome.OK)} <= said
        assert {("c3", Outcome.UNSUPPORTED), ("c9", Outcome.REFUSED)} <= said
        codes = {n.code for one in house.kept() if isinstance(one, Frame) for n in one.notices}
        assert "gb26875:inspection.confirmed" in codes

    at_the_gateway(scene)


def spoilt(serial: int, unit: bytes, source: str = UNIT) -> bytes:
    """A frame that checks around an application unit that breaks the standard."""
    frame = gb26875.encode(Message(Kind.SEND, serial, source, sent_at=NOW, rest=b"\xc8" + unit[1:]))
    body = frame[2:27] + unit
    return b"@@" + body + bytes([sum(body) & 0xFF]) + b"##"


def test_of_a_spoilt_unit_the_fire_is_taken_and_what_is_refused_is_denied(
    at_the_gateway: Callable[..., None],
) -> None:
    fire = Unit(2, (Entry(1, 0, 40, 5, status=FIRE, description="", at=NOW),))
    written = gb26875.encode(Message(Kind.SEND, 1, UNIT, sent_at=NOW, unit=fire))[27:-3]
    cases = (
        (written + b"\0", Kind.CONFIRM),  # a byte too much
        (b"\x02\x02" + written[2:], Kind.DENY),  # of two objects one
        (b"\x02\x01\x01\x00", Kind.DENY),  # none
    )

    async def scene(house: FireHouse) -> None:
        async with house.unit() as unit:
            for serial, (bytes_, answer) in enumerate(cases):
                message = Message(Kind.SEND, serial, UNIT)
                said = await unit.exchange(message, spoilt(serial, bytes_))
                assert said is not None
                assert (said.command, said.serial) == (answer, serial)
            wrong_sum = bytearray(spoilt(9, written))
            wrong_sum[-3] ^= 1
            said = await unit.exchange(Message(Kind.SEND, 9, UNIT), bytes(wrong_sum))
            assert said is not None
            assert said.command == Kind.DENY
        fires = [n.code for one in house.kept() if isinstance(one, Frame) for n in one.notices]
        assert fires == ["gb26875:fire"] * 2
        bad = [(one.device, one.reason) for one in house.kept() if isinstance(one, BadFrame)]
        assert bad == [(UNIT, "malformed")] * 3 + [("", "check")]

    at_the_gateway(scene)


def test_bad_content_of_a_unit_costs_it_no_line(
    played: Callable[..., None],
) -> None:
    async def scene(house: FireHouse) -> None:
        async with house.unit() as unit:
            for serial in range(5):
                await unit.exchange(
                    Message(Kind.SEND, serial, UNIT), spoilt(serial, b"\x02\x01\x01")
                )
            assert await unit.send_state(FIRE, NOW)
            assert house.gateway.counters.connections == 1

    played(scene, Limits(garbage_in_a_row=3), kind=FireHouse)


def test_makers_own_types_are_confirmed_and_kept_as_unread(
    at_the_gateway: Callable[..., None],
) -> None:
    async def scene(house: FireHouse) -> None:
        async with house.unit() as unit:
            own = Message(Kind.SEND, 7, UNIT, sent_at=NOW, rest=bytes([200, 1, 2, 3]))
            assert await unit.exchange(own, gb26875.encode(own))
            alive = Message(Kind.SEND, 8, UNIT, sent_at=NOW)
            assert await unit.exchange(alive, gb26875.encode(alive))
        assert [one.reason for one in house.kept() if isinstance(one, BadFrame)] == ["unsupported"]
        assert house.gateway.counters.heartbeats == 1

    at_the_gateway(scene)


@pytest.mark.parametrize(
    ("sent", "at", "stated"),
    [(0, -40, -40), (None, None, 0), (-9000, -9001, -1), (60, 60, 60), (0, 4000, 0)],
)
def test_a_clock_that_is_off_is_not_believed(sent: int | None, at: int | None, stated: int) -> None:
    """Minutes against the arrival: when the frame says it was sent, and when it happened."""

    def moment(minutes: int | None) -> object:
        return None if minutes is None else NOW + timedelta(minutes=minutes)

    entry = Entry(system=1, system_address=0, status=FIRE, at=moment(at))  # type: ignore[arg-type]
    message = Message(Kind.SEND, 1, UNIT, sent_at=moment(sent), unit=Unit(1, (entry,)))  # type: ignore[arg-type]
    (notice,) = gb26875.notices(message, NOW)
    believed = 0 if stated == 60 else stated
    assert notice.at == NOW + timedelta(minutes=believed)
    assert notice.part == "1-0"
