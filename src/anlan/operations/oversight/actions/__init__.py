from anlan.operations.oversight.actions.appraise import (
    change_grade,
    end_objection,
    grade_officer,
    object_to,
    uphold_grade,
)
from anlan.operations.oversight.actions.demo import load_demo_records
from anlan.operations.oversight.actions.district import load_terms
from anlan.operations.oversight.actions.interference import (
    Attempt,
    end_interference,
    record_interference,
    see_interference,
)
from anlan.operations.oversight.actions.open import NewReview, open_review, put_review
from anlan.operations.oversight.actions.reading import (
    answer_fault,
    close,
    name_reviewers,
    return_answer,
    score,
    send_faults,
)

__all__ = [
    "Attempt", "NewReview", "answer_fault", "change_grade", "close", "end_interference",
    "end_objection", "grade_officer", "load_demo_records", "load_terms",
    "name_reviewers", "object_to", "open_review", "put_review", "record_interference",
    "return_answer", "score", "see_interference", "send_faults", "uphold_grade",
]  # fmt: skip
