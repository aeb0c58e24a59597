"""SL 651-2014, the data protocol of hydrological monitoring (水文监测数据通信规约), both codings.

Without input or output of its own: `Sl651Decoder.feed(bytes)` gives messages and rejected bytes,
`encode(message)` gives a frame.
"""

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.sl651.content import (
    SET_CLOCK,
    SET_RUNNING,
    Content,
    answered,
    ordered,
)
from anlan.protocols.sl651.elements import ELEMENTS
from anlan.protocols.sl651.exchange import (
    ASK_LIVE,
    about,
    agrees,
    answer,
    ask_again,
    question,
    reporting_interval,
)
from anlan.protocols.sl651.frames import Coding, Control, Direction, crc
from anlan.protocols.sl651.items import Item, Report, measured
from anlan.protocols.sl651.measuring import (
    CODE_OF,
    doubts,
    elements_named,
    pictures,
    placed,
    readings,
    relayed,
)
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
from anlan.protocols.sl651.packets import Assembler, divided, whole
from anlan.protocols.sl651.states import unread

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
    "Assembler",
    "Coding",
    "Content",
    "Control",
    "Direction",
    "Item",
    "Malformed",
    "Message",
    "NotEncodable",
    "Packet",
    "Report",
    "Sl651Decoder",
    "about",
    "agrees",
    "answer",
    "answered",
    "ask_again",
    "crc",
    "decode",
    "divided",
    "doubts",
    "elements_named",
    "encode",
    "measured",
    "ordered",
    "pictures",
    "placed",
    "question",
    "readings",
    "relayed",
    "reporting_interval",
    "unread",
    "whole",
]
