"""Incident (event file) and Report (初报, 续报, 终报), `domain.md` 3.4."""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table
from anlan.vocabulary.words import NP_


class IncidentState(StrEnum):
    PROPOSED = "PROPOSED"
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    DECLINED = "DECLINED"


class ReportKind(StrEnum):
    FIRST = "first"
    CONTINUING = "continuing"
    FINAL = "final"


class ReportState(StrEnum):
    DRAFTED = "DRAFTED"
    SIGNED = "SIGNED"
    RETURNED = "RETURNED"


INCIDENT = Table(
    [
        Step("open", (IncidentState.PROPOSED,), IncidentState.OPEN, "incidents.draft"),
        Step("decline", (IncidentState.PROPOSED,), IncidentState.DECLINED, "incidents.draft"),
        Step("propose again", (IncidentState.DECLINED,), IncidentState.PROPOSED),
        Step("report", (IncidentState.OPEN,), "", "incidents.draft"),
        Step("sign report", (IncidentState.OPEN,), "", "incidents.sign"),
        Step("close", (IncidentState.OPEN,), IncidentState.CLOSED, "incidents.sign"),
    ]
)
# The signer is never the drafter; a signed report is never touched again.
REPORT = Table(
    [
        Step("edit", (ReportState.DRAFTED,), "", "incidents.draft"),
        Step("sign", (ReportState.DRAFTED,), ReportState.SIGNED, "incidents.sign"),
        Step("return", (ReportState.DRAFTED,), ReportState.RETURNED, "incidents.sign"),
    ]
)

STATE_WORDS = {
    IncidentState.PROPOSED: NP_("incident state", "Proposed"),
    IncidentState.OPEN: NP_("incident state", "Open"),
    IncidentState.CLOSED: NP_("incident state", "Closed"),
    IncidentState.DECLINED: NP_("incident state", "Declined"),
}
REPORT_WORDS = {
    ReportKind.FIRST: NP_("incident report", "First report"),
    ReportKind.CONTINUING: NP_("incident report", "Continuing report"),
    ReportKind.FINAL: NP_("incident report", "Final report"),
}
REPORT_STATE_WORDS = {
    ReportState.DRAFTED: NP_("report state", "Waits for signature"),
    ReportState.SIGNED: NP_("report state", "Signed"),
    ReportState.RETURNED: NP_("report state", "Returned"),
}
HAZARD_WORDS = {
    "flood": NP_("hazard", "Flood"),
    "flash_flood": NP_("hazard", "Flash flood"),
    "waterlogging": NP_("hazard", "Waterlogging"),
    "rainstorm": NP_("hazard", "Rainstorm"),
    "geohazard": NP_("hazard", "Geological hazard"),
    "forest_fire": NP_("hazard", "Forest fire"),
    "accident": NP_("hazard", "Work accident"),
    "other": NP_("hazard", "Other"),
}
NATURAL = frozenset(
    {"flood", "flash_flood", "waterlogging", "rainstorm", "geohazard", "forest_fire"}
)


def due_kind(signed: int, final: bool) -> ReportKind:
    """Which report comes next when `signed` are in the chain: the first is never skipped."""
    if signed == 0:
        return ReportKind.FIRST
    return ReportKind.FINAL if final else ReportKind.CONTINUING
