"""What a person keyed in at the station (35, 39; 6.6.4.8, annex G): words after SL 330.

``ST 60102250 TT 08200800 Z 194.29``. ST is the last eight figures of the station's address, TT is
month, day, hour and minute; stations in the field leave both out, then it is the sender's own and
of the time of sending. Of annex G the symbols that table C.1 has too are read.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from anlan.protocols.sl651.elements import ELEMENTS, Kind
from anlan.protocols.sl651.items import Item
from anlan.protocols.sl651.messages import Message
from anlan.vocabulary.figures import plain_decimal

_OF_SYMBOL = {row.symbol: row for row in ELEMENTS.values() if row.kind is Kind.DECIMAL}
_MOMENT = re.compile(r"\d{8}", re.ASCII)
_END = "NN"
_AHEAD = timedelta(days=1)


def keyed_in(message: Message) -> tuple[tuple[Item, ...], str]:
    """The sender's values in a text, and the words of it that are none."""
    if not message.text or message.sent_at is None:
        return (), message.text
    items, left = [], []
    at: datetime | None = message.sent_at.replace(second=0)
    own = True
    for name, value in _pairs(message.text):
        row = _OF_SYMBOL.get(name)
        figure = _figure(value)
        if name == "ST":
            own = bool(value) and message.station.endswith(value)
        elif name == "TT":
            at = _moment(value, message.sent_at)
        elif own and at is not None and row is not None and figure is not None:
            items.append(Item(f"{row.code:02X}", at, 0, _decimals(figure), (figure,)))
            continue
        if not own or (name == "TT" and at is None) or name not in ("ST", "TT"):
            left.append(f"{name} {value}".strip())
    return tuple(items), " ".join(left)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    words = [word for word in text.split() if word != _END]
    return ((words[n], words[n + 1] if n + 1 < len(words) else "") for n in range(0, len(words), 2))


def _figure(text: str) -> Decimal | None:
    try:
        return plain_decimal(text)
    except ValueError:
        return None


def _decimals(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _moment(text: str, sent_at: datetime) -> datetime | None:
    """MMDDhhmm of the latest year in which it does not lie ahead of the sending.

    A station's clock may be slow: of an hour keyed in at New Year that is the year after.
    """
    if not _MOMENT.fullmatch(text):
        return None
    month, day, hour, minute = (int(text[n : n + 2]) for n in range(0, 8, 2))
    for year in (sent_at.year + 1, sent_at.year, sent_at.year - 1):
        try:
            at = datetime(year, month, day, hour, minute, tzinfo=sent_at.tzinfo)
        except ValueError:
            continue
        if at <= sent_at + _AHEAD:
            return at
    return None
