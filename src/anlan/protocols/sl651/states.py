"""How pumps and gates stand, as a station states it of its own accord or when it was told to move
them (4C and 4E; 6.6.4.26 and 28, tables 71 and 77).

Such a frame states no time of observing: it is of its sending. Of valves (4D) the house keeps
nothing.
"""

from datetime import datetime
from decimal import Decimal

from anlan.protocols.framing import Malformed
from anlan.protocols.sl651.content import (
    BASIC,
    GATES,
    PUMPS,
    RUNNING,
    VALVES,
    Content,
    answered,
)
from anlan.protocols.sl651.frames import Coding
from anlan.protocols.sl651.gates import NUMBER
from anlan.protocols.sl651.items import Item
from anlan.protocols.sl651.messages import Message

_RUNNING, _OPENING, _OPEN = "19", "09", "0C"  # of table C.1
_CM = 100
_KEPT_BY_NOBODY = {VALVES, BASIC, RUNNING}


def switched(message: Message) -> tuple[tuple[Item, ...], ...]:
    """The sender's figures as rows of elements: how many pumps run, how many gates stand open, and
    how far each does. Nothing of frames that do not add up."""
    found, at = _read(message), message.sent_at
    if found is None or at is None:
        return ()
    at = at.replace(second=0)
    count = Decimal(sum(found.switches))
    if message.function == PUMPS:
        return ((_one(_RUNNING, at, count),),)
    alone = len(found.openings_cm) == 1
    each = [
        item
        for n, cm in enumerate(found.openings_cm, 1)
        for item in (
            *(() if alone else (_one(NUMBER, at, Decimal(n)),)),
            _one(_OPENING, at, None if cm is None else Decimal(cm) / _CM),
        )
    ]
    return (_one(_OPEN, at, count),), tuple(each)


def unread(message: Message) -> str:
    """What of such a frame nobody reads, nor of one by which a station says how somebody set it on
    the spot (41, 43; 6.6.4.15 and 17); empty of others, and where nothing is left."""
    switches = message.function in (PUMPS, GATES) and _read(message) is None
    if message.rest and (switches or message.function in _KEPT_BY_NOBODY):
        return f"function {message.function:02X} of {len(message.rest)} bytes"
    return ""


def _one(code: str, at: datetime, value: Decimal | None) -> Item:
    return Item(code, at, 0, 2 if code == _OPENING else 0, (value,))


def _read(message: Message) -> Content | None:
    """The content of the sender's own frame; None of another function, station or coding."""
    if message.function not in (PUMPS, GATES) or message.coding is not Coding.HEX:
        return None
    try:
        found = answered(message.function, message.rest)
    except Malformed:
        return None
    return found if found.switches and found.station in ("", message.station) else None
