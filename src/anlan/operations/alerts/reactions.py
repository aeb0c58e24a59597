"""What alerts does when something happens below: propose, watch, lift, answer for the stand-in;
and when an alert itself comes into force or is lifted: patrols are called out, or lapse."""

from anlan.backbone.events import reacts_to
from anlan.operations.alerts import actions
from anlan.operations.alerts.events import (
    AlertLifted,
    AlertPublished,
    DraftDue,
    ExpiryDue,
    ExpiryNear,
    MunicipalAnswerDue,
)
from anlan.operations.alerts.queries import book, in_force
from anlan.operations.forecasts.events import ForecastIssued
from anlan.operations.messaging.events import AnswerDue, AnswersGiven, HelpAsked
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.events import AlarmCleared, AlarmRaised

LIFT_WORDS = "水位已退到警戒水位以下"


@reacts_to(ForecastIssued)
def draft_what_it_means(event: ForecastIssued) -> None:
    actions.propose(event.run_id)


@reacts_to(AlarmCleared)
def propose_the_lift(event: AlarmCleared) -> None:
    hazard = book().hazard
    if event.station_code != hazard.station or event.rule != hazard.lift_when_cleared:
        return
    alert = in_force()
    if alert is not None and alert.chain == hazard.chain:
        actions.propose_lift(PLATFORM, alert.id, LIFT_WORDS)


@reacts_to(AlarmRaised)
def drop_the_lift(event: AlarmRaised) -> None:
    hazard = book().hazard
    if event.station_code != hazard.station or event.rule != hazard.lift_when_cleared:
        return
    alert = in_force()
    if alert is not None and alert.chain == hazard.chain:
        actions.drop_lift_proposal(alert.id, "the alarm is back")


@reacts_to(DraftDue)
def escalate_the_unsigned(event: DraftDue) -> None:
    actions.draft_due(event.alert_id, event.step)


@reacts_to(ExpiryNear)
def remind_of_the_end(event: ExpiryNear) -> None:
    actions.expiry_near(event.alert_id)


@reacts_to(ExpiryDue)
def let_it_run_out(event: ExpiryDue) -> None:
    actions.expire(event.alert_id)


@reacts_to(MunicipalAnswerDue)
def answer_for_the_municipality(event: MunicipalAnswerDue) -> None:
    """The stand-in approves; it exists in exercises and tests only."""
    actions.stand_in_answers(event.alert_id)


@reacts_to(AnswerDue)
def go_after_missing_answers(event: AnswerDue) -> None:
    actions.answers_due(event.mailing_id, event.step)


@reacts_to(AnswersGiven)
def stop_going_after_them(event: AnswersGiven) -> None:
    actions.answered(event.mailing_id, event.delivery_ids)


@reacts_to(HelpAsked)
def put_help_on_the_desk(event: HelpAsked) -> None:
    actions.help_asked(event.mailing_id, event.delivery_id, event.label, event.area_code)


@reacts_to(AlertPublished)
def call_out_the_patrols(event: AlertPublished) -> None:
    actions.call_patrols(event.alert_id)


@reacts_to(AlertLifted)
def let_the_patrols_lapse(event: AlertLifted) -> None:
    actions.release_patrols(event.alert_id, event.first_id)
