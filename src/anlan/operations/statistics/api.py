"""The statistics of work safety for other programs: counts by unit, sector, source and grade."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, admitted, scope_of
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding
from anlan.operations.statistics import queries
from anlan.operations.statistics.actions import ask_report, sign_return
from anlan.operations.statistics.models import Report
from anlan.operations.statistics.queries import Line, OutOfSight, Seen
from anlan.operations.statistics.queries.reports import own_report, percent, report_answer
from anlan.operations.statistics.queries.returns import RETURNS, return_file, returns_in
from anlan.operations.statistics.rules.returns import SIGN
from anlan.vocabulary import clock
from anlan.vocabulary.periods import BadPeriod, Period, period
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
WRITTEN = N_("A period is a month 2026-11, a quarter 2026-Q4 or a year 2026.")


class Figures(Schema):
    """Counts of dangers and checks. `key`: township code, sector, source, grade, cycle or month, by
    the list that it stands in; `days` is the sum over `closed`; `late` is of now, null where it is
    not told apart; of what was `due` in the period or `carried` into it, `due_closed` were closed
    by its end; `submitted` and `returned` count re-checks; `score` out of 100, of units alone.
    `checks_…`: self-checks whose last day is over, `inspected` those that an authority made, `hits`
    of those that found something; `in_cases` and `case_hits`: the part of both that was recorded in
    enforcement cases. `zero`: no authority found anything; `cases`: enforcement cases
    filed, null without officers."""

    key: str
    found: int
    repeated: int
    due: int
    due_closed: int
    in_time: int
    closed: int
    days: int
    carried: int
    submitted: int
    returned: int
    checks_due: int
    checks_done: int
    checks_in_time: int
    inspected: int
    hits: int
    in_cases: int
    case_hits: int
    late: int | None
    late_major: int | None
    zero: bool
    cases: int | None
    score: float | None


class CoverageOut(Schema):
    """Operating enterprises of a key sector, and those where an authority inspected or found."""

    sector: str
    enterprises: int
    covered: int


class EnforcerOut(Schema):
    """A unit with officers and the cases that it filed; 0 is a zero case."""

    code: str
    name: str
    cases: int


class StatisticsOut(Schema):
    """A period's statistics within sight; `counted_at` null while months are being counted."""

    period: str
    area_code: str
    sector: str
    counted_at: datetime | None
    whole: Figures
    townships: list[Figures]
    departments: list[Figures]
    sectors: list[Figures]
    sources: list[Figures]
    grades: list[Figures]
    cycles: list[Figures]
    months: list[Figures]
    coverage: list[CoverageOut]
    enforcers: list[EnforcerOut]


class Asking(Schema):
    """`period`: a month 2026-11, a quarter 2026-Q4 or a year 2026; this year where it is empty."""

    period: str = ""
    area_code: str = ""
    sector: str = ""


@router.get("/statistics", response=StatisticsOut)
def statistics(request: HttpRequest, asking: Query[Asking]) -> Any:
    """What was found, due, closed, late and repeated, as the page shows it."""
    of, asked = _asked(scope_of(request.user), asking)
    found = queries.board(of, asked)
    every = found.units
    lists = ("townships", "departments", "sectors", "sources", "grades", "cycles")
    return {
        "period": every.period.key, "area_code": of.area, "sector": of.sector,
        "counted_at": every.counted_at, "whole": _figures(every.whole),
        **{name: [_figures(one) for one in getattr(every, name)] for name in lists},
        "months": [_figures(one) for one in found.months], "coverage": found.coverage,
        "enforcers": every.enforcers,
    }  # fmt: skip


def _asked(scope: Scope, asking: Asking) -> tuple[Seen, Period]:
    """Whose statistics, of when; "not found" where they are out of sight."""
    try:
        of = queries.seen(scope, asking.area_code, asking.sector)
    except OutOfSight:
        raise Http404 from None
    if of is None:
        raise PermissionDenied
    try:
        return of, period(asking.period or f"{clock.today():%Y}")
    except BadPeriod:
        raise Refused(WRITTEN) from None


class ReportOut(Schema):
    """A report that one has asked for; `state`: waiting, drawing, done or failed, then it is asked
    for again."""

    id: int
    period: str
    area_code: str
    sector: str
    state: str
    percent: int
    asked_at: datetime
    finished_at: datetime | None


@router.post("/statistics/reports", response=ReportOut, auth=Holding("assessment.view"))
def ask_period_report(request: HttpRequest, body: Asking) -> Any:
    """Ask for a period's report of what one may see; one that is under way already is the same."""
    scope = admitted(request, "assessment.view")
    of, asked = _asked(scope, body)
    return _report(
        own_report(ask_report(actor_of(request), scope.account_id or 0, of, asked), scope)
    )


