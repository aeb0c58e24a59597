"""How the engine is compiled: what a compiler may and may not do to its sums."""

from typing import Any

import numba

# Nothing here reorders a sum or estimates a quotient: the bits do not depend on where a loop is cut
# nor on whether a cell falls into its vector part.
FAST = {"nsz", "contract", "nnan", "ninf"}
_PLAIN: dict[str, Any] = {"_nrt": False}  # views of rows need no reference counting

kernel = numba.njit(error_model="numpy", nogil=True, **_PLAIN)
quick = numba.njit(error_model="numpy", nogil=True, fastmath=FAST, **_PLAIN)
scalar = numba.njit(
    error_model="numpy", nogil=True, fastmath=FAST, forceinline=True, **_PLAIN
)  # inside the loops over cells, which only then become vector code
