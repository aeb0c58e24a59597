"""Kinds of alarm rules and their directions."""

from enum import StrEnum

from anlan.vocabulary.words import NP_, Term


class RuleKind(StrEnum):
    """What a rule looks at: a value, its change, its absence, or several series together."""

    THRESHOLD = "threshold"
    RATE = "rate"
    MISSING = "missing"
    EXPRESSION = "expression"


class Direction(StrEnum):
    """On which side of its figure a rule holds.

    ABOVE and BELOW include the figure, OVER and UNDER still allow it; EITHER only for rates.
    """

    ABOVE = "above"
    BELOW = "below"
    OVER = "over"
    UNDER = "under"
    EITHER = "either"


LOWER = frozenset({Direction.BELOW, Direction.UNDER})
ALLOWS_FIGURE = frozenset({Direction.OVER, Direction.UNDER})


KIND_WORDS: dict[RuleKind, Term] = {
    RuleKind.THRESHOLD: NP_("rule kind", "Threshold"),
    RuleKind.RATE: NP_("rule kind", "Rate of change"),
    RuleKind.MISSING: NP_("rule kind", "Missing data"),
    RuleKind.EXPRESSION: NP_("rule kind", "Several series"),
}
THRESHOLD_WORDS: dict[Direction, Term] = {
    Direction.ABOVE: NP_("threshold side", "Reaches or exceeds"),
    Direction.BELOW: NP_("threshold side", "Reaches or falls below"),
    Direction.OVER: NP_("threshold side", "Exceeds"),
    Direction.UNDER: NP_("threshold side", "Falls below"),
}
RATE_WORDS: dict[Direction, Term] = {
    Direction.ABOVE: NP_("rate side", "Rises"),
    Direction.BELOW: NP_("rate side", "Falls"),
    Direction.EITHER: NP_("rate side", "Rises or falls"),
}
