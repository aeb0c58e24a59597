"""What the forms of reviews and appraisals say, from the page or another program, and which action
hears it."""

from collections.abc import Callable, Mapping

from django.http import Http404

from anlan.operations.oversight import actions
from anlan.operations.oversight.models import Sampled
from anlan.operations.oversight.queries.appraisals import File
from anlan.operations.oversight.queries.reviews import reviewer_of
from anlan.operations.oversight.rules.appraisal import Person as Appraiser
from anlan.operations.oversight.rules.checklist import Given
from anlan.operations.oversight.rules.loop import Person
from anlan.operations.people.actions import Actor
from anlan.operations.registers.queries import key_of
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

Said = Mapping[str, str]
Doer = tuple[Actor, Person]
Grader = tuple[Actor, Appraiser]
Year = tuple[int, File]


def name(doer: Doer, sampled_id: int, given: Said) -> None:
    """The two who read a case: `one` and `two`."""
    review = Sampled.objects.select_related("review").get(pk=sampled_id).review
    chosen = tuple(
        reviewer_of(key_of(given.get(key, "")), review.unit, review.area_code)
        for key in ("one", "two")
    )
    actions.name_reviewers(doer, sampled_id, chosen)


def score(doer: Doer, sampled_id: int, given: Said) -> None:
    """The checklist's form: points, notes and vetoes by the key behind the name."""
    found: dict[str, dict[str, str]] = {"points": {}, "note": {}, "veto": {}}
    for said, text in given.items():
        what, _dash, key = said.partition("-")
        if what in found and key:
            found[what][key] = text.strip()
    points = {key: key_of(text) for key, text in found["points"].items()}
    read = Given(
        points={key: got for key, got in points.items() if got is not None},
        notes=found["note"], vetoes={key: text for key, text in found["veto"].items() if text},
    )  # fmt: skip
    actions.score(doer, sampled_id, read)


def answer(doer: Doer, sampled_id: int, given: Said) -> None:
    """What was done about one fault."""
    fault = key_of(given.get("fault", ""))
    if fault is None:
        raise Refused(N_("There is no such fault, or it is answered."))
    actions.answer_fault(doer, sampled_id, fault, given.get("answer", ""))


def send(doer: Doer, sampled_id: int, _given: Said) -> None:
    """The faults go to the case's unit."""
    actions.send_faults(doer, sampled_id)


def give_back(doer: Doer, sampled_id: int, given: Said) -> None:
    """The answers do not do."""
    actions.return_answer(doer, sampled_id, given.get("reason", ""))


def close(doer: Doer, sampled_id: int, _given: Said) -> None:
    """The review of the case is over."""
    actions.close(doer, sampled_id)


READING: Mapping[str, Callable[[Doer, int, Said], None]] = {
    "name reviewers": name, "score": score, "send the faults": send, "answer": answer,
    "return": give_back, "close": close,
}  # fmt: skip


def grade(doer: Grader, area_code: str, of: Year, given: Said) -> None:
    """The year's grade of an officer."""
    year, file = of
    actions.grade_officer(
        doer, area_code, year, file.line.account_id, grade=given.get("grade", ""),
        reason=given.get("reason", ""),
    )  # fmt: skip


def object_to(doer: Grader, _area_code: str, of: Year, given: Said) -> None:
    """The officer objects."""
    actions.object_to(doer, _graded(of), given.get("reason", ""))


def uphold(doer: Grader, _area_code: str, of: Year, given: Said) -> None:
    """The leader answers: it stays."""
    actions.uphold_grade(doer, _graded(of), given.get("reason", ""))


def change(doer: Grader, _area_code: str, of: Year, given: Said) -> None:
    """The leader answers: another grade."""
    actions.change_grade(doer, _graded(of), given.get("reason", ""), given.get("grade", ""))


def _graded(of: Year) -> int:
    """The appraisal of the year, by its id; "not found" where nobody graded it."""
    if of[1].line.appraisal is None:
        raise Http404
    return int(of[1].line.appraisal.pk)


GRADING: Mapping[str, Callable[[Grader, str, Year, Said], None]] = {
    "grade": grade, "object": object_to, "uphold": uphold, "change the grade": change,
}  # fmt: skip
