"""Stations over UDP: a datagram is acknowledged after the spool, to the address it came from."""

import asyncio
from dataclasses import dataclass, field

from tests.gateways.house import CIQIKOU, NOW, STAGE, full_disk

from anlan.gateways import datagrams
from anlan.protocols import sl651
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary.frames import BadFrame, Frame


@dataclass
class Radio(asyncio.DatagramProtocol):
    """A station's end: what came back to it."""

    heard: "asyncio.Queue[bytes]" = field(default_factory=asyncio.Queue)

    def datagram_received(self, data, addr):
        self.heard.put_nowait(data)


async def radio(house):
    loop = asyncio.get_running_loop()
    transport, mine = await loop.create_datagram_endpoint(
        Radio, remote_addr=("127.0.0.1", house.udp_port)
    )
    return transport, mine


async def udp(house):
    await house.gateway.listen_udp("127.0.0.1", 0)
    house.udp_port = house.gateway._udp[0].get_extra_info("sockname")[1]


def report():
    station = Sl651Station("", 0, CIQIKOU, 0x1234)
    return sl651.encode(station.report(NOW, STAGE))


def test_a_datagram_is_in_the_spool_before_it_is_answered(played):
    async def scene(house):
        await udp(house)
        transport, mine = await radio(house)
        transport.sendto(report())
        answer = sl651.decode(await asyncio.wait_for(mine.heard.get(), 5))
        assert answer.station == CIQIKOU
        (frame,) = house.kept()
        assert isinstance(frame, Frame)
        assert {reading.value for reading in frame.readings} == set(STAGE.values())
        transport.close()

    played(scene)


def test_without_room_on_the_disk_no_answer_goes_back(played, monkeypatch):
    async def scene(house):
        await udp(house)
        transport, mine = await radio(house)
        with full_disk(house, monkeypatch):
            transport.sendto(report())
            await asyncio.sleep(0.3)
        assert mine.heard.empty()
        transport.sendto(report())
        assert await asyncio.wait_for(mine.heard.get(), 5)
        transport.close()

    played(scene)


def test_noise_of_one_address_is_kept_and_another_is_heard(played):
    async def scene(house):
        await udp(house)
        (noisy, _), (quiet, mine) = await radio(house), await radio(house)
        for _ in range(datagrams.WAITING * 3):
            noisy.sendto(b"noise")
        quiet.sendto(report())
        assert await asyncio.wait_for(mine.heard.get(), 5)
        kinds = {type(line) for line in house.kept()}
        assert kinds == {BadFrame, Frame}
        noisy.close()
        quiet.close()

    played(scene)


def test_addresses_without_end_do_not_fill_the_memory(played, monkeypatch):
    monkeypatch.setattr(datagrams, "ADDRESSES", 3)
    monkeypatch.setattr(datagrams, "SILENT_S", 0.2)

    async def scene(house):
        await udp(house)
        lines = [await radio(house) for _ in range(5)]
        for transport, _mine in lines:
            transport.sendto(report())
        await asyncio.sleep(0.15)
        assert house.gateway.counters.dropped == 2
        await asyncio.sleep(0.5)
        transport, mine = lines[-1]
        transport.sendto(report())
        assert await asyncio.wait_for(mine.heard.get(), 5)
        for transport, _mine in lines:
            transport.close()

    played(scene)
