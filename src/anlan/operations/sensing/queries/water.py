"""What a water-quality station says of its water: each indicator and the class they make."""

from dataclasses import dataclass
from datetime import datetime

from anlan.operations.sensing.queries.readings import newest_of
from anlan.operations.sensing.rules.water_class import (
    CLASS_NUMERALS,
    TARGET,
    Judged,
    class_of,
    judged,
    target_word,
)
from anlan.vocabulary.elements import Element


@dataclass(frozen=True, slots=True)
class WaterLine:
    """The newest value of one indicator; `numeral` is its class, empty where it is not judged."""

    element: Element
    value: float
    unit: str
    at: datetime
    stale: bool
    numeral: str
    target: str
    missed: bool


@dataclass(frozen=True, slots=True)
class Water:
    """Every indicator, and the class by those that are not stale; None where none is judged."""

    lines: list[WaterLine]
    judged: Judged | None


def water(code: str) -> Water:
    """The water at a station now. Two queries."""
    lines: list[WaterLine] = []
    fresh: dict[Element, float] = {}
    for row in newest_of(code):
        element = Element(row.element)
        if element is Element.BATTERY:
            continue
        found = class_of(element, row.value)
        if not row.stale:
            fresh[element] = row.value
        lines.append(
            WaterLine(
                element, row.value, row.unit, row.at, row.stale,
                CLASS_NUMERALS[found] if found else "", target_word(element),
                found is not None and found > TARGET,
            )
        )  # fmt: skip
    return Water(lines, judged(fresh))
