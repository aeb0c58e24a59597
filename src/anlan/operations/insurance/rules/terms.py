"""Who must be insured and which services ask for a qualification: the district's, dated."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A trade or field that must take liability insurance (AQF 51), as the district maps it.

    `sectors` and `traits` are keys of the register of enterprises, `codes` begin a GB/T 4754 code.
    """

    name: str
    sectors: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    codes: tuple[str, ...] = ()

    def holds(self, sector: str, traits: Collection[str], code: str) -> bool:
        """
        >>> mine = Trade(name="矿山", codes=("B",))
        >>> mine.holds("industry", [], "B0610"), mine.holds("industry", [], "")
        (True, False)
        """
        coded = bool(self.codes) and code.startswith(self.codes)
        return sector in self.sectors or bool(self.traits & set(traits)) or coded


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`remind_days`: calendar days before its end that a policy comes on the desk; `first_days`:
    within which whoever must be insured and never was enters its first one; `qualified`: services
    that only who holds a qualification in force may render (AQF 72)."""

    remind_days: int
    trades: Sequence[Trade]
    qualified: frozenset[str]
    source: str
    first_days: int = 30  # terms that were loaded before it was asked say nothing of it

    def grounds(self, sector: str, traits: Collection[str], code: str) -> list[str]:
        """The names of the trades for which an enterprise must be insured; none: it need not."""
        return [one.name for one in self.trades if one.holds(sector, traits, code)]
