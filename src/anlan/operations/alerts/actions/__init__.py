from anlan.operations.alerts.actions.drafting import (
    DraftEdit,
    NewDraft,
    draft,
    draft_new,
    edit,
    reject,
    review,
    send_back,
    update,
)
from anlan.operations.alerts.actions.ending import (
    drop_lift_proposal,
    expire,
    lift,
    propose_lift,
)
from anlan.operations.alerts.actions.frame import Done
from anlan.operations.alerts.actions.patrolling import call_patrols, release_patrols
from anlan.operations.alerts.actions.propose import propose
from anlan.operations.alerts.actions.publishing import (
    MunicipalAnswer,
    record_municipal_answer,
    stand_in_answers,
)
from anlan.operations.alerts.actions.signing import file_papers, sign, sign_urgent
from anlan.operations.alerts.actions.watching import (
    answered,
    answers_due,
    doors_done,
    draft_due,
    expiry_near,
    help_asked,
    help_given,
)

__all__ = [
    "Done",
    "DraftEdit",
    "MunicipalAnswer",
    "NewDraft",
    "answered",
    "answers_due",
    "call_patrols",
    "doors_done",
    "draft",
    "draft_due",
    "draft_new",
    "drop_lift_proposal",
    "edit",
    "expire",
    "expiry_near",
    "file_papers",
    "help_asked",
    "help_given",
    "lift",
    "propose",
    "propose_lift",
    "record_municipal_answer",
    "reject",
    "release_patrols",
    "review",
    "send_back",
    "sign",
    "sign_urgent",
    "stand_in_answers",
    "update",
]
