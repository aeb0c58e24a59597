"""The drawing of own finds that somebody closed alone: by a seed that is kept, so that anybody can
draw again."""

from hashlib import sha256

_WHOLE = 2**64


def drawn(seed: str, number: str, share: float) -> bool:
    """Whether a danger is looked at again; `share` of all, 0 to 1.

    >>> drawn("00", "2026-000001", 1.0), drawn("00", "2026-000001", 0.0)
    (True, False)
    """
    lot = int.from_bytes(sha256(f"{seed}:{number}".encode()).digest()[:8], "big")
    return lot < share * _WHOLE
