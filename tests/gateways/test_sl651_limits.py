"""A client that misbehaves at the gateway hurts only itself."""

import asyncio
import contextlib
import socket
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from tests.gateways.house import CIQIKOU, NOW, STAGE, House

from anlan.gateways.limits import Limits
from anlan.protocols import sl651
from anlan.vocabulary.frames import BadFrame, Frame


def test_a_client_of_noise_is_cut_off_and_the_others_go_on(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        good = house.station()
        await good.connect()
        line, noisy = await asyncio.open_connection("127.0.0.1", house.gateway.port)
        for _ in range(3):
            noisy.write(b"noise")
            await asyncio.sleep(0.05)
        assert await line.read() == b""
        assert await good.send(NOW, STAGE)
        assert house.gateway.counters.bad["garbage"] == 3
        assert house.gateway.counters.connections == 2
        await good.close()
        noisy.close()

    played(scene, Limits(garbage_in_a_row=3))


def test_a_concentrator_is_not_cut_off_for_the_bad_frames_of_one_of_its_stations(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        stranger = house.station("5001069999")
        async with house.station() as good:
            unknown = sl651.encode(stranger.report(NOW, STAGE))
            spoilt = bytearray(sl651.encode(good.report(NOW, STAGE)))
            spoilt[-1] ^= 1
            for frames in (unknown * 60, bytes(spoilt) * 60):
                await good.send_raw(frames)
                assert await good.send(NOW, STAGE)
        bad = Counter((one.reason, one.device) for one in house.kept() if isinstance(one, BadFrame))
        assert bad == {("unknown_station", "5001069999"): 60, ("check", CIQIKOU): 60}
        assert house.gateway.counters.connections == 1

    played(scene)


def test_noise_from_one_address_does_not_fill_the_disk(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        for _ in range(20):
            async with house.station("5001069999") as station:
                assert not await station.send(NOW, STAGE)
        async with house.station() as station:
            assert await station.send(NOW, STAGE)
        kept = house.kept()
        assert sum(isinstance(item, BadFrame) for item in kept) <= 14  # a minute may turn
        assert isinstance(kept[-1], Frame)
        assert house.gateway.counters.bad["unknown_station"] == 20
        assert house.gateway.counters.unkept >= 6

    played(scene, Limits(bad_kept_per_minute=7))


def test_what_is_doubted_in_a_thanked_frame_is_kept_however_much_noise_there_is(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        async with house.station("9999999999") as stranger:
            for _ in range(3):
                await stranger.send(NOW, STAGE)
        async with house.station() as station:
            for minutes in range(2, 5):  # observed after it was sent: no reading
                assert await station.send(NOW + timedelta(minutes=minutes), STAGE)
        bad = [line for line in house.kept() if isinstance(line, BadFrame)]
        assert [one.reason for one in bad] == ["unknown_station", *3 * ["out_of_range"]]
        assert all(len(sl651.decode(bytes.fromhex(one.raw)).reports) == 1 for one in bad)

    played(scene, Limits(bad_kept_per_minute=1))


def test_a_fast_client_is_slowed_and_loses_nothing(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            frames = b"".join(sl651.encode(station.report(NOW, STAGE)) for _ in range(100))
            loop = asyncio.get_running_loop()
            began = loop.time()
            await station.send_raw(frames)
            while house.gateway.counters.acked < 100:
                await asyncio.sleep(0.01)
            assert loop.time() - began > len(frames) / 20_000 / 2
        assert len(house.kept()) == 100

    played(scene, Limits(bytes_per_s=20_000, read_bytes=500))


def test_a_client_that_never_takes_its_answers_is_hung_up(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        line.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(line, ("127.0.0.1", house.gateway.port))
        frames = sl651.encode(house.station().report(NOW, STAGE)) * 10_000
        with contextlib.suppress(ConnectionError):
            await loop.sock_sendall(line, frames)
            while True:
                await loop.sock_sendall(line, b"x")
                await asyncio.sleep(0.02)
        line.close()
        async with house.station() as station:
            assert await station.send(NOW, STAGE)

    played(scene, Limits(write_s=0.2, bytes_per_s=10**9))


def test_an_idle_line_is_hung_up(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.gateway.port)
        assert await reader.read() == b""
        writer.close()

    played(scene, Limits(idle_s=0.1))


def test_more_connections_than_allowed_are_turned_away(played: Callable[..., None]) -> None:
    async def scene(house: House) -> None:
        async with house.station() as station:
            assert await station.send(NOW, STAGE)
            reader, writer = await asyncio.open_connection("127.0.0.1", house.gateway.port)
            assert await reader.read() == b""
            writer.close()
            assert await station.send(NOW, STAGE)
        assert house.gateway.counters.refused_connections == 1

    played(scene, Limits(connections=1))
