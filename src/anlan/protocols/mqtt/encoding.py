"""Packets to bytes (MQTT 5.0 and 3.1.1, chapter 3)."""

from functools import singledispatch

from anlan.protocols.framing import NotEncodable
from anlan.protocols.mqtt.decoding import FLAGS
from anlan.protocols.mqtt.packets import (
    LEVEL_5,
    LEVEL_311,
    Answer,
    Connack,
    Connect,
    Disconnect,
    Granted,
    Kind,
    Packet,
    Ping,
    Properties,
    Publish,
    Subscribe,
    Unsubscribe,
)
from anlan.protocols.mqtt.wire import binary, number, properties, string, variable


def encode(packet: Packet, level: int = LEVEL_311) -> bytes:
    """The packet's bytes at a level; raises `NotEncodable`. A CONNECT has its own level."""
    kind, body = _body(packet, level)
    flags = _publish_flags(packet) if isinstance(packet, Publish) else FLAGS.get(kind, 0)
    return bytes([kind << 4 | flags]) + variable(len(body)) + body


def _publish_flags(packet: Publish) -> int:
    return 8 * packet.duplicate + (packet.qos << 1) + packet.retain


def _at_5(given: Properties, level: int) -> bytes:
    return properties(given) if level == LEVEL_5 else b""


@singledispatch
def _body(packet: Packet, level: int) -> tuple[Kind, bytes]:
    raise NotEncodable(f"{type(packet).__name__} is no packet")


@_body.register
def _(packet: Connect, _level: int) -> tuple[Kind, bytes]:
    will = packet.will
    flags = 2 * packet.clean + 0x80 * (packet.username is not None)
    flags += 0x40 * (packet.password is not None)
    tail = b""
    if will is not None:
        flags += 4 + (will.qos << 3) + 0x20 * will.retain
        tail += _at_5(will.properties, packet.level) + string(will.topic) + binary(will.payload)
    if packet.username is not None:
        tail += string(packet.username)
    if packet.password is not None:
        tail += binary(packet.password)
    head = string("MQTT") + bytes([packet.level, flags]) + number(packet.keep_alive_s, 2)
    return Kind.CONNECT, (
        head + _at_5(packet.properties, packet.level) + string(packet.client) + tail
    )


@_body.register
def _(packet: Connack, level: int) -> tuple[Kind, bytes]:
    head = bytes([packet.session_present, packet.code])
    return Kind.CONNACK, head + _at_5(packet.properties, level)


@_body.register
def _(packet: Publish, level: int) -> tuple[Kind, bytes]:
    if (packet.number is None) is bool(packet.qos):
        raise NotEncodable("a packet identifier belongs to QoS 1 and 2, and only there")
    identifier = b"" if packet.number is None else number(packet.number, 2)
    head = string(packet.topic) + identifier + _at_5(packet.properties, level)
    return Kind.PUBLISH, head + packet.payload


@_body.register
def _(packet: Answer, level: int) -> tuple[Kind, bytes]:
    return packet.kind, number(packet.number, 2) + _ending(packet, level)


def _ending(packet: Answer | Disconnect, level: int) -> bytes:
    """Reason code and properties, left away where there is nothing to say (3.4.2)."""
    if level != LEVEL_5 or not (packet.code or packet.properties):
        return b""
    return bytes([packet.code]) + properties(packet.properties)


@_body.register
def _(packet: Subscribe, level: int) -> tuple[Kind, bytes]:
    filters = b"".join(string(name) + bytes([options]) for name, options in packet.filters)
    return Kind.SUBSCRIBE, number(packet.number, 2) + _at_5(packet.properties, level) + filters


@_body.register
def _(packet: Unsubscribe, level: int) -> tuple[Kind, bytes]:
    filters = b"".join(map(string, packet.filters))
    return Kind.UNSUBSCRIBE, number(packet.number, 2) + _at_5(packet.properties, level) + filters


@_body.register
def _(packet: Granted, level: int) -> tuple[Kind, bytes]:
    head = number(packet.number, 2) + _at_5(packet.properties, level)
    return packet.kind, head + bytes(packet.codes)


@_body.register
def _(packet: Ping, _level: int) -> tuple[Kind, bytes]:
    return packet.kind, b""


@_body.register
def _(packet: Disconnect, level: int) -> tuple[Kind, bytes]:
    return Kind.DISCONNECT, _ending(packet, level)
