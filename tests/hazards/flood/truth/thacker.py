"""Water swinging in a paraboloid without friction, shorelines moving over dry ground.

Thacker (1981), J. Fluid Mech. 107, 499-508; Delestre et al. (2013), SWASHES, 4.2.2. The middle of
the bowl is x = y = 0. a_m: radius at which the bowl reaches the still water; h0_m: depth of the
middle below it. Heights count from the still water.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

G = 9.81
Fields = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Bowl(ABC):
    """A paraboloid in which water swings, `omega` radians a second."""

    a_m: float = 1.0
    h0_m: float = 0.1

    @property
    @abstractmethod
    def omega(self) -> float: ...

    @property
    def period_s(self) -> float:
        return 2.0 * np.pi / self.omega

    def ground(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return self.h0_m * ((x**2 + y**2) / self.a_m**2 - 1.0)


@dataclass(frozen=True)
class Planar(Bowl):
    """The surface stays a plane that turns round; sway: share of a_m by which the middle moves."""

    sway: float = 0.5

    @property
    def omega(self) -> float:
        return float(np.sqrt(2.0 * G * self.h0_m) / self.a_m)

    def at(self, x: np.ndarray, y: np.ndarray, t: float) -> Fields:
        """Depth, and velocity east and north; velocities are 0 where it is dry."""
        eta = self.sway * self.a_m
        cos, sin = np.cos(self.omega * t), np.sin(self.omega * t)
        surface = eta * self.h0_m / self.a_m**2 * (2.0 * x * cos + 2.0 * y * sin - eta)
        h = np.maximum(surface - self.ground(x, y), 0.0)
        wet = h > 0.0
        return (
            h,
            np.where(wet, -eta * self.omega * sin, 0.0),
            np.where(wet, eta * self.omega * cos, 0.0),
        )


@dataclass(frozen=True)
class Radial(Bowl):
    """The water heaps in the middle and falls; r0_m: radius of the shore at the start."""

    r0_m: float = 0.8

    @property
    def omega(self) -> float:
        return float(np.sqrt(8.0 * G * self.h0_m) / self.a_m)

    def at(self, x: np.ndarray, y: np.ndarray, t: float) -> Fields:
        """Depth, and velocity east and north; velocities are 0 where it is dry."""
        big = (self.a_m**2 - self.r0_m**2) / (self.a_m**2 + self.r0_m**2)
        below = 1.0 - big * np.cos(self.omega * t)
        r2 = (x**2 + y**2) / self.a_m**2
        surface = self.h0_m * (
            np.sqrt(1.0 - big**2) / below - 1.0 - r2 * ((1.0 - big**2) / below**2 - 1.0)
        )
        h = np.maximum(surface - self.ground(x, y), 0.0)
        pull = self.omega * big * np.sin(self.omega * t) / (2.0 * below)
        wet = h > 0.0
        return h, np.where(wet, pull * x, 0.0), np.where(wet, pull * y, 0.0)
