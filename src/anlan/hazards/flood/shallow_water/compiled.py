"""How the engine is compiled: what a compiler may and may not do to its sums."""

from typing import Any

import llvmlite.ir
import numba
import numpy as np
from numba.extending import intrinsic

ir: Any = llvmlite.ir  # which has no types

# Nothing here reorders a sum or estimates a quotient: the bits do not depend on where a loop is cut
# nor on whether a cell falls into its vector part.
FAST = {"nsz", "contract", "nnan", "ninf"}
_PLAIN: dict[str, Any] = {"_nrt": False}  # views of rows need no reference counting

kernel = numba.njit(error_model="numpy", nogil=True, **_PLAIN)
quick = numba.njit(error_model="numpy", nogil=True, fastmath=FAST, **_PLAIN)
scalar = numba.njit(
    error_model="numpy", nogil=True, fastmath=FAST, forceinline=True, **_PLAIN
)  # inside the loops over cells, which only then become vector code


def _prefetch(_: Any, address: Any) -> Any:
    def ask(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        place, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [place, number, number, number])
        module, name = builder.module, "llvm.prefetch.p0"
        function = module.globals.get(name) or ir.Function(module, kind, name)
        line = builder.inttoptr(given[0], place)
        builder.call(function, [line, number(0), number(3), number(1)])  # to read, near, data
        return context.get_dummy_value()

    return numba.void(numba.uintp), ask


# By what Numba and llvmlite hold public alone.
_ask_for: Any = intrinsic(_prefetch)


@kernel
def prefetch(field: Any, row: Any, column: Any) -> None:
    """Ask for the line of the cache that holds a cell; changes nothing."""
    down, right = field.strides
    _ask_for(np.uintp(field.ctypes.data + row * down + column * right))
