"""Made-up names and telephone numbers. The numbers begin with a prefix no operator uses."""

from dataclasses import dataclass

import numpy as np

DIGITS = 11


@dataclass(frozen=True, slots=True)
class Register:
    """Where invented persons come from: syllables and the telephone prefix of the district."""

    surnames: str
    given: str
    phone_prefix: str
    rng: np.random.Generator

    def names(self, count: int) -> list[str]:
        """Names of two or three characters."""
        family = self.rng.integers(len(self.surnames), size=count)
        first = self.rng.integers(len(self.given), size=count)
        second = self.rng.integers(len(self.given), size=count)
        short = self.rng.random(count) < 0.3
        return [
            self.surnames[f] + self.given[a] + ("" if s else self.given[b])
            for f, a, b, s in zip(
                family.tolist(), first.tolist(), second.tolist(), short.tolist(), strict=True
            )
        ]

    def phones(self, count: int) -> list[str]:
        """Numbers of eleven digits that reach nobody."""
        free = DIGITS - len(self.phone_prefix)
        numbers = self.rng.integers(10**free, size=count).tolist()
        return [f"{self.phone_prefix}{number:0{free}d}" for number in numbers]


def register(made_up: dict[str, str], rng: np.random.Generator) -> Register:
    return Register(made_up["surnames"], made_up["given"], made_up["phone_prefix"], rng)
