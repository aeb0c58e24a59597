"""Officers' appraisals within sight: figures counted from the records, and what was graded."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from anlan.operations.enforcement.queries.work import Work, work_of
from anlan.operations.oversight.models import Appraisal, AppraisalStep, AppraisalTerms, Sampled
from anlan.operations.oversight.rules.appraisal import APPRAISE, OBJECT, Person, State, verbs
from anlan.operations.oversight.rules.appraisal import Appraisal as Facts
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """An officer's year as it was counted on `counted_on`; nothing of it is typed.

    `found_share`: percent of the checks that found something; `review_mean`: mean of the points of
    their cases in reviews of the year (0 to 100), over `reviewed` cases; None where there is none.
    `certificate_to`: last day of the certificate, `certified` whether it holds on the day counted.
    """

    checks: int
    found: int
    found_share: str | None
    cases: int
    decided: int
    in_time: int
    returned: int
    overturned: int
    reviewed: int
    review_mean: str | None
    certificate_to: str
    certified: bool
    counted_on: str


@dataclass(frozen=True, slots=True)
class Line:
    """An officer in the list: what was counted now, or what stood when it was graded."""

    account_id: int
    name: str
    figures: Mapping[str, Any]
    appraisal: Appraisal | None

    @property
    def state(self) -> State:
        return State(self.appraisal.state) if self.appraisal else State.COMPUTED


@dataclass(frozen=True, slots=True)
class File:
    """An officer's appraisal of a year with its steps (newest first) and those open to me."""

    line: Line
    steps: list[AppraisalStep]
    verbs: tuple[str, ...]
    grades: tuple[str, ...]


def person_of(scope: Scope) -> Person:
    """An account as the rules see it."""
    return Person(id=scope.account_id, rights=scope.rights, organisation=scope.organisation)


def appraisals_in(scope: Scope) -> QuerySet[Appraisal]:
    """Who appraises sees the unit's, an officer their own."""
    rows = Appraisal.objects.filter(unit=scope.organisation or "-")
    if scope.may(APPRAISE):
        return rows
    return rows.filter(account=scope.account_id) if scope.may(OBJECT) else rows.none()


def figures_of(unit: str, year: int) -> dict[int, tuple[str, Figures]]:
    """Name and figures of every officer of the unit, counted now."""
    read = Sampled.objects.filter(review__unit=unit, review__until__year=year)
    marks = {case: mean for case, mean in read.values_list("case", "mean") if mean is not None}
    today = clock.today()
    return {
        account: (one.holder, _figures(one, marks, today))
        for account, one in work_of(unit, year).items()
    }


def _figures(one: Work, marks: Mapping[int, Decimal], today: date) -> Figures:
    mine = [mean for case, mean in marks.items() if case in one.case_ids]
    share = Decimal(one.found * 100) / one.checks if one.checks else None
    return Figures(
        checks=one.checks, found=one.found, found_share=None if share is None else f"{share:.1f}",
        cases=one.cases, decided=one.decided, in_time=one.in_time, returned=one.returned,
        overturned=one.overturned, reviewed=len(mine),
        review_mean=f"{sum(mine) / len(mine):.1f}" if mine else None,
        certificate_to=one.valid_to.isoformat(), certified=today <= one.valid_to,
        counted_on=today.isoformat(),
    )  # fmt: skip


def lines(scope: Scope, year: int) -> list[Line]:
    """The officers that one may see, by name."""
    graded = {one.account_id: one for one in appraisals_in(scope).filter(year=year)}
    found = [
        Line(account, name, asdict(counted), None)
        for account, (name, counted) in figures_of(scope.organisation, year).items()
        if account not in graded and _may_see(scope, account)
    ]
    found += [Line(account, one.name, one.figures, one) for account, one in graded.items()]
    return sorted(found, key=lambda one: (one.name, one.account_id))


def _may_see(scope: Scope, account_id: int) -> bool:
    return scope.may(APPRAISE) or (scope.may(OBJECT) and scope.account_id == account_id)


def appraisal_file(scope: Scope, year: int, account_id: int) -> File | None:
    """The file within one's sight, else None."""
    line = next((one for one in lines(scope, year) if one.account_id == account_id), None)
    if line is None:
        return None
    found = line.appraisal
    allowed = verbs(facts(scope.organisation, account_id, found), person_of(scope), clock.today())
    return File(
        line, list(found.steps.order_by("-id")) if found else [], allowed,
        grades_on(clock.today())[0] if allowed else (),
    )  # fmt: skip


def facts(unit: str, account_id: int, found: Appraisal | None) -> Facts:
    """An appraisal as the rules see it; one that nobody graded is computed only."""
    return Facts(
        state=found.state if found else State.COMPUTED, unit=unit, account_id=account_id,
        object_by=found.object_by if found else None,
    )  # fmt: skip


def grades_on(day: date) -> tuple[tuple[str, ...], int]:
    """The grades in force on a day, best first, and the working days to object.

    Raises `Refused` where the district has none.
    """
    row = AppraisalTerms.on(day)
    if row is None:
        raise Refused(N_("The district has no terms of appraisal: load its files."))
    return terms_of(row.figures)


def terms_of(figures: Mapping[str, Any]) -> tuple[tuple[str, ...], int]:
    """Grades and days as the district's file has them; raises `ValueError` for wrong ones."""
    grades, days = tuple(map(str, figures.get("grades", ()))), int(figures.get("object_days", 0))
    if len(grades) < 2 or len(set(grades)) != len(grades) or days < 1:
        raise ValueError("an appraisal has two grades or more, and days to object")
    return grades, days


def possible_year(year: int) -> bool:
    """A year that has begun."""
    return FIRST_YEAR <= year <= clock.today().year
