"""Dam breaks on a flat frictionless bed: Ritter (dry below the dam) and Stoker (wet below it).

Delestre et al. (2013), SWASHES, Int. J. Numer. Meth. Fluids 72, 269-300, sections 4.1.1 and 4.1.2;
Ritter (1892), Z. Ver. Deut. Ing. 36, 947-954; Stoker (1957), Water Waves, ch. 10.8.
x in metres, the dam at x = 0; t in seconds; depths in metres, velocities in m/s.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

G = 9.81


def ritter(x: np.ndarray, t: float, above_m: float) -> tuple[np.ndarray, np.ndarray]:
    """Depth and velocity after the dam in front of `above_m` of water vanished."""
    c0 = np.sqrt(G * above_m)
    tail, tip = -c0 * t, 2.0 * c0 * t
    h = np.where(x <= tail, above_m, (2.0 * c0 - x / t) ** 2 / (9.0 * G))
    u = np.where(x <= tail, 0.0, 2.0 / 3.0 * (x / t + c0))
    return np.where(x >= tip, 0.0, h), np.where(x >= tip, 0.0, u)


@dataclass(frozen=True)
class Stoker:
    """The middle state between rarefaction and bore, and the speed of the bore."""

    above_m: float
    below_m: float
    middle_m: float
    middle_u: float
    bore: float


def stoker_states(above_m: float, below_m: float) -> Stoker:
    """The depth where the speed of the rarefaction (Riemann invariant) is that of the bore."""

    def rarefied(h: float) -> float:
        return float(2.0 * (np.sqrt(G * above_m) - np.sqrt(G * h)))

    def bore_velocity(h: float) -> float:
        return float((h - below_m) * np.sqrt(G / 2.0 * (h + below_m) / (h * below_m)))

    h = brentq(lambda h: rarefied(h) - bore_velocity(h), below_m, above_m, xtol=1e-14)
    u = rarefied(h)
    return Stoker(above_m, below_m, h, u, h * u / (h - below_m))


def stoker(
    x: np.ndarray, t: float, above_m: float, below_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """Depth and velocity: still water, rarefaction, middle, bore, still water."""
    state = stoker_states(above_m, below_m)
    c0 = np.sqrt(G * above_m)
    fan = (state.middle_u - np.sqrt(G * state.middle_m)) * t
    h = np.select(
        [x <= -c0 * t, x <= fan, x <= state.bore * t],
        [above_m, (2.0 * c0 - x / t) ** 2 / (9.0 * G), state.middle_m],
        below_m,
    )
    u = np.select(
        [x <= -c0 * t, x <= fan, x <= state.bore * t],
        [0.0, 2.0 / 3.0 * (x / t + c0), state.middle_u],
        0.0,
    )
    return h, u
