"""Steady flow in a wide channel whose bed is made to fit a chosen depth, with Manning friction.

MacDonald, Baines, Nichols & Samuels (1997), J. Hydraul. Eng. 123, 1041-1045; with rain in Delestre
et al. (2013), SWASHES, 3.2. From (q2/h + g h2/2)' = -g h (z' + S_f), q' = R follows

    z' = (q2/(g h3) - 1) h' - 2 q R/(g h2) - n2 q2/h^(10/3).

x in metres from the upper end, q in m2/s, rain in m/s.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

G = 9.81
Depth = Callable[[np.ndarray], np.ndarray]
_SCALE_M = (4.0 / G) ** (1.0 / 3.0)


@dataclass(frozen=True)
class Channel:
    """depth and its derivative slope are chosen; the bed follows."""

    length_m: float
    q0: float
    manning: float
    depth: Depth
    slope: Depth
    rain: float = 0.0

    def discharge(self, x: np.ndarray) -> np.ndarray:
        return np.asarray(self.q0 + self.rain * x)

    def fall(self, x: np.ndarray) -> np.ndarray:
        """z', the slope of the bed."""
        h, q = self.depth(x), self.discharge(x)
        return np.asarray(
            (q**2 / (G * h**3) - 1.0) * self.slope(x)
            - 2.0 * q * self.rain / (G * h**2)
            - self.manning**2 * q**2 / h ** (10.0 / 3.0)
        )

    def ground(self, x: np.ndarray, finest: int = 20_000) -> np.ndarray:
        """Height of the bed, 0 at the lower end, by Simpson's rule on a fine grid."""
        fine = np.linspace(0.0, self.length_m, finest + 1)
        middle = 0.5 * (fine[1:] + fine[:-1])
        ends = self.fall(fine)
        part = (ends[1:] + ends[:-1] + 4.0 * self.fall(middle)) * (fine[1] - fine[0]) / 6.0
        z = np.concatenate([[0.0], np.cumsum(part)])
        return np.asarray(np.interp(x, fine, z - z[-1]))


def _hump(height: float, steepness: float, length_m: float) -> tuple[Depth, Depth]:
    def depth(x: np.ndarray) -> np.ndarray:
        return _SCALE_M * (1.0 + height * np.exp(-steepness * (x / length_m - 0.5) ** 2))

    def slope(x: np.ndarray) -> np.ndarray:
        off = x / length_m - 0.5
        return -2.0 * steepness * off / length_m * (depth(x) - _SCALE_M)

    return depth, slope


def subcritical() -> Channel:
    """SWASHES 3.2.1: 2 m2/s, n = 0.033, everywhere slower than its waves."""
    return Channel(1000.0, 2.0, 0.033, *_hump(0.5, 16.0, 1000.0))


def supercritical() -> Channel:
    """SWASHES 3.2.1: 2.5 m2/s, n = 0.04, everywhere faster than its waves."""
    return Channel(1000.0, 2.5, 0.04, *_hump(-0.2, 36.0, 1000.0))


def rained_on() -> Channel:
    """SWASHES 3.2.3: the subcritical depth with 1 m2/s at the head and 1 mm/s of rain."""
    return Channel(1000.0, 1.0, 0.033, *_hump(0.5, 16.0, 1000.0), rain=1e-3)


def through_critical() -> Channel:
    """SWASHES 3.2.1: slower than its waves above the middle, faster below; 2 m2/s, n = 0.0218."""

    def parts(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.where(x <= 500.0, 1 / 3, 1 / 6), np.where(x <= 500.0, 3.0, 6.0)

    def depth(x: np.ndarray) -> np.ndarray:
        share, steep = parts(x)
        return _SCALE_M * (1.0 - share * np.tanh(steep * (x / 1000.0 - 0.5)))

    def slope(x: np.ndarray) -> np.ndarray:
        share, steep = parts(x)
        return -_SCALE_M * share * steep / 1000.0 / np.cosh(steep * (x / 1000.0 - 0.5)) ** 2

    return Channel(1000.0, 2.0, 0.0218, depth, slope)
