"""Who says what after whom (6.3.1.2, 6.6.4): the centre's questions and orders, and its answers.

A question goes down with serial 0 (6.6.2.4) and ends with ENQ. The station answers under the same
function; the centre closes with a frame that repeats the answer's serial (mode M4).
"""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from anlan.protocols.framing import NotEncodable
from anlan.protocols.sl651.content import SET_RUNNING, parameter, set_parameters
from anlan.protocols.sl651.frames import Coding, Control, Direction
from anlan.protocols.sl651.messages import Message, Packet

ASK_LIVE = 0x37
_TIMED_REPORT, _EXTRA_REPORT = 0x20, 0x21  # table D.4
_HOUR_S, _MINUTE_S = 3600, 60
_TIMED_HOURS = {1, 2, 3, 4, 6, 8, 12, 24}
_LONGEST_MIN = 59
_ASKED_BY_CENTRE = 0


def question(to: Message, function: int, at: datetime, rest: bytes = b"") -> Message:
    """A question or order to the station that sent `to`; `rest` is what follows serial and time.

    The time `at` is the order's own for 4A: the station sets its clock to it.
    """
    return Message(
        direction=Direction.DOWN,
        centre=to.centre,
        station=to.station,
        password=to.password,
        function=function,
        serial=_ASKED_BY_CENTRE,
        sent_at=at,
        end=Control.ENQ,
        rest=rest,
        coding=to.coding,
    )


def reporting_interval(seconds: int, coding: Coding = Coding.HEX) -> bytes:
    """The content of 42 that makes the station report so often; raises `NotEncodable`.

    Hours that divide the day are the interval of timed reports (20), minutes under an hour that
    of extra reports (21): the standard has no other.
    """
    hours, minutes = seconds / _HOUR_S, seconds / _MINUTE_S
    if hours in _TIMED_HOURS:
        code, figure = _TIMED_REPORT, int(hours)
    elif minutes.is_integer() and 1 <= minutes <= _LONGEST_MIN:
        code, figure = _EXTRA_REPORT, int(minutes)
    else:
        raise NotEncodable(f"no station reports every {seconds} s")
    if coding is Coding.ASCII:
        return f"{code:02X} {figure:02d} ".encode()
    return set_parameters([parameter(code, Decimal(figure))])


def ask_again(packet: Message, serial: int | None, number: int, sent_at: datetime) -> Message:
    """NAK for the packet `number` of the body that `packet` belongs to (table 23, note)."""
    total = packet.packet.total if packet.packet else number
    again = answer(packet, sent_at, Control.NAK)
    return replace(again, serial=serial or _ASKED_BY_CENTRE, packet=Packet(total, number))


def agrees(message: Message, asked: Message) -> bool:
    """Whether a station's answer says that it did what was asked.

    To 42 it repeats the parameters as they stand now (table 51); one that repeats none agrees.
    Who was only asked has done so by answering.
    """
    if asked.function != SET_RUNNING:
        return True
    written = f"ST {message.station} ".encode()
    head = bytes.fromhex(f"F1F1{message.station}") if message.coding is Coding.HEX else written
    said = message.rest.removeprefix(head)
    return not asked.rest or not said or asked.rest in said


def answer(message: Message, sent_at: datetime, end: Control) -> Message:
    """The centre's answer to a message: same function and serial, only serial and time inside.

    EOT lets the station go, ESC keeps it on line, ACK awaits more, NAK asks for it again. To a
    divided body the answer carries the number of its last packet.
    """
    packet = message.packet and Packet(message.packet.total, message.packet.total)
    return Message(
        direction=Direction.DOWN,
        centre=message.centre,
        station=message.station,
        password=message.password,
        function=message.function,
        serial=message.serial,
        sent_at=sent_at,
        end=end,
        packet=packet,
        coding=message.coding,
    )
