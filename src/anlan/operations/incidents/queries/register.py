"""Event files that a person may see: the list, one file, one report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.incidents.models import Entry, Incident, Report
from anlan.operations.incidents.queries.reporting import ObligationRow, obligations
from anlan.operations.incidents.rules.loss import figures
from anlan.operations.incidents.rules.states import (
    HAZARD_WORDS,
    REPORT_STATE_WORDS,
    REPORT_WORDS,
    STATE_WORDS,
    IncidentState,
    ReportKind,
    ReportState,
)
from anlan.operations.people.queries import Scope
from anlan.operations.people.queries.days import in_words
from anlan.vocabulary.words import Term


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One event file in a list; words are translated."""

    id: int
    number: str
    title: str
    hazard: str
    hazard_word: str
    state: str
    state_word: str
    standing: str
    area_code: str
    alert_id: int | None
    alert_first_id: int | None
    known_at: datetime
    occurred_at: datetime | None
    phoned_at: datetime | None
    stable_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    opened_by: str
    closed_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One version of the reports; `figures` by key, None unknown."""

    id: int
    incident_id: int
    sequence: int
    kind: str
    kind_word: str
    state: str
    state_word: str
    figures: dict[str, Decimal | None]
    townships: dict[str, dict[str, str]]
    situation: str
    measures: str
    reason: str
    drafted_at: datetime
    drafted_by: str
    drafted_by_id: int
    signed_at: datetime | None
    signed_by: str
    returned_why: str
    mailing_id: int | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    at: datetime
    kind: str
    text: str
    detail: str
    by: str
    link: str


@dataclass(frozen=True, slots=True)
class HoldRow:
    key: str
    reason: str
    link: str
    since: datetime


@dataclass(frozen=True, slots=True)
class IncidentFile:
    """A whole event file: its row, terms, reports (newest first), holds and history."""

    row: IncidentRow
    obligations: list[ObligationRow]
    reports: list[ReportRow]
    holds: list[HoldRow]
    history: list[EntryRow]

    @property
    def late(self) -> list[ObligationRow]:
        return [o for o in self.obligations if o.status in ("late", "missed")]

    @property
    def draft(self) -> ReportRow | None:
        return next((r for r in self.reports if r.state == ReportState.DRAFTED), None)

    @property
    def signed(self) -> list[ReportRow]:
        return [r for r in self.reports if r.state == ReportState.SIGNED]


def incidents(
    scope: Scope | None = None, states: Iterable[str] | None = None, limit: int = 100
) -> list[IncidentRow]:
    """Event files within sight, newest first. Scope None is the platform itself."""
    rows = _visible(scope)
    if states is not None:
        rows = rows.filter(state__in=list(states))
    return [_row(r) for r in rows.order_by("-known_at", "-id")[:limit]]


def proposed(scope: Scope | None = None) -> list[IncidentRow]:
    """Files that wait for a person to open them."""
    return incidents(scope, [IncidentState.PROPOSED])


def open_incident(scope: Scope | None = None) -> IncidentRow | None:
    """The newest open event file; None on a quiet day."""
    return next(iter(incidents(scope, [IncidentState.OPEN], limit=1)), None)


def incident(incident_id: int, scope: Scope | None = None) -> IncidentFile | None:
    """One file with everything in it; None when it is not there or not within sight."""
    found = _visible(scope).filter(pk=incident_id).first()
    if found is None:
        return None
    reports = found.reports.select_related("drafted_by", "signed_by").order_by("-id")
    holds = found.holds.filter(released_at=None).order_by("since")
    return IncidentFile(
        _row(found),
        obligations(found) if found.opened_at else [],
        [_report(r) for r in reports],
        [HoldRow(h.key, _(h.reason) % in_words(h.parameters), h.link, h.since) for h in holds],
        [_entry(e) for e in found.entries.order_by("-at", "-id")[:200]],
    )


def report(report_id: int, scope: Scope | None = None) -> ReportRow | None:
    rows = Report.objects.select_related("drafted_by", "signed_by")
    found = rows.filter(pk=report_id, incident__in=_visible(scope)).first()
    return None if found is None else _report(found)


def _visible(scope: Scope | None) -> QuerySet[Incident]:
    rows = Incident.objects.select_related("opened_by", "closed_by")
    if scope is None:
        return rows
    prefix = scope.area_prefix
    return rows.none() if prefix is None else rows.filter(area_code__startswith=prefix)


def _word(term: Term | None, code: str) -> str:
    return pgettext(term.context, term.word) if term else code


def _row(r: Incident) -> IncidentRow:
    return IncidentRow(
        r.pk, r.number, r.title, r.hazard, _word(HAZARD_WORDS.get(r.hazard), r.hazard), r.state,
        _word(STATE_WORDS[IncidentState(r.state)], r.state), r.standing, r.area_code, r.alert_id,
        r.alert_first_id, r.known_at, r.occurred_at, r.phoned_at, r.stable_at, r.opened_at,
        r.closed_at, str(r.opened_by or ""), str(r.closed_by or ""), r.reason,
    )  # fmt: skip


def _report(r: Report) -> ReportRow:
    return ReportRow(
        r.pk, r.incident_id, r.sequence, r.kind, _word(REPORT_WORDS[ReportKind(r.kind)], r.kind),
        r.state, _word(REPORT_STATE_WORDS[ReportState(r.state)], r.state), figures(r.figures),
        r.townships, r.situation, r.measures, r.reason, r.drafted_at, str(r.drafted_by),
        r.drafted_by_id, r.signed_at, str(r.signed_by or ""), r.returned_why,
        r.mailing_id,
    )  # fmt: skip


def _entry(e: Entry) -> EntryRow:
    text = _(e.text) % in_words(e.parameters) if e.parameters else _(e.text)
    return EntryRow(e.at, e.kind, text, e.detail, e.by, e.link)
