"""A long wave that stands on a plane beach and runs up and down it, without friction.

Carrier & Greenspan (1958), J. Fluid Mech. 4, 97-109. Lengths are shares of a length L along the
beach, heights of S L, S its slope, times of (L / (S g))^0.5; x landwards from the shore at rest.
With phi = A J0(s) cos(l), no wave breaking while A < 1,

    u = phi_s / s,   t = l/2 - u,   surface = phi_l/4 - u^2/2,   depth = s^2/16.
"""

import numpy as np
from scipy.special import j0, j1

LENGTH_M, SLOPE = 20.0, 0.1
TIME_S = float(np.sqrt(LENGTH_M / (SLOPE * 9.81)))
AT_REST = np.pi / 4.0  # all water stands still, highest at sea
FARTHEST = 22.0  # s, deeper than anybody asks
Fields = tuple[np.ndarray, np.ndarray, np.ndarray]


def moving(s: np.ndarray, t: float, big: float) -> Fields:
    """x, depth and velocity for each s."""
    part = np.where(s > 1e-9, j1(np.maximum(s, 1e-9)) / np.maximum(s, 1e-9), 0.5)
    turn = np.full_like(s, 2.0 * t)
    for _ in range(100):
        turn = 2.0 * (t - big * part * np.cos(turn))
    u = -big * part * np.cos(turn)
    surface = -big / 4.0 * j0(s) * np.sin(turn) - u * u / 2.0
    return surface - s * s / 16.0, s * s / 16.0, u


def standing(x: np.ndarray, t: float, big: float) -> tuple[np.ndarray, np.ndarray]:
    """Depth and velocity."""
    place, depth, u = (field[::-1] for field in moving(np.linspace(0.0, FARTHEST, 20_001), t, big))
    wet = x < place[-1]
    return (
        np.where(wet, np.interp(x, place, depth), 0.0), np.where(wet, np.interp(x, place, u), 0.0)
    )  # fmt: skip
