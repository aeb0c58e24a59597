"""The packets of MQTT 3.1.1 (level 4) and MQTT 5.0 (level 5).

Each keeps the bytes it was read from (`raw`), which say nothing about what it means. `properties`
are (identifier, value), empty at level 4. Reason codes are those of MQTT 5.0, 2.4; at level 4 a
CONNACK has the six of 3.2.2.3 and the other packets none.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from anlan.protocols.mqtt.wire import Value

Properties = tuple[tuple[int, Value], ...]
LEVEL_311, LEVEL_5 = 4, 5


class Kind(IntEnum):
    """Packet types (2.1.2)."""

    CONNECT = 1
    CONNACK = 2
    PUBLISH = 3
    PUBACK = 4
    PUBREC = 5
    PUBREL = 6
    PUBCOMP = 7
    SUBSCRIBE = 8
    SUBACK = 9
    UNSUBSCRIBE = 10
    UNSUBACK = 11
    PINGREQ = 12
    PINGRESP = 13
    DISCONNECT = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """What every packet has."""

    raw: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Will(Packet):
    """What the server would publish when the client is lost; read, and not used here."""

    topic: str
    payload: bytes
    qos: int = 0
    retain: bool = False
    properties: Properties = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Connect(Packet):
    """A client introduces itself (3.1). `keep_alive_s`: 0 switches it off."""

    client: str
    level: int = LEVEL_311
    clean: bool = True
    keep_alive_s: int = 60
    username: str | None = None
    password: bytes | None = None
    will: Will | None = None
    properties: Properties = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Connack(Packet):
    """The server's answer (3.2): `code` 0 accepts."""

    code: int = 0
    session_present: bool = False
    properties: Properties = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish(Packet):
    """A message (3.3). `number` is the packet identifier, None at QoS 0."""

    topic: str
    payload: bytes
    qos: int = 0
    retain: bool = False
    duplicate: bool = False
    number: int | None = None
    properties: Properties = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Packet):
    """PUBACK, PUBREC, PUBREL or PUBCOMP (3.4 to 3.7)."""

    kind: Kind
    number: int
    code: int = 0
    properties: Properties = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe(Packet):
    """Topic filters with their options (3.8); the lowest two bits of an option are the QoS."""

    number: int
    filters: tuple[tuple[str, int], ...]
    properties: Properties = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribe(Packet):
    """Topic filters (3.10)."""

    number: int
    filters: tuple[str, ...]
    properties: Properties = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Packet):
    """SUBACK or UNSUBACK (3.9, 3.11): a code for each filter."""

    kind: Kind
    number: int
    codes: tuple[int, ...]
    properties: Properties = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping(Packet):
    """PINGREQ or PINGRESP (3.12, 3.13)."""

    kind: Kind = Kind.PINGREQ


@dataclass(frozen=True, slots=True, kw_only=True)
class Disconnect(Packet):
    """The end of the conversation (3.14)."""

    code: int = 0
    properties: Properties = ()
