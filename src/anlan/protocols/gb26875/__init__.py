"""GB/T 26875.3-2011, transmission of urban fire alarm networks (城市消防远程监控系统 报警传输网络).

Without input or output of its own: `Gb26875Decoder.feed(bytes)` gives messages and rejected bytes,
`encode(message)` gives a frame.
"""

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.gb26875.codes import (
    COMMANDS,
    OPERATIONS,
    PART_STATUS,
    PARTS,
    QUANTITIES,
    STATUS,
    SYSTEMS,
    TRANSMITTER_OPERATIONS,
    TRANSMITTER_STATUS,
    TYPES,
    Command,
    Quantity,
    Way,
)
from anlan.protocols.gb26875.exchange import (
    CLOCK_TYPES,
    INSPECT,
    INSPECTION_MIN,
    READ_STATUS,
    SET_CLOCK,
    answer,
    control,
    deny,
    read,
    tell_time,
)
from anlan.protocols.gb26875.messages import Gb26875Decoder, Message, decode, encode, header_of
from anlan.protocols.gb26875.notices import (
    FIRE,
    NORMAL,
    PROTOCOL,
    RESET,
    TRANSMITTER,
    notices,
    part_word,
    word,
)
from anlan.protocols.gb26875.units import Entry, Unit

__all__ = [
    "CLOCK_TYPES",
    "COMMANDS",
    "FIRE",
    "INSPECT",
    "INSPECTION_MIN",
    "NORMAL",
    "OPERATIONS",
    "PARTS",
    "PART_STATUS",
    "PROTOCOL",
    "QUANTITIES",
    "READ_STATUS",
    "RESET",
    "SET_CLOCK",
    "STATUS",
    "SYSTEMS",
    "TRANSMITTER",
    "TRANSMITTER_OPERATIONS",
    "TRANSMITTER_STATUS",
    "TYPES",
    "Command",
    "Entry",
    "Gb26875Decoder",
    "Malformed",
    "Message",
    "NotEncodable",
    "Quantity",
    "Unit",
    "Way",
    "answer",
    "control",
    "decode",
    "deny",
    "encode",
    "header_of",
    "notices",
    "part_word",
    "read",
    "tell_time",
    "word",
]
