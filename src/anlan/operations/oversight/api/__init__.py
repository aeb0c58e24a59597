"""Oversight for other programs: the case reviews of one's unit and what came out of them."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router

from anlan.operations.oversight.actions.evaluation import NewEvaluation, put_evaluation
from anlan.operations.oversight.api import steps
from anlan.operations.oversight.api.schemas import (
    AppraisalsOut,
    EvaluationFileOut,
    EvaluationIn,
    EvaluationOut,
    EvaluationsOut,
    ReviewFileOut,
    ReviewsOut,
    SampledFileOut,
)
from anlan.operations.oversight.queries.appraisals import Line, lines, possible_year
from anlan.operations.oversight.queries.evaluations import evaluation_file, evaluations_in
from anlan.operations.oversight.queries.registers import EVALUATIONS, REVIEWS
from anlan.operations.oversight.queries.reviews import person_of, reviews_in, sampled_file
from anlan.operations.oversight.rules.checklist import Item, Veto
from anlan.operations.oversight.rules.evaluation import LEAD
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, PutOutcome, Sent, read_back
from anlan.vocabulary import clock

router = Router()
router.add_router("", steps.router)


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
    asked: tuple[Item | Veto, ...] = (*file.checklist.items, *file.checklist.vetoes)
    checklist = [
        {"key": one.key, "text": one.text, "points": getattr(one, "points", None),
         "computed": one.computed}
        for one in asked
    ]  # fmt: skip
    return {
        "checklist": checklist, "able": file.able, "case": file.sampled,
        "computed": file.sampled.computed, "faults": file.faults, "verbs": list(file.verbs),
    }  # fmt: skip


@router.get("/oversight/appraisals", response=AppraisalsOut)
def officer_appraisals(request: HttpRequest, year: int = 0) -> Any:
    """The officers of one's unit in a year (this one), or only oneself; 404 for a year to come."""
    scope = admitted(request, "oversight.view")
    asked = year or clock.today().year
    if not possible_year(asked):
        raise Http404
    return {"year": asked, "rows": [_appraisal(one) for one in lines(scope, asked)]}


@router.get("/oversight/evaluations", response=EvaluationsOut)
def enforcement_evaluations(request: HttpRequest, asking: Query[registers.Hundred]) -> Any:
    """The evaluations of one's own unit."""
    scope = admitted(request, "oversight.view")
    return registers.hundred(EVALUATIONS, evaluations_in(scope), asking.dict(), scope)


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
