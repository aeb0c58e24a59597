"""Which gate or conduit a figure is of: opening (09), openings that stand open (0C), flow (31).

The standard has no identifier for each gate: number 0A stands in the report, and the figures of
that gate, conduit or group of them behind it. A report without a number speaks of the only one, or
of all. Figures that stand before the first number of a report that has several could be of either
neighbour: they have no place, and neither have numbers beyond eight.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from anlan.protocols.sl651.items import Item
from anlan.vocabulary.elements import GATE_DISCHARGES, GATE_OPENINGS, GATES_OPEN, Element

NUMBER = "0A"
SERIES: dict[str, tuple[Element, tuple[Element, ...]]] = {
    "09": (Element.GATE_OPENING, GATE_OPENINGS),
    "0C": (Element.GATES_OPEN, GATES_OPEN),
    "31": (Element.GATE_DISCHARGE, GATE_DISCHARGES),
}
CODES = frozenset({NUMBER, *SERIES})


class Placed(NamedTuple):
    """An item of a gate with the element that it is; a number that says which is none itself."""

    item: Item
    element: Element | None


def placed_gates(items: Sequence[Item]) -> Iterator[Placed]:
    """The items of one report that speak of gates and have their place."""
    mine = [item for item in items if item.code in CODES and item.values]
    numbers = [item for item in mine if item.code == NUMBER]
    if len(numbers) == 1:  # wherever it stands
        mine = [*numbers, *(item for item in mine if item is not numbers[0])]
    elif numbers:
        mine = mine[next(n for n, item in enumerate(mine) if item.code == NUMBER) :]
    number: Item | None = None
    said = False
    for item in mine:
        if item.code == NUMBER:
            number, said = item, False
            continue
        alone, each = SERIES[item.code]
        if number is None:
            yield Placed(item, alone)
            continue
        which = number.values[0] if len(number.values) == 1 else None
        if which is None or which % 1 or not 1 <= which <= len(each):
            continue
        if not said:
            yield Placed(number, None)
            said = True
        yield Placed(item, each[int(which) - 1])
