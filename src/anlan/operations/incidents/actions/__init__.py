from anlan.operations.incidents.actions.file import (
    NewIncident,
    close_incident,
    decline_incident,
    open_incident,
    open_new_incident,
    propose_for_sign,
    propose_incident,
    settle_incident,
)
from anlan.operations.incidents.actions.gather import (
    NewEntry,
    hold_incident,
    note_entry,
    note_figures,
    release_incident,
)
from anlan.operations.incidents.actions.reporting import (
    ReportText,
    record_phone_report,
    report_continuing,
    report_final,
    report_first,
    return_report,
    sign_report,
)
from anlan.operations.incidents.actions.terms import hand_up_overdue, load_terms

__all__ = [
    "NewEntry", "NewIncident", "ReportText", "close_incident", "decline_incident",
    "hand_up_overdue", "hold_incident", "load_terms", "note_entry", "note_figures",
    "open_incident", "open_new_incident", "propose_for_sign", "propose_incident",
    "record_phone_report", "release_incident", "report_continuing", "report_final", "report_first",
    "return_report", "settle_incident", "sign_report",
]  # fmt: skip
