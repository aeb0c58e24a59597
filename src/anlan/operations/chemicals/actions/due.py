"""Whose term it is that comes near; of an enterprise that is closed none does."""

from collections.abc import Callable, Collection

from anlan.operations.chemicals.actions.books import Book
from anlan.operations.chemicals.actions.chain import HOLDING, ask_for_licence
from anlan.operations.chemicals.actions.desk import clear, key_of
from anlan.operations.chemicals.actions.pipelines import PIPELINE, ask_for_inspection
from anlan.operations.chemicals.actions.wastes import GAP, WASTE, ask_for_waste
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.queries.rows import closed_among

_ASKS: dict[str, Callable[[int], None]] = {
    WASTE.kind: ask_for_waste, HOLDING.kind: ask_for_licence, PIPELINE.kind: ask_for_inspection,
}  # fmt: skip
_TERMS: tuple[Book, ...] = (WASTE, HOLDING, PIPELINE)


def ask_for(kind: str, record_id: int) -> None:
    """Put on the desks what an entry's term asks for, where it still does."""
    with act("chemicals.ask", PLATFORM) as this:
        _ASKS[kind](record_id)
        this.on(kind, record_id, f"{kind} {record_id}")


def follow_state(enterprises: Collection[int]) -> None:
    """Of enterprises, by id, that are closed nothing waits; of those that are not what is near is
    asked for, where they lie now."""
    closed = closed_among(enterprises)
    for book in _TERMS:
        rows = book.model._default_manager.filter(withdrawn_at=None)
        for record in rows.filter(enterprise__in=closed):
            clear(key_of(book.kind, record.pk), PLATFORM.label)
            clear(key_of(book.kind, record.pk, GAP), PLATFORM.label)
        for record in rows.filter(enterprise__in=set(enterprises) - closed):
            book.after(record, PLATFORM.label)
