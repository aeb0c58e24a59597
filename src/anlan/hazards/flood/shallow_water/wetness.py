"""Which parts of the grid are computed: those with water, and a margin that it cannot cross.

The grid is seen in patches of 8 x 8 cells. Water advances one cell a pass; after as many passes as
a patch is wide the wet ones are looked for anew, so a margin of one patch is enough. In first order
a patch is one cell: each step tells what became wet, and now and then what fell dry is given up.
What is outside is dry and at rest, so whether it is computed changes no result: cost follows the
water.
"""

from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import kernel, quick
from anlan.hazards.flood.shallow_water.fields import PAD
from anlan.hazards.flood.shallow_water.flux import DRY_M

BEING_DRY, BEING_WET, PINNED = 0, 1, 2


@kernel
def look(h: Any, units: Any, pinned: Any, everywhere: Any) -> Any:
    """Mark the wet patches inside the units anew, or all patches where water comes from above.

    At the start there are no units yet: then every patch is looked at. Returns whether any changed.
    """
    wet, patch = units.wet, units.patch
    changed = False
    if units.total[0] == 0 or everywhere:
        for i in range(wet.shape[0]):
            for j in range(wet.shape[1]):
                now = np.uint8(1) if everywhere else pinned[i, j] | _has_water(h, i, j, patch)
                changed |= wet[i, j] != now
                wet[i, j] = now
        return changed
    for n in range(units.total[0]):
        rows, cols = patches_of(units, n)
        for i in range(rows[0], rows[1]):
            for j in range(cols[0], cols[1]):
                now = pinned[i, j] | _has_water(h, i, j, patch)
                changed |= wet[i, j] != now
                wet[i, j] = now
    return changed


@kernel
def patches_of(units: Any, n: Any) -> Any:
    """The rows and the columns of patches in a unit."""
    patch = units.patch
    rows = (units.row[n] - PAD) // patch, -(-(units.row_stop[n] - PAD) // patch)
    return rows, ((units.col[n] - PAD) // patch, (units.col_stop[n] - PAD) // patch)


@kernel
def add(h: Any, units: Any, n: Any) -> Any:
    """Mark what became wet in a unit; returns whether anything did."""
    rows, cols = patches_of(units, n)
    added = False
    for i in range(rows[0], rows[1]):
        for j in range(cols[0], cols[1]):
            now = units.wet[i, j] | _has_water(h, i, j, units.patch)
            added |= units.wet[i, j] != now
            units.wet[i, j] = now
    return added


@kernel
def spread(units: Any) -> Any:
    """Whether anything became wet in the last step."""
    fresh = np.uint8(0)
    for n in range(units.total[0]):
        fresh |= units.fresh[n]
    return fresh > 0


@kernel
def _has_water(h: Any, row: Any, col: Any, patch: Any) -> Any:
    first, left = row * patch + PAD, col * patch + PAD
    for i in range(first, min(first + patch, h.shape[0])):
        deepest = DRY_M
        for j in range(left, left + patch):
            deepest = max(deepest, h[i, j])
        if deepest > DRY_M:
            return np.uint8(1)
    return np.uint8(0)


@kernel
def arrange(a: Any, b: Any, units: Any, outline: Any, rows: Any) -> None:
    """List the units anew. Where one is given up, the other buffer gets the same water."""
    wet, active = units.wet, units.active
    block, span = units.tall, units.wide
    tall, wide = block // units.patch, span // units.patch
    count = 0
    for m in range(active.shape[0]):
        first, stop = PAD + m * block, PAD + min((m + 1) * block, rows)
        face = np.searchsorted(outline.row, first)
        face_stop = np.searchsorted(outline.row, stop)
        begin = -1
        _gather(wet, (m * tall - 1, (m + 1) * tall + 1), units.band)
        for s in range(active.shape[1] + 1):
            here = s < active.shape[1] and _any(units.band, s * wide, (s + 1) * wide + 2)
            if s < active.shape[1]:
                if active[m, s] and not here:
                    _same(a, b, (first, stop), (PAD + s * span, PAD + (s + 1) * span))
                active[m, s] = here
            if begin >= 0 and (not here or (s - begin) * span >= units.longest):
                units.row[count], units.row_stop[count] = first, stop
                units.col[count], units.col_stop[count] = PAD + begin * span, PAD + s * span
                units.face[count], units.face_stop[count] = _faces(
                    outline, (face, face_stop), (units.col[count], units.col_stop[count])
                )
                count += 1
                begin = -1
            if here and begin < 0:
                begin = s
    units.total[0] = count
    _share_out(units)


@kernel
def _faces(outline: Any, among: Any, cols: Any) -> Any:
    """The shortest part of a list of faces in which all those of some columns are."""
    first, stop = among
    while first < stop and not cols[0] <= outline.col[first] < cols[1]:
        first += 1
    while first < stop and not cols[0] <= outline.col[stop - 1] < cols[1]:
        stop -= 1
    return first, stop


@quick
def _gather(wet: Any, rows: Any, band: Any) -> None:
    """Which columns of patches are wet in any of the rows; a dry one lies on either side."""
    for j in range(wet.shape[1]):
        band[j + 1] = 0
    for i in range(max(0, rows[0]), min(wet.shape[0], rows[1])):
        for j in range(wet.shape[1]):
            band[j + 1] |= wet[i, j]


@kernel
def _any(band: Any, first: Any, stop: Any) -> Any:
    while first < stop and not band[first]:
        first += 1
    return first < stop


@kernel
def _same(a: Any, b: Any, rows: Any, cols: Any) -> None:
    for i in range(rows[0], rows[1]):
        for j in range(cols[0], cols[1]):
            b.h[i, j], b.qx[i, j], b.qy[i, j] = a.h[i, j], a.qx[i, j], a.qy[i, j]


@kernel
def cells(units: Any) -> Any:
    """How many cells the units have."""
    total = 0
    for n in range(units.total[0]):
        total += (units.row_stop[n] - units.row[n]) * (units.col_stop[n] - units.col[n])
    return total


@kernel
def _share_out(units: Any) -> None:
    """Cut the list so that each task has about as many cells."""
    total, tasks = cells(units), units.tasks
    shares = tasks.size - 1
    done, task = 0, 1
    tasks[0] = 0
    for n in range(units.total[0]):
        done += (units.row_stop[n] - units.row[n]) * (units.col_stop[n] - units.col[n])
        while task < shares and done * shares >= total * task:
            tasks[task] = n + 1
            task += 1
    for rest in range(task, shares + 1):
        tasks[rest] = units.total[0]
