"""What has been reported of an event, what is owed, and what was late."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from anlan.operations.incidents.models import Incident, Report, ReportingTerms
from anlan.operations.incidents.rules.loss import figures
from anlan.operations.incidents.rules.states import NATURAL, ReportState
from anlan.operations.incidents.rules.terms import (
    OBLIGATION_WORDS,
    Course,
    Obligation,
    Terms,
)
from anlan.operations.incidents.rules.terms import obligations as owed
from anlan.operations.messaging.queries import funnel, recipients
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """One term as a person reads it. `status` is met, met_late, waiting, late or missed."""

    key: str
    word: str
    due_at: datetime
    met_at: datetime | None
    status: str


def terms_on(day: date) -> Terms:
    """The reporting terms in force on a day; the rule book's defaults when none are loaded."""
    row = ReportingTerms.on(day)
    if row is None:
        return Terms()
    return Terms(
        row.phone_min, row.written_min, row.natural_first_min, row.follow_up_h, row.final_days
    )


def obligations_of(incident: Incident) -> list[Obligation]:
    signed = incident.reports.filter(state=ReportState.SIGNED).order_by("sequence")
    times = [at for at in signed.values_list("signed_at", flat=True) if at is not None]
    course = Course(
        incident.known_at, incident.hazard in NATURAL, incident.phoned_at, times,
        incident.stable_at, incident.closed_at,
    )  # fmt: skip
    return owed(course, terms_on(incident.known_at.astimezone(clock.CHINA).date()))


def obligations(incident: Incident) -> list[ObligationRow]:
    now = clock.now()
    return [
        ObligationRow(o.key, _(OBLIGATION_WORDS[o.key]), o.due_at, o.met_at, o.status(now))
        for o in obligations_of(incident)
    ]


def last_signed(incident_id: int) -> Report | None:
    rows = Report.objects.filter(incident_id=incident_id, state=ReportState.SIGNED)
    return rows.order_by("-sequence").first()


def signed_figures(incident_id: int) -> dict[str, Decimal | None] | None:
    """The figures of the last signed report; None before the first."""
    last = last_signed(incident_id)
    return None if last is None else figures(last.figures)


@dataclass(frozen=True, slots=True)
class SentRow:
    """Where a signed report went: the offices, and how many were reached so far."""

    offices: tuple[str, ...]
    sent: int
    delivered: int
    failed: int


def sent_to(mailing_id: int) -> SentRow:
    counts = funnel([mailing_id])
    offices = tuple(row.label for row in recipients(mailing_id))
    return SentRow(offices, counts.sent, counts.delivered, counts.failed)
