from anlan.operations.oversight.actions.appraise import (
    change_grade,
    end_objection,
    grade_officer,
    object_to,
    uphold_grade,
)
from anlan.operations.oversight.actions.demo import load_demo_records
from anlan.operations.oversight.actions.district import load_district_files
from anlan.operations.oversight.actions.open import NewReview, open_review
from anlan.operations.oversight.actions.reading import (
    answer_fault,
    close,
    name_reviewers,
    return_answer,
    score,
    send_faults,
)

__all__ = [
    "NewReview", "answer_fault", "change_grade", "close", "end_objection", "grade_officer",
    "load_demo_records", "load_district_files", "name_reviewers", "object_to", "open_review",
    "return_answer", "score", "send_faults", "uphold_grade",
]  # fmt: skip
