"""The kernels: what is shared within a block, and where its threads wait for each other.

This module is loaded only where CUDA, or Numba's simulator of it, is there.
"""

from typing import Any

import numba.cuda
import numpy as np
from numba import config, float32, float64

from anlan.hazards.flood.shallow_water.gpu import blocks, local_inertial, second_order
from anlan.hazards.flood.shallow_water.gpu.blocks import TALL, WIDE

cuda: Any = numba.cuda  # which has no types
SIMULATED = bool(vars(config)["ENABLE_CUDASIM"])
THREADS = 2 if SIMULATED else 256  # of a block; the simulator's are threads of Python
BATCH = 4 if SIMULATED else 32  # steps handed over before the clock is asked for
FOLD = min(16, THREADS)
# sizes of shared memory, each a number by itself, as the compiler asks
TALL_1, TALL_2, TALL_3, TALL_4 = TALL + 1, TALL + 2, TALL + 3, TALL + 4
WIDE_1, WIDE_2, WIDE_3, WIDE_4 = WIDE + 1, WIDE + 2, WIDE + 3, WIDE + 4


@cuda.jit
def choose(water: Any, run: Any, ask: Any, place: Any) -> None:
    """One block: the next step, from the fastest wave of the last one."""
    land, outline, forcing, links = run
    tops, weights, clock, beat, which = place
    t = cuda.threadIdx.x
    partial = cuda.shared.array(THREADS, float32)
    if clock[blocks.NOW] < clock[blocks.UNTIL]:
        blocks.seek_top(t, THREADS, water, (outline, forcing), (tops, partial, weights))
        cuda.syncthreads()
        room = (partial, weights, (ask[0], ask[1]))
        blocks.set_faces(t, THREADS, water, (outline, forcing), room, clock)
        cuda.syncthreads()
        if t == 0:
            told = (land, forcing, links, ask)
            blocks.choose_step(THREADS, water, told, partial, (clock, beat, which))
            which[2] = 1
        cuda.syncthreads()
        blocks.pour(t, THREADS, (outline, forcing), (clock, beat), ask[1])
    elif t == 0:
        which[2] = 0  # nothing is left to do


@cuda.jit
def soak(water: Any, run: Any, place: Any) -> None:
    """The ground takes water before a step; each block counts what its tile took."""
    land, soil = run
    beat, which, even, soaked = place
    t, block = cuda.threadIdx.x, cuda.blockIdx.x
    partial = cuda.shared.array(THREADS, float32)
    taken = cuda.shared.array(THREADS, float64)
    if which[2] != 0:
        tile, step = blocks.corner(block, water.h.shape[1]), (beat, which)
        blocks.soak(t, THREADS, tile, (water.h, land, soil), (partial, even, taken), step)
        cuda.syncthreads()
        if t == 0:
            for n in range(THREADS):
                soaked[block] += taken[n]


@cuda.jit
def godunov(old: Any, new: Any, run: Any, place: Any) -> None:
    """One step of every tile, from the old water to the new."""
    land, outline, kept, edge = run
    tops, beat, which, even = place
    t, block = cuda.threadIdx.x, cuda.blockIdx.x
    x = cuda.shared.array((4, TALL, WIDE_1), float32)
    y = cuda.shared.array((4, TALL_1, WIDE), float32)
    partial = cuda.shared.array(THREADS, float32)
    if which[2] != 0:
        tile, step = blocks.corner(block, old.h.shape[1]), (beat, which)
        blocks.godunov_faces(t, THREADS, tile, old, (land.z, (x, y)), step)
        cuda.syncthreads()
        blocks.godunov_outline(t, THREADS, tile, old, (outline, edge, land.z, (x, y)), step)
        cuda.syncthreads()
        run_of_cells = (land, kept, (x, y), (partial, even))
        blocks.godunov_cells(t, THREADS, tile, (old, new), run_of_cells, step)
        cuda.syncthreads()
        blocks.fold(t, THREADS, FOLD, partial)
        cuda.syncthreads()
        if t == 0:
            tops[block] = blocks.greatest(partial, FOLD)


