"""The equations of the shallow water on one face or in one cell: scalar, float32, no arrays.

Compiled for the processor here; the same Python functions (`.py_func`) compile for CUDA.

Hydrostatic reconstruction: Audusse et al. (2004), SIAM J. Sci. Comput. 25, 2050-2065, in the form
of Chen & Noelle (2017), SIAM J. Numer. Anal. 55, 758-784, which is the same where water covers the
step of the bed and keeps the pull of gravity on a film thinner than the step. HLLC: Toro (2001),
Shock-Capturing Methods for Free-Surface Shallow Flows, ch. 10.
"""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import scalar

F = np.float32
GRAVITY = F(9.81)
HALF_G = F(4.905)
DRY_M = F(1e-6)  # less water does not move
WET_M = np.nextafter(DRY_M, F(1.0))
THIN_M = F(1e-4)  # thinner films lose speed, so that discharge over depth stays bounded
THIN_SQUARE = F(1e-8)
FILM_M = F(1e-5)  # local inertial: no flow over a face with less water

ZERO, HALF, ONE, TWO, FOUR, TINY = F(0.0), F(0.5), F(1.0), F(2.0), F(4.0), F(1e-12)
STEEP = F(1.3)
ANY_SPEED = F(1e9)
_FOUR_THIRDS, _THIRD = F(4.0 / 3.0), F(1.0 / 3.0)
_CUBE_ROOT_SEED = np.int32(0x54A2FA8C)


@scalar
def inverse_cube_root(x: Any) -> Any:
    """x^(-1/3) to 2e-5: a seed from the exponent's bits and two Newton steps, no `pow`."""
    third = np.int32(F(F(x).view(np.int32)) * _THIRD)
    y = np.int32(_CUBE_ROOT_SEED - third).view(np.float32)
    y = y * (_FOUR_THIRDS - _THIRD * x * y * y * y)
    return y * (_FOUR_THIRDS - _THIRD * x * y * y * y)


@scalar
def per_depth(h: Any) -> Any:
    """By what a discharge is to be multiplied to be a speed; of thin films less than 1/h."""
    return h / max(h * h, THIN_SQUARE)


@scalar
def speed(h: Any, q: Any) -> Any:
    """Velocity of a discharge q (m2/s) over a depth h (m); films thinner than THIN_M are slowed."""
    square = h * h
    return q * h / max(square, THIN_SQUARE)


@scalar
def beds(h_l: Any, z_l: Any, h_r: Any, z_r: Any) -> Any:
    """Bed at the face, above each side's bed (m): min(max(z), min(h + z)) - z, of both sides."""
    low = min(h_l + z_l, h_r + z_r)
    bed = min(max(z_l, z_r), low)
    return min(bed - z_l, h_l), min(bed - z_r, h_r)


@scalar
def waves(h_l: Any, u_l: Any, h_r: Any, u_r: Any) -> Any:
    """Slowest and fastest wave at the face, m/s, already cut at zero (two rarefactions)."""
    c_l, c_r = sqrt(GRAVITY * h_l), sqrt(GRAVITY * h_r)
    u_star = HALF * (u_l + u_r) + c_l - c_r
    c_star = HALF * (c_l + c_r) + F(0.25) * (u_l - u_r)
    slow = min(u_l - c_l, u_star - c_star)
    fast = max(u_r + c_r, u_star + c_star)
    dry_l, dry_r = h_l <= DRY_M, h_r <= DRY_M
    slow = u_r - TWO * c_r if dry_l else slow
    fast = u_r + c_r if dry_l else fast
    slow = u_l - c_l if dry_r else slow
    fast = u_l + TWO * c_l if dry_r else fast
    return min(slow, ZERO), max(fast, ZERO)


@scalar
def hllc(left: Any, right: Any) -> Any:
    """The flux of `hllc_held` with all the spreading that the waves bring."""
    return hllc_held(left, right, ANY_SPEED)


@scalar
def hllc_held(left: Any, right: Any, most: Any) -> Any:
    """Flux from a left to a right state (h, u, v, z); u is normal to the face, metres and m/s.

    Returns mass (m2/s), normal momentum for the left and for the right cell (m3/s2), each without
    the cell's own g h^2/2 but with the push of the bed's step, and transverse momentum. Waves
    faster than `most`, m/s, spread the water like waves of that speed.
    """
    return flux_of(left, right, face_of(left, right, most))


