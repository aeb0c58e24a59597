"""Readings that no threshold needs to look at: far the most of all that arrives."""

from collections.abc import Iterable
from dataclasses import replace

from anlan.operations.sensing.rules.crossings import Limit


def quiet(values: Iterable[float | None], limit: Limit, *, lower: bool = False) -> bool:
    """Do all values stay on the side where no crossing begins, goes on or has not ended?

    Then they begin no crossing, and where none is known of the threshold they end none.
    """
    if lower:
        ceiling = -replace(limit, level=-limit.level).ends
        return all(value is None or value > ceiling for value in values)
    return all(value is None or value < limit.ends for value in values)
