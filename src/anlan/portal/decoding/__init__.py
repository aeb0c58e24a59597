"""What a captured message says, in the standard's own names and units; behind `anlan decode`.

Loads no framework: only the codecs.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TextIO

from msgspec import Struct, structs

from anlan.portal.decoding import cap, gb26875, hj212, jt808, sl651
from anlan.portal.decoding.lines import Line, Said

PROTOCOLS: dict[str, Callable[[Iterable[Line]], Iterator[Said]]] = {
    "sl651": sl651.explained,
    "hj212": hj212.explained,
    "jt808": jt808.explained,
    "gb26875": gb26875.explained,
    "cap": cap.explained,
}


def decode(protocol: str, lines: Iterable[Line]) -> Iterator[Said]:
    """One JSON-like object a message, rejected ones with ``ok`` false and the reason.

    sl651, hj212, jt808, gb26875: a line is one frame or more in hexadecimal (spaces do not
    matter), or the bytes themselves; hj212 also as text. cap: the lines together are one XML
    document or more.
    Raises `KeyError` for other protocols.
    """
    return PROTOCOLS[protocol](lines)


def explain(protocol: str, lines: Iterable[Line], out: TextIO | None = None) -> int:
    """Print what `decode` says, one object a line; 1 when anything was rejected, else 0."""
    wrong = 0
    for said in decode(protocol, lines):
        wrong += not said["ok"]
        print(json.dumps(said, ensure_ascii=False, default=_plain), file=out or sys.stdout)
    return 1 if wrong else 0


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Struct):
        return structs.asdict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


__all__ = ["PROTOCOLS", "Line", "Said", "decode", "explain"]
