"""The pieces of a grid that are computed, as each scheme wants them."""

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water import strip
from anlan.hazards.flood.shallow_water.case import Scheme
from anlan.hazards.flood.shallow_water.fields import (
    BLOCK_ROWS,
    LONGEST,
    PAD,
    SCRATCH,
    SPAN,
    Units,
    aligned,
)

PATCH, SMALL_PATCH = 8, 1
PIECES = 8  # of a sweep, for each thread: the slower ones take fewer
GIVEN_UP = 128  # steps of first order after which what fell dry is no longer computed


def units_of(shape: tuple[int, int], threads: int, scheme: Scheme) -> Units:
    """Room for all units; at first there are none."""
    tall, wide, longest, patch = BLOCK_ROWS, SPAN, LONGEST, PATCH
    length, every = 0, PATCH
    if scheme is Scheme.MUSCL:
        every = PATCH // 2  # two passes a step
    if scheme is Scheme.GODUNOV:
        tall, wide, longest, patch = strip.TALL, strip.WIDE, strip.LONGEST, SMALL_PATCH
        length, every = strip.FIELDS * strip.ROOM, GIVEN_UP
    pieces = PIECES * threads if threads > 1 else 1
    blocks, spans = shape[0] // tall, shape[1] // wide
    most = blocks * ((spans + 1) // 2 + spans * wide // longest)  # with a gap after each, or full

    def room() -> NDArray[np.int64]:
        return np.zeros(most, dtype=np.int64)

    work = aligned((threads, SCRATCH, longest + 2 * PAD), 0.0)
    work[:, SCRATCH - 1] = 1.0
    wet = np.zeros((shape[0] // patch, shape[1] // patch), dtype=np.uint8)
    return Units(
        room(), room(), room(), room(), room(), room(), np.zeros(most, dtype=np.float32),
        np.zeros(1, dtype=np.int64), np.zeros(pieces + 1, dtype=np.int64), wet,
        np.zeros((blocks, spans), dtype=np.uint8), work, aligned((threads, length), 1.0),
        np.zeros(most), np.zeros(most, dtype=np.uint8),
        np.zeros(wet.shape[1] + 2, dtype=np.uint8), tall, wide, longest, patch, every,
    )  # fmt: skip
