"""How much one connection may ask of a gateway, and what has happened since it opened."""

from collections import Counter
from dataclasses import dataclass, field

from anlan.protocols.mqtt import LONGEST


@dataclass(frozen=True, slots=True)
class Limits:
    """How much patience one connection gets; real seconds and bytes."""

    connections: int = 30_000
    idle_s: float = 900.0  # a station that stays on line sends a heartbeat every 40 s
    half_frame_s: float = 20.0  # a frame that has begun must end
    write_s: float = 20.0  # an answer must be taken
    write_bytes: int = 16 * 1024  # answers that may wait to be taken
    bytes_per_s: int = 64 * 1024
    read_bytes: int = 16 * 1024
    longest_packet: int = LONGEST  # of MQTT; a longer one ends the line
    garbage_in_a_row: int = 50  # then the line is closed
    bad_kept_per_minute: int = 600  # of one address; more are counted, not kept


@dataclass(slots=True)
class Counters:
    """What has happened since the gateway opened. `bad` counts by reason."""

    connections: int = 0
    refused_connections: int = 0
    frames: int = 0
    acked: int = 0
    heartbeats: int = 0
    ordered: int = 0
    unspooled: int = 0
    unkept: int = 0
    dropped: int = 0  # datagrams
    bad: Counter[str] = field(default_factory=Counter)
