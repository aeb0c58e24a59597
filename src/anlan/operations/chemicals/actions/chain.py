"""The chain of chemicals: which substance where, how much at most, by which licence."""

from anlan.operations.chemicals.actions.books import Book
from anlan.operations.chemicals.actions.desk import Word, key_of, settle_term, tell
from anlan.operations.chemicals.models import Holding
from anlan.operations.chemicals.rules.substances import check_numbers
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def _settle(one: Holding) -> None:
    check_numbers(one.un, one.cas)
    if not one.most:
        raise Refused(N_("The amount is more than nothing."))
    if one.licence_until is not None and not one.licence:
        raise Refused(N_("Write the licence's number with its last day."))


def _after(one: Holding, by: str) -> None:
    until = one.licence_until if one.withdrawn_at is None else None
    settle_term(one, HOLDING.kind, until, by)


def ask_for_licence(holding_id: int) -> None:
    """The licence ends before long."""
    one = Holding.objects.filter(pk=holding_id, withdrawn_at=None).first()
    if one is None or one.licence_until is None:
        return
    word = Word(
        title=N_("Licence %(licence)s for %(substance)s ends: enter the one that follows"),
        action=N_("Enter the licence"), link=f"/chemicals/{one.pk}", due_on=one.licence_until,
        parameters={"licence": one.licence, "substance": one.substance},
    )  # fmt: skip
    tell(key_of(HOLDING.kind, one.pk), one, word)


HOLDING = Book(
    kind="holding", model=Holding,
    said=("stage", "substance", "un", "cas", "most", "unit", "process", "place", "licence",
          "licence_until", "note"),
    named=("stage", "substance", "place"), settle=_settle, after=_after,
)  # fmt: skip
