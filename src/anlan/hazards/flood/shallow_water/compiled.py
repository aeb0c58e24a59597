"""How the engine is compiled: what a compiler may and may not do to its sums."""

from typing import Any

import numba
from numba.core import cgutils, types
from numba.extending import intrinsic

# Nothing here reorders a sum or estimates a quotient: the bits do not depend on where a loop is cut
# nor on whether a cell falls into its vector part.
FAST = {"nsz", "contract", "nnan", "ninf"}
_PLAIN: dict[str, Any] = {"_nrt": False}  # views of rows need no reference counting

kernel = numba.njit(error_model="numpy", nogil=True, **_PLAIN)
quick = numba.njit(error_model="numpy", nogil=True, fastmath=FAST, **_PLAIN)
scalar = numba.njit(
    error_model="numpy", nogil=True, fastmath=FAST, forceinline=True, **_PLAIN
)  # inside the loops over cells, which only then become vector code

_build: Any = cgutils  # which has no types


def _prefetch(_: Any, field: Any, row: Any, column: Any) -> Any:
    def ask(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        held = context.make_array(signature.args[0])(context, builder, given[0])
        strides = _build.unpack_tuple(builder, held.strides)
        down, right = (builder.mul(n, s) for n, s in zip(given[1:], strides, strict=True))
        start = builder.ptrtoint(held.data, context.get_value_type(types.int64))
        line = builder.inttoptr(builder.add(start, builder.add(down, right)), _build.voidptr_t)
        number = context.get_value_type(types.int32)
        kind = _build.ir.FunctionType(
            _build.ir.VoidType(), [_build.voidptr_t, number, number, number]
        )
        function = _build.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(function, [line, number(0), number(3), number(1)])  # to read, near, data
        return context.get_dummy_value()

    return types.void(field, types.int64, types.int64), ask


# prefetch(field, row, column): asks for the line of the cache that holds a cell, changes nothing
prefetch: Any = intrinsic(_prefetch)
