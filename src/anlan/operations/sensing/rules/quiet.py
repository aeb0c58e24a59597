"""Readings that no threshold needs to look at: far the most of all that arrives."""

from collections.abc import Iterable

from anlan.operations.sensing.rules.crossings import TOLERANCE, Limit


def quiet(values: Iterable[float | None], limit: Limit) -> bool:
    """Do all values stay below where a crossing begins, goes on or has not ended?

    Then they begin no crossing, and where none is known of the threshold they end none.
    """
    floor = limit.level - limit.hysteresis - TOLERANCE
    return all(value is None or value < floor for value in values)
