"""The level of an accident, 1 特别重大 … 4 一般: 国务院令493 art. 3; one criterion is enough.

"以上" includes the number. Acute industrial poisoning counts as serious injury.
"""

from decimal import Decimal

# level: deaths, serious injuries, direct loss in 万元, each from this number on.
FROM = ((1, 30, 100, Decimal(10_000)), (2, 10, 50, Decimal(5_000)), (3, 3, 10, Decimal(1_000)))
LEAST = 4


def accident_level(deaths: int, serious: int, loss: Decimal) -> int:
    """The level 1 … 4; `loss` in 万元.

    >>> accident_level(3, 0, Decimal(0)), accident_level(2, 9, Decimal("999.99"))
    (3, 4)
    """
    for number, dead, hurt, lost in FROM:
        if deaths >= dead or serious >= hurt or loss >= lost:
            return number
    return LEAST
