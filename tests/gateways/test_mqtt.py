"""The MQTT gateway: PUBACK comes after the spool; who misbehaves hurts only itself."""

import asyncio
import json
from datetime import timedelta

import pytest
from tests.gateways.house import NOW, House, full_disk

from anlan.gateways.broker import BadBroker, broker_address
from anlan.gateways.directory import DeviceDirectory, DeviceEntry
from anlan.gateways.limits import Limits
from anlan.gateways.mqtt import Conversation
from anlan.protocols import mqtt
from anlan.protocols.mqtt import LEVEL_5, LEVEL_311, Answer, Kind
from anlan.protocols.mqtt.written import read_map
from anlan.simulators.mqtt_sensor import MqttSensor, Refused
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import BadFrame, CommandAnswer, Frame
from anlan.vocabulary.readings import Command, Outcome, Reading

CRACK = {Element.CRACK_WIDTH: 3.5, Element.RAIN_HOUR: None}
MAPS = [
    read_map(
        {"name": "geohazard", "topic": "geohazard/{device}/data", "time": "$.time",
         "values": "$.crack_width crack_width\n$.rain_hour rain_hour", "no_data": "-9999"}
    ),
]  # fmt: skip


class SensorHouse(House):
    """A gateway for MQTT sensors: d1, and an agent that reports for d2."""

    speaks = Conversation
    directory = DeviceDirectory(
        {
            "d1": DeviceEntry(0, secret="a secret"),
            "agent": DeviceEntry(1234),
            "d2": DeviceEntry(0, account="agent"),
            "open": DeviceEntry(0),
        },
        MAPS,
    )

    def station(self, device="d1", password="a secret", **more):
        return MqttSensor("127.0.0.1", self.gateway.port, device, password, answer_s=2, **more)


@pytest.fixture
def at_the_gateway(played):
    return lambda scene, **more: played(scene, kind=SensorHouse, **more)


@pytest.mark.parametrize("level", [LEVEL_311, LEVEL_5])
@pytest.mark.parametrize("qos", [1, 2])
def test_a_message_is_in_the_spool_before_it_is_acknowledged(at_the_gateway, level, qos):
    async def scene(house):
        at = NOW - timedelta(minutes=5)
        said = json.dumps({"time": at.isoformat(), "crack_width": 3.5, "rain_hour": -9999})
        async with house.station(level=level) as sensor:
            assert await sensor.publish("geohazard/d1/data", said.encode(), qos)
            (frame,) = house.kept()
        assert (frame.protocol, frame.device, frame.received_at) == ("mqtt", "D1", NOW)
        assert frame.readings == (
            Reading("D1", Element.CRACK_WIDTH, at, 3.5, NOW),
            Reading("D1", Element.RAIN_HOUR, at, None, NOW),
        )
        packet = mqtt.decode(bytes.fromhex(frame.raw), level)
        assert (packet.topic, packet.qos) == ("geohazard/d1/data", qos)

    at_the_gateway(scene)


def test_a_sensor_that_hears_nothing_says_it_again_on_a_new_line(at_the_gateway):
    async def scene(house):
        heard = []

        async def mute(reader, writer):
            heard.append(await reader.read(10))
            if len(heard) > 1:
                writer.close()
                return
            await reader.read()

        deaf = await asyncio.start_server(mute, "127.0.0.1", 0)
        port = deaf.sockets[0].getsockname()[1]
        sensor = MqttSensor("127.0.0.1", port, "d1", "a secret", answer_s=0.2, resends=2)
        assert not await sensor.publish("geohazard/d1/data", b"{}")
        assert [one[:1] for one in heard] == [b"\x10"] * 3  # each time it introduced itself
        deaf.close()
        with pytest.raises(ConnectionRefusedError):
            await sensor.publish("geohazard/d1/data", b"{}")

    at_the_gateway(scene)


