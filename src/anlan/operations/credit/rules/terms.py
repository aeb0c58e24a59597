"""How long things take and what they count in credit: the district's, dated, with their source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Days are working days, months calendar months, fines 元, points what an event takes.

    `accidents`: points by level 1..4; `penalties`: rows of least fine and points, ascending;
    `others`: points by other penalty (`enforcement.rules.penalties`).
    """

    object_days: int
    decide_days: int
    list_months: int
    repair_months: int
    event_months: int
    accidents: Mapping[int, int]
    penalties: Sequence[tuple[Decimal, int]]
    others: Mapping[str, int] = field(default_factory=dict)
    source: str = ""

    def of_penalty(self, fine: Decimal, others: Sequence[str]) -> int:
        """What weighs most of a decision that joins several penalties counts.

        >>> terms = Terms(object_days=10, decide_days=10, list_months=36, repair_months=12,
        ...     event_months=36, accidents={}, penalties=[(Decimal(0), -2)], others={"stop": -15})
        >>> terms.of_penalty(Decimal(5), ["stop"]), terms.of_penalty(Decimal(0), ["warning"])
        (-15, 0)
        """
        counted = [self.others.get(one, 0) for one in others]
        return min([self.of_fine(fine) if fine else 0, *counted])

    def of_fine(self, fine: Decimal) -> int:
        """
        >>> terms = Terms(object_days=10, decide_days=10, list_months=36, repair_months=12,
        ...     event_months=36, accidents={}, penalties=[(Decimal(0), -2), (Decimal(10000), -5)])
        >>> terms.of_fine(Decimal(9999)), terms.of_fine(Decimal(10000))
        (-2, -5)
        """
        fitting = [points for least, points in self.penalties if fine >= least]
        return fitting[-1] if fitting else 0
