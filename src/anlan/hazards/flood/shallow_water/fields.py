"""The arrays of a running simulation: padded, float32, heights relative to a local datum."""

from itertools import count
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water.series import Floats

Field = NDArray[np.float32]
Whole = NDArray[np.int64]

PAD = 16  # rows and columns of nothing around the grid; so many cells are a line of the cache
BLOCK_ROWS = 16  # a unit of work is so many rows, or a part of them,
SPAN = 32  # and a multiple of so many columns, or of a part of them,
LONGEST = 512  # but not more than this, so that its scratch stays near the processor
LINE = 16  # values in a line of the cache
PAGE = 1024  # and in a page of memory
_turn = count()
WALL_M = np.float32(1e5)  # ground outside the domain
SCRATCH = 36  # rows of scratch of a unit
NOTHING = np.zeros((0, 0), dtype=np.float32)


class Water(NamedTuple):
    """h: depth, m; qx, qy: unit discharge, m2/s (on west and north faces in the local inertial
    scheme, else in the cell); padded shape."""

    h: Field
    qx: Field
    qy: Field


class Land(NamedTuple):
    """z: relative ground; n2: Manning's n squared; lost: Kahan's compensation of the depth, which
    truly is h - lost; lost_half: that of the first half of a second-order step;
    rain: maps in m/s, padded, or nothing; share: of a cell in which water stands, west, north: of
    its faces that lets pass, nothing where no building stands."""

    z: Field
    n2: Field
    lost: Field
    lost_half: Field
    rain: NDArray[np.float32]
    share: Field
    west: Field
    north: Field


class Kept(NamedTuple):
    """Outputs under way, padded; size 0 where not asked."""

    depth: Field
    speed: Field
    hv: Field
    arrival: Field
    duration: Field


class Soil(NamedTuple):
    """kind (1,): as in `infiltration`; first, second: its parameters, taken: m; padded or nothing.

    sum (1,): all that was taken, metres times cells.
    """

    kind: Whole
    first: Field
    second: Field
    taken: Field
    sum: Floats


class Units(NamedTuple):
    """Pieces of rows row..row_stop and columns col..col_stop (padded) to be computed.

    face, face_stop: their rows' part of `Outline`; top: fastest wave in each, m/s. total (1,): how
    many there are. tasks: where to cut the list into pieces with as much to do. wet: of patches;
    active: of the smallest units. work, strip: scratch of each thread, rows or one strip; taken: by
    the ground of each unit; fresh: whether anything in it became wet; band: a row of patches. A
    unit is `tall` rows and a multiple of `wide` columns, up to `longest`; a patch is `patch` cells
    square, and wet ones are looked for anew every so many steps.
    """

    row: Whole
    row_stop: Whole
    col: Whole
    col_stop: Whole
    face: Whole
    face_stop: Whole
    top: Field
    total: Whole
    tasks: Whole
    wet: NDArray[np.uint8]
    active: NDArray[np.uint8]
    work: Field
    strip: Field
    taken: Floats
    fresh: NDArray[np.uint8]
    band: NDArray[np.uint8]
    tall: int
    wide: int
    longest: int
    patch: int
    every: int


class Outline(NamedTuple):
    """Faces between ground and outside, sorted by padded row, then column, of the inside cell.

    side: 0 west, 1 east, 2 north, 3 south; kind: as in `outline`; group: which boundary (-1 none);
    bed: of the cell, relative, m; open: share of the face that lets pass; depth: outside over the
    bed, m, and inward: unit discharge, m2/s, both set before each step (inward first as the face's
    share of its boundary's); passed: water that came in less what went out, and entered: what came
    in, step by step, m2 (times the cell's side: m3). given: which faces belong to a boundary.
    """

    row: Whole
    col: Whole
    side: Whole
    kind: Whole
    group: Whole
    bed: Floats
    open: Floats
    depth: Floats
    inward: Floats
    passed: Floats
    entered: Floats
    given: Whole


