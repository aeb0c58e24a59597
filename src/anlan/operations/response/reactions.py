"""What the response answers to: alerts, its own signature and end, and terms that run out."""

from anlan.backbone.events import reacts_to
from anlan.operations.alerts.events import AlertExpired, AlertLifted, AlertPublished
from anlan.operations.incidents.events import IncidentOpened
from anlan.operations.incidents.queries import incident
from anlan.operations.response.actions import (
    alert_lifted,
    assign_shelters,
    attach_incident,
    call_patrols,
    hand_up_situation_report,
    hand_up_task,
    propose,
    release_patrols,
)
from anlan.operations.response.events import (
    ResponseActivated,
    ResponseAdjusted,
    ResponseEnded,
    SituationReportDue,
    TaskDue,
)
from anlan.operations.response.models import Activation
from anlan.operations.response.rules.states import UNDECIDED_OR_RUNNING
from anlan.vocabulary.levels import AlertLevel


@reacts_to(AlertPublished)
def propose_a_response(event: AlertPublished) -> None:
    """Red and orange ask for a response; a lower alert only when one stands already."""
    standing = Activation.objects.filter(
        alert_first_id=event.first_id, state__in=UNDECIDED_OR_RUNNING
    )
    if event.level <= AlertLevel.ORANGE or standing.exists():
        propose(event.alert_id)


@reacts_to(AlertLifted, AlertExpired)
def ask_for_the_end(event: AlertLifted | AlertExpired) -> None:
    alert_lifted(event.first_id)


@reacts_to(IncidentOpened)
def keep_the_file_open(event: IncidentOpened) -> None:
    found = incident(event.incident_id)
    if found is not None:
        attach_incident(event.incident_id, found.row.alert_first_id)


@reacts_to(ResponseActivated, ResponseAdjusted)
def find_everybody_a_shelter(event: ResponseActivated | ResponseAdjusted) -> None:
    assign_shelters(event.activation_id)


@reacts_to(ResponseActivated, ResponseAdjusted)
def call_out_the_patrols(event: ResponseActivated | ResponseAdjusted) -> None:
    call_patrols(event.activation_id)


@reacts_to(ResponseEnded)
def let_the_patrols_lapse(event: ResponseEnded) -> None:
    release_patrols(event.activation_id)


@reacts_to(TaskDue)
def hand_up_a_late_task(event: TaskDue) -> None:
    hand_up_task(event.task_id)


@reacts_to(SituationReportDue)
def hand_up_a_late_situation_report(event: SituationReportDue) -> None:
    hand_up_situation_report(event.activation_id, event.number)
