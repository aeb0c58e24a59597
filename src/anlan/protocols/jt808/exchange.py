"""Who answers what (JT/T 808: 6, 7): registration, authentication, answers, orders down."""

from dataclasses import replace
from datetime import datetime

from anlan.protocols.framing import NotEncodable
from anlan.protocols.jt808.bodies import (
    Answer,
    Body,
    Control,
    Missing,
    Parameters,
    Registered,
    Text,
    Time,
    written,
)
from anlan.protocols.jt808.messages import Message

GENERAL_ANSWER, REGISTERED, MISSING, TIME = 0x8001, 0x8100, 0x8003, 0x8004
SET_PARAMETERS, ALL_PARAMETERS, CONTROL, WHERE, TEXT = 0x8103, 0x8104, 0x8105, 0x8201, 0x8300
REGISTER, ASK_TIME, ANSWERS = 0x0100, 0x0004, {0x0001, 0x0104, 0x0201}
_OK = 0
_SORT, _NOTICE = 0b11, 0b11  # of a text since 2019: service 1, urgent 2, notice 3, and never 0


def answer(message: Message, serial: int, result: int = _OK) -> Message | None:
    """The platform's 8001 to what a terminal sent; None where another answer is due or none.

    A registration is answered by `registered`; what answers the platform is not answered again.
    """
    if message.id in ANSWERS or message.id in (REGISTER, ASK_TIME) or message.id >= 0x8000:
        return None
    return _down(message, GENERAL_ANSWER, serial, Answer(message.serial, message.id, result))


def registered(message: Message, serial: int, code: str, result: int = _OK) -> Message:
    """The 8100 to a registration: with result 0 the code to authenticate by."""
    told = Registered(message.serial, result, code if result == _OK else "")
    return _down(message, REGISTERED, serial, told)


def told_time(message: Message, serial: int, at: datetime) -> Message:
    """The 8004 to a terminal that asks the time (0004, since 2019)."""
    return _down(message, TIME, serial, Time(at))


def order(to: Message, serial: int, body: Parameters | Control | Text | Missing) -> Message:
    """A message down to the terminal that sent `to`: 8103, 8105, 8300 or 8003."""
    kinds: dict[type, int] = {
        Parameters: SET_PARAMETERS, Control: CONTROL, Text: TEXT, Missing: MISSING,
    }  # fmt: skip
    if isinstance(body, Text) and to.edition == 2019 and not body.flag & _SORT:
        body = replace(body, flag=body.flag | _NOTICE)
    return _down(to, kinds[type(body)], serial, body)


def ask(to: Message, serial: int, message_id: int) -> Message:
    """A question without a body: where it is (8201), or all its parameters (8104)."""
    if message_id not in (WHERE, ALL_PARAMETERS):
        raise NotEncodable(f"{message_id:04X} asks nothing")
    return _down(to, message_id, serial, None)


def _down(to: Message, message_id: int, serial: int, body: Body | None) -> Message:
    return Message(
        id=message_id,
        phone=to.phone,
        serial=serial,
        body=b"" if body is None else written(body, to.edition),
        edition=to.edition,
        version=to.version,
    )
