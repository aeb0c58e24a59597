"""Checks for other programs: what one may see, and checks that other systems bring in."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from anlan.operations.checks.actions import Answer, Checker, Submission, put_check_of
from anlan.operations.checks.queries.due import INSPECTED_BY, coverage, inspected
from anlan.operations.checks.queries.library import items_in_force
from anlan.operations.checks.queries.planned import INSPECTIONS
from anlan.operations.checks.queries.registers import RECORDS, TASKS
from anlan.operations.checks.queries.scope import inspections_in, records_in, tasks_in
from anlan.operations.checks.rules.library import REVIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, Put, Sent, read_back
from anlan.operations.safety.queries.rows import enterprise_by_code
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
NAME = re.compile(r"[A-Za-z0-9_.-]{1,39}")
LONGEST = timedelta(days=366)


class ItemOut(Schema):
    """An item of the library in force. Empty `sector`, `trait`, `trade`: every one."""

    code: str
    version: int
    text: str
    basis: str
    clause: str
    method: str
    weight: str
    cycle: str
    uses: str
    sector: str
    trait: str
    trade: str
    level: int | None


class TaskOut(Schema):
    """A self-check that an enterprise owes; days are calendar days, `due_on` is the last one."""

    id: int
    enterprise_id: int
    unit: str
    area_code: str
    sector: str
    cycle: str
    begins_on: date
    due_on: date
    done_at: datetime | None


class CheckOut(Schema):
    """A check; `answers` say per item code what was found, `danger` is the id of a danger.

    `counts`: it answers the check that is owed; not so a monthly one not made by the principal.
    """

    id: int
    key: str
    enterprise_id: int
    unit: str
    area_code: str
    sector: str
    use: str
    cycle: str
    performed_at: datetime
    kept_at: datetime
    version: int
    counts: bool
    answers: list[dict[str, Any]]


class TasksOut(registers.HundredOf):
    rows: list[TaskOut]


class ChecksOut(registers.HundredOf):
    rows: list[CheckOut]


class CoverageOut(Schema):
    """Of the tasks due: how many done, how many of those in time."""

    key: str
    due: int
    done: int
    in_time: int


class InspectionOut(Schema):
    """An inspection that a unit (`organisation`) has planned; days are calendar days.

    `level`: the enterprise's risk when it was planned, 1 red … 4 blue, empty: not rated.
    """

    id: int
    plan_id: int
    enterprise_id: int
    unit: str
    area_code: str
    sector: str
    level: str
    organisation: str
    begins_on: date
    planned_on: date
    due_on: date
    done_at: datetime | None
    record_id: int | None
    use: str
    inspector_id: int | None

    @staticmethod
    def resolve_use(one: Any) -> str:
        return str(one.plan.use)


class InspectionsOut(registers.HundredOf):
    rows: list[InspectionOut]


class Asking(registers.Hundred):
    area_code: str = ""
    sector: str = ""
    cycle: str = ""


class Period(Schema):
    """Calendar days, both included; `by`: street, sector, cycle or enterprise."""

    since: date
    until: date
    by: str = "street"


class InspectionPeriod(Schema):
    """Calendar days, both included; `by`: unit, street, sector, level or plan."""

    since: date
    until: date
    by: str = "unit"


class AnswerIn(Schema):
    """`choice`: ok, not_ok, na. `confirmed`: this very item was looked at by itself."""

    choice: str
    note: str = ""
    confirmed: bool = False


class CheckIn(Schema):
    """A check made elsewhere. `cycle` names the open self-check that it answers, if it is one.

    `use`: "review" for a standardisation review; else it is an inspection, or one's own check.
    """

    credit_code: str
    performed_at: datetime
    answers: dict[str, AnswerIn]
    cycle: str = ""
    use: str = ""
    lon: float | None = None
    lat: float | None = None


@router.get("/check-items", response=list[ItemOut])
def check_items(request: HttpRequest) -> Any:
    """The item library in force."""
    admitted(request, "checks.view")
    return items_in_force()


@router.get("/check-tasks", response=TasksOut)
def check_tasks(request: HttpRequest, asking: Query[Asking]) -> Any:
    """Self-checks within sight."""
    scope = admitted(request, "checks.view")
    return registers.hundred(TASKS, tasks_in(scope), asking.dict(), scope)


@router.get("/check-tasks/{check_task_id}", response=TaskOut)
def check_task(request: HttpRequest, check_task_id: int) -> Any:
    """One self-check that is owed."""
    found = tasks_in(admitted(request, "checks.view")).filter(pk=check_task_id).first()
    if found is None:
        raise Http404
    return found


@router.get("/check-coverage", response=list[CoverageOut])
def check_coverage(request: HttpRequest, period: Query[Period]) -> Any:
    """What was done of the self-checks due in a period, within sight."""
    scope = admitted(request, "checks.view")
    if period.by not in ("street", "sector", "cycle", "enterprise"):
        raise Refused(N_("Count by street, sector, cycle or enterprise."))
    if period.until - period.since > LONGEST:
        raise Refused(N_("At most a year at once."))
    return coverage(scope, period.since, period.until, period.by)


@router.get("/inspections", response=InspectionsOut)
def inspections(request: HttpRequest, asking: Query[Asking]) -> Any:
    """Planned inspections within sight."""
    scope = admitted(request, "checks.view")
    return registers.hundred(
        INSPECTIONS, inspections_in(scope).select_related("plan"), asking.dict(), scope
    )


@router.get("/inspection-coverage", response=list[CoverageOut])
def inspection_coverage(request: HttpRequest, period: Query[InspectionPeriod]) -> Any:
    """What was done of the planned inspections due in a period, within sight."""
    scope = admitted(request, "checks.view")
    if period.by not in INSPECTED_BY:
        raise Refused(N_("Count by unit, street, sector, level or plan."))
    if period.until - period.since > LONGEST:
        raise Refused(N_("At most a year at once."))
    return inspected(scope, period.since, period.until, period.by)


@router.get("/checks", response=ChecksOut)
def checks(request: HttpRequest, asking: Query[Asking]) -> Any:
    """Checks within sight, each in its newest version."""
    scope = admitted(request, "checks.view")
    return registers.hundred(RECORDS, records_in(scope).filter(current=True), asking.dict(), scope)


@router.get("/checks/{check_id}", response=CheckOut)
def check(request: HttpRequest, check_id: int) -> Any:
    """One check."""
    found = records_in(admitted(request, "checks.view")).filter(pk=check_id).first()
    if found is None:
        raise Http404
    return found


def _named(source: str, source_id: str) -> Q:
    """A check by its id in another system, in its newest version."""
    key = f"{source}:{source_id}"
    return Q(current=True) & (Q(key=key) | Q(key__startswith=f"{key}~"))


read_back(router, "/checks", CheckOut, Sent("checks.view", records_in, key=_named), __name__)


@router.put("/checks/{source}/{source_id}", response=Put, auth=Holding("checks.do"))
def put_check(request: HttpRequest, source: str, source_id: str, body: CheckIn) -> Any:
    """Bring in a check by its id in another system, as often as one likes.

    The same again is the same check; other answers are its corrected version. Refused (409) where
    it cannot be one: an item not answered, a self-check that was made already.
    """
    scope = admitted(request, "checks.do")
    firm = enterprise_by_code(body.credit_code, scope)
    if firm is None:
        raise Http404
    if not (NAME.fullmatch(source) and NAME.fullmatch(source_id)) or not body.performed_at.tzinfo:
        raise Refused(
            N_("Source and id are letters, digits, - _ . up to 39; a time has its offset.")
        )
    at = body.performed_at.astimezone(clock.CHINA)
    tasks = tasks_in(scope).filter(
        enterprise=firm.id, cycle=body.cycle, begins_on__lte=at.date(), due_on__gte=at.date()
    )
    given = Submission(
        use=REVIEW if body.use == REVIEW else "",
        key=f"{source}:{source_id}", enterprise_id=firm.id, performed_at=at, list_at=at,
        task_id=tasks.values_list("pk", flat=True).first() if body.cycle else None,
        answers={code: Answer(one.choice, registers.printable(one.note), one.confirmed)
                 for code, one in body.answers.items()},
        **registers.sent_place(body.dict()),
    )  # fmt: skip
    organisation = getattr(request.user, "organisation_code", "")
    return {"id": put_check_of(Checker(actor_of(request), scope, organisation), given)}
