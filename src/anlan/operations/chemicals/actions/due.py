"""Whose term it is that comes near; of an enterprise that is closed none does."""

from collections.abc import Callable, Collection

from anlan.operations.chemicals.actions.books import Book
from anlan.operations.chemicals.actions.chain import HOLDING, ask_for_licence
from anlan.operations.chemicals.actions.desk import clear, key_of
from anlan.operations.chemicals.actions.pipelines import PIPELINE, ask_for_inspection
from anlan.operations.chemicals.actions.wastes import GAP, WASTE, ask_for_waste
from anlan.operations.deadlines.queries import still_asked
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.queries.rows import closed_among, closed_ids

_ASKS: dict[str, Callable[[int], None]] = {
    WASTE.kind: ask_for_waste, HOLDING.kind: ask_for_licence, PIPELINE.kind: ask_for_inspection,
}  # fmt: skip
_TERMS: tuple[Book, ...] = (WASTE, HOLDING, PIPELINE)
CLOSED_A_TURN = 200


def ask_for(kind: str, record_id: int) -> None:
    """Put on the desks what an entry's term asks for, where it still does."""
    with act("chemicals.ask", PLATFORM) as this:
        _ASKS[kind](record_id)
        this.on(kind, record_id, f"{kind} {record_id}")


def let_go_of_closed() -> int:
    """Nothing waits of so many enterprises that an older version left on the desks when they were
    closed; how many these were. At rest one query."""
    asked = still_asked("chemicals", closed_ids())
    closed = {pk for pk in asked[:CLOSED_A_TURN] if pk is not None}
    if closed:
        follow_state(closed)
    return len(closed)


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
