"""As client of a broker of somebody else: its queue goes on, and it speaks for its own devices."""

import asyncio
import contextlib
import json
import random

import pytest
from tests.gateways.house import NOW
from tests.gateways.test_mqtt import MAPS, SensorHouse

from anlan.gateways import broker
from anlan.gateways.broker import BrokerLink, broker_address
from anlan.gateways.directory import DeviceDirectory, DeviceEntry
from anlan.protocols import mqtt
from anlan.protocols.framing import Rejected
from anlan.protocols.mqtt import Answer, Connack, Connect, Granted, Kind, Publish, Subscribe, wire
from anlan.vocabulary.frames import BadFrame, Frame

MIB = 1024 * 1024


class TownHouse(SensorHouse):
    """A gateway whose d1 and d2 are kept by the broker "geo", and whose d9 is not."""

    directory = DeviceDirectory(
        {"d1": DeviceEntry(0, secret="a secret", account="geo"),
         "d2": DeviceEntry(0, account="GEO"), "d9": DeviceEntry(0), "geo": DeviceEntry(0)},
        MAPS,
    )  # fmt: skip


class Foreign:
    """A broker with a queue: what is not acknowledged is sent again with every connection."""

    def __init__(self, *queue):
        self.queue = dict(enumerate(queue, 1))
        self.connections = 0

    async def _serve(self, reader, writer):
        self.connections += 1
        decoder = mqtt.MqttDecoder()
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                for part in decoder.feed(data):
                    self._hear(part, writer)
        writer.close()

    def _hear(self, part, writer):
        match part:
            case Connect():
                writer.write(mqtt.encode(Connack()))
            case Subscribe():
                writer.write(mqtt.encode(Granted(kind=Kind.SUBACK, number=1, codes=(1,))))
                for number, made in self.queue.items():
                    writer.write(made(number))
            case Answer(kind=Kind.PUBACK, number=number):
                del self.queue[number]

    @contextlib.asynccontextmanager
    async def heard_by(self, house):
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        to = broker_address(f"geo=mqtt://127.0.0.1:{port}/geohazard/#")
        task = asyncio.create_task(BrokerLink(house.gateway, to, "anlan-test").run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])
            server.close()


def says(device, payload=None, **more):
    values = {"time": NOW.isoformat(), "crack_width": 1.5} | more
    payload = payload or json.dumps(values).encode()
    topic = f"geohazard/{device}/data"
    return lambda number: mqtt.encode(Publish(topic=topic, payload=payload, qos=1, number=number))


@pytest.fixture
def at_a_broker(played, monkeypatch):
    monkeypatch.setattr(broker, "FIRST_WAIT_S", 0.05)

    def play(foreign, lines, judge):
        async def scene(house):
            async with foreign.heard_by(house), asyncio.timeout(10):
                while foreign.queue or len(house.kept()) < lines:
                    await asyncio.sleep(0.01)
            judge(house)

        played(scene, kind=TownHouse)

    return play


def no_topic(number):
    """A PUBLISH whose topic is no UTF-8: no broker should send it, and one day one does."""
    return bytes([0x32, 7, 0, 2, 0xC3, 0x28, 0, number, 0x7B])


def test_a_message_that_is_too_long_is_let_pass_and_the_queue_goes_on(at_a_broker):
    foreign = Foreign(says("d1", b"x" * (2 * MIB)), no_topic, says("d2", None, note="y" * 150_000))

    def judge(house):
        long, broken, good = house.kept()
        assert (long.reason, broken.reason) == ("too_long", "malformed")
        assert "2097178 bytes; 262144 are taken; topic geohazard/d1/data" in long.detail
        assert len(long.raw) < 300
        assert (good.device, len(good.readings)) == ("D2", 1)
        assert foreign.connections == 1
        assert house.gateway.counters.bad == {"too_long": 1, "malformed": 1}

    at_a_broker(foreign, 3, judge)


def test_a_broker_speaks_for_the_devices_that_name_it_and_for_nobody_else(at_a_broker):
    foreign = Foreign(says("d1"), says("d9"), says("geo"), says("d7"))

    def judge(house):
        frame, *bad = house.kept()
        assert (type(frame), frame.device) == (Frame, "D1")
        assert [(line.device, line.reason, line.peer) for line in bad] == [
            ("D9", "foreign_station", "geo"), ("GEO", "foreign_station", "geo"),
            ("D7", "unknown_station", "geo"),
        ]  # fmt: skip
        assert all(isinstance(line, BadFrame) and line.raw for line in bad)

    at_a_broker(foreign, 4, judge)


def test_a_long_message_about_many_strangers_is_not_kept_once_for_each(at_a_broker, monkeypatch):
    given = mqtt.TopicMap("all", "geohazard/#", MAPS[0].values, ("rows", "{device}"))
    monkeypatch.setattr(TownHouse, "directory", DeviceDirectory(dict(TownHouse.directory), [given]))
    rows = {f"stranger-{n}": {"crack_width": n} for n in range(900)}
    foreign = Foreign(says("x", json.dumps({"rows": rows}).encode()))

    def judge(house):
        assert len(house.kept()) > 500
        assert sum(len(line.raw) for line in house.kept()) < 100_000

    at_a_broker(foreign, 500, judge)


def test_noise_at_the_decoder_of_a_broker_is_packets_rejected_or_let_pass():
    chance = random.Random(7)
    for _round in range(2000):
        decoder = mqtt.BrokerDecoder()
        body = chance.randbytes(chance.randint(0, 40))
        head = bytes([chance.choice([0x30, 0x32, 0x34, 0x36, 0x20, 0x90, chance.randrange(256)])])
        size = chance.choice([len(body), chance.randrange(1 << 20)])
        stream = head + wire.variable(size) + body + chance.randbytes(chance.randint(0, 200))
        for at in range(0, len(stream), 17):
            for part in decoder.feed(stream[at : at + 17]):
                assert isinstance(part, mqtt.Packet | Rejected)
        assert decoder.pending <= len(stream)


def test_the_decoder_of_a_broker_holds_no_more_than_the_longest_packet():
    decoder = mqtt.BrokerDecoder()
    stream = says("d1", b"x" * MIB)(7) + says("d1")(8)
    found, most = [], 0
    for at in range(0, len(stream), 4096):
        found += decoder.feed(stream[at : at + 4096])
        most = max(most, decoder.pending)
    assert [type(part).__name__ for part in found] == ["Passed", "Publish"]
    assert (found[0].number, found[0].size) == (7, len(says("d1", b"x" * MIB)(7)))
    assert most < 80_000
