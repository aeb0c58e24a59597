"""What of an event file waits on a desk: keys, terms and titles in one place."""

from datetime import datetime, timedelta

from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_items,
    open_item,
    set_timer,
)
from anlan.operations.incidents.events import ReportDue
from anlan.operations.incidents.models import Incident, Report
from anlan.operations.incidents.queries.reporting import terms_on
from anlan.operations.incidents.rules.states import NATURAL, ReportKind
from anlan.vocabulary.words import N_

TERMED = {
    "phone": (N_("Phone the first report of %(title)s"), N_("Record the call")),
    "written": (N_("Send the written first report of %(title)s"), N_("Write report")),
    "natural": (N_("Report the natural disaster %(title)s"), N_("Write report")),
    "follow_up": (N_("Send the next report of %(title)s"), N_("Write report")),
    "final": (N_("Send the verified final report of %(title)s"), N_("Write final report")),
}


def key(incident: Incident, what: str) -> str:
    return f"incident:{incident.pk}:{what}"


def link(incident: Incident) -> str:
    return f"/incidents/{incident.pk}"


def ask_to_open(incident: Incident) -> None:
    """A proposed file waits for a person."""
    open_item(
        NewItem(
            key=key(incident, "open"), kind="incident.proposal",
            title=N_("Open an event file: %(title)s"), action=N_("Open the file"),
            link=link(incident), right="incidents.draft", area_code=incident.area_code,
            parameters={"title": incident.title},
        )
    )  # fmt: skip


def ask_to_sign(incident: Incident, report: Report, due_at: datetime | None) -> None:
    """A drafted report waits for another person's signature."""
    titles = {
        ReportKind.FIRST: N_("Sign the first report of %(title)s"),
        ReportKind.CONTINUING: N_("Sign report %(number)d of %(title)s"),
        ReportKind.FINAL: N_("Sign the final report of %(title)s"),
    }
    open_item(
        NewItem(
            key=key(incident, "sign"), kind="incident.signature",
            title=titles[ReportKind(report.kind)], action=N_("Check and sign"),
            link=f"{link(incident)}/reports/{report.pk}", right="incidents.sign",
            area_code=incident.area_code, due_at=due_at,
            parameters={"title": incident.title, "number": report.sequence},
        )
    )  # fmt: skip


def set_term(incident: Incident, obligation: str, due_at: datetime) -> None:
    """Put one reporting term on the desk, with the timer that hands it up when it runs out."""
    title, action = TERMED[obligation]
    page = "" if obligation == "phone" else "/report"
    open_item(
        NewItem(
            key=key(incident, obligation), kind="incident.report", title=title, action=action,
            link=link(incident) + page, right="incidents.draft", area_code=incident.area_code,
            due_at=due_at, parameters={"title": incident.title},
        )
    )  # fmt: skip
    due = ReportDue(incident_id=incident.pk, obligation=obligation, due_at=due_at)
    set_timer(key(incident, obligation), due_at, due)


def start_terms(incident: Incident) -> None:
    """The terms that run from the moment the district knew."""
    terms = terms_on(incident.known_at.date())
    set_term(incident, "phone", incident.known_at + timedelta(minutes=terms.phone_min))
    set_term(incident, "written", incident.known_at + timedelta(minutes=terms.written_min))
    if incident.hazard in NATURAL:
        due = incident.known_at + timedelta(minutes=terms.natural_first_min)
        set_term(incident, "natural", due)


def next_follow_up(incident: Incident, signed_at: datetime) -> None:
    """After a report the next one, unless the event is stable and only the final is owed."""
    meet(incident, "written", "natural", "follow_up")
    if incident.stable_at is None:
        hours = terms_on(signed_at.date()).follow_up_h
        set_term(incident, "follow_up", signed_at + timedelta(hours=hours))


def meet(incident: Incident, *obligations: str) -> None:
    """Take met terms off the desk and stop their timers."""
    for obligation in obligations:
        close_items(key(incident, obligation))
        cancel_timer(key(incident, obligation))


def clear(incident: Incident) -> None:
    """Nothing of this file waits any more."""
    close_items(f"incident:{incident.pk}:")
    for obligation in TERMED:
        cancel_timer(key(incident, obligation))
