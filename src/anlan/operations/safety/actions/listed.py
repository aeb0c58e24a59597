"""Whose desk a listed supervision 挂牌督办 waits on: its monthly report, and its own deadline."""

from anlan.operations.deadlines.actions import NewItem, close_each, open_item
from anlan.operations.safety.models import Danger, Supervision
from anlan.operations.safety.queries.supervision import progress_of
from anlan.operations.safety.rules.states import COUNTERSIGN, REGULATE, SUPERVISE, State
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_


def refresh_listed(danger: Danger) -> None:
    """Ask for the next monthly report and for the end of the supervision; of what is not listed
    nothing is asked."""
    running = progress_of(danger)
    if running is None:
        return
    one = running.supervision
    open_item(
        NewItem(
            key=_progress(one), kind="supervision",
            title=N_("Report the progress of %(title)s under listed supervision"),
            action=N_("Report"), link=f"/dangers/{danger.pk}", right=REGULATE,
            area_code=danger.area_code, sector=danger.sector, unit=danger.regulator,
            due_at=clock.end_of(running.due_on),
            parameters={"title": danger.title}, detail=danger.unit,
            chain=(REGULATE, COUNTERSIGN, SUPERVISE),
        )
    )  # fmt: skip
    _ask_for_the_end(danger, one)


def _ask_for_the_end(danger: Danger, one: Supervision) -> None:
    """Of the unit that regulates the danger, until its re-check accepted it; then of the issuer."""
    right, unit, title = REGULATE, danger.regulator, N_("Listed supervision of %(title)s ends")
    if danger.state == State.ACCEPTED:
        right, unit, title = SUPERVISE, one.issuer, N_("End the listed supervision of %(title)s")
    open_item(
        NewItem(
            key=_end(one), kind="supervision", title=title, action=N_("Look"),
            link=f"/dangers/{danger.pk}", right=right, area_code=danger.area_code,
            sector=danger.sector, unit=unit, due_at=clock.end_of(one.due_on),
            parameters={"title": danger.title}, detail=danger.unit,
            chain=(REGULATE, COUNTERSIGN, SUPERVISE),
        )
    )  # fmt: skip


def close_listed(one: Supervision) -> None:
    """The supervision has ended: nobody is asked any more."""
    close_each([_progress(one), _end(one)])


def _progress(one: Supervision) -> str:
    return f"supervision:{one.pk}"


def _end(one: Supervision) -> str:
    return f"supervision end:{one.pk}"
