"""Steady flow without friction over a parabolic bump in a channel of 25 m.

Goutal & Maurel (1997), 2nd Workshop on dam-break wave simulation, EDF; Delestre et al. (2013),
SWASHES, 3.1.3-3.1.5. Bernoulli's head holds on each smooth stretch, the jump keeps momentum.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

G = 9.81
LENGTH_M = 25.0
TOP_M = 0.2


def ground(x: np.ndarray) -> np.ndarray:
    return np.asarray(np.maximum(0.0, TOP_M - 0.05 * (x - 10.0) ** 2))


def head(h: np.ndarray, z: np.ndarray, q: float) -> np.ndarray:
    """Bernoulli's: q2/(2 g h2) + h + z."""
    return np.asarray(q**2 / (2.0 * G * h**2) + h + z)


def critical(q: float) -> float:
    return float((q**2 / G) ** (1.0 / 3.0))


def _depth(energy: float, z: float, q: float, slow: bool) -> float:
    """The subcritical (slow) or supercritical depth that has this head; critical if barely any."""
    least = critical(q)
    missing = float(head(np.asarray(least), np.asarray(z), q)) - energy
    if missing > -1e-12:
        return least
    low, high = (least, energy - z + 1e-9) if slow else (1e-6, least)
    return float(brentq(lambda h: q**2 / (2.0 * G * h * h) + h + z - energy, low, high, xtol=1e-14))


@dataclass(frozen=True)
class Bump:
    """q: discharge, m2/s; outlet_m: depth at the lower end; jump_m: where the jump stands."""

    q: float
    outlet_m: float
    above: float
    below: float
    jump_m: float

    def depth(self, x: np.ndarray) -> np.ndarray:
        """Slow above the top (or everywhere); fast from there to the jump; slow below it."""
        transcritical = self.jump_m > 10.0
        return np.array([
            _depth(
                self.above if place < self.jump_m else self.below, float(ground(np.asarray(place))),
                self.q, not transcritical or place <= 10.0 or place >= self.jump_m,
            )
            for place in x
        ])  # fmt: skip


def subcritical() -> Bump:
    """4.42 m2/s, 2 m at the lower end."""
    energy = float(head(np.asarray(2.0), np.asarray(0.0), 4.42))
    return Bump(4.42, 2.0, energy, energy, 0.0)


def transcritical() -> Bump:
    """1.53 m2/s: critical on the top, fast below it to the end."""
    energy = float(head(np.asarray(critical(1.53)), np.asarray(TOP_M), 1.53))
    return Bump(1.53, _depth(energy, 0.0, 1.53, False), energy, energy, np.inf)


def transcritical_with_jump() -> Bump:
    """0.18 m2/s, 0.33 m at the lower end: critical on the top, a jump below it."""
    q, outlet = 0.18, 0.33
    above = float(head(np.asarray(critical(q)), np.asarray(TOP_M), q))
    below = float(head(np.asarray(outlet), np.asarray(0.0), q))

    def missing(x: float) -> float:
        z = float(ground(np.asarray(x)))
        fast, slow = _depth(above, z, q, False), _depth(below, z, q, True)
        return (q * q / fast + G * fast**2 / 2) - (q * q / slow + G * slow**2 / 2)

    return Bump(q, outlet, above, below, brentq(missing, 10.05, 11.99, xtol=1e-13))