@pytest.mark.parametrize("level", [LEVEL_311, LEVEL_5])
def test_a_packet_that_is_too_long_ends_the_line_and_is_said_to_be_that(at_the_gateway, level):
    async def scene(house):
        reader, writer = await asyncio.open_connection("127.0.0.1", house.gateway.port)
        hello = mqtt.Connect(client="x", level=level, username="d1", password=b"a secret")
        long = mqtt.Publish(topic="geohazard/d1/data", payload=b"1" * 5000, qos=1, number=1)
        writer.write(mqtt.encode(hello) + mqtt.encode(long, level))
        accepted, *said = mqtt.BrokerDecoder(level).feed(await reader.read())
        writer.close()
        (bad,) = house.kept()
        assert (bad.reason, bad.device) == ("too_long", "D1")
        assert "4096 are taken" in bad.detail
        assert accepted.properties == (((0x27, 4096),) if level == LEVEL_5 else ())
        assert [packet.code for packet in said] == ([0x95] if level == LEVEL_5 else [])

    at_the_gateway(scene, limits=Limits(longest_packet=4096))


def test_without_room_on_the_disk_nothing_is_acknowledged(at_the_gateway, monkeypatch):
    async def scene(house):
        async with house.station(resends=0) as sensor:
            sensor.answer_s = 0.4
            with full_disk(house, monkeypatch):
                assert not await sensor.send(NOW, CRACK)
            assert await sensor.send(NOW, CRACK)
        assert len(house.kept()) == 1

    at_the_gateway(scene)


def test_a_number_whose_message_was_not_kept_is_not_taken_for_a_duplicate(
    at_the_gateway, monkeypatch
):
    async def scene(house):
        said = mqtt.encode(mqtt.Publish(topic="geohazard/d1/data", payload=b'{"crack_width": 1, '
                           b'"time": "2020-08-20T07:00:00+08:00"}', qos=2, number=7))  # fmt: skip
        async with house.station() as sensor:
            with full_disk(house, monkeypatch):
                await sensor.send_raw(said)
                with pytest.raises(ConnectionResetError):
                    await sensor._line.answer(lambda _part: True, 2)
        async with house.station() as sensor:
            await sensor.send_raw(said)
            await sensor._line.answer(lambda part: isinstance(part, Answer), 2)
        assert len(house.kept()) == 1

    at_the_gateway(scene)


def test_a_duplicate_at_qos_2_before_its_release_is_kept_once(at_the_gateway):
    async def scene(house):
        async with house.station() as sensor:
            said = mqtt.Publish(topic="geohazard/d1/data", payload=b'{"crack_width": 1, "time":'
                                b'"2020-08-20T07:00:00+08:00"}', qos=2, number=7)  # fmt: skip
            for _ in range(2):
                await sensor.send_raw(mqtt.encode(said))
                await sensor._line.answer(lambda part: sensor.answers(part, said), 2)
            await sensor.send_raw(mqtt.encode(Answer(kind=Kind.PUBREL, number=7)))
            await sensor._line.answer(lambda part: part.kind is Kind.PUBCOMP, 2)
        assert len(house.kept()) == 1

    at_the_gateway(scene)


def test_behind_a_refusal_at_qos_2_the_number_is_the_next_message_s(at_the_gateway):
    """MQTT 5.0, 4.3.3-9: a PUBREC that refuses is followed by no PUBREL."""

    async def scene(house):
        async with house.station(level=LEVEL_5) as sensor:
            for payload, code in ((b"no json", 0x99), (b'{"crack_width": 1, "time":'
                                  b'"2020-08-20T07:00:00+08:00"}', 0)):  # fmt: skip
                said = mqtt.Publish(topic="geohazard/d1/data", payload=payload, qos=2, number=7)
                await sensor.send_raw(mqtt.encode(said, LEVEL_5))
                answer = await sensor._line.answer(lambda part: isinstance(part, Answer), 2)
                assert (answer.kind, answer.number, answer.code) == (Kind.PUBREC, 7, code)
        bad, frame = house.kept()
        assert (bad.reason, frame.readings[0].value) == ("malformed", 1)

    at_the_gateway(scene)


