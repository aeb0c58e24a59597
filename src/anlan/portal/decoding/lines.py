"""Lines of captured frames: hexadecimal or as they came, each decoded and told on its own."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from anlan.protocols.framing import Decoder, Rejected

Line = str | bytes
Said = dict[str, Any]

M = TypeVar("M")

_HEX = re.compile(rb"[0-9A-Fa-f]*")


def told(
    protocol: str,
    lines: Iterable[Line],
    start: bytes,
    decoder: Callable[[], Decoder[M]],
    say: Callable[[M], Said],
    end: bytes = b"",
    written: bytes = b"",
) -> Iterator[Said]:
    """One object a message or rejection; `start` marks a line that holds the bytes themselves.

    `end` is what a text protocol's line lost to the file it stands in; `written` starts a line of
    text in a protocol that has both.
    """
    for number, line in enumerate(lines, 1):
        raw = _bytes(line, start, end, written)
        place = {"protocol": protocol, "line": number}
        if raw is None:
            text = line if isinstance(line, str) else line.decode("utf-8", "replace")
            yield place | {"ok": False, "reason": "not_hexadecimal", "raw": text.strip()}
            continue
        each = decoder()
        for part in [*each.feed(raw), *each.flush()]:
            yield place | (_rejected(part) if isinstance(part, Rejected) else say(part))


def _bytes(line: Line, start: bytes, end: bytes, written: bytes) -> bytes | None:
    """The bytes of a line of hexadecimal, or of a raw one; None when it is neither."""
    text = line if isinstance(line, bytes) else line.encode("gb18030", "replace")
    if start in text and (isinstance(line, bytes) or end):
        return text if not end or text.endswith(end) else text.rstrip(b"\r\n") + end
    if written and text.startswith(written):
        return text.rstrip(b"\r\n")
    digits = b"".join(text.split()).removeprefix(b"0x")
    if len(digits) % 2 or not _HEX.fullmatch(digits):
        return None
    return bytes.fromhex(digits.decode())


def _rejected(part: Rejected) -> Said:
    return {
        "ok": False,
        "reason": part.reason.value,
        "detail": part.detail,
        "station": part.sender,
        "raw": part.raw.hex().upper(),
    }