@cuda.jit
def inertial(old: Any, new: Any, run: Any, place: Any) -> None:
    """One step of every tile, from the old water to the new."""
    land, outline, kept, edge = run
    tops, beat, which, even = place
    t, block = cuda.threadIdx.x, cuda.blockIdx.x
    x = cuda.shared.array((TALL_2, WIDE_3), float32)
    y = cuda.shared.array((TALL_3, WIDE_2), float32)
    share = cuda.shared.array((TALL_2, WIDE_2), float32)
    own_x = cuda.shared.array((TALL_1, WIDE_2), float32)
    own_y = cuda.shared.array((TALL_1, WIDE_2), float32)
    partial = cuda.shared.array(THREADS, float32)
    middle = cuda.shared.array((2, THREADS), float32)
    if which[2] != 0:
        tile, step = blocks.corner(block, old.h.shape[1]), (beat, which)
        local_inertial.flows(t, THREADS, tile, old, (land, outline, edge, (x, y)), step)
        cuda.syncthreads()
        local_inertial.shares(t, THREADS, tile, old, (land.z, (x, y), share), step)
        cuda.syncthreads()
        local_inertial.limits(t, THREADS, ((x, y), share, (own_x, own_y)))
        cuda.syncthreads()
        run_of_cells = (land, kept, edge, outline, (own_x, own_y), (partial, even, middle))
        local_inertial.cells(t, THREADS, tile, (old, new), run_of_cells, step)
        cuda.syncthreads()
        blocks.fold(t, THREADS, FOLD, partial)
        cuda.syncthreads()
        if t == 0:
            tops[block] = blocks.wave_on(blocks.greatest(partial, FOLD))


@cuda.jit
def muscl(a: Any, b: Any, run: Any, place: Any, stage: Any) -> None:
    """One stage of every tile: the first from `a` to `b`, the second from `b` back to `a`."""
    land, outline, kept, edge = run
    tops, beat, which, even = place
    t, block = cuda.threadIdx.x, cuda.blockIdx.x
    laid = cuda.shared.array((4, TALL_4, WIDE_4), float32)
    across = cuda.shared.array((4, TALL, WIDE_2), float32)
    along = cuda.shared.array((4, TALL_2, WIDE), float32)
    x = cuda.shared.array((4, TALL, WIDE_1), float32)
    y = cuda.shared.array((4, TALL_1, WIDE), float32)
    partial = cuda.shared.array(THREADS, float32)
    if which[2] != 0:
        tile, step = blocks.corner(block, a.h.shape[1]), (beat, which)
        water = a if stage == 1 else b
        second_order.lay(t, THREADS, tile, water, land.z, laid)
        cuda.syncthreads()
        second_order.slopes(t, THREADS, tile, edge, (laid, across, along))
        cuda.syncthreads()
        second_order.fluxes(t, THREADS, (laid, across, along), (x, y))
        cuda.syncthreads()
        blocks.godunov_outline(t, THREADS, tile, water, (outline, edge, land.z, (x, y)), step)
        cuda.syncthreads()
        room, flux = (across, along), (x, y)
        if stage == 1:
            second_order.first(t, THREADS, tile, (a, b), (land, room, flux, even), step)
        else:
            run_of_cells = (land, kept, room, flux, (partial, even))
            second_order.second(t, THREADS, tile, (a, b), run_of_cells, step)
            cuda.syncthreads()
            blocks.fold(t, THREADS, FOLD, partial)
            cuda.syncthreads()
            if t == 0:
                tops[block] = blocks.greatest(partial, FOLD)


def upload(field: Any) -> Any:
    """A copy on the device; the simulator's kernels take arrays as they are."""
    return np.copy(field) if SIMULATED else cuda.to_device(field)


def download(field: Any, into: Any) -> None:
    if into.size == 0:
        return
    if SIMULATED:
        into[...] = field
    else:
        field.copy_to_host(into)
