from anlan.operations.risks.actions.desk import follow_state
from anlan.operations.risks.actions.district import load_district_files, load_terms
from anlan.operations.risks.actions.file_pages import FilePages
from anlan.operations.risks.actions.files import keep_file, take_file
from anlan.operations.risks.actions.hazards import keep_major_hazard, put_major_hazard
from anlan.operations.risks.actions.plans import keep_plan, place_risk
from anlan.operations.risks.actions.rate import (
    Origin,
    confirm_risk,
    fall_due,
    identify_risk,
    order_review,
    put_risk,
    rate_risk,
    retire_risk,
    review_after_accident,
    review_risk,
    send_back_risk,
)
from anlan.operations.risks.actions.take import STEPS, take_step

__all__ = [
    "STEPS", "FilePages", "Origin", "confirm_risk", "fall_due", "follow_state", "identify_risk",
    "keep_file", "keep_major_hazard", "keep_plan", "load_district_files", "load_terms",
    "order_review", "place_risk", "put_major_hazard", "put_risk", "rate_risk", "retire_risk",
    "review_after_accident", "review_risk", "send_back_risk", "take_file", "take_step",
]  # fmt: skip
