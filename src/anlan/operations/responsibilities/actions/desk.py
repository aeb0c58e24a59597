"""What of the year's lists stands on whose desk, and when it comes there."""

from datetime import date, datetime, time

from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_item,
    open_item,
    set_timer,
)
from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.people.queries import holding, unit_staff
from anlan.operations.responsibilities.events import WorkNears
from anlan.operations.responsibilities.models import Bearer, Work
from anlan.operations.responsibilities.rules.loop import NEAR
from anlan.operations.responsibilities.rules.states import CONFIRM, DO, OPEN, VIEW, State
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

COMMITTEE = "safety.supervise"
CONFIRM_DAYS, READ_DAYS = 5, 10  # working days to confirm, and to read a new list [pv]
MORNING = time(8)


def place_on_desk(work: Work) -> None:
    """Open works stand on their unit's desk from 30 days before the deadline; submitted ones on
    that of who confirms."""
    cancel_timer(_key(work))
    if work.state == State.SUBMITTED:
        open_item(_to_confirm(work))
    elif work.state not in OPEN:
        close_item(_key(work))
    elif clock.today() >= work.due_on - NEAR:
        open_item(_to_do(work))
    else:
        close_item(_key(work))
        come = datetime.combine(work.due_on - NEAR, MORNING, clock.CHINA)
        set_timer(_key(work), come, WorkNears(work_id=work.pk))


def bring_on_desk(work_id: int) -> None:
    """The deadline of a work is near; nothing where it was finished meanwhile."""
    work = Work.objects.filter(pk=work_id, state__in=OPEN).select_related("bearer").first()
    if work is not None and clock.today() >= work.due_on - NEAR:
        open_item(_to_do(work))


def ask_to_read(bearer: Bearer, year: int) -> None:
    """A leader with a login is asked to read a new list, and to sign it."""
    if bearer.account_id is None or bearer.readings.filter(year=year).exists():
        return
    last = after(max(clock.today(), date(year, 1, 1)), READ_DAYS, Unit.WORKING)
    open_item(
        NewItem(
            key=f"list:{bearer.pk}:{year}", kind="duty list",
            title=N_("Read the list of %(year)d of %(who)s"), action=N_("Read and sign"),
            link=f"/responsibilities/{bearer.pk}?year={year}", right=VIEW,
            area_code=bearer.area_code, unit=bearer.unit_code, owner_id=bearer.account_id,
            parameters={"year": year, "who": bearer.title}, due_at=clock.end_of(last),
            chain=(CONFIRM, COMMITTEE),
        )
    )  # fmt: skip


def _to_do(work: Work) -> NewItem:
    return NewItem(
        key=_key(work), kind="work of a year", title=N_("%(what)s (work of the year)"),
        action=N_("Report or submit"), link=f"/responsibilities/works/{work.pk}", right=DO,
        area_code=work.area_code, unit=work.unit_code, parameters={"what": work.what[:120]},
        due_at=clock.end_of(work.due_on), chain=(CONFIRM, CONFIRM, COMMITTEE),
    )  # fmt: skip


def _to_confirm(work: Work) -> NewItem:
    """Of the unit where it has a leader who did not submit it, else of the committee's office."""
    able = {one.id for one in holding(CONFIRM, work.area_code, unit=work.unit_code)}
    own = {one.id for one in unit_staff(work.unit_code)} - {work.submitted_by_id}
    unit = work.unit_code if able & own else ""
    return NewItem(
        key=_key(work), kind="work of a year", title=N_("Confirm: %(what)s"),
        action=N_("Confirm or return"), link=f"/responsibilities/works/{work.pk}", right=CONFIRM,
        area_code=work.area_code, unit=unit, parameters={"what": work.what[:120]},
        due_at=clock.end_of(after(clock.today(), CONFIRM_DAYS, Unit.WORKING)),
        chain=(COMMITTEE,),
    )  # fmt: skip


def _key(work: Work) -> str:
    return f"work:{work.pk}"
