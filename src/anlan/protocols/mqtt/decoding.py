"""Packets from bytes (MQTT 5.0 and 3.1.1, chapter 3)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from anlan.protocols.framing import Cut, Decoder, Malformed, Reason
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
    Will,
)
from anlan.protocols.mqtt.wire import Reader

LONGEST = 64 * 1024  # of a packet, unless it is said otherwise; the standard allows 256 MiB
FLAGS = {Kind.PUBREL: 2, Kind.SUBSCRIBE: 2, Kind.UNSUBSCRIBE: 2}
_LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True)
class Front:
    """A packet that has begun: bytes of its fixed header, and of the whole."""

    head: int
    size: int


def front(buffer: bytearray) -> Front | Cut | None:
    """What begins at the front: a packet, or bytes that are none (2.1); None before it is known."""
    kind, flags = buffer[0] >> 4, buffer[0] & 0x0F
    if kind not in set(Kind) or (kind != Kind.PUBLISH and flags != FLAGS.get(Kind(kind), 0)):
        return Cut(1, Reason.GARBAGE)
    length = 0
    for place in range(_LENGTH_BYTES):
        if len(buffer) < place + 2:
            return None
        byte = buffer[place + 1]
        length |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            break
    else:
        return Cut(1 + _LENGTH_BYTES, Reason.MALFORMED, "a length of more than four bytes")
    return Front(place + 2, place + 2 + length)


def split(buffer: bytearray, longest: int = LONGEST) -> Cut | None:
    """What stands at the front of the buffer: a whole packet, or bytes that are none."""
    begun = front(buffer)
    if begun is None or isinstance(begun, Cut):
        return begun
    if begun.size > longest:
        detail = f"a packet of {begun.size} bytes; {longest} are taken"
        return Cut(begun.head, Reason.TOO_LONG, detail)
    return Cut(begun.size) if len(buffer) >= begun.size else None


class MqttDecoder(Decoder[Packet]):
    """Bytes of one connection in, packets out. The level is the CONNECT's, or given (a client).

    A packet of more than `longest` bytes is rejected (`TOO_LONG`) as soon as its length is known.
    """

    def __init__(self, level: int = LEVEL_311, longest: int = LONGEST) -> None:
        self.level = level
        splitter = partial(split, longest=longest)
        super().__init__(splitter, longest, self._read, lambda _frame: "")

    def _read(self, frame: bytes) -> Packet:
        packet = decode(frame, self.level)
        if isinstance(packet, Connect):
            self.level = packet.level
        return packet


def decode(frame: bytes, level: int) -> Packet:
    """One whole packet; raises `Malformed`."""
    kind, flags = Kind(frame[0] >> 4), frame[0] & 0x0F
    body = Reader(frame[1:])
    length = body.variable()
    if length != body.left:
        raise Malformed(f"the packet says {length} bytes and has {body.left}")
    packet = _READ[kind](body, flags, level, frame)
    body.end()
    return packet


def _some_properties(body: Reader, level: int) -> Properties:
    return body.properties() if level == LEVEL_5 else ()


def _connect(body: Reader, _flags: int, _level: int, raw: bytes) -> Connect:
    name, level = body.string(), body.number(1)
    if name != "MQTT" or level not in (LEVEL_311, LEVEL_5):
        raise Malformed(f"protocol {name!r} level {level}: MQTT 3.1.1 and 5 are spoken here")
    flags, keep_alive_s = body.number(1), body.number(2)
    if flags & 1:
        raise Malformed("the reserved flag of CONNECT is set")
    given = _some_properties(body, level)
    client = body.string()
    will = None
    if flags & 4:
        will_properties = _some_properties(body, level)
        topic, payload = body.string(), body.binary()
        will = Will(
            topic=topic, payload=payload, qos=_qos(flags >> 3 & 3), retain=bool(flags & 0x20),
            properties=will_properties,
        )  # fmt: skip
    elif flags & 0x38:
        raise Malformed("flags of a will without a will")
    username = body.string() if flags & 0x80 else None
    password = body.binary() if flags & 0x40 else None
    return Connect(
        client=client, level=level, clean=bool(flags & 2), keep_alive_s=keep_alive_s,
        username=username, password=password, will=will, properties=given, raw=raw,
    )  # fmt: skip


def _qos(value: int) -> int:
    if value == 3:
        raise Malformed("QoS 3 does not exist")
    return value


def _connack(body: Reader, _flags: int, level: int, raw: bytes) -> Connack:
    flags, code = body.number(1), body.number(1)
    if flags & 0xFE:
        raise Malformed("reserved flags of CONNACK are set")
    return Connack(
        code=code, session_present=bool(flags & 1), properties=_some_properties(body, level),
        raw=raw,
    )  # fmt: skip


def _publish(body: Reader, flags: int, level: int, raw: bytes) -> Publish:
    qos, topic = _qos(flags >> 1 & 3), body.string()
    if "+" in topic or "#" in topic:
        raise Malformed("a topic name with a wildcard")
    if flags & 8 and not qos:
        raise Malformed("a duplicate at QoS 0")
    packet_number = _number(body) if qos else None
    given = _some_properties(body, level)
    return Publish(
        topic=topic, payload=body.rest(), qos=qos, retain=bool(flags & 1),
        duplicate=bool(flags & 8), number=packet_number, properties=given, raw=raw,
    )  # fmt: skip


def _number(body: Reader) -> int:
    value = body.number(2)
    if not value:
        raise Malformed("packet identifier 0")
    return value


def _answer(kind: Kind) -> "_Read":
    def read(body: Reader, _flags: int, level: int, raw: bytes) -> Answer:
        packet_number = _number(body)
        code, given = _ending(body, level)
        return Answer(kind=kind, number=packet_number, code=code, properties=given, raw=raw)

    return read


def _ending(body: Reader, level: int) -> tuple[int, Properties]:
    """Reason code and properties, both of which may be left away at the end (3.4.2)."""
    if level != LEVEL_5 or not body.more():
        return 0, ()
    return body.number(1), body.properties() if body.more() else ()


def _subscribe(body: Reader, _flags: int, level: int, raw: bytes) -> Subscribe:
    packet_number, given = _number(body), _some_properties(body, level)
    filters = []
    while body.more():
        name, options = body.string(), body.number(1)
        _qos(options & 3)
        filters.append((name, options))
    if not filters:
        raise Malformed("SUBSCRIBE without a topic filter")
    return Subscribe(number=packet_number, filters=tuple(filters), properties=given, raw=raw)


def _unsubscribe(body: Reader, _flags: int, level: int, raw: bytes) -> Unsubscribe:
    packet_number, given = _number(body), _some_properties(body, level)
    filters = []
    while body.more():
        filters.append(body.string())
    if not filters:
        raise Malformed("UNSUBSCRIBE without a topic filter")
    return Unsubscribe(number=packet_number, filters=tuple(filters), properties=given, raw=raw)


def _granted(kind: Kind) -> "_Read":
    def read(body: Reader, _flags: int, level: int, raw: bytes) -> Granted:
        packet_number, given = _number(body), _some_properties(body, level)
        return Granted(
            kind=kind, number=packet_number, codes=tuple(body.rest()), properties=given, raw=raw
        )

    return read


def _ping(kind: Kind) -> "_Read":
    return lambda _body, _flags, _level, raw: Ping(kind=kind, raw=raw)


def _disconnect(body: Reader, _flags: int, level: int, raw: bytes) -> Disconnect:
    code, given = _ending(body, level)
    return Disconnect(code=code, properties=given, raw=raw)


_Read = Callable[[Reader, int, int, bytes], Packet]
_READ: dict[Kind, _Read] = {
    Kind.CONNECT: _connect,
    Kind.CONNACK: _connack,
    Kind.PUBLISH: _publish,
    **{kind: _answer(kind) for kind in (Kind.PUBACK, Kind.PUBREC, Kind.PUBREL, Kind.PUBCOMP)},
    Kind.SUBSCRIBE: _subscribe,
    Kind.SUBACK: _granted(Kind.SUBACK),
    Kind.UNSUBSCRIBE: _unsubscribe,
    Kind.UNSUBACK: _granted(Kind.UNSUBACK),
    Kind.PINGREQ: _ping(Kind.PINGREQ),
    Kind.PINGRESP: _ping(Kind.PINGRESP),
    Kind.DISCONNECT: _disconnect,
}
