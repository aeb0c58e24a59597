"""What the memory of this machine allows, measured beside what it is compared with."""

import numba
import numpy as np

from anlan.vocabulary import clock

LEAST_B = 32  # read depth, two flows, ground, roughness; write depth and two flows, in float32
_MANY = 40_000_000


@numba.njit(parallel=True)
def _copy(to: np.ndarray, source: np.ndarray) -> None:
    for i in numba.prange(source.size):
        to[i] = source[i]


def copy_bandwidth() -> float:
    """Bytes a second that a copy over arrays far larger than any cache reads and writes."""
    source, to = (np.ones(_MANY, dtype=np.float32) for _ in range(2))
    _copy(to, source)
    walls = []
    for _ in range(5):
        began = clock.stopwatch()
        _copy(to, source)
        walls.append(clock.stopwatch() - began)
    return 2 * source.nbytes / min(walls)
