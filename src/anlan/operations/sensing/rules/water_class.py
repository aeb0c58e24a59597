"""Classes of surface water: GB 3838-2002 table 1, judged as 环办〔2011〕22号 lays down.

Each indicator has a class of its own; the water's is the worst of them. Water temperature, total
nitrogen and coliforms are not judged; total phosphorus is judged by the column for rivers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from anlan.operations.sensing.rules.rule_kinds import Direction
from anlan.vocabulary.elements import Element
from anlan.vocabulary.words import NP_, Term

WORSE_THAN_V = 6
TARGET = 3  # Ⅲ: what the plan wants of the river

IN_FORCE = date(2002, 6, 1)  # GB 3838-2002

CLASS_WORDS: dict[int, Term] = {
    1: NP_("water class", "Class I, excellent"),
    2: NP_("water class", "Class II, excellent"),
    3: NP_("water class", "Class III, good"),
    4: NP_("water class", "Class IV, lightly polluted"),
    5: NP_("water class", "Class V, moderately polluted"),
    WORSE_THAN_V: NP_("water class", "Worse than class V, heavily polluted"),
}
CLASS_NUMERALS = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ", 5: "Ⅴ", WORSE_THAN_V: ">Ⅴ"}

# The greatest value of classes Ⅰ to Ⅴ, mg/L.
AT_MOST: dict[Element, tuple[float, float, float, float, float]] = {
    Element.PERMANGANATE: (2.0, 4.0, 6.0, 10.0, 15.0),
    Element.COD: (15.0, 15.0, 20.0, 30.0, 40.0),
    Element.AMMONIA_NITROGEN: (0.15, 0.5, 1.0, 1.5, 2.0),
    Element.TOTAL_PHOSPHORUS: (0.02, 0.1, 0.2, 0.3, 0.4),
}
# The smallest value of classes Ⅰ to Ⅴ, mg/L.
AT_LEAST: dict[Element, tuple[float, float, float, float, float]] = {
    Element.DISSOLVED_OXYGEN: (7.5, 6.0, 5.0, 3.0, 2.0),
}
PH_BETWEEN = (6.0, 9.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """The water's class 1–6 and the indicators that make it so."""

    water_class: int
    by: tuple[Element, ...]


def class_of(element: Element, value: float) -> int | None:
    """The class of one indicator in its unit, 1–6; None for one that is not judged."""
    if element is Element.PH:
        return 1 if PH_BETWEEN[0] <= value <= PH_BETWEEN[1] else WORSE_THAN_V
    if element in AT_LEAST:
        met = (n for n, limit in enumerate(AT_LEAST[element], 1) if value >= limit)
    elif element in AT_MOST:
        met = (n for n, limit in enumerate(AT_MOST[element], 1) if value <= limit)
    else:
        return None
    return next(met, WORSE_THAN_V)


def judged(values: Mapping[Element, float]) -> Judged | None:
    """The class of a water by its indicators; None when none of them is judged."""
    classes = {
        element: found
        for element, value in values.items()
        if (found := class_of(element, value)) is not None
    }
    if not classes:
        return None
    worst = max(classes.values())
    return Judged(worst, tuple(element for element in values if classes.get(element) == worst))


def limits(water_class: int) -> Iterator[tuple[Element, Direction, float]]:
    """What water of a class (1 to 5) must not exceed or fall below; the figure itself is in it."""
    for element, most in AT_MOST.items():
        yield element, Direction.OVER, most[water_class - 1]
    for element, least in AT_LEAST.items():
        yield element, Direction.UNDER, least[water_class - 1]
    yield Element.PH, Direction.UNDER, PH_BETWEEN[0]
    yield Element.PH, Direction.OVER, PH_BETWEEN[1]


def source_of(water_class: int) -> str:
    return f"GB 3838-2002 表1 {CLASS_NUMERALS[water_class]}类"


def target(element: Element) -> float | None:
    """The limit of class Ⅲ, mg/L; None for pH and for what is not judged."""
    limits = AT_MOST.get(element) or AT_LEAST.get(element)
    return limits[TARGET - 1] if limits else None


def target_word(element: Element) -> str:
    """The limit of class Ⅲ as it is printed; empty for what is not judged."""
    if element is Element.PH:
        return f"{PH_BETWEEN[0]:g}–{PH_BETWEEN[1]:g}"
    limit = target(element)
    return "" if limit is None else f"{'≥' if element in AT_LEAST else '≤'} {limit:g}"
