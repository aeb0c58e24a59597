from anlan.operations.incidents.queries.next_report import ChangeRow, Prefill, difference, prefill
from anlan.operations.incidents.queries.register import (
    EntryRow,
    HoldRow,
    IncidentFile,
    IncidentRow,
    ReportRow,
    incident,
    incidents,
    open_incident,
    proposed,
    report,
)
from anlan.operations.incidents.queries.reporting import (
    ObligationRow,
    SentRow,
    obligations,
    obligations_of,
    sent_to,
    signed_figures,
    terms_on,
)

__all__ = [
    "ChangeRow", "EntryRow", "HoldRow", "IncidentFile", "IncidentRow", "ObligationRow", "Prefill",
    "ReportRow", "SentRow", "difference", "incident", "incidents", "obligations", "obligations_of",
    "open_incident", "prefill", "proposed", "report", "sent_to", "signed_figures", "terms_on",
]  # fmt: skip
