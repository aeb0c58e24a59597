"""What alerts tells the rooms above it. `first_id` is the first message of the episode."""

from dataclasses import dataclass
from datetime import datetime

from anlan.backbone.events import Event, fact


@fact("alerts.drafted")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDrafted(Event):
    """A draft lies on the desk; `run_id` None when a person wrote it without a forecast."""

    alert_id: int
    level: int
    hazard: str
    run_id: int | None = None


@fact("alerts.reviewed")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertReviewed(Event):
    alert_id: int
    level: int


@fact("alerts.signed")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSigned(Event):
    """Signed; levels I and II now wait for the municipality."""

    alert_id: int
    level: int
    urgent: bool


@fact("alerts.published")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPublished(Event):
    """A message is in force: the first of an episode or an update of it (`update`)."""

    alert_id: int
    level: int
    hazard: str
    first_id: int
    update: bool


@fact("alerts.updated")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertUpdated(Event):
    """`alert_id` was replaced by `by_id`."""

    alert_id: int
    by_id: int
    level: int
    hazard: str
    first_id: int


@fact("alerts.lifted")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLifted(Event):
    alert_id: int
    level: int
    hazard: str
    first_id: int


@fact("alerts.expired")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertExpired(Event):
    alert_id: int
    level: int
    hazard: str
    first_id: int


@fact("alerts.rejected")
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRejected(Event):
    """A draft will not be sent: refused by a person, by the municipality, or overtaken."""

    alert_id: int
    level: int
    why: str


@fact("alerts.escalation_raised")
@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRaised(Event):
    """Something was not done in time and goes up: `step` 1, 2, …; `kind` unsigned or unanswered."""

    key: str
    alert_id: int
    kind: str
    step: int
    label: str
    to: str


@fact("alerts.draft_due")
@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDue(Event):
    """A timer: a draft should have been signed by now (step 1, 2)."""

    alert_id: int
    step: int


@fact("alerts.expiry_near")
@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryNear(Event):
    """A timer: extend or lift, before the alert runs out."""

    alert_id: int


@fact("alerts.expiry_due")
@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryDue(Event):
    """A timer: the alert may have run out."""

    alert_id: int


@fact("alerts.municipal_answer_due")
@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalAnswerDue(Event):
    """A timer of the stand-in: the municipality answers now (exercises only)."""

    alert_id: int
    asked_at: datetime