@pytest.mark.parametrize(
    ("device", "password", "reason"),
    [("d1", "wrong", "password"), ("d1", "", "password"), ("open", "", "password"),
     ("open", "0", "password"), ("stranger", "a secret", "unknown_station")],
)  # fmt: skip
def test_who_is_not_let_in_is_kept_and_hears_why(at_the_gateway, device, password, reason):
    async def scene(house):
        with pytest.raises(Refused, match="code 5"):
            await house.station(device, password).connect()
        (bad,) = house.kept()
        assert (bad.reason, bad.device, bad.raw) == (reason, device.upper(), "")

    at_the_gateway(scene)


@pytest.mark.parametrize(
    ("topic", "payload", "reason", "code"),
    [
        ("elsewhere", b"{}", "unmapped_topic", 0x99),
        ("geohazard/d1/data", b"no json", "malformed", 0x99),
        ("geohazard/d1/data", b'{"time": "2020-08-20T09:00:00+08:00", "crack_width": 1}',
         "malformed", 0x99),
        ("geohazard/d2/data", b'{"time": "2020-08-20T07:00:00+08:00", "crack_width": 1}',
         "foreign_station", 0x99),
    ],
)  # fmt: skip
def test_what_means_nothing_is_kept_with_its_reason_and_not_sent_again(
    at_the_gateway, topic, payload, reason, code
):
    async def scene(house):
        async with house.station(level=LEVEL_5) as sensor:
            assert await sensor.publish(topic, payload)
            assert sensor.last_answer.code == code
        (bad,) = house.kept()
        assert isinstance(bad, BadFrame)
        assert bad.reason == reason

    at_the_gateway(scene)


def test_an_agent_reports_for_the_devices_that_name_it(at_the_gateway):
    async def scene(house):
        async with house.station("agent", "1234") as agent:
            said = b'{"time": "2020-08-20T07:00:00+08:00", "crack_width": 1}'
            assert await agent.publish("geohazard/d2/data", said)
            assert await agent.publish("geohazard/d1/data", said)
        frame, bad = house.kept()
        assert (frame.device, bad.reason) == ("D2", "foreign_station")

    at_the_gateway(scene)


def test_an_order_goes_down_to_a_device_that_listens_and_its_answer_comes_up(at_the_gateway):
    async def scene(house):
        order = Command("c1", "D1", "ask_now", NOW + timedelta(minutes=5))
        async with house.station() as sensor:
            assert await sensor.subscribe("geohazard/#") == 0x80
            assert await sensor.subscribe() == 1
            house.gateway.carry(order)
            await sensor.attend(0.5)
            assert sensor.obeyed == [{"id": "c1", "verb": "ask_now"}]
        outcomes = [line.outcome for line in house.kept() if isinstance(line, CommandAnswer)]
        assert outcomes == [Outcome.SENT, Outcome.OK]

    at_the_gateway(scene)


@pytest.mark.parametrize(
    "noise",
    [b"GET / HTTP/1.1\r\n\r\n", b"\x30\xff\xff\xff\xff\x01", b"\x30\xff\xff\x7f" + b"x" * 99],
)
def test_a_stream_that_is_no_mqtt_is_kept_and_cut_off(at_the_gateway, noise):
    async def scene(house):
        reader, writer = await asyncio.open_connection("127.0.0.1", house.gateway.port)
        async with house.station() as sensor:
            writer.write(noise)
            assert await asyncio.wait_for(reader.read(), 5) == b""
            assert await sensor.send(NOW, CRACK)
        writer.close()
        kinds = [type(line) for line in house.kept()]
        assert kinds == [BadFrame, Frame]

    at_the_gateway(scene)


