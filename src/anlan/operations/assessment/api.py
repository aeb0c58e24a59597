"""Indicators and the annual assessment for other programs."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from anlan.operations.assessment import queries
from anlan.operations.assessment.forms import FORMS
from anlan.operations.assessment.rules.scorecard import VIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import StepIn, StepTaken, form_asked

router = Router()


class EvidenceOut(Schema):
    """A record behind a figure and where it opens."""

    label: str
    link: str


class IndicatorOut(Schema):
    """An indicator; direction ge, le or lt; status DONE, ON_TRACK, BEHIND, AT_RISK, NO_DATA."""

    id: str
    name: str
    value: float | None
    unit: str
    target: float
    direction: str
    status: str
    expected: float
    numerator: float | None
    denominator: float | None
    nature: str
    formula: str
    source: str
    note: str


class IndicatorFile(IndicatorOut):
    evidence: list[EvidenceOut]


@router.get("/indicators", response=list[IndicatorOut])
def indicators(request: HttpRequest) -> Any:
    """All indicators in force today, recomputed from records now."""
    return queries.indicators(admitted(request, VIEW))


@router.get("/indicators/{code}", response=IndicatorFile)
def indicator(request: HttpRequest, code: str) -> Any:
    """One indicator with the records behind it."""
    row = queries.indicator(code, admitted(request, VIEW))
    if row is None:
        raise Http404
    fields = {name: getattr(row, name) for name in IndicatorOut.model_fields}
    return {**fields, "evidence": [line._asdict() for line in row.evidence]}


class ScorecardOut(Schema):
    """A unit's year; `kind` department, township or zone. Points and grade are what the account is
    told: of its own card and for the bureau those of the review, else those published."""

    id: int
    year: int
    kind: str
    unit_code: str
    unit_name: str
    state: str = Field(validation_alias="told_state")
    due_on: date
    self_points: float | None
    points: float | None = Field(validation_alias="told_points")
    grade: str = Field(validation_alias="told_grade")
    vetoed: bool = Field(validation_alias="told_vetoed")
    published_on: date | None


class ScorecardsOut(Schema):
    count: int
    more: bool
    page: int
    rows: list[ScorecardOut]


class SheetLineOut(Schema):
    """An item out of `points`. Computed: `share` (0 to 1, None where no record speaks of it) and
    `figure`; else what the unit `said`, and the review's points where they differ. `counts`."""

    code: str
    text: str
    points: float
    by: str
    share: float | None
    figure: str
    said: float | None
    words: str
    reviewed: float | None
    reason: str
    counts: float | None


class TakenOut(Schema):
    """A deduction or a bonus. `key` of a computed deduction, `entry` of what was entered;
    `why_not`: why a computed deduction is left out."""

    text: str
    what: str
    points: float
    key: str
    entry: int | None
    why_not: str


class VetoOut(Schema):
    """`why`: level, or how the accident was reported."""

    why: str
    what: str


class SheetOut(Schema):
    """`basic` of 100; `points` after deductions and bonus; `grade` excellent, good, pass, fail."""

    lines: list[SheetLineOut]
    taken: list[TakenOut]
    given: list[TakenOut]
    vetoes: list[VetoOut]
    basic: float | None
    deducted: float
    bonus: float
    points: float | None
    grade: str


class ScorecardStepOut(Schema):
    at: datetime
    by_name: str
    verb: str
    before: str
    after: str
    words: str
    changes: dict[str, str]


class ScorecardFileOut(Schema):
    """`edition`: the number of the published version that the sheet is of, None in work."""

    card: ScorecardOut
    sheet: SheetOut
    edition: int | None
    steps: list[ScorecardStepOut]
    verbs: list[str]


@router.get("/scorecards", response=ScorecardsOut)
def scorecards(request: HttpRequest, asking: Query[registers.Hundred], year: int = 0) -> Any:
    """Scorecards within sight, of every year when none is named; `view` one of late, submitted,
    objected, final, vetoed."""
    scope = admitted(request, VIEW)
    given = asking.dict() | ({"year": year} if year else {})
    return registers.hundred(queries.SCORECARDS, queries.cards_in(scope), given, scope)


@router.get("/scorecards/{scorecard_id}", response=ScorecardFileOut)
def scorecard(request: HttpRequest, scorecard_id: int, version: int = 0) -> Any:
    """One card, item by item; `version` of a published edition. Steps are told to the bureau and
    the unit itself."""
    found = queries.card_file(scorecard_id, admitted(request, VIEW), version)
    if found is None:
        raise Http404
    return {
        "card": found.card, "sheet": found.sheet, "steps": found.steps[::-1],
        "edition": found.edition.number if found.edition else None, "verbs": list(found.verbs),
    }  # fmt: skip


@router.post("/scorecards/{scorecard_id}/steps", response=StepTaken)
def scorecard_step(request: HttpRequest, scorecard_id: int, body: StepIn) -> Any:
    """Take a step; 409 with the reason where it is refused. Scores are given as ``points:<item>``
    and ``words:<item>`` (evidence, or why the review differs)."""
    scope = admitted(request, VIEW)
    seen = queries.cards_in(scope).filter(pk=scorecard_id).exists()
    form = form_asked(FORMS, body, seen=seen)
    form.take(actor_of(request), queries.person_of(scope), scorecard_id, body.given)
    return queries.cards_in(scope).get(pk=scorecard_id)
