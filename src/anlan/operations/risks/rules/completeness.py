"""How complete an enterprise's chain of risks is (R-204): found, rated, controlled, answered for.

Each part is the share of the risk points that have it; the score is their mean, in whole points of
a hundred [pv]. Where no risk point stands, nothing is complete.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from anlan.operations.risks.rules.loop import CONTROLS, State
from anlan.vocabulary.words import NP_

RATED, CONFIRMED, CONTROLLED, EMERGENCY, NAMED, PLACED = (
    "rated", "confirmed", "controlled", "emergency", "named", "placed",
)  # fmt: skip
LACKING_WORDS = {
    RATED: NP_("risk lacking", "not rated"),
    CONFIRMED: NP_("risk lacking", "rating not confirmed, or to be reviewed"),
    CONTROLLED: NP_("risk lacking", "no control measure"),
    EMERGENCY: NP_("risk lacking", "no emergency measure"),
    NAMED: NP_("risk lacking", "nobody answers for it"),
    PLACED: NP_("risk lacking", "not on the plan"),
}
MEASURES = tuple(key for key in CONTROLS if key != "emergency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What is asked of a risk point that is not retired."""

    state: str
    rated: bool
    controls: Mapping[str, str]
    responsible: str
    placed: bool

    def lacks(self) -> frozenset[str]:
        having = {
            RATED: self.rated,
            CONFIRMED: self.state == State.CONTROLLED,
            CONTROLLED: any(self.controls.get(key) for key in MEASURES),
            EMERGENCY: bool(self.controls.get("emergency")),
            NAMED: bool(self.responsible),
            PLACED: self.placed,
        }
        return frozenset(part for part, has in having.items() if not has)


@dataclass(frozen=True, slots=True)
class Completeness:
    """The score of a hundred, and how many risk points lack what; only what some lack."""

    score: int
    lacking: Mapping[str, int]


def completeness(points: Collection[Point]) -> Completeness:
    """Of the risk points of one enterprise, the retired ones left out.

    >>> lathe = Point(state="CONTROLLED", rated=True, controls={"engineering": "罩"},
    ...               responsible="周强", placed=False)
    >>> completeness([lathe])
    Completeness(score=67, lacking={'emergency': 1, 'placed': 1})
    >>> completeness([])
    Completeness(score=0, lacking={})
    """
    if not points:
        return Completeness(0, {})
    lacks = [one.lacks() for one in points]
    counts = {part: sum(part in one for one in lacks) for part in LACKING_WORDS}
    had = len(points) * len(LACKING_WORDS) - sum(counts.values())
    score = round(100 * had / (len(points) * len(LACKING_WORDS)))
    return Completeness(score, {part: count for part, count in counts.items() if count})