def test_one_value_that_is_no_number_costs_that_value_alone_and_is_reported(at_the_gateway):
    async def scene(house):
        said = {"time": NOW.isoformat(), "crack_width": 3.5, "rain_hour": "wet"}
        async with house.station(level=LEVEL_5) as sensor:
            assert await sensor.publish("geohazard/d1/data", json.dumps(said).encode())
            assert sensor.last_answer.code == 0
        frame, bad = house.kept()
        assert [reading.value for reading in frame.readings] == [3.5]
        assert (bad.device, bad.reason) == ("D1", "unreadable_value")
        assert bad.detail == "geohazard: $.rain_hour: 'wet' is no number"

    at_the_gateway(scene)


def test_an_answer_on_a_new_line_does_not_settle_an_order_of_the_old_one(
    at_the_gateway, monkeypatch
):
    monkeypatch.setattr("secrets.randbelow", lambda _most: 0)

    async def scene(house):
        first, second = (Command(i, "D1", "ask_now", NOW + timedelta(minutes=5)) for i in "ab")
        async with house.station() as sensor:
            await sensor.subscribe()
            house.gateway.carry(first)
            await sensor._line.hear(2)  # and falls asleep over it
        while house.gateway._lines:
            await asyncio.sleep(0.01)
        house.gateway.carry(second)
        async with house.station() as sensor:
            await sensor.subscribe()
            told = await sensor._line.hear(2)
            heard = json.loads(told.payload)["id"]
            await sensor.send_raw(mqtt.encode(Answer(kind=Kind.PUBACK, number=told.number)))
            await sensor.send_raw(mqtt.encode(mqtt.Ping()))
            while not isinstance(await sensor._line.hear(1), mqtt.Ping):
                pass
        settled = [line.command for line in house.kept()
                   if isinstance(line, CommandAnswer) and line.outcome is Outcome.OK]  # fmt: skip
        assert (heard, settled) == ("b", ["b"])

    at_the_gateway(scene)


