"""What a station's answer to an order says, to be told in the reader's language.

Reports are counted: their values are readings. A password is never told.
"""

from collections.abc import Iterator
from datetime import datetime

from anlan.protocols.bits import names
from anlan.protocols.framing import Malformed
from anlan.protocols.sl651 import content, content_text
from anlan.protocols.sl651.frames import Coding
from anlan.protocols.sl651.items import Item
from anlan.protocols.sl651.measuring import ELEMENT_OF
from anlan.protocols.sl651.messages import Message
from anlan.protocols.sl651.parameters import PASSWORD, Form
from anlan.protocols.sl651.words import (
    ALARM_WORDS,
    EVENT_WORDS,
    PARAMETER_WORDS,
    STATE_WORDS,
    UNIT_WORDS,
)
from anlan.vocabulary.words import NP_, Saying, Words

_SWITCHED = {
    content.PUMPS: NP_("switched by a station", "Pumps"),
    content.VALVES: NP_("switched by a station", "Valves"),
    content.GATES: NP_("switched by a station", "Gates"),
}


def answered(message: Message, at: datetime) -> tuple[Words, ...]:
    """By which function and when the station answered, and what it says."""
    head = Saying(
        *NP_("station answer", "%(function)s, sent at %(at)s"),
        {"function": f"{message.function:02X}", "at": f"{at:%Y-%m-%d %H:%M:%S}"},
    )
    return head, *said(message)


def said(message: Message) -> tuple[Words, ...]:
    if message.text:
        return (message.text,)
    if message.reports:
        return tuple(_counted(item) for report in message.reports for item in report.items)
    if message.coding is not Coding.HEX:
        shown = content_text.shown(message.function, message.rest)
        return (shown,) if shown else ()
    try:
        return tuple(_words(message.function, content.answered(message.function, message.rest)))
    except Malformed as fault:
        return (f"{message.rest.hex().upper()} ({fault})",)


def _counted(item: Item) -> Saying:
    """`element` is the measured element's own name where it has one, else the table's symbol."""
    element = ELEMENT_OF.get(int(item.code, 16)) if item.definition else None
    symbol = item.definition.symbol if item.definition else item.code
    values = {"element": element.value if element else symbol, "n": len(item.values)}
    return Saying(*NP_("station answer", "%(element)s, values: %(n)s"), values)


def _words(function: int, found: content.Content) -> Iterator[Words]:
    yield from map(_parameter, found.parameters)
    if found.version:
        yield found.version
    if found.status is not None:
        yield from names(found.status, ALARM_WORDS) or (NP_("station answer", "No alarm"),)
        for bit, name in STATE_WORDS.items():
            values = {"name": name, "bit": found.status >> bit & 1}
            yield Saying(*NP_("station answer", "%(name)s: bit %(bit)s"), values)
    yield from _switches(function, found)
    if found.quota is not None:
        yield (NP_("station answer", "Control by quota on") if found.quota
               else NP_("station answer", "Control by quota off"))  # fmt: skip
    if found.events:
        yield from _events(found.events)


def _parameter(one: content.Parameter) -> Saying:
    row = one.definition
    name = PARAMETER_WORDS[row.code] if row else one.code
    values = {"name": name, "value": _figure(one)}
    if row is None or not row.unit:
        return Saying(*NP_("station answer", "%(name)s %(value)s"), values)
    values["unit"] = UNIT_WORDS.get(row.unit, row.unit)
    return Saying(*NP_("station answer", "%(name)s %(value)s %(unit)s"), values)


def _switches(function: int, found: content.Content) -> Iterator[Saying]:
    """How pumps, valves or gates stand, each by its number; of whole bytes those that are on."""
    for n, cm in enumerate(found.openings_cm, 1):
        if cm is None:
            continue
        yield (Saying(*NP_("station answer", "Gate %(n)s open by %(cm)s cm"), {"n": n, "cm": cm})
               if cm else Saying(*NP_("station answer", "Gate %(n)s shut"), {"n": n}))  # fmt: skip
    if found.switches and not found.openings_cm:
        running = ", ".join(str(n) for n, one in enumerate(found.switches, 1) if one)
        values = {"name": _SWITCHED[function], "numbers": running}
        some = NP_("station answer", "%(name)s %(numbers)s on, the others off")
        yield Saying(*(some if running else NP_("station answer", "%(name)s all off")), values)


def _events(counts: tuple[int, ...]) -> Iterator[Words]:
    happened = [pair for pair in zip(EVENT_WORDS, counts, strict=False) if pair[1]]
    for name, n in happened:
        yield Saying(*NP_("station answer", "%(name)s: %(n)s"), {"name": name, "n": n})
    if not happened:
        yield NP_("station answer", "No events")


def _figure(one: content.Parameter) -> str:
    row = one.definition
    if row is not None and row.code == PASSWORD:
        return "***"
    if one.value is not None:
        return f"{one.value:f}"
    if row is not None and row.form is Form.TEXT:
        return one.raw.decode("ascii", "replace")
    return one.raw.hex().upper() or "—"
