"""Readings that no threshold needs to look at: far the most of all that arrives."""

from collections.abc import Iterable

from anlan.operations.sensing.rules.crossings import TOLERANCE, Limit
from anlan.operations.sensing.rules.rule_kinds import Direction


def quiet(
    values: Iterable[float | None], limit: Limit, direction: Direction = Direction.ABOVE
) -> bool:
    """Do all values stay on the side where no crossing begins, goes on or has not ended?

    Then they begin no crossing, and where none is known of the threshold they end none.
    """
    if direction is Direction.BELOW:
        ceiling = limit.level + limit.hysteresis + TOLERANCE
        return all(value is None or value > ceiling for value in values)
    floor = limit.level - limit.hysteresis - TOLERANCE
    return all(value is None or value < floor for value in values)
