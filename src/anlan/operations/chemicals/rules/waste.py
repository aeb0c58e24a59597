"""The books of one hazardous waste: what came, what went, what must be there, and how old it is."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from anlan.operations.chemicals.rules.words import COUNTED, DISPOSED, HANDED, PRODUCED
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

CODE = re.compile(r"[0-9]{3}-[0-9]{3}-([0-9]{2})")
NOTHING = Decimal(0)
_ORDER = (PRODUCED, HANDED, DISPOSED, COUNTED)  # of one day: what came in the morning may leave


@dataclass(frozen=True, slots=True)
class Move:
    """One movement; `amount` in tonnes, of a stock-taking what was found."""

    kind: str
    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Books:
    """`stock`: tonnes that must be there; `since`: the day the oldest of it was produced; `gap`:
    tonnes found over (below: under) the books at the last stock-taking, on `counted_on`."""

    stock: Decimal = NOTHING
    since: date | None = None
    gap: Decimal = NOTHING
    counted_on: date | None = None


def category(code: str) -> str:
    """The category of a code of the national list. Raises `Refused` for what is no code.

    >>> category("900-249-08")
    'HW08'
    """
    found = CODE.fullmatch(code)
    if found is None:
        raise Refused(N_("A waste code is written as in the national list: 900-249-08."))
    return f"HW{found[1]}"


def balance(moves: Iterable[Move]) -> Books:
    """What must be there after all movements; the oldest leaves first.

    Raises `Refused` where more would have left on a day than was there.
    """
    layers: deque[tuple[date, Decimal]] = deque()
    gap, counted_on = NOTHING, None
    for one in sorted(moves, key=lambda move: (move.on, _ORDER.index(move.kind))):
        if one.kind == PRODUCED:
            layers.append((one.on, one.amount))
        elif one.kind == COUNTED:
            gap, counted_on = one.amount - _sum(layers), one.on
        else:
            _leave(layers, one)
    return Books(_sum(layers), layers[0][0] if layers else None, gap, counted_on)


def _leave(layers: deque[tuple[date, Decimal]], move: Move) -> None:
    left = move.amount
    while left and layers:
        day, amount = layers.popleft()
        if amount > left:
            layers.appendleft((day, amount - left))
        left -= min(left, amount)
    if left:
        raise Refused(
            N_("On %(day)s more would leave than was there: %(amount)s t too much."),
            day=move.on, amount=f"{left.normalize():f}",
        )  # fmt: skip


def _sum(layers: Iterable[tuple[date, Decimal]]) -> Decimal:
    return sum((amount for _day, amount in layers), NOTHING)
