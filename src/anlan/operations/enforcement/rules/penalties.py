"""What a penalty is made of, CFF 9: a fine, gains confiscated, and what stands beside them.

A row of the discretion table says what the law gives for its violation; nothing else is decided
(CFF 4), and never more than the party was notified of (CFF 45).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from anlan.operations.enforcement.rules.money import Range, allowed
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_, Term


class Other(StrEnum):
    """Penalties without an amount, the lightest first."""

    WARNING = "warning"
    SUSPENSION = "suspension"
    LICENCE = "licence"
    STOP = "stop"
    CLOSURE = "closure"


CONFISCATION = "confiscation"  # of unlawful gains; a row of the discretion table may name it
OTHER_WORDS: Mapping[str, Term] = {
    Other.WARNING: NP_("other penalty", "Warning"),
    Other.SUSPENSION: NP_("other penalty", "Suspension of the permit"),
    Other.LICENCE: NP_("other penalty", "Revocation of the permit"),
    Other.STOP: NP_("other penalty", "Order to stop production or business"),
    Other.CLOSURE: NP_("other penalty", "Order to close"),
}
ROW_WORDS: Mapping[str, Term] = {
    **OTHER_WORDS,
    CONFISCATION: NP_("other penalty", "Confiscation of unlawful gains"),
}
HEARD = (Other.LICENCE, Other.STOP, Other.CLOSURE)  # CFF 63: with the right to a hearing
FOR_A_TIME = (Other.SUSPENSION, Other.STOP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """One decision's penalties; `fine` and `gains` in 元, `others` as `Other` orders them."""

    fine: Decimal = Decimal(0)
    gains: Decimal = Decimal(0)
    others: tuple[str, ...] = ()

    @property
    def carried_out(self) -> tuple[str, ...]:
        """What somebody must do or leave; a warning is done when it is served."""
        return tuple(one for one in self.others if one != Other.WARNING)

    @property
    def done_when_served(self) -> bool:
        """A warning alone: nothing to pay, nothing to carry out, nothing to ask the court for."""
        return not (self.fine or self.gains or self.carried_out)

    def within(self, told: "Penalty") -> bool:
        """Is it no heavier than what the party was told of?"""
        return (
            self.fine <= told.fine and self.gains <= told.gains
            and set(self.others) <= set(told.others)
        )  # fmt: skip


NOTHING = Penalty()


def of_text(text: str) -> tuple[str, ...]:
    """The other penalties that a record keeps as one text.

    >>> of_text("stop,warning")
    ('warning', 'stop')
    """
    given = set(text.split(","))
    return tuple(one.value for one in Other if one in given)


def given_by_row(penalty: Penalty, row: Range, others: str, *, discussed: bool) -> None:
    """Raises `Refused` for what the row (its range, and its other penalties) does not give."""
    if penalty == NOTHING:
        raise Refused(N_("A penalty is a fine or another penalty: name one at least.")).at("amount")
    lacking = set(penalty.others) - set(others.split(","))
    if lacking or (penalty.gains and CONFISCATION not in others.split(",")):
        raise Refused(N_("The law of this row does not give this other penalty.")).at("others")
    allowed(penalty.fine, row, discussed=discussed)


def gives_a_hearing(penalty: Penalty, limit: Decimal) -> bool:
    """May the party ask for a hearing? `limit` is what counts as a large amount, in 元."""
    large = penalty.fine >= limit or penalty.gains >= limit
    return large or bool(set(HEARD) & set(penalty.others))


def term_said(penalty: Penalty, terms: str) -> None:
    """Raises `Refused` where what is stopped or suspended has no term and extent."""
    if set(FOR_A_TIME) & set(penalty.others) and not terms.strip():
        raise Refused(N_("Say for how long, and what is stopped or suspended.")).at("terms")
