"""A drill's stopwatch hears when an alarm was raised and when its draft lay on the desk."""

from anlan.backbone.events import reacts_to
from anlan.operations.alerts.events import AlertDrafted
from anlan.operations.drills.actions.ledger import open_now
from anlan.operations.sensing.events import AlarmRaised


@reacts_to(AlarmRaised)
def note_alarm(event: AlarmRaised) -> None:
    if ledger := open_now():
        ledger.alarm_raised()


@reacts_to(AlertDrafted)
def note_draft(event: AlertDrafted) -> None:
    if ledger := open_now():
        ledger.alert_drafted()
