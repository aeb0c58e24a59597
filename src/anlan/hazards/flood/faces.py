"""The equations of the local inertial model, one row function a stage of the step, compiled.

Each works on the columns first..stop of one row in a plain loop without branches, which LLVM turns
into vector code; all float32. Rows are passed one by one (upper, own, lower) because the compiler
proves independence of a few arrays only. Symbols as in `local_inertial`.
"""

from typing import Any

import numba
import numpy as np

F = np.float32
GRAVITY = F(9.81)
DRY_M = F(1e-3)  # no flow over a face with less water than this

_ZERO, _ONE, _TINY = F(0.0), F(1.0), F(1e-20)
_FOUR_THIRDS, _THIRD = F(4.0 / 3.0), F(1.0 / 3.0)
_CUBE_ROOT_SEED = np.int32(0x54A2FA8C)

NEXT = np.uint64(1)  # columns are unsigned: no index can be negative, so loops become vector code

Row = Any  # a row of float32, inside compiled code
_PLAIN: dict[str, Any] = {"_nrt": False}  # views of rows need no reference counting: a fifth faster
compiled = numba.njit(error_model="numpy", nogil=True, **_PLAIN)


@compiled
def inverse_cube_root(x: Any) -> Any:
    """x^(-1/3) to 2e-5: a seed from the exponent's bits and two Newton steps, no `pow`."""
    third = np.int32(F(np.float32(x).view(np.int32)) * _THIRD)
    y = np.int32(_CUBE_ROOT_SEED - third).view(np.float32)
    y = y * (_FOUR_THIRDS - _THIRD * x * y * y * y)
    return y * (_FOUR_THIRDS - _THIRD * x * y * y * y)


@compiled
def face_flow(
    q: Any, mixed: Any, h: tuple[Any, Any], z: tuple[Any, Any], k: tuple[Any, Any]
) -> Any:
    """Unit discharge q' over a face, m2/s, positive from the first cell to the second.

    q: its last value; mixed: q*; h, z: depth and ground of both cells; k: g dt/dx and g dt n2.
    """
    upper = h[0] + z[0] if h[0] + z[0] > h[1] + z[1] else h[1] + z[1]
    water = upper - (z[0] if z[0] > z[1] else z[1])
    hf = water if water > DRY_M else DRY_M
    fall = (z[1] - z[0]) + (h[1] - h[0])
    square = hf * hf
    size = q if q > _ZERO else -q
    flow = (mixed - k[0] * hf * fall) * square / (square + k[1] * size * inverse_cube_root(hf))
    critical = hf * np.sqrt(GRAVITY * hf)
    flow = flow if flow < critical else critical
    flow = flow if flow > -critical else -critical
    return flow if water > DRY_M else _ZERO


@compiled
def row_flow_x(q: Row, h: Row, z: Row, n2: Row, new: Row, cols: Any, k: Any) -> None:
    """Flow over the west faces. k: g dt/dx, g dt, theta, (1 - theta)/2."""
    for j in range(cols[0], cols[1]):
        mixed = k[2] * q[j] + k[3] * (q[j - NEXT] + q[j + NEXT])
        pull = (k[0], k[1] * n2[j])
        new[j] = face_flow(q[j], mixed, (h[j - NEXT], h[j]), (z[j - NEXT], z[j]), pull)


@compiled
def row_flow_y(q: Any, h: Any, z: Any, n2: Row, new: Row, cols: Any, k: Any) -> None:
    """The same over the north faces; q: upper, own, lower row; h, z: upper and own row."""
    q_up, q_own, q_low = q
    h_up, h_own = h
    z_up, z_own = z
    for j in range(cols[0], cols[1]):
        mixed = k[2] * q_own[j] + k[3] * (q_up[j] + q_low[j])
        pull = (k[0], k[1] * n2[j])
        new[j] = face_flow(q_own[j], mixed, (h_up[j], h_own[j]), (z_up[j], z_own[j]), pull)


@compiled
def row_greedy(qx: Row, qy: Row, qy_low: Row, h: Row, cols: Any, rate: Any) -> Any:
    """How many cells are asked for more water than they have."""
    greedy = 0
    for j in range(cols[0], cols[1]):
        out = qx[j + NEXT] if qx[j + NEXT] > _ZERO else _ZERO
        out += qy_low[j] if qy_low[j] > _ZERO else _ZERO
        out -= qx[j] if qx[j] < _ZERO else _ZERO
        out -= qy[j] if qy[j] < _ZERO else _ZERO
        greedy += out * rate > h[j]
    return greedy


@compiled
def row_share(qx: Row, qy: Row, qy_low: Row, h: Row, share: Row, cols: Any, rate: Any) -> None:
    """Donor cell: the share of the asked outflow that the cell's water allows, 0..1."""
    for j in range(cols[0], cols[1]):
        out = qx[j + NEXT] if qx[j + NEXT] > _ZERO else _ZERO
        out += qy_low[j] if qy_low[j] > _ZERO else _ZERO
        out -= qx[j] if qx[j] < _ZERO else _ZERO
        out -= qy[j] if qy[j] < _ZERO else _ZERO
        allowed = h[j] / (out * rate + _TINY)
        share[j] = allowed if allowed < _ONE else _ONE


@compiled
def row_limit(qx: Row, qy: Row, share_up: Row, share: Row, cols: Any) -> None:
    """Each face takes the share of the cell that gives."""
    for j in range(cols[0], cols[1]):
        qx[j] = qx[j] * (share[j - NEXT] if qx[j] > _ZERO else share[j])
        qy[j] = qy[j] * (share_up[j] if qy[j] > _ZERO else share[j])


@compiled
def row_depth(qx: Row, qy: Row, qy_low: Row, h: Row, lost: Row, cols: Any, rate: Any) -> None:
    """h' = h + dt/dx (in - out), with Kahan's compensation in `lost`: true depth is h - lost."""
    for j in range(cols[0], cols[1]):
        gain = ((qx[j] - qx[j + NEXT]) + (qy[j] - qy_low[j])) * rate - lost[j]
        total = h[j] + gain
        lost[j] = (total - h[j]) - gain
        h[j] = total


@compiled
def row_record(h: Row, highest: Row, cols: Any) -> None:
    """Keep the highest depth of each cell."""
    for j in range(cols[0], cols[1]):
        highest[j] = h[j] if h[j] > highest[j] else highest[j]


@compiled
def row_top(bits: Any, cols: Any, top: Any) -> Any:
    """The greatest depth of a row, or `top`; depths as the integers that order alike."""
    for j in range(cols[0], cols[1]):
        top = bits[j] if bits[j] > top else top
    return top


@compiled
def row_arrival(h: Row, arrival: Row, cols: Any, threshold: Any, now: Any) -> None:
    """Keep the first time the depth was reached; never is infinite."""
    for j in range(cols[0], cols[1]):
        first = now if now < arrival[j] else arrival[j]
        arrival[j] = first if h[j] >= threshold else arrival[j]


@compiled
def row_fill(row: Row, cols: Any, value: Any) -> None:
    for j in range(cols[0], cols[1]):
        row[j] = value
