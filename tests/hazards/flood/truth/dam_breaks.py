"""Dam breaks on a flat bed: Ritter (dry below the dam), Stoker (wet below it), both without
friction, and Dressler (dry, with friction).

Delestre et al. (2013), SWASHES, Int. J. Numer. Meth. Fluids 72, 269-300, sections 4.1.1 to 4.1.3;
Ritter (1892), Z. Ver. Deut. Ing. 36, 947-954; Stoker (1957), Water Waves, ch. 10.8; Dressler
(1952), J. Res. Nat. Bur. Standards 49, 217-225, with Manning's friction in place of Chezy's.
x in metres, the dam at x = 0; t in seconds; depths in metres, velocities in m/s.
"""

from dataclasses import dataclass

import numpy as np
from scipy.integrate import cumulative_trapezoid
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


def dressler(
    x: np.ndarray, t: float, above_m: float, manning: float
) -> tuple[np.ndarray, np.ndarray, float]:
    """Depth, velocity, and where the tip begins, in which nothing is known but that it is slower.

    With c^2 = g h, s = x/t and k = n^2 g^(7/3), friction is k u^2 / c^(8/3). To the first order in
    it c = c0 + k t C(s), u = u0 + k t U(s), c0 and u0 Ritter's; with F = u0^2 c0^(-8/3)

        U = (10 C - 3 F)/7,   24 c0 C' + 12 C = 3 c0 F' - 2 F,   C = 0 where the water is still.
    """
    still, k = np.sqrt(G * above_m), manning**2 * G ** (7.0 / 3.0)
    s = np.linspace(-still, 1.99 * still, 20_001)
    c0, u0 = (2.0 * still - s) / 3.0, 2.0 / 3.0 * (still + s)
    f = u0**2 * c0 ** (-8.0 / 3.0)
    f_s = 4.0 / 3.0 * u0 * c0 ** (-8.0 / 3.0) + 8.0 / 9.0 * u0**2 * c0 ** (-11.0 / 3.0)
    grows = (3.0 * c0 * f_s - 2.0 * f) / (24.0 * c0**2.5)  # of C / c0^1.5
    big_c = c0**1.5 * cumulative_trapezoid(grows, s, initial=0.0)
    c, u = c0 + k * t * big_c, u0 + k * t * (10.0 * big_c - 3.0 * f) / 7.0
    quiet = x <= -still * t
    h = np.where(quiet, above_m, np.interp(x / t, s, c) ** 2 / G)
    return h, np.where(quiet, 0.0, np.interp(x / t, s, u)), float(s[np.argmax(u)] * t)
