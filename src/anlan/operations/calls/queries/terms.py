"""The terms in force, and the moment when one of them ends."""

from datetime import date, datetime

from anlan.operations.calls.models import CallTerms
from anlan.operations.calls.rules.terms import Span, Spans, Terms, Unit, parsed
from anlan.operations.deadlines.queries import Unit as Days
from anlan.operations.deadlines.queries import after, hours_after
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def terms(day: date) -> Terms:
    """The terms that hold on a day; raises `Refused` where the district has loaded none."""
    row = CallTerms.on(day)
    if row is None:
        raise Refused(N_("The district has no terms for calls yet: load its calls.toml."))
    return parsed(row.source, row.figures)


def spans(urgency: str, at: datetime) -> tuple[Terms, Spans]:
    """The terms of a call of this urgency as they hold at a moment."""
    found = terms(at.astimezone(clock.CHINA).date())
    return found, found.by_urgency[urgency]


def ends(span: Span, at: datetime, found: Terms) -> datetime:
    """When a term that begins at `at` ends: to the minute, or with the last working day."""
    at = at.astimezone(clock.CHINA)
    if span.unit is Unit.MINUTES:
        # A clock runs through nights and holidays: what is urgent does not wait.
        return datetime.fromtimestamp(at.timestamp() + span.count * 60, clock.CHINA)
    if span.unit is Unit.WORKING_HOURS:
        return hours_after(at, span.count, found.begins, found.ends)
    return clock.end_of(after(at.date(), span.count, Days.WORKING))
