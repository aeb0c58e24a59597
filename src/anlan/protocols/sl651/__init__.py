"""SL 651-2014, the data protocol of hydrological monitoring (水文监测数据通信规约), HEX/BCD coding.

Without input or output of its own: `Sl651Decoder.feed(bytes)` gives messages and rejected bytes,
`encode(message)` gives a frame.
"""

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.sl651.elements import ELEMENTS
from anlan.protocols.sl651.exchange import (
    ASK_LIVE,
    SET_CLOCK,
    SET_RUNNING,
    agrees,
    answer,
    question,
    reporting_interval,
)
from anlan.protocols.sl651.frames import Control, Direction, crc
from anlan.protocols.sl651.items import Item, Report, measured
from anlan.protocols.sl651.measuring import CODE_OF, doubts, readings
from anlan.protocols.sl651.messages import (
    EXTRA,
    HEARTBEAT,
    HOURLY,
    SELF_REPORTS,
    TEST,
    TIMED,
    UNIFORM,
    Message,
    Packet,
    Sl651Decoder,
    decode,
    encode,
)

__all__ = [
    "ASK_LIVE",
    "CODE_OF",
    "ELEMENTS",
    "EXTRA",
    "HEARTBEAT",
    "HOURLY",
    "SELF_REPORTS",
    "SET_CLOCK",
    "SET_RUNNING",
    "TEST",
    "TIMED",
    "UNIFORM",
    "Control",
    "Direction",
    "Item",
    "Malformed",
    "Message",
    "NotEncodable",
    "Packet",
    "Report",
    "Sl651Decoder",
    "agrees",
    "answer",
    "crc",
    "decode",
    "doubts",
    "encode",
    "measured",
    "question",
    "readings",
    "reporting_interval",
]
