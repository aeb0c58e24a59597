"""Major hazard sources of dangerous chemicals, GB 18218-2018: identified by S, graded by R.

S = sum(q/Q) >= 1 makes a unit a major hazard source (4.2.2); R = alpha * sum(beta q/Q) grades it
(4.3.2). Quantities are tonnes; `exposed` are the people living within 500 m of its border.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from anlan.operations.risks.rules.substances import SUBSTANCES, Substance
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_TONNES = 10_000_000.0  # also keeps out what is no number
# Table 5: from so many exposed people on, alpha is.
ALPHA = ((100, 2.0), (50, 1.5), (30, 1.2), (1, 1.0), (0, 0.5))
# Table 6: from this R on, the class is.
CLASSES = ((100.0, 1), (50.0, 2), (10.0, 3))


@dataclass(frozen=True, slots=True)
class Held:
    """A substance and the greatest mass of it that the unit is built to hold, tonnes."""

    key: str
    tonnes: float

    @property
    def substance(self) -> Substance:
        return SUBSTANCES[self.key]


@dataclass(frozen=True, slots=True)
class Graded:
    """`s` identifies, `r` grades; `level` is the class 1 … 4, None below the threshold."""

    s: float
    r: float
    alpha: float
    level: int | None


def alpha(exposed: int) -> float:
    """Table 5.

    >>> alpha(0), alpha(29), alpha(30), alpha(100)
    (0.5, 1.0, 1.2, 2.0)
    """
    return next(value for least, value in ALPHA if exposed >= least)


def grade(held: Sequence[Held], exposed: int) -> Graded:
    """Grade one unit. Raises `Refused` for an unknown substance or a mass that is none."""
    if not held:
        raise Refused(N_("Name at least one substance."))
    if exposed < 0 or not all(0 < one.tonnes <= MOST_TONNES for one in held):
        raise Refused(N_("Masses are more than nothing, people not fewer than none."))
    if any(one.key not in SUBSTANCES for one in held):
        raise Refused(N_("This substance is not in the table."))
    s = sum(one.tonnes / one.substance.threshold_t for one in held)
    factor = alpha(exposed)
    r = factor * sum(one.substance.beta * one.tonnes / one.substance.threshold_t for one in held)
    if s < 1:
        return Graded(s, r, factor, None)
    return Graded(s, r, factor, next((n for least, n in CLASSES if r >= least), 4))
