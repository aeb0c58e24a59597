"""What CAP documents say, and which of the standard's rules they break."""

import dataclasses
import re
from collections.abc import Iterable, Iterator

from anlan.portal.decoding.lines import Line, Said
from anlan.protocols import cap

_END_OF_CAP = re.compile(rb"</(?:\w+:)?alert\s*>")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def explained(lines: Iterable[Line]) -> Iterator[Said]:
    text = b"".join(_cap_bytes(line) for line in lines)
    start = 0
    ends = [found.end() for found in _END_OF_CAP.finditer(text)]
    for end in ends if ends and not text[ends[-1] :].strip() else [*ends, len(text)]:
        yield {"protocol": "cap"} | _cap_message(text[start:end].lstrip())
        start = end


def _cap_bytes(line: Line) -> bytes:
    """Text is no longer in the coding that its declaration names."""
    line = line if isinstance(line, bytes) else _DECLARATION.sub("", line).encode()
    return line if line.endswith(b"\n") else line + b"\n"


def _cap_message(document: bytes) -> Said:
    try:
        alert = cap.parse(document)
    except cap.BadCap as error:
        return {"ok": False, "reason": error.reason.value, "detail": str(error)}
    breaches = [dataclasses.asdict(breach) for breach in cap.check(alert)]
    return {"ok": not breaches, "checks": breaches or "ok"} | dataclasses.asdict(alert)
