"""Oversight for other programs: the case reviews of one's unit and what came out of them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from anlan.operations.oversight.actions.evaluation import NewEvaluation, put_evaluation
from anlan.operations.oversight.queries.appraisals import Line, lines, possible_year
from anlan.operations.oversight.queries.evaluations import evaluation_file, evaluations_in
from anlan.operations.oversight.queries.registers import EVALUATIONS, REVIEWS
from anlan.operations.oversight.queries.reviews import person_of, reviews_in, sampled_file
from anlan.operations.oversight.rules.evaluation import LEAD
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, PutOutcome, Sent, read_back
from anlan.vocabulary import clock

router = Router()


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

    key: str
    text: str
    answer: str
    answered_at: datetime | None


class SampledFileOut(Schema):
    """A drawn case; `computed` is what its records say by check: passed null where it does not
    apply. `verbs`: the steps open to me."""

    case: SampledOut
    computed: dict[str, dict[str, Any]]
    faults: list[FaultOut]
    verbs: list[str]


@router.get("/oversight/reviews", response=ReviewsOut)
def case_reviews(request: HttpRequest, asking: Query[registers.Hundred]) -> Any:
    """The case reviews of one's own unit."""
    scope = admitted(request, "oversight.view")
    return registers.hundred(REVIEWS, reviews_in(scope), asking.dict(), scope)


@router.get("/oversight/reviews/{review_id}", response=ReviewFileOut)
def case_review(request: HttpRequest, review_id: int) -> Any:
    """One review with what was drawn, and from what."""
    scope = admitted(request, "oversight.view")
    review = reviews_in(scope).filter(pk=review_id).first()
    if review is None:
        raise Http404
    return {"review": review, "seed": review.seed, "frame": review.frame,
            "cases": list(review.cases.order_by("place"))}  # fmt: skip


@router.get("/oversight/sampled/{sampled_id}", response=SampledFileOut)
def sampled_case(request: HttpRequest, sampled_id: int) -> Any:
    """One drawn case with what was computed, its faults and their answers."""
    scope = admitted(request, "oversight.view")
    file = sampled_file(sampled_id, scope, person_of(scope, str(request.user)))
    if file is None:
        raise Http404
    return {"case": file.sampled, "computed": file.sampled.computed, "faults": file.faults,
            "verbs": list(file.verbs)}  # fmt: skip


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


@router.get("/oversight/appraisals", response=AppraisalsOut)
def officer_appraisals(request: HttpRequest, year: int = 0) -> Any:
    """The officers of one's unit in a year (this one), or only oneself; 404 for a year to come."""
    scope = admitted(request, "oversight.view")
    asked = year or clock.today().year
    if not possible_year(asked):
        raise Http404
    return {"year": asked, "rows": [_appraisal(one) for one in lines(scope, asked)]}


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


@router.get("/oversight/evaluations", response=EvaluationsOut)
def enforcement_evaluations(request: HttpRequest, asking: Query[registers.Hundred]) -> Any:
    """The evaluations of one's own unit."""
    scope = admitted(request, "oversight.view")
    return registers.hundred(EVALUATIONS, evaluations_in(scope), asking.dict(), scope)


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


@router.get("/oversight/evaluations/{evaluation_id}", response=EvaluationFileOut)
def enforcement_evaluation(request: HttpRequest, evaluation_id: int) -> Any:
    """One evaluation of one's own unit with its figures, opinion and measures."""
    scope = admitted(request, "oversight.view")
    file = evaluation_file(evaluation_id, scope)
    if file is None:
        raise Http404
    one = file.evaluation
    return {
        "evaluation": one, "figures": file.lines, "opinion": one.opinion, "answer": one.answer,
        "summary": one.summary, "measures": file.measures, "verbs": list(file.verbs),
    }  # fmt: skip


read_back(
    router, "/oversight/evaluations", EvaluationOut, Sent("oversight.view", evaluations_in),
    __name__,
)  # fmt: skip


@router.put(
    "/oversight/evaluations/{source}/{source_id}", response=PutOutcome, auth=Holding(LEAD)
)  # fmt: skip
def hand_evaluation_on(
    request: HttpRequest, source: str, source_id: str, body: EvaluationIn
) -> Any:  # fmt: skip
    """Open or amend one's unit's evaluation by its id in another program, as often as one likes.

    Refused (409) where it cannot be, and for a change once its opinion is handed in.
    """
    scope = admitted(request, LEAD)
    registers.named(source, source_id)
    said = body.dict(exclude={"opinion"})
    new = NewEvaluation(**said, source=source, source_id=source_id)
    pk, outcome = put_evaluation((actor_of(request), scope), new, body.opinion)
    return {"id": pk, "outcome": outcome}


def _appraisal(line: Line) -> dict[str, Any]:
    graded = line.appraisal
    return {"account_id": line.account_id, "name": line.name, "state": line.state,
            "grade": graded.grade if graded else "", "figures": line.figures}  # fmt: skip
