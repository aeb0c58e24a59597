"""Red and orange alerts ask for an event file; its chain is written into the file."""

from anlan.backbone.events import reacts_to
from anlan.operations.alerts.events import AlertExpired, AlertLifted, AlertPublished
from anlan.operations.hotline.events import TipMoved
from anlan.operations.incidents.actions import (
    NewEntry,
    hand_up_overdue,
    note_entry,
    propose_for_sign,
    propose_incident,
)
from anlan.operations.incidents.events import ReportDue
from anlan.operations.incidents.models import Incident
from anlan.vocabulary.levels import AlertLevel
from anlan.vocabulary.words import N_

CONFIRMED = ("TRUE", "PARTLY")  # verdicts of the hotline
PUBLISHED_TEXTS = {
    AlertLevel.RED: N_("Red alert published"),
    AlertLevel.ORANGE: N_("Orange alert published"),
    AlertLevel.YELLOW: N_("Yellow alert published"),
    AlertLevel.BLUE: N_("Blue alert published"),
}


@reacts_to(AlertPublished)
def propose_a_file(event: AlertPublished) -> None:
    if event.level <= AlertLevel.ORANGE:
        propose_incident(event.alert_id)
    _write(event.first_id, event.alert_id, PUBLISHED_TEXTS[AlertLevel(event.level)])


@reacts_to(TipMoved)
def propose_a_file_for_a_sign(event: TipMoved) -> None:
    if event.verb == "verify" and event.hazard and event.verdict in CONFIRMED:
        propose_for_sign(event.number, event.hazard, event.area_code, f"/hotline/{event.tip_id}")


@reacts_to(AlertLifted)
def write_the_lift(event: AlertLifted) -> None:
    _write(event.first_id, event.alert_id, N_("Alert lifted"))


@reacts_to(AlertExpired)
def write_the_expiry(event: AlertExpired) -> None:
    _write(event.first_id, event.alert_id, N_("Alert expired"))


@reacts_to(ReportDue)
def hand_up_what_is_overdue(event: ReportDue) -> None:
    hand_up_overdue(event.incident_id, event.obligation)


def _write(first_id: int, alert_id: int, text: str) -> None:
    incident = Incident.objects.filter(alert_first_id=first_id).first()
    if incident is not None:
        note_entry(incident.pk, NewEntry(kind="alert", text=text, link=f"/alerts/{alert_id}"))
