"""An alarm at a reach's station asks for a run."""

from anlan.backbone.events import reacts_to
from anlan.operations.forecasts.actions import request_run_apart
from anlan.operations.forecasts.events import RunDue
from anlan.operations.forecasts.queries import reaches_at
from anlan.operations.sensing.events import AlarmRaised
from anlan.vocabulary import clock


@reacts_to(AlarmRaised)
def forecast_after_alarm(alarm: AlarmRaised) -> None:
    """One run an alarm, at each reach that is watched at this station for this rule."""
    for reach in reaches_at(alarm.station_code):
        if alarm.rule in reach.triggers:
            key = f"{reach.code}:{alarm.rule}:{alarm.alarm_id}"
            request_run_apart(key, alarm.key, clock.now(), reach.code)


@reacts_to(RunDue)
def forecast_when_due(due: RunDue) -> None:
    """The run that had to wait for the one before it."""
    request_run_apart(due.key, due.trigger, clock.now(), due.reach)
