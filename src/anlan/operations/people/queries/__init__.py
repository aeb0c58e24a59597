from anlan.operations.people.queries.access import (
    Reachable,
    Staff,
    admitted,
    holding,
    names_of,
    reachable,
    requires,
    scope_of,
    staff,
    staff_by,
    stand_ins,
    unit_staff,
)
from anlan.operations.people.queries.answers import download, worded
from anlan.operations.people.queries.organisations import OrganisationRow, organisations
from anlan.operations.people.queries.trail import (
    AuditRow,
    FailedEvent,
    acts_since,
    failed_events,
    newest_event_id,
    trail,
    waiting_events,
)
from anlan.operations.people.rules import NOBODY, Scope

__all__ = [
    "NOBODY",
    "AuditRow",
    "FailedEvent",
    "OrganisationRow",
    "Reachable",
    "Scope",
    "Staff",
    "acts_since",
    "admitted",
    "download",
    "failed_events",
    "holding",
    "names_of",
    "newest_event_id",
    "organisations",
    "reachable",
    "requires",
    "scope_of",
    "staff",
    "staff_by",
    "stand_ins",
    "trail",
    "unit_staff",
    "waiting_events",
    "worded",
]  # fmt: skip
