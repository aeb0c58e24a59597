"""One item library 三标合一 (R-109): which items make an enterprise's list.

A list is not typed: it is every item in force that fits the enterprise and the use. A corrected
item is in every list at once, and a check keeps the versions that it was answered by.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_

SELF, REVIEW, ENFORCEMENT = "self", "review", "enforcement"
DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"
CYCLES = (DAILY, WEEKLY, MONTHLY)
KEY, PLAIN = "key", "plain"

CYCLE_WORDS = {
    DAILY: NP_("check cycle", "Daily"),
    WEEKLY: NP_("check cycle", "Weekly"),
    MONTHLY: NP_("check cycle", "Monthly"),
}
WEIGHT_WORDS = {
    KEY: NP_("check item", "Key item"),
    PLAIN: NP_("check item", "Ordinary item"),
}
# Uses by the key that the library keeps, and what each serves.
USES = {
    "all": frozenset({SELF, REVIEW, ENFORCEMENT}),
    "self": frozenset({SELF}),
    "self_review": frozenset({SELF, REVIEW}),
    "authority": frozenset({REVIEW, ENFORCEMENT}),
}
USE_WORDS = {
    "all": NP_("check use", "Self-check, review and enforcement"),
    "self": NP_("check use", "Self-check only"),
    "self_review": NP_("check use", "Self-check and review"),
    "authority": NP_("check use", "Review and enforcement"),
}


def use_of(own: bool, asked: str, regulates: bool) -> str:
    """What a check is, by who makes it; raises `Refused`.

    An enterprise checks itself. An authority inspects; a standardisation review is made by one
    that regulates, so not by grid workers, who patrol (`domain.md` 6).
    """
    if asked != REVIEW:
        return SELF if own else ENFORCEMENT
    if own or not regulates:
        raise Refused(N_("A standardisation review is made by a regulating unit."))
    return REVIEW


def prosecutable(use: str, not_ok: int) -> bool:
    """Whether a check may open an enforcement case: an authority's inspection, with findings."""
    return use == ENFORCEMENT and not_ok > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A version of an item. Empty `sector` or `trait`: every one. `trade` begins a GB/T 4754 code.

    `level`: only enterprises of this risk or worse (1 red … 4 blue); None: whatever their risk.
    """

    id: int
    code: str
    version: int
    text: str
    basis: str
    clause: str
    method: str
    weight: str
    cycle: str
    uses: str
    sector: str = ""
    trait: str = ""
    trade: str = ""
    level: int | None = None

    @property
    def key(self) -> bool:
        return self.weight == KEY


@dataclass(frozen=True, slots=True)
class Kind:
    """What of an enterprise decides its lists; risk 1 red … 4 blue, None as long as not rated."""

    sector: str
    traits: frozenset[str] = frozenset()
    trade: str = ""
    level: int | None = None


def fits(item: Item, kind: Kind) -> bool:
    """Whether an enterprise of this kind has the item on its lists; not rated counts as worst."""
    return (
        item.sector in ("", kind.sector)
        and (not item.trait or item.trait in kind.traits)
        and kind.trade.startswith(item.trade)
        and (item.level is None or kind.level is None or kind.level <= item.level)
    )


def listed(items: Iterable[Item], kind: Kind, use: str, cycle: str = "") -> tuple[Item, ...]:
    """The list of an enterprise for a use, of one cycle or of all; key items first."""
    mine = [
        one for one in items
        if use in USES[one.uses] and cycle in ("", one.cycle) and fits(one, kind)
    ]  # fmt: skip
    return tuple(sorted(mine, key=lambda one: (not one.key, one.code)))
