from anlan.operations.response.actions.course import (
    adjust,
    end_response,
    refresh,
    review_response,
    write_situation_report,
)
from anlan.operations.response.actions.files import attach_incident
from anlan.operations.response.actions.overdue import hand_up_situation_report, hand_up_task
from anlan.operations.response.actions.patrolling import call_patrols, release_patrols
from anlan.operations.response.actions.plans import load_district_files
from anlan.operations.response.actions.sheltering import assign_shelters
from anlan.operations.response.actions.start import (
    Proposal,
    alert_lifted,
    propose,
    propose_by_hand,
    sign_activation,
    stand_down,
)
from anlan.operations.response.actions.tasks import (
    TaskWords,
    accept_task,
    clear_task,
    report_task,
)

__all__ = [
    "Proposal", "TaskWords", "accept_task", "adjust", "alert_lifted", "assign_shelters",
    "attach_incident", "call_patrols", "clear_task", "end_response", "hand_up_situation_report",
    "hand_up_task", "load_district_files", "propose", "propose_by_hand", "refresh",
    "release_patrols", "report_task", "review_response", "sign_activation", "stand_down",
    "write_situation_report",
]  # fmt: skip
