"""How other programs see case reviews, appraisals and evaluations, and what they may send."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from anlan.operations.registers import queries as registers


class ReviewOut(Schema):
    """A case review; `since` and `until` are days, `count` how many cases were drawn."""

    id: int
    number: str
    since: date
    until: date
    count: int
    opened_at: datetime
    opened_by_name: str
    closed_at: datetime | None


class ReviewsOut(registers.HundredOf):
    rows: list[ReviewOut]


class SampledOut(Schema):
    """A drawn case; `mean` is of two reviewers' points, 0 to 100, null before both scored."""

    id: int
    case_id: int
    number: str
    title: str
    state: str
    due_on: date | None
    mean: Decimal | None
    vetoed: bool
    grade: str


class ReviewFileOut(Schema):
    """A review with the seed and the case numbers that its sample follows from.

    Drawn are the `count` numbers whose SHA-256 of "seed:number" comes first.
    """

    review: ReviewOut
    seed: str
    frame: list[str]
    cases: list[SampledOut]


class FaultOut(Schema):
    """A fault; `key` is the line of the checklist, `text` empty where it was computed."""

    id: int
    key: str
    text: str
    answer: str
    answered_at: datetime | None


class LineOut(Schema):
    """A line of the checklist; `computed` names the check that decides it, "" where the reviewers
    do. `points` null: a veto."""

    key: str
    text: str
    points: int | None
    computed: str


class AbleOut(Schema):
    """Somebody who may be named: without part in the case."""

    id: int
    name: str = Field(alias="display_name")
    unit: str = Field(alias="organisation_code")


class SampledFileOut(Schema):
    """A drawn case; `computed` is what its records say by check: passed null where it does not
    apply. `verbs`: the steps open to me; `able`: whom one may name to read it."""

    case: SampledOut
    checklist: list[LineOut]
    able: list[AbleOut]
    computed: dict[str, dict[str, Any]]
    faults: list[FaultOut]
    verbs: list[str]


class FiguresOut(Schema):
    """An officer's year as counted on `counted_on`; shares in percent, means 0 to 100."""

    checks: int
    found: int
    found_share: Decimal | None
    cases: int
    decided: int
    in_time: int
    returned: int
    overturned: int
    reviewed: int
    review_mean: Decimal | None
    certificate_to: date
    certified: bool
    counted_on: date


class AppraisalOut(Schema):
    """`state` COMPUTED: nobody graded it yet, and `grade` is ""."""

    account_id: int
    name: str
    state: str
    grade: str
    figures: FiguresOut


class AppraisalsOut(Schema):
    year: int
    rows: list[AppraisalOut]


class EvaluationOut(Schema):
    """An evaluation of enforcement's effect; `since`, `until` and `due_on` are days. `item`: the
    violation that it is of, "" for all; `source` and `source_id` where another system opened it."""

    id: int
    number: str
    sector: str
    item: str
    since: date
    until: date
    provider: str
    source: str
    source_id: str
    state: str
    due_on: date
    opened_at: datetime
    published_at: datetime | None


class EvaluationsOut(registers.HundredOf):
    rows: list[EvaluationOut]


class MeasureOut(Schema):
    """What is done about a finding, until the end of `due_on`."""

    finding: str
    text: str
    owner_name: str
    due_on: date
    state: str
    progress: str


class FigureOut(Schema):
    """A figure; `whole` is the unit's, where the evaluation is of one item, else ""."""

    key: str
    value: str
    whole: str


class EvaluationFileOut(Schema):
    """Figures are those kept with the opinion, before it those of now; they name nobody."""

    evaluation: EvaluationOut
    figures: list[FigureOut]
    opinion: str
    answer: str
    summary: str
    measures: list[MeasureOut]
    verbs: list[str]


class EvaluationIn(Schema):
    """Days are in both; `item` as the discretion table names the violation, `provider` as the
    register of services does; with `opinion` it is handed in at once."""

    since: date
    until: date
    due_on: date
    sector: str = ""
    item: str = ""
    provider: str = ""
    opinion: str = ""


class ReviewIn(Schema):
    """Cases archived from `since` until `until` (days, both in), and how many of them: either
    `count`, or `share` of them in percent. Which, nobody says."""

    since: date
    until: date
    count: int = 0
    share: int = 0
