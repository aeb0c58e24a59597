"""Whether bytes that a device sent are a JPEG picture, told from its markers (ITU-T T.81 annex B).

Nothing is decoded: a picture of a stranger's making is only ever handed on to a browser.
"""

_START, _END = b"\xff\xd8", b"\xff\xd9"
_MARKER, _STUFFED, _FILL = 0xFF, 0x00, 0xFF
_SCAN = 0xDA
_BARE = {0x01, *range(0xD0, 0xD8)}  # markers without a segment
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
MOST_PIXELS = 12_000_000


def size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no whole JPEG, or a larger one than is taken."""
    if not data.startswith(_START) or _END not in data[-64:]:
        return None
    at, found = len(_START), None
    while at + 4 <= len(data):
        if data[at] != _MARKER:
            return None
        marker = data[at + 1]
        if marker == _FILL or marker in _BARE:
            at += 1 if marker == _FILL else 2
            continue
        if marker == _SCAN:
            return found
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2 or marker == _STUFFED:
            return None
        if marker in _FRAMES and at + 9 <= len(data):
            height, width = (int.from_bytes(data[at + n : at + n + 2], "big") for n in (5, 7))
            found = (width, height) if 0 < width * height <= MOST_PIXELS else None
        at += 2 + length
    return None
