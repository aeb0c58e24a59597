"""Whose term it is that comes near."""

from collections.abc import Callable

from anlan.operations.chemicals.actions.chain import HOLDING, ask_for_licence
from anlan.operations.chemicals.actions.pipelines import PIPELINE, ask_for_inspection
from anlan.operations.chemicals.actions.wastes import WASTE, ask_for_waste
from anlan.operations.people.actions import PLATFORM, act

_ASKS: dict[str, Callable[[int], None]] = {
    WASTE.kind: ask_for_waste, HOLDING.kind: ask_for_licence, PIPELINE.kind: ask_for_inspection,
}  # fmt: skip


def ask_for(kind: str, record_id: int) -> None:
    """Put on the desks what an entry's term asks for, where it still does."""
    with act("chemicals.ask", PLATFORM) as this:
        _ASKS[kind](record_id)
        this.on(kind, record_id, f"{kind} {record_id}")
