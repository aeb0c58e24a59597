"""Whose desk a listed supervision 挂牌督办 waits on: its monthly report, and its own deadline."""

from anlan.operations.deadlines.actions import NewItem, close_each, open_item
from anlan.operations.safety.models import Danger, Supervision
from anlan.operations.safety.queries.supervision import Progress, progress_of
from anlan.operations.safety.queries.waiting import END_ITEM, PROGRESS_ITEM
from anlan.operations.safety.rules.states import COUNTERSIGN, REGULATE, SUPERVISE, State
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_


def refresh_listed(danger: Danger) -> None:
    """Ask for the next monthly report and for the end of the supervision; of what is not listed
    nothing is asked."""
    running = progress_of(danger)
    if running is not None:
        for item in items_of(danger, running):
            open_item(item)


def items_of(danger: Danger, running: Progress) -> tuple[NewItem, NewItem]:
    """What a listed supervision says on desks: of its next monthly report, and of its end."""
    one = running.supervision
    report = NewItem(
        key=f"{PROGRESS_ITEM}{one.pk}", kind="supervision",
        title=N_("Report the progress of %(title)s under listed supervision"),
        action=N_("Report"), link=f"/dangers/{danger.pk}", right=REGULATE,
        area_code=danger.area_code, sector=danger.sector, unit=danger.regulator,
        due_at=clock.end_of(running.due_on),
        parameters={"title": danger.title}, detail=danger.unit,
        chain=(REGULATE, COUNTERSIGN, SUPERVISE),
    )  # fmt: skip
    return report, _end(danger, one)


def _end(danger: Danger, one: Supervision) -> NewItem:
    """Of the unit that regulates the danger, until its re-check accepted it; then of the issuer."""
    right, unit, title = REGULATE, danger.regulator, N_("Listed supervision of %(title)s ends")
    if danger.state == State.ACCEPTED:
        right, unit, title = SUPERVISE, one.issuer, N_("End the listed supervision of %(title)s")
    return NewItem(
        key=f"{END_ITEM}{one.pk}", kind="supervision", title=title, action=N_("Look"),
        link=f"/dangers/{danger.pk}", right=right, area_code=danger.area_code,
        sector=danger.sector, unit=unit, due_at=clock.end_of(one.due_on),
        parameters={"title": danger.title}, detail=danger.unit,
        chain=(REGULATE, COUNTERSIGN, SUPERVISE),
    )  # fmt: skip


def close_listed(one: Supervision) -> None:
    """The supervision has ended: nobody is asked any more."""
    close_each([f"{PROGRESS_ITEM}{one.pk}", f"{END_ITEM}{one.pk}"])