async def introduced(house, **said):
    """A line on which d1 has introduced itself, and what it was answered; the level is the said."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.gateway.port)
    hello = mqtt.Connect(**{"client": "", "username": "d1", "password": b"a secret"} | said)
    writer.write(mqtt.encode(hello))
    decoder = mqtt.BrokerDecoder(hello.level)
    (answer,) = decoder.feed(await asyncio.wait_for(reader.read(4096), 5))
    return reader, writer, decoder, answer


async def granted(reader, writer, decoder, topic, level):
    writer.write(mqtt.encode(mqtt.Subscribe(number=1, filters=((topic, 1),)), level))
    (answer,) = decoder.feed(await asyncio.wait_for(reader.read(4096), 5))
    return answer.codes[0]


def test_a_client_of_mqtt_5_without_a_name_is_given_one_and_orders_go_to_it(at_the_gateway):
    async def scene(house):
        names = []
        for _ in range(2):
            *line, answer = await introduced(house, level=LEVEL_5, properties=((0x11, 3600),))
            told = dict(answer.properties)
            assert told[0x11] == 0, "no session outlives its connection"
            names.append(told[0x12])
            assert await granted(*line, f"anlan/{told[0x12]}/down", LEVEL_5) == 1
        assert len(set(names)) == 2
        *_, answer = await introduced(house, level=LEVEL_5, client="own")
        assert set(dict(answer.properties)) == {0x27}

    at_the_gateway(scene)


def test_of_mqtt_3_a_client_without_a_name_goes_by_its_user_name_and_keeps_no_session(
    at_the_gateway,
):
    async def scene(house):
        *line, answer = await introduced(house)
        assert answer.code == 0
        assert await granted(*line, "anlan/d1/down", LEVEL_311) == 1
        reader, *_, answer = await introduced(house, clean=False)
        assert answer.code == 2
        assert await asyncio.wait_for(reader.read(), 5) == b""
        (bad,) = house.kept()
        assert (bad.device, bad.reason) == ("D1", "malformed")

    at_the_gateway(scene)


@pytest.mark.parametrize(
    ("username", "reason"), [("stranger", "unknown_station"), ("", "malformed")]
)
def test_of_mqtt_3_a_stranger_without_a_name_that_asks_for_a_session_is_kept_to_be_adopted(
    at_the_gateway, username, reason
):
    async def scene(house):
        *_, answer = await introduced(house, clean=False, username=username)
        assert answer.code == 2
        (bad,) = house.kept()
        assert (bad.device, bad.reason) == (username.upper(), reason)

    at_the_gateway(scene)


@pytest.mark.parametrize("level", [LEVEL_311, LEVEL_5])
def test_a_new_line_of_a_client_ends_its_old_one_and_no_other_device_s(at_the_gateway, level):
    async def scene(house):
        old, _writer, decoder, _ = await introduced(house, client="c", level=level)
        other, *_ = await introduced(
            house, client="c", level=level, username="agent", password=b"1234"
        )
        *line, answer = await introduced(house, client="c", level=level)
        assert answer.code == 0
        said = decoder.feed(await asyncio.wait_for(old.read(), 5))
        assert [part.code for part in said] == ([0x8E] if level == LEVEL_5 else [])
        assert await granted(*line, "anlan/c/down", level) == 1
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(other.read(1), 0.2)
        assert len(house.gateway._alone) == 2

    at_the_gateway(scene)


def test_publishing_before_the_introduction_ends_the_line(at_the_gateway):
    async def scene(house):
        reader, writer = await asyncio.open_connection("127.0.0.1", house.gateway.port)
        writer.write(mqtt.encode(mqtt.Publish(topic="geohazard/d1/data", payload=b"{}")))
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()
        (bad,) = house.kept()
        assert bad.reason == "malformed"

    at_the_gateway(scene)


def test_a_client_that_breaks_its_keep_alive_is_hung_up_on(at_the_gateway):
    async def scene(house):
        async with house.station(keep_alive_s=1) as sensor:
            await sensor.send_raw(mqtt.encode(mqtt.Ping()))
            assert (await sensor._line.hear(1)).kind is Kind.PINGRESP
            assert await sensor._line.hear(4) is None
            with pytest.raises(OSError, match="hung up"):
                await sensor._line._read()

    at_the_gateway(scene, limits=Limits(idle_s=60))


@pytest.mark.parametrize(
    ("url", "why"),
    [("a=http://h/a", "mqtt://"), ("a=mqtt://u:hunter2@:1/a", "host"),
     ("a=mqtt://u:hunter2@h", "topic"), ("a=mqtt://u:hunter2@h:port/a", "read"),
     ("mqtt://u:hunter2@h/a", "the name"), ("=mqtt://u:hunter2@h/a", "mqtt://")],
)  # fmt: skip
def test_an_address_of_a_broker_that_cannot_be_used_is_refused_without_its_password(url, why):
    with pytest.raises(BadBroker, match=why) as caught:
        broker_address(url)
    assert "hunter2" not in str(caught.value)


def test_an_address_of_a_broker():
    to = broker_address("geo.1=mqtts://anlan:p%40ss=@broker.local/geohazard/+/%23")
    assert (to.host, to.port, to.topics, to.secure) == ("broker.local", 8883, "geohazard/+/#", True)
    assert (to.name, to.username, to.password) == ("geo.1", "anlan", "p@ss=")
    assert "p@ss" not in f"{to} {to!r}"


def test_what_is_acknowledged_is_kept_however_much_is_not_understood(at_the_gateway):
    async def scene(house):
        async with house.station() as sensor:
            for _ in range(5):
                assert await sensor.publish("elsewhere", b"{}")
        assert [line.reason for line in house.kept()] == 5 * ["unmapped_topic"]

    at_the_gateway(scene, limits=Limits(bad_kept_per_minute=2))