@scalar
def face_of(left: Any, right: Any, most: Any) -> Any:
    """Depth at the face on either side, slowest and fastest wave; of `hllc_held` the first half."""
    h_l, u_l, _, z_l = left
    h_r, u_r, _, z_r = right
    step_l, step_r = beds(h_l, z_l, h_r, z_r)
    s_l, s_r = h_l - max(step_l, ZERO), h_r - max(step_r, ZERO)
    slow, fast = waves(s_l, u_l, s_r, u_r)
    return s_l, s_r, max(slow, -most), min(fast, most)


@scalar
def flux_of(left: Any, right: Any, face: Any) -> Any:
    """The flux of `hllc_held` over a face as `face_of` has it."""
    h_l, u_l, v_l, z_l = left
    h_r, u_r, v_r, z_r = right
    s_l, s_r, slow, fast = face
    step_l, step_r = beds(h_l, z_l, h_r, z_r)
    q_l, q_r = s_l * u_l, s_r * u_r
    share = ONE / (fast - slow + TINY)
    share = share if max(h_l, h_r) > DRY_M else ZERO  # else it would run where nobody looks
    both = slow * fast
    mass = (fast * q_l - slow * q_r + both * (s_r - s_l)) * share
    p_l, p_r = HALF_G * s_l * s_l, HALF_G * s_r * s_r
    # normal flux less the left pressure, then less the right one
    carried = fast * (q_l * u_l) - slow * (q_r * u_r) + both * (q_r - q_l)
    jump = p_r - p_l
    for_l = (carried - slow * jump) * share + HALF_G * (h_l + s_l) * min(step_l, ZERO)
    for_r = (carried - fast * jump) * share + HALF_G * (h_r + s_r) * min(step_r, ZERO)
    return mass, for_l, for_r, mass * (v_l if mass > ZERO else v_r)


@scalar
def friction(h: Any, qx: Any, qy: Any, k: Any) -> Any:
    """The share of a discharge that Manning's friction leaves after a step, implicitly.

    q' = q - dt g n^2 |q'| q' / h^(7/3), solved as a quadratic; k = g n^2 dt. Also returns 1/h.
    """
    return friction_by(root_of(h), h, qx, qy, k)


@scalar
def root_of(h: Any) -> Any:
    """h^(-1/3), of which friction needs the powers."""
    return inverse_cube_root(max(h, DRY_M))


@scalar
def friction_by(root: Any, h: Any, qx: Any, qy: Any, k: Any) -> Any:
    """The same as `friction` from a root that is known."""
    inverse = root * root * root
    pull = k * inverse * inverse * root * sqrt(qx * qx + qy * qy)
    kept = TWO / (ONE + sqrt(ONE + FOUR * pull))
    thin = min(ONE, h * h * F(1e8))
    return kept * thin, inverse


@scalar
def slope(before: Any, here: Any, after: Any, wet: Any) -> Any:
    """Change of a value across a cell: generalised minmod (theta 1.3), nothing beside dry cells."""
    back, ahead = STEEP * (here - before), STEEP * (after - here)
    middle = HALF * (after - before)
    least = min(abs(back), abs(ahead), abs(middle))
    limited = least if middle > ZERO else -least
    return limited if (back * ahead > ZERO) & wet else ZERO


@scalar
def inertial_flow(mixed: Any, h: Any, z: Any, k: Any) -> Any:
    """Unit discharge over a face, m2/s, positive from the first cell to the second.

    Bates et al. (2010), J. Hydrology 387, 33-45, with the neighbours' flow of de Almeida et al.
    (2012), WRR 48, W05528, capped at Froude number one. Friction is that of the flow it leaves, as
    in `friction`: with that of the flow before, a film on a slope swings about its discharge, and
    the step that its waves allow is no help. mixed: q*; h, z: depth and ground of both cells; k:
    g dt/dx and g dt n2.
    """
    upper = max(h[0] + z[0], h[1] + z[1])
    water = upper - max(z[0], z[1])
    hf = max(water, FILM_M)
    fall = (z[1] - z[0]) + (h[1] - h[0])
    drive = mixed - k[0] * hf * fall
    root = inverse_cube_root(hf)
    cube = root * root * root
    flow = TWO * drive / (ONE + sqrt(ONE + FOUR * k[1] * abs(drive) * (cube * cube * root)))
    critical = hf * sqrt(GRAVITY * hf)
    flow = max(min(flow, critical), -critical)
    return flow if water > FILM_M else ZERO
