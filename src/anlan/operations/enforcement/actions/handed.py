"""A danger that was handed to enforcement waits on the officers' desk until a case takes it up."""

from collections.abc import Collection

from anlan.operations.deadlines.actions import NewItem, close_item, open_item, open_items
from anlan.operations.enforcement.actions.desk import CHAIN, refresh
from anlan.operations.enforcement.actions.from_check import join_case
from anlan.operations.enforcement.models import EnforcementUnit
from anlan.operations.enforcement.queries.origin import cases_of, running
from anlan.operations.enforcement.queries.waiting import HANDED_ITEM
from anlan.operations.enforcement.rules.states import HANDLE, State
from anlan.operations.safety.queries.handed import (
    Handed,
    handed,
    handed_of,
    taken_up_until,
)
from anlan.operations.safety.queries.persons import bureau
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_


def ask_for_case(danger_id: int) -> None:
    """Ask for a case, or for the danger back, as long as it waits and no case of it runs, nor one
    of the check that found it, which takes it up.

    A case that was only planned has until then to be inspected. The caller's transaction.
    """
    danger, key, codes = handed(danger_id), f"{HANDED_ITEM}{danger_id}", _punish()
    if danger is not None:
        join_case(danger_id, danger, _unit(danger, codes))
    for case in cases_of(danger_id).filter(state=State.PLANNED):
        refresh(case)
    if danger is None or running(danger_id).exists():
        close_item(key)
        return
    open_item(_item(danger_id, danger, codes))


def ask_for_each(ids: Collection[int]) -> int:
    """As `ask_for_case`, of many that wait and have no case; how many those are. The caller's
    transaction, some few queries beside the terms."""
    waiting, codes = handed_of(ids), _punish()
    open_items([_item(pk, danger, codes) for pk, danger in waiting.items()])
    return len(waiting)


def _item(danger_id: int, danger: Handed, codes: Collection[str]) -> NewItem:
    last = taken_up_until(danger.since)
    return NewItem(
        key=f"{HANDED_ITEM}{danger_id}", kind="case",
        title=N_("Plan an inspection or send it back: %(title)s"),
        action=N_("Plan an inspection"), link=f"/dangers/{danger_id}", right=HANDLE,
        area_code=danger.area_code, unit=_unit(danger, codes),
        due_at=clock.end_of(last) if last else None, parameters={"title": danger.title},
        detail=danger.unit, chain=CHAIN,
    )  # fmt: skip


def _punish() -> set[str]:
    return set(EnforcementUnit.objects.values_list("code", flat=True))


def _unit(danger: Handed, codes: Collection[str]) -> str:
    """Who punishes: the unit that regulates it, else the bureau; "" where both do not."""
    return next((one for one in (danger.regulator, bureau()) if one in codes), "")
