"""HJ 212-2017 and -2005, data of pollutant monitoring (污染物在线监控(监测)系统数据传输标准).

Without input or output of its own: `Hj212Decoder.feed(bytes)` gives messages and rejected bytes,
`encode(message)` gives a frame.
"""

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.hj212.codes import COMMANDS
from anlan.protocols.hj212.doubting import doubts, fields_named
from anlan.protocols.hj212.exchange import (
    LIVE,
    QN_STEP,
    SET_CLOCK,
    SET_LIVE_INTERVAL,
    SYSTEM,
    answer,
    clock,
    done,
    interval,
    outcome,
    period,
    request,
    taken,
)
from anlan.protocols.hj212.factors import FACTORS, OF_2005, Factor, factor
from anlan.protocols.hj212.frames import Checksum, crc, modbus
from anlan.protocols.hj212.information import INFORMATION, Information, Told, of_itself
from anlan.protocols.hj212.kept import frame_of
from anlan.protocols.hj212.measuring import averaged, measured, periods, readings
from anlan.protocols.hj212.messages import Edition, Hj212Decoder, Message, Packet, decode, encode
from anlan.protocols.hj212.orders import named
from anlan.protocols.hj212.packets import (
    MOST_PACKETS,
    Assembler,
    certain,
    divided,
    joined,
    name_of,
)
from anlan.protocols.hj212.particulars import field_of, particulars
from anlan.protocols.hj212.places import AMOUNT_UNITS, CODE_OF, element_of
from anlan.protocols.hj212.segment import Observation

__all__ = [
    "AMOUNT_UNITS",
    "CODE_OF",
    "COMMANDS",
    "FACTORS",
    "INFORMATION",
    "LIVE",
    "MOST_PACKETS",
    "OF_2005",
    "QN_STEP",
    "SET_CLOCK",
    "SET_LIVE_INTERVAL",
    "SYSTEM",
    "Assembler",
    "Checksum",
    "Edition",
    "Factor",
    "Hj212Decoder",
    "Information",
    "Malformed",
    "Message",
    "NotEncodable",
    "Observation",
    "Packet",
    "Told",
    "answer",
    "averaged",
    "certain",
    "clock",
    "crc",
    "decode",
    "divided",
    "done",
    "doubts",
    "element_of",
    "encode",
    "factor",
    "field_of",
    "fields_named",
    "frame_of",
    "interval",
    "joined",
    "measured",
    "modbus",
    "name_of",
    "named",
    "of_itself",
    "outcome",
    "particulars",
    "period",
    "periods",
    "readings",
    "request",
    "taken",
]
