"""A unit's process score (P-01, `domain.md` 5): cycles kept, dangers rectified, in time, 清零.

Weights are dated data of the district [pv]. A part of which no record speaks is left out, and the
others carry its weight: a unit with nothing due has no rate, not a bad one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from anlan.vocabulary.words import NP_

PARTS = ("cycle", "rectified", "in_time", "cleared", "cases")
PART_WORDS = {
    "cycle": NP_("score part", "Cycles kept"),
    "rectified": NP_("score part", "Rectified of those due"),
    "in_time": NP_("score part", "Closed in time"),
    "cleared": NP_("score part", "Dangers found by authorities"),
    "cases": NP_("score part", "No zero-case period"),
}


@dataclass(frozen=True, slots=True)
class Score:
    """Points out of 100 and the shares they came from; None where nothing can be said."""

    points: float | None
    parts: Mapping[str, float | None]


def score(weights: Mapping[str, float], parts: Mapping[str, float | None]) -> Score:
    """The weighted mean of the shares (0 to 1) that are known, out of 100.

    >>> score({"rectified": 60, "in_time": 40}, {"rectified": 0.5, "in_time": None}).points
    50.0
    """
    known = {
        key: share for key in weights
        if weights[key] > 0 and (share := parts.get(key)) is not None
    }  # fmt: skip
    whole = sum(weights[key] for key in known)
    if not whole:
        return Score(None, dict(parts))
    points = 100 * sum(weights[key] * share for key, share in known.items()) / whole
    return Score(round(points, 1), dict(parts))


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
