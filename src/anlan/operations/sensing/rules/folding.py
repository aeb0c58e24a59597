"""Which bad frames say the same again, so that the first and the newest of them are enough.

A station that states an element without a place does so with every message. What else was in the
frame has been taken, and what it says again differs in its figures alone.
"""

from datetime import timedelta

from anlan.protocols import hj212, sl651

FOLDED = "unsupported"
LONGEST = 300
EACH_FOR = timedelta(days=2)  # [pv] as long each stands for itself
_NAMED = {"sl651": sl651.elements_named, "hj212": hj212.fields_named}


def about(protocol: str, reason: str, detail: str) -> str:
    """What such a frame says each time; empty for one that stands for itself alone."""
    if reason != FOLDED:
        return ""
    return _NAMED.get(protocol, str)(detail)[:LONGEST]
