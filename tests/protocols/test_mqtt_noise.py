"""Noise at the MQTT decoder: bounded, and no byte goes missing."""

import random

import pytest
from tests.protocols.noise import Proof, Storm

from anlan.protocols.mqtt import (
    LONGEST,
    Answer,
    Connect,
    Kind,
    MqttDecoder,
    Ping,
    Publish,
    Subscribe,
    encode,
)

FRAMES = tuple(
    encode(packet)
    for packet in (
        Connect(client="d1", username="d1", password=b"pw"),
        Publish(topic="geohazard/d1/data", payload=b'{"crack": 3.5}', qos=1, number=7),
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


@pytest.mark.prove
def test_noise(proof: Proof) -> None:
    Storm("MQTT", MqttDecoder, FRAMES, 2 * LONGEST, forge, lambda: lambda _packet: None).rage(proof)
