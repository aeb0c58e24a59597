"""Who answers what (GB/T 26875.3: 5, 6): orders down, confirmations both ways.

Whoever sends waits ten seconds and tries three times in all. A confirmation has the serial of what
it confirms, the addresses the other way round, and no application unit.
"""

from dataclasses import replace
from datetime import datetime

from anlan.protocols.framing import NotEncodable
from anlan.protocols.gb26875.codes import TYPES, Command, Way
from anlan.protocols.gb26875.messages import Message
from anlan.protocols.gb26875.units import Entry, Unit
from anlan.protocols.gb26875.words import COMMAND_WORDS
from anlan.vocabulary.words import NP_, Saying

TIMEOUT_S = 10
TRIES = 3
INITIALISE, SET_CLOCK, INSPECT = 89, 90, 91
READ_STATUS = 81
INSPECTION_MIN = 10  # [pv] how long whoever is on watch has to press the button
CLOCK_TYPES = {28, 88, SET_CLOCK}  # makers differ in the type by which a unit asks the time
_CONTROLS = {INITIALISE, SET_CLOCK, INSPECT}


def answer(message: Message, at: datetime) -> Message | None:
    """The confirmation of data or of a control command; None where none is wanted."""
    if message.command not in (Command.SEND, Command.CONTROL):
        return None
    return _reply(message, Command.CONFIRM, at)


def answered(message: Message) -> Saying:
    """What a unit's answer to an order says: by which command, to the order of which serial."""
    said = {"command": COMMAND_WORDS[message.command], "serial": message.serial}
    return Saying(*NP_("fire unit command", "%(command)s %(serial)s"), said)


def deny(message: Message, at: datetime) -> Message:
    """What a side says of a frame that it will not take."""
    return _reply(message, Command.DENY, at)


def tell_time(message: Message, at: datetime) -> Message:
    """The answer to a unit that asks what time it is."""
    unit = Unit(SET_CLOCK, (Entry(moment=at),), labelled=False)
    return replace(_reply(message, Command.RESPOND, at), unit=unit)


def control(to: Message, kind: int, serial: int, at: datetime, minutes: int = 0) -> Message:
    """An order to the unit that sent `to`: initialise 89, set its clock to `at` 90, inspect 91.

    `minutes` is how long an inspection waits for somebody to press the button.
    """
    if kind not in _CONTROLS:
        raise NotEncodable(f"type {kind} is no control command")
    entry = {SET_CLOCK: Entry(moment=at), INSPECT: Entry(minutes=minutes)}.get(kind, Entry())
    return _order(to, Command.CONTROL, serial, at, Unit(kind, (entry,), labelled=False))


def read(to: Message, kind: int, serial: int, at: datetime, about: Entry | None = None) -> Message:
    """A question to the unit that sent `to`, types 61–88; `about` says of which system or part."""
    row = TYPES.get(kind)
    if row is None or row.way is not Way.DOWN or kind in _CONTROLS:
        raise NotEncodable(f"type {kind} reads nothing")
    unit = Unit(kind, (about or Entry(),), labelled=False)
    return _order(to, Command.REQUEST, serial, at, unit)


def _order(to: Message, command: Command, serial: int, at: datetime, unit: Unit) -> Message:
    return replace(_reply(to, command, at), serial=serial, unit=unit)


def _reply(message: Message, command: Command, at: datetime) -> Message:
    return Message(
        command=command,
        serial=message.serial,
        source=message.target,
        target=message.source,
        sent_at=at,
        version=message.version,
    )
