"""Case reviews opened, read and answered, and appraisals graded and objected to, by programs."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from anlan.operations.oversight.actions import NewReview, put_review
from anlan.operations.oversight.api.schemas import ReviewIn, ReviewOut
from anlan.operations.oversight.forms import GRADING, READING
from anlan.operations.oversight.models import Appraisal, Sampled
from anlan.operations.oversight.queries.appraisals import appraisal_file, possible_year
from anlan.operations.oversight.queries.appraisals import person_of as appraiser_of
from anlan.operations.oversight.queries.reviews import person_of, reviews_in, sampled_in
from anlan.operations.oversight.rules.states import OPEN, VIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import (
    Holding,
    PutOutcome,
    Sent,
    StepIn,
    StepTaken,
    form_asked,
    read_back,
)

router = Router()


read_back(router, "/oversight/reviews", ReviewOut, Sent(VIEW, reviews_in), __name__)


@router.put("/oversight/reviews/{source}/{source_id}", response=PutOutcome, auth=Holding(OPEN))
def bring_review(request: HttpRequest, source: str, source_id: str, body: ReviewIn) -> Any:
    """Open a case review of one's unit by its id in another system; the same again is the same.

    What is drawn, a seed says that is made here. Refused (409) where it cannot be, for a period
    that was drawn from, and for other words under the same id."""
    scope = admitted(request, OPEN)
    registers.named(source, source_id)
    new = NewReview(**body.dict(), source=source, source_id=source_id)
    person = person_of(scope, str(request.user))
    pk, outcome = put_review(actor_of(request), person, scope.area or "", new)
    return {"id": pk, "outcome": outcome}


@router.post(
    "/oversight/sampled/{sampled_id}/steps", response=StepTaken,
    auth=Holding(VIEW, sampled_in, "sampled_id"),
)  # fmt: skip
def sampled_case_step(request: HttpRequest, sampled_id: int, body: StepIn) -> Any:
    """A step of a drawn case; 409 with the reason where the rules refuse it.

    `name reviewers`: `one` and `two`, accounts of `able`; `score`: `points-KEY`, `note-KEY` and
    `veto-KEY` by the keys of the checklist; `send the faults`; `answer`: `fault` and `answer`;
    `return`: `reason`; `close`."""
    scope = admitted(request, VIEW)
    take = form_asked(READING, body, seen=True)
    take((actor_of(request), person_of(scope, str(request.user))), sampled_id, body.given)
    return Sampled.objects.get(pk=sampled_id)


@router.post("/oversight/appraisals/{year}/{account_id}/steps", response=StepTaken)
def appraisal_step(request: HttpRequest, year: int, account_id: int, body: StepIn) -> Any:
    """Grade an officer's year (`grade`, `reason`), object to the grade (`reason`), uphold it
    (`reason`) or change it (`grade`, `reason`); 409 where the rules refuse it."""
    scope = admitted(request, VIEW)
    file = appraisal_file(scope, year, account_id) if possible_year(year) else None
    take = form_asked(GRADING, body, seen=file is not None)
    if file is None:
        raise Http404
    take((actor_of(request), appraiser_of(scope)), scope.area or "", (year, file), body.given)
    return Appraisal.objects.get(unit=scope.organisation, year=year, account_id=account_id)
