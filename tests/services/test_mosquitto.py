"""Against Eclipse Mosquitto: we as client of its broker, its client at our listener."""

import asyncio
import contextlib
import json
import shutil

import pytest
from tests.gateways.house import full_disk, open_house
from tests.gateways.test_broker import TownHouse

from anlan.gateways import broker
from anlan.gateways.broker import BrokerLink, broker_address
from anlan.gateways.limits import Limits
from anlan.simulators.mqtt_sensor import MqttSensor
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame

from .servers import Mosquitto, mosquitto_pub

pytestmark = pytest.mark.services
TOPIC = "geohazard/d1/data"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(broker, "FIRST_WAIT_S", 0.1)
    monkeypatch.setattr(broker, "LONGEST_WAIT_S", 0.2)


@pytest.fixture
def mosquitto(tmp_path):
    if Mosquitto.program is None:
        pytest.skip("Mosquitto is not installed here")
    folder = tmp_path / "mosquitto"
    folder.mkdir()
    server = Mosquitto(folder)
    server.start()
    yield server
    server.stop()


def said(width):
    return json.dumps({"time": clock.now().isoformat(), "crack_width": width})


def widths(house):
    frames = [line for line in house.kept() if isinstance(line, Frame)]
    return [r.value for frame in frames for r in frame.readings if r.element is Element.CRACK_WIDTH]


@contextlib.asynccontextmanager
async def linked(house, server):
    to = broker_address(f"geo=mqtt://anlan:a%20secret@127.0.0.1:{server.port}/geohazard/+/data")
    task = asyncio.create_task(BrokerLink(house.gateway, to, "anlan-test").run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def publish(server, width):
    async with MqttSensor("127.0.0.1", server.port, "anlan", "a secret") as sensor:
        assert await sensor.publish(TOPIC, said(width).encode())


def played(tmp_path, scene):
    async def run():
        async with asyncio.timeout(40), open_house(tmp_path, Limits(), TownHouse) as house:
            await scene(house)

    asyncio.run(run())


def test_what_was_published_while_we_were_away_comes_and_what_was_not_kept_comes_again(
    tmp_path, mosquitto, monkeypatch
):
    async def scene(house):
        async with linked(house, mosquitto):
            async with asyncio.timeout(10):
                while not widths(house):  # until our subscription stands
                    await publish(mosquitto, 1.0)
        await publish(mosquitto, 2.0)
        with full_disk(house, monkeypatch):
            async with linked(house, mosquitto):
                async with asyncio.timeout(10):
                    while not house.gateway.counters.unspooled:
                        await asyncio.sleep(0.02)
        acked = house.gateway.counters.acked
        assert 2.0 not in widths(house)
        async with linked(house, mosquitto):
            async with asyncio.timeout(10):
                while 2.0 not in widths(house) or house.gateway.counters.acked == acked:
                    await asyncio.sleep(0.02)
        async with linked(house, mosquitto):
            await asyncio.sleep(0.3)
        assert widths(house).count(2.0) == 1  # acknowledged, so it does not come again

    played(tmp_path, scene)


def test_a_wrong_password_is_said_without_saying_it(tmp_path, mosquitto, caplog):
    async def scene(house):
        to = broker_address(f"geo=mqtt://anlan:hunter2@127.0.0.1:{mosquitto.port}/geohazard/#")
        task = asyncio.create_task(BrokerLink(house.gateway, to, "anlan-test").run())
        async with asyncio.timeout(10):
            while "refused us" not in caplog.text:
                await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.wait([task])
        assert "hunter2" not in caplog.text + repr(to)

    played(tmp_path, scene)


@pytest.mark.skipif(shutil.which("mosquitto_pub") is None, reason="mosquitto_pub is not here")
@pytest.mark.parametrize("version", ["mqttv311", "mqttv5"])
def test_mosquitto_s_client_at_our_listener(tmp_path, version):
    async def scene(house):
        own = ("-u", "d1", "-V", version, "-P")
        words = (house.gateway.port, TOPIC, said(3.5))
        assert await asyncio.to_thread(mosquitto_pub, *words, *own, "a secret") == 0
        assert widths(house) == [3.5]
        assert await asyncio.to_thread(mosquitto_pub, *words, *own, "wrong") != 0
        assert widths(house) == [3.5]

    played(tmp_path, scene)
