"""What a fire unit says that it, a system or a part is: versions, configurations, clocks.

Types 5 to 8 say it of a system or a part, 25 to 28 of the transmission unit itself.
"""

from collections.abc import Iterator
from datetime import datetime

from anlan.protocols.gb26875.messages import Message
from anlan.protocols.gb26875.notices import notices, part_of, told_at
from anlan.protocols.gb26875.units import Entry
from anlan.protocols.gb26875.words import PROTOCOL, TRANSMITTER
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.notices import Particular

VERSION, CONFIGURATION = f"{PROTOCOL}:version", f"{PROTOCOL}:configuration"
CLOCK = f"{PROTOCOL}:clock"
UNREADABLE = "\N{REPLACEMENT CHARACTER}"  # where bytes are no GB 18030

_CODES = {
    5: VERSION, 6: CONFIGURATION, 7: CONFIGURATION, 8: CLOCK,
    25: VERSION, 26: CONFIGURATION, 28: CLOCK,
}  # fmt: skip


def told(message: Message, received_at: datetime) -> Frame:
    """What the spool keeps of a unit's data."""
    said = particulars(message, received_at)
    shown = (one.clock for one in said if one.clock is not None)
    return Frame(
        PROTOCOL, message.source, received_at, message.raw.hex().upper(), (),
        notices=notices(message, received_at), particulars=said,
        clock=next(shown, message.sent_at),
    )  # fmt: skip


def particulars(message: Message, received_at: datetime) -> tuple[Particular, ...]:
    """What the message says that its unit and the parts of it are."""
    return tuple(
        Particular(
            told_at(message, entry, received_at), code, part_of(entry) or TRANSMITTER,
            _text(entry), entry.moment,
        )
        for code, entry in _objects(message)
        if code != CLOCK or entry.moment is not None
    )  # fmt: skip


def doubt(message: Message) -> str:
    """Which of these objects say what cannot be read; empty where none does."""
    faults = []
    for number, (code, entry) in enumerate(_objects(message), start=1):
        if code == CLOCK and entry.moment is None:
            faults.append(f"object {number} states no time")
        elif UNREADABLE in _text(entry):
            faults.append(f"object {number} is no GB 18030")
    return f"type {message.unit.type}: {', '.join(faults)}" if message.unit and faults else ""


def _objects(message: Message) -> Iterator[tuple[str, Entry]]:
    if message.unit is not None and message.unit.type in _CODES:
        for entry in message.unit.entries:
            yield _CODES[message.unit.type], entry


def _text(entry: Entry) -> str:
    """What stands there, without what fills it up: no NUL, which no database keeps as text."""
    if entry.version is not None:
        return ".".join(map(str, entry.version))
    text = entry.configuration or entry.description or ""
    return text.rstrip("\0 ").replace("\0", " ")
