"""Noise at the MQTT decoder: bounded, and no byte goes missing."""

import contextlib
import random
from datetime import datetime

import pytest
from tests.protocols.noise import Proof, Storm

from anlan.protocols.framing import Malformed
from anlan.protocols.mqtt import (
    LONGEST,
    Answer,
    Connect,
    Kind,
    MqttDecoder,
    Ping,
    Publish,
    Subscribe,
    TopicMap,
    ValueMap,
    encode,
    readings,
)
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.elements import Element

NOW = datetime(2026, 7, 6, 11, 0, tzinfo=CHINA)
CRACKS = TopicMap(
    "cracks", "#", (ValueMap(("crack",), Element.CRACK_WIDTH),), device=("device",), time=("time",)
)

FRAMES = tuple(
    encode(packet)
    for packet in (
        Connect(client="d1", username="d1", password=b"pw"),
        Publish(topic="geohazard/d1/data", payload=b'{"crack": 3.5}', qos=1, number=7),
        Publish(
            topic="geohazard/d1/data",
            payload=b'[{"device": "d1", "time": "2026-07-06T10:59:00+08:00", "crack": 3.5}]',
        ),
        Publish(topic="w", payload=b"{}"),
        Answer(kind=Kind.PUBREL, number=9),
        Subscribe(number=3, filters=(("a/b", 1),)),
        Ping(),
    )
)


def forge(chance: random.Random) -> bytes:
    """A packet whose length fits and whose content is noise."""
    kind = chance.choice([Kind.CONNECT, Kind.PUBLISH, Kind.PUBACK, Kind.SUBACK])
    body = chance.randbytes(chance.randint(0, 60))
    return bytes([kind << 4, len(body)]) + body


def listener():
    """Reads what was published as a gateway does: it is readings, or malformed."""

    def listen(packet):
        if isinstance(packet, Publish):
            with contextlib.suppress(Malformed):
                readings(CRACKS, packet.topic, packet.payload, "D1", NOW)

    return listen


STORM = Storm("MQTT", MqttDecoder, FRAMES, 2 * LONGEST, forge, listener)


@pytest.mark.prove("noise")
def test_noise(proof: Proof) -> None:
    STORM.rage(proof)