@router.get("/statistics/reports/{period_report_id}", response=ReportOut)
def period_report(request: HttpRequest, period_report_id: int) -> Any:
    """How far a report is; one's own alone, as it holds what its asker may see."""
    return _report(own_report(period_report_id, admitted(request, "assessment.view")))


@router.get("/statistics/reports/{period_report_id}/{form}")
def period_report_as(request: HttpRequest, period_report_id: int, form: str) -> Any:
    """The file of a report that is done, as `pdf` or `xlsx`; else 404."""
    if form not in ("pdf", "xlsx"):
        raise Http404
    return report_answer(own_report(period_report_id, admitted(request, "assessment.view")), form)


def _report(row: Report) -> dict[str, Any]:
    return {
        "id": row.pk, "period": row.period, "area_code": row.area, "sector": row.sector,
        "state": row.state, "percent": percent(row), "asked_at": row.asked_at,
        "finished_at": row.finished_at,
    }  # fmt: skip


class ReturnOut(Schema):
    """An enterprise's statistics of its dangers of a period; `late`: signed after the last day, or
    not signed and past it."""

    id: int
    enterprise_id: int
    name: str
    credit_code: str
    period: str
    due_on: date
    signed_at: datetime | None
    late: bool


class ReturnsOut(registers.HundredOf):
    rows: list[ReturnOut]


class SignedOut(Schema):
    version: int
    at: datetime
    by_name: str
    why: str


class ReturnFileOut(ReturnOut):
    """`figures`: by grade as counted, of the newest version, else as the records have it now;
    `planned`: major dangers by provision of the plan, `funds` in 万元. `changed`: the records say
    something else than the newest version; `may_sign`: whether one may sign it."""

    figures: dict[str, Any]
    versions: list[SignedOut]
    changed: bool
    may_sign: bool


class SigningIn(Schema):
    """`why`: of a sheet signed before, why it is corrected."""

    why: str = ""


class SigningOut(Schema):
    """Which sheet, by its id, and the version that was signed."""

    id: int
    version: int


class ReturnsAsked(registers.Hundred):
    enterprise__area_code: str = ""
    enterprise__sector: str = ""


@router.get("/returns", response=ReturnsOut)
def returns(request: HttpRequest, asking: Query[ReturnsAsked]) -> Any:
    """Who owes the statistics of its dangers, who signed them and when."""
    scope = admitted(request, "safety.view")
    today = clock.today()
    found = registers.hundred(RETURNS, returns_in(scope), asking.dict(), scope)
    for row in found["rows"]:
        row.late = row.late if row.signed_at else row.due_on < today
    return found


@router.get("/returns/{return_id}", response=ReturnFileOut)
def one_return(request: HttpRequest, return_id: int) -> Any:
    """One sheet with its figures and signed versions."""
    file = return_file(return_id, admitted(request, "safety.view"))
    if file is None:
        raise Http404
    row = file.row
    return {
        "id": row.pk, "enterprise_id": row.enterprise_id, "name": file.name,
        "credit_code": file.credit_code, "period": row.period, "due_on": row.due_on,
        "signed_at": row.signed_at, "late": file.late, "figures": file.figures,
        "versions": file.versions, "changed": file.changed, "may_sign": file.may_sign,
    }  # fmt: skip


@router.post(
    "/returns/{return_id}/sign", response=SigningOut, auth=Holding(SIGN, returns_in, "return_id")
)  # fmt: skip
def sign_one_return(request: HttpRequest, return_id: int, body: SigningIn) -> Any:
    """Sign a sheet with its figures of now, as the principal of the enterprise. Refused (409) for
    anybody else, before the period is over, and where the records say what was signed."""
    scope = admitted(request, SIGN)
    version = sign_return(actor_of(request), scope, return_id, why=body.why)
    return {"id": return_id, "version": version}


def _figures(one: Line) -> dict[str, Any]:
    tally = {name: getattr(one.tally, name) for name in queries.FIGURES}
    checks = one.checks
    return tally | {
        "checks_due": checks.due, "checks_done": checks.done, "checks_in_time": checks.in_time,
        "inspected": checks.inspections, "hits": checks.finding,
        "in_cases": checks.in_cases, "case_hits": checks.case_hits,
        "key": one.key, "late": one.late, "late_major": one.late_major, "zero": one.zero,
        "cases": one.cases,
        "score": one.score.points,
    }  # fmt: skip
