"""JT/T 808-2013 and -2019, terminals of road vehicles (道路运输车辆卫星定位系统 终端通讯协议).

Without input or output of its own: `Jt808Decoder.feed(bytes)` gives messages and rejected bytes,
`parse(message)` what stands in one, `encode(message)` a frame.
"""

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.jt808.bodies import (
    Answer,
    Asked,
    Authentication,
    Batch,
    Body,
    Control,
    Found,
    Missing,
    Parameters,
    Registered,
    Registration,
    Text,
    Time,
    parse,
    written,
)
from anlan.protocols.jt808.codes import ALARMS, MESSAGES, STATUS
from anlan.protocols.jt808.exchange import answer, ask, order, registered, told_time
from anlan.protocols.jt808.frames import check_code
from anlan.protocols.jt808.items import Item, SafetyAlarm
from anlan.protocols.jt808.messages import (
    Jt808Decoder,
    Message,
    Packet,
    decode,
    encode,
    with_its_flag,
)
from anlan.protocols.jt808.notices import (
    COLLISION,
    EMERGENCY,
    GROUPS,
    ITEM_GROUPS,
    codes_of,
    edges,
    stated,
)
from anlan.protocols.jt808.packets import MOST_PACKETS, Assembler, divided
from anlan.protocols.jt808.parameters import PARAMETERS
from anlan.protocols.jt808.positions import Position
from anlan.protocols.jt808.words import ALARM_WORDS, PROTOCOL, message_word, word

__all__ = [
    "ALARMS",
    "ALARM_WORDS",
    "COLLISION",
    "EMERGENCY",
    "GROUPS",
    "ITEM_GROUPS",
    "MESSAGES",
    "MOST_PACKETS",
    "PARAMETERS",
    "PROTOCOL",
    "STATUS",
    "Answer",
    "Asked",
    "Assembler",
    "Authentication",
    "Batch",
    "Body",
    "Control",
    "Found",
    "Item",
    "Jt808Decoder",
    "Malformed",
    "Message",
    "Missing",
    "NotEncodable",
    "Packet",
    "Parameters",
    "Position",
    "Registered",
    "Registration",
    "SafetyAlarm",
    "Text",
    "Time",
    "answer",
    "ask",
    "check_code",
    "codes_of",
    "decode",
    "divided",
    "edges",
    "encode",
    "message_word",
    "order",
    "parse",
    "registered",
    "stated",
    "told_time",
    "with_its_flag",
    "word",
    "written",
]