class Forcing(NamedTuple):
    """What drives the water from outside, all series padded to one length by their last point.

    times, values, (series, points): first the boundaries' (stage relative, m, or m3/s), one a
    group, then the levels of torrents, then the inflows'. level_of: for each group the series of
    its torrent's level or -1. row, col, share, series: cells of inflows, padded. came: m3 by cell.
    rain_times, rain_m_s: rain of all cells; map_times: of rain maps. rained: (1,) m of all cells.
    inside: (1,) how many cells have ground; map_sums: of each rain map over them, m/s.
    """

    times: Floats
    values: Floats
    level_of: Whole
    row: Whole
    col: Whole
    share: Floats
    series: Whole
    came: Floats
    rain_times: Floats
    rain_m_s: Floats
    map_times: Floats
    map_sums: Floats
    rained: Floats
    inside: Whole


class Links(NamedTuple):
    """kind; row, col, row_to, col_to: padded, -1 is outside; way: 1 is one way only; numbers: of
    each kind as `links` lays them; opening, outside: which series, -1 none; times,
    values: those series, levels relative; heads, flows: curves of pumps, from `curve` to
    `curve_stop`.

    running: pumps, 1 on; rate: m3/s in this step, from cell to `to`; passed: m3 so far, net; came,
    went: (1,) m3 from and to the outside. centred: (1,), whether discharges are those of cells.
    """

    kind: Whole
    row: Whole
    col: Whole
    row_to: Whole
    col_to: Whole
    way: Whole
    numbers: Floats
    opening: Whole
    outside: Whole
    times: Floats
    values: Floats
    curve: Whole
    curve_stop: Whole
    heads: Floats
    flows: Floats
    running: Whole
    rate: Floats
    passed: Floats
    came: Floats
    went: Floats
    centred: Whole


class Team(NamedTuple):
    """counts: as `team` lays them; told: the step of the sweep; pieces: of a sweep."""

    counts: Whole
    told: Floats
    pieces: int


class Run(NamedTuple):
    """All that a loop over time needs beside the two waters."""

    land: Land
    soil: Soil
    outline: Outline
    forcing: Forcing
    units: Units
    pinned: NDArray[np.uint8]
    kept: Kept
    rows: int
    cell_m: float
    courant: float
    arrival_m: float
    duration_m: float
    links: Links
    team: Team


class Step(NamedTuple):
    """dt: s; stage: 1 or 2; counted: seconds of it for the account; ratio: dt/dx; pull: g dt; rain:
    m in this step; rain_map: which map, -1 none; now: time at its end; arrival_m, duration_m:
    depths asked."""

    dt: Any
    stage: Any
    counted: Any
    ratio: Any
    pull: Any
    rain: Any
    rain_map: Any
    now: Any
    arrival_m: Any
    duration_m: Any


def aligned(shape: tuple[int, ...], fill: float) -> Field:
    """An array that begins where a line of the processor's cache begins: vector code is faster."""
    size = int(np.prod(shape))
    room = np.empty(size + PAGE, dtype=np.float32)
    start = -(room.ctypes.data // room.itemsize) % LINE + next(_turn) * 5 * LINE % (PAGE - LINE)
    made = room[start : start + size].reshape(shape)
    made[...] = fill
    return made


def twin(field: Field) -> Field:
    """Another array of the same values."""
    made = aligned(field.shape, 0.0)
    made[...] = field
    return made


def padded(field: NDArray[Any], fill: float) -> Field:
    """The field with room around it and up to whole units."""
    rows, columns = field.shape
    tall = -(-rows // BLOCK_ROWS) * BLOCK_ROWS + 2 * PAD
    wide = -(-columns // SPAN) * SPAN + 2 * PAD
    made = aligned((tall, wide), fill)
    made[PAD : PAD + rows, PAD : PAD + columns] = field
    return made


def bare(field: Field, shape: tuple[int, int]) -> Field:
    """The grid's part of a padded field, a view."""
    return field[PAD : PAD + shape[0], PAD : PAD + shape[1]]
