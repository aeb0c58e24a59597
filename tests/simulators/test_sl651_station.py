"""A simulated station does as 6.3 of the standard asks: resends, gives up, hangs up, goes on."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import pytest

from anlan.protocols import sl651
from anlan.protocols.sl651 import Control, Message
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.elements import Element

NOW = datetime(2020, 8, 19, 20, 10, 30, tzinfo=CHINA)
OBSERVED = datetime(2020, 8, 19, 20, 10, tzinfo=CHINA)
Centre = Callable[[list[Message], asyncio.StreamWriter], Awaitable[None]]


def at_centre(centre: Centre, scene: Callable[[Sl651Station], Awaitable[None]]) -> list[Message]:
    """Play the scene against a centre that is called after every frame with all heard so far."""
    clock.use(DrillClock(NOW))
    heard: list[Message] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        decoder = sl651.Sl651Decoder()
        while data := await reader.read(4096):
            for part in decoder.feed(data):
                assert isinstance(part, Message)
                heard.append(part)
                await centre(heard, writer)
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(listen, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        station = Sl651Station("127.0.0.1", port, "5001060001", 0x1234, answer_s=0.2)
        async with asyncio.timeout(20):
            await scene(station)
        await station.close()
        server.close()

    asyncio.run(run())
    return heard


def answering(end: Control) -> Centre:
    async def centre(heard: list[Message], writer: asyncio.StreamWriter) -> None:
        writer.write(sl651.encode(sl651.answer(heard[-1], NOW, end)))

    return centre


async def silent(heard: list[Message], writer: asyncio.StreamWriter) -> None:
    pass


def test_values_are_sent_in_the_standards_width_with_their_time() -> None:
    async def scene(station: Sl651Station) -> None:
        values = {Element.STAGE: 194.2904, Element.RAIN_HOUR: None, Element.BATTERY: 12.5}
        assert await station.send(OBSERVED, values)

    (message,) = at_centre(answering(Control.ESC), scene)
    assert message.sent_at == NOW
    readings = sl651.readings(message, NOW)
    assert [(r.element, r.value, r.at) for r in readings] == [
        (Element.STAGE, 194.29, OBSERVED),
        (Element.RAIN_HOUR, None, OBSERVED),
        (Element.BATTERY, 12.5, OBSERVED),
    ]


def test_serials_go_up_and_around_and_a_heartbeat_repeats_the_last() -> None:
    async def scene(station: Sl651Station) -> None:
        station._serial = 0xFFFE
        for _ in range(2):
            assert await station.send(OBSERVED, {Element.STAGE: 1})
        await station.heartbeat()
        assert await station.send(OBSERVED, {Element.STAGE: 1})

    async def centre(heard: list[Message], writer: asyncio.StreamWriter) -> None:
        if heard[-1].function != sl651.HEARTBEAT:
            await answering(Control.ESC)(heard, writer)

    heard = at_centre(centre, scene)
    assert [m.serial for m in heard] == [0xFFFF, 1, 1, 2]


def test_silence_is_answered_by_two_resends_of_the_same_frame() -> None:
    async def scene(station: Sl651Station) -> None:
        assert not await station.send(OBSERVED, {Element.STAGE: 1})

    heard = at_centre(silent, scene)
    assert len(heard) == 3
    assert len({m.raw for m in heard}) == 1


@pytest.mark.parametrize(("end", "acked"), [(Control.ESC, True), (Control.NAK, False)])
def test_an_answer_ends_the_waiting(end: Control, acked: bool) -> None:
    async def scene(station: Sl651Station) -> None:
        assert await station.send(OBSERVED, {Element.STAGE: 1}) is acked

    assert len(at_centre(answering(end), scene)) == 1


def test_an_answer_to_another_frame_is_not_taken() -> None:
    async def centre(heard: list[Message], writer: asyncio.StreamWriter) -> None:
        other = replace(heard[-1], serial=99)
        writer.write(sl651.encode(sl651.answer(other, NOW, Control.ESC)))

    async def scene(station: Sl651Station) -> None:
        assert not await station.send(OBSERVED, {Element.STAGE: 1})

    at_centre(centre, scene)


def test_a_centre_that_hangs_up_is_called_again() -> None:
    async def centre(heard: list[Message], writer: asyncio.StreamWriter) -> None:
        if len(heard) == 1:
            writer.close()
        else:
            await answering(Control.EOT)(heard, writer)

    async def scene(station: Sl651Station) -> None:
        assert await station.send(OBSERVED, {Element.STAGE: 1})
        assert await station.send(OBSERVED, {Element.STAGE: 2})

    assert len(at_centre(centre, scene)) == 3


def test_where_nobody_listens_the_caller_is_told() -> None:
    async def scene() -> None:
        async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()

        server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        await server.wait_closed()
        station = Sl651Station("127.0.0.1", port, "5001060001", 0x1234)
        with pytest.raises(ConnectionRefusedError):
            await station.send(OBSERVED, {Element.STAGE: 1})

    asyncio.run(scene())
