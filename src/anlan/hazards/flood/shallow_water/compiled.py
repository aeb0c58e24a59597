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


def _block(lanes: int, most: bool) -> Any:
    """Takes so many values at once from one address to another, or there the greater of both."""

    def build(_: Any, to: Any, source: Any) -> Any:
        def move(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
            kind = ir.VectorType(ir.FloatType(), lanes).as_pointer()
            goal, origin = (builder.inttoptr(address, kind) for address in given)
            value = builder.load(origin, align=4)
            if most:
                value = _greater(builder, value, builder.load(goal, align=4))
            builder.store(value, goal, align=4)
            return context.get_dummy_value()

        return numba.void(numba.uintp, numba.uintp), move

    return build


def _greater(builder: Any, value: Any, there: Any) -> Any:
    """A comparison and a choice, stored where the choice came from, become a store under a mask,
    which some processors carry out some twenty times slower than a whole one."""
    kind, lanes = ir.FunctionType(value.type, [value.type, value.type]), ""
    if isinstance(value.type, ir.VectorType):
        lanes = f"v{value.type.count}"
    name = f"llvm.maxnum.{lanes}f32"
    function = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
    return builder.call(function, [value, there], fastmath=("nnan", "nsz"))


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


def _most(_: Any, value: Any, there: Any) -> Any:
    def choose(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return _greater(builder, *given)

    return numba.float32(numba.float32, numba.float32), choose


def _count_up(_: Any, address: Any) -> Any:
    def add(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        place = builder.inttoptr(given[0], ir.IntType(64).as_pointer())
        return builder.atomic_rmw("add", place, ir.IntType(64)(1), "seq_cst")

    return numba.int64(numba.uintp), add


def _look_at(_: Any, address: Any) -> Any:
    def load(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        place = builder.inttoptr(given[0], ir.IntType(64).as_pointer())
        return builder.load_atomic(place, "seq_cst", 8)

    return numba.int64(numba.uintp), load


def _put(_: Any, address: Any, value: Any) -> Any:
    def store(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        place = builder.inttoptr(given[0], ir.IntType(64).as_pointer())
        builder.store_atomic(given[1], place, "seq_cst", 8)
        return context.get_dummy_value()

    return numba.void(numba.uintp, numba.int64), store


# By what Numba and llvmlite hold public alone.
_ask_for: Any = intrinsic(_prefetch)
greater: Any = intrinsic(_most)  # of two float32, for what a loop keeps of its values
_count_up_at: Any = intrinsic(_count_up)
_look_at_place: Any = intrinsic(_look_at)
_put_at: Any = intrinsic(_put)
_LONG, _SHORT = 16, 4  # values moved at once
_move_long: Any = intrinsic(_block(_LONG, most=False))
_move_short: Any = intrinsic(_block(_SHORT, most=False))
_most_long: Any = intrinsic(_block(_LONG, most=True))
_most_short: Any = intrinsic(_block(_SHORT, most=True))
_LONG_BYTES, _SHORT_BYTES = np.uintp(4 * _LONG), np.uintp(4 * _SHORT)


@kernel
def address(field: Any, row: Any, column: Any) -> Any:
    """Where in memory the value of a cell lies."""
    down, right = field.strides
    return np.uintp(field.ctypes.data + row * down + column * right)


@kernel
def move(to: Any, source: Any, count: Any) -> None:
    """Copy so many values, a multiple of 4, from one address to another.

    A loop over arrays tests for each row whether they overlap and takes what its vectors leave over
    one by one: for rows of a few dozen cells that took longer than the copying.
    """
    for _ in range(count // _LONG):
        _move_long(to, source)
        to, source = to + _LONG_BYTES, source + _LONG_BYTES
    for _ in range(count % _LONG // _SHORT):
        _move_short(to, source)
        to, source = to + _SHORT_BYTES, source + _SHORT_BYTES


@kernel
def keep_most(to: Any, source: Any, count: Any) -> None:
    """The same, where the value is greater than the one that is there."""
    for _ in range(count // _LONG):
        _most_long(to, source)
        to, source = to + _LONG_BYTES, source + _LONG_BYTES
    for _ in range(count % _LONG // _SHORT):
        _most_short(to, source)
        to, source = to + _SHORT_BYTES, source + _SHORT_BYTES


@kernel
def prefetch(field: Any, row: Any, column: Any) -> None:
    """Ask for the line of the cache that holds a cell; changes nothing."""
    _ask_for(address(field, row, column))


@kernel
def count_up(counts: Any, n: Any) -> Any:
    """Add one to a count that threads share, and tell what it was."""
    return _count_up_at(_count_at(counts, n))


@kernel
def look_at(counts: Any, n: Any) -> Any:
    """A count that threads share; what was written before it can be read after."""
    return _look_at_place(_count_at(counts, n))


@kernel
def put(counts: Any, n: Any, value: Any) -> None:
    """Set a count that threads share."""
    _put_at(_count_at(counts, n), np.int64(value))


@kernel
def _count_at(counts: Any, n: Any) -> Any:
    return np.uintp(counts.ctypes.data + 8 * n)
