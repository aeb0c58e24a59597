"""What the centre asks and orders, in ASCII coding (6.6.2): the words of the HEX/BCD content.

Elements stand by their symbol in table C.1, parameters by the two figures of their identifier, each
word with a space behind it; figures with their point, whole ones as wide as table D.1 or D.4 has
them; what is bytes in HEX/BCD as the figures of these bytes. The standard shows no such frame: of
the words that it leaves open the order is that of the HEX/BCD content.
"""

from collections.abc import Iterator

from anlan.protocols.sl651.content import (
    ASK_ELEMENTS,
    ASK_PERIOD,
    BASIC,
    CARD_BIT,
    GATES,
    NEW_PASSWORD,
    PUMPS,
    QUOTA,
    SET_BASIC,
    SET_CARD,
    VALVES,
    Content,
    Parameter,
    ordered,
)
from anlan.protocols.sl651.elements import ELEMENTS
from anlan.protocols.sl651.parameters import PASSWORD, Form
from anlan.protocols.sl651.text import step_word

_STATUS = ELEMENTS[0x45].symbol
_A_PASSWORD, _GATES_ON = 2, 2  # words: its identifier and figures; how many gates, which are open
_HIDDEN = "***"


def written(function: int, rest: bytes) -> bytes:
    """The characters of an order's content, which is given in HEX/BCD; raises `NotEncodable`."""
    words = _switches(function, rest) or tuple(_words(function, ordered(function, rest)))
    return "".join(f"{word} " for word in words).encode("ascii")


def _words(function: int, found: Content) -> Iterator[str]:
    if found.since and found.until and found.step:
        yield from (f"{at:%y%m%d%H}" for at in (found.since, found.until))
        yield step_word(found.step)
    if function in (ASK_PERIOD, ASK_ELEMENTS):
        yield from (ELEMENTS[int(code, 16)].symbol for code in found.elements)
    for one in found.parameters:
        yield one.code
        if one.size:
            yield _figure(one)
    if found.status is not None:
        yield from (_STATUS, f"{found.status:08X}")


def _switches(function: int, rest: bytes) -> tuple[str, ...]:
    """Pumps, valves, gates and quota: how many, which are on, and how far gates are to open."""
    if function == QUOTA:
        return (rest.hex().upper(),)
    if function not in (PUMPS, VALVES, GATES):
        return ()
    size = (rest[0] + 7) // 8 if function == GATES else rest[0]
    openings = rest[1 + size :].hex()
    figures = (openings[n : n + 4] for n in range(0, len(openings), 4))
    return f"{rest[0]:02X}", rest[1 : 1 + size].hex().upper(), *figures


def _figure(one: Parameter) -> str:
    row = one.definition
    if one.value is None:
        return one.raw.decode("ascii") if row and row.form is Form.TEXT else one.raw.hex().upper()
    figure = f"{one.value:.{one.decimals}f}"
    return figure if row is None or one.decimals else figure.zfill(row.digits)


def repeats(function: int, asked: bytes, said: bytes, station: str) -> bool:
    """Whether a station's answer repeats what it was told, as far as it can be held against it.

    One that repeats nothing does; of gates only which are to be open counts.
    """
    told, words = asked.decode("ascii").split(), _behind_station(said, station)
    if not told or not words:
        return True
    if function == SET_CARD:
        return _STATUS in words and _card(words[-1]) == _card(told[-1])
    if function == NEW_PASSWORD:
        told = told[-_A_PASSWORD:]
    if function == GATES:
        told = told[:_GATES_ON]
    return any(words[n : n + len(told)] == told for n in range(len(words)))


def _behind_station(said: bytes, station: str) -> list[str]:
    words = said.decode("ascii", "replace").split()
    return words[2:] if words[:2] == ["ST", station] else words


def _card(word: str) -> bool | None:
    """The bit of the IC card in a status word; None where it is none."""
    try:
        return bool(int(word, 16) >> CARD_BIT & 1)
    except ValueError:
        return None


def shown(function: int, rest: bytes) -> str:
    """The words of an answer for people; a password is never told."""
    words = rest.decode("ascii", "replace").split()
    if function in (SET_BASIC, BASIC, NEW_PASSWORD):
        secret = {n + 1 for n, word in enumerate(words) if word == f"{PASSWORD:02X}"}
        words = [_HIDDEN if n in secret else word for n, word in enumerate(words)]
    return " ".join(words)
