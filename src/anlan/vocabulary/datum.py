"""Vertical datums: a stage without its datum is not a stage.

Bulletins of the same station mix Wusong and Yellow Sea heights (`domain.md` 4, the datum trap).
Heights of different datums are never compared; they are converted by the station's own offset or
refused.
"""

from dataclasses import dataclass
from enum import StrEnum


class Datum(StrEnum):
    WUSONG = "wusong"
    YELLOW_SEA = "yellow_sea"


class DatumMismatch(ValueError):
    """Two heights in different datums were about to be compared."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A water level: metres above a named datum."""

    metres: float
    datum: Datum

    def __sub__(self, other: "Stage") -> float:
        """Difference in metres; raises `DatumMismatch` across datums."""
        if self.datum is not other.datum:
            raise DatumMismatch(f"{self.datum} against {other.datum}")
        return self.metres - other.metres

    def to(self, datum: Datum, wusong_minus_yellow_sea_m: float) -> "Stage":
        """The same level in `datum`, by the station's offset (Wusong − Yellow Sea, metres)."""
        if datum is self.datum:
            return self
        sign = 1.0 if datum is Datum.WUSONG else -1.0
        return Stage(self.metres + sign * wusong_minus_yellow_sea_m, datum)
