"""Where an indicator stands: DONE, ON_TRACK, BEHIND, AT_RISK or NO_DATA (`domain.md` 2.1 [pv]).

BEHIND is below the path, AT_RISK below 80 % of it. The path leads linearly from the base at the
plan's start to the target at its end; yearly duties run within the year up to 31 October; an
indicator without a path should stand at its target at any time.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anlan.vocabulary.units import MINUS, UNKNOWN
from anlan.vocabulary.words import NP_

AT_RISK_SHARE = 0.8
YEARLY_BY = (10, 31)


class Status(StrEnum):
    DONE = "DONE"
    ON_TRACK = "ON_TRACK"
    BEHIND = "BEHIND"
    AT_RISK = "AT_RISK"
    NO_DATA = "NO_DATA"


STATUS_WORDS = {
    Status.DONE: NP_("indicator status", "Met"),
    Status.ON_TRACK: NP_("indicator status", "On track"),
    Status.BEHIND: NP_("indicator status", "Behind"),
    Status.AT_RISK: NP_("indicator status", "At risk"),
    Status.NO_DATA: NP_("indicator status", "No data"),
}
STATUS_PILLS = {
    Status.DONE: "done",
    Status.ON_TRACK: "doing",
    Status.BEHIND: "late",
    Status.AT_RISK: "late",
    Status.NO_DATA: "wait",
}


class Direction(StrEnum):
    AT_LEAST = "ge"
    AT_MOST = "le"
    BELOW = "lt"


class Path(StrEnum):
    LEVEL = "level"
    LINEAR = "linear"
    YEAR = "year"


class Nature(StrEnum):
    """约束性: missed is a failure. 预期性: missed must be explained."""

    BINDING = "binding"
    EXPECTED = "expected"
    PLAIN = ""


NATURE_WORDS = {
    Nature.BINDING: NP_("indicator nature", "Binding"),
    Nature.EXPECTED: NP_("indicator nature", "Expected"),
}


@dataclass(frozen=True, slots=True)
class Aim:
    """What an indicator wants: its target, which way, by which path, between which days."""

    target: float
    direction: str
    path: str = Path.LEVEL
    base: float | None = None
    starts: date | None = None
    ends: date | None = None

    def met_by(self, value: float) -> bool:
        if self.direction == Direction.AT_LEAST:
            return value >= self.target
        return value < self.target if self.direction == Direction.BELOW else value <= self.target

    def expected(self, on: date) -> float:
        """How far the indicator should be on a day, in its unit."""
        if self.path == Path.YEAR:
            return self.target * share_of_year(on)
        if self.path == Path.LINEAR and self.base is not None and self.starts and self.ends:
            done = (on - self.starts) / (self.ends - self.starts)
            return self.base + (self.target - self.base) * min(1.0, max(0.0, done))
        return self.target


def written(value: float | None, decimals: int = 2) -> str:
    """A value as people write it: 1,477,345; 0.24; −9; — where no record speaks.

    >>> written(1477345.0)
    '1,477,345'
    """
    if value is None:
        return UNKNOWN
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def status(value: float | None, aim: Aim, on: date) -> Status:
    """Where a value stands on a day; None is no data, never a failure."""
    if value is None:
        return Status.NO_DATA
    if aim.met_by(value):
        return Status.DONE
    expected = aim.expected(on)
    share = attained(value, expected, aim.direction)
    if share >= 1:
        return Status.ON_TRACK
    return Status.BEHIND if share >= AT_RISK_SHARE else Status.AT_RISK


def attained(value: float, expected: float, direction: str) -> float:
    """How much of what was expected is there, 1 = all of it, whichever way the target lies."""
    if direction == Direction.AT_LEAST:
        return 1.0 if expected <= 0 else value / expected
    if value <= expected:
        return 1.0
    if expected < 0:  # a fall was asked for: a smaller fall is a smaller share
        return max(0.0, value / expected)
    return expected / value


def share_of_year(on: date) -> float:
    """How much of the time up to 31 October has passed, at most 1."""
    start, last = date(on.year, 1, 1), date(on.year, *YEARLY_BY)
    return min(1.0, ((on - start).days + 1) / ((last - start).days + 1))
