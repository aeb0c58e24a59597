"""Levels I and II go to the municipality: submitted here, answered from there.

The interface of the municipal release system is not public (`domain.md` 7), so it is an adapter:
in exercises a stand-in that answers after a while by a durable timer; really, a person carries
the alert there and records what came back.
"""

from datetime import timedelta
from typing import Protocol

from anlan.operations.alerts.events import MunicipalAnswerDue
from anlan.operations.alerts.models import Alert, MunicipalSubmission
from anlan.operations.alerts.rules.book import Book
from anlan.operations.deadlines.actions import set_timer
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing


class Municipality(Protocol):
    """The way to the municipality's release system."""

    name: str

    def submit(self, alert: Alert, book: Book) -> str:
        """Hand an alert over; returns the reference under which it is known there."""
        ...


class StandIn:
    """Answers in exercises and tests, after the minutes the book says."""

    name = "stand-in"

    def submit(self, alert: Alert, book: Book) -> str:
        now = clock.now()
        set_timer(
            f"alert:{alert.pk}:municipality",
            now + timedelta(minutes=book.municipality_answers_min),
            MunicipalAnswerDue(alert_id=alert.pk, asked_at=now),
        )
        return f"STANDIN-{alert.number}"


class ByHand:
    """A person submits and records the answer: the step stays on the desk until then."""

    name = "by-hand"

    def submit(self, alert: Alert, book: Book) -> str:
        return ""


def municipality_for(standing: str) -> Municipality:
    """Only an exercise or a test is ever answered by the platform itself."""
    return ByHand() if standing == Standing.ACTUAL else StandIn()


def submit(alert: Alert, book: Book) -> MunicipalSubmission:
    """Submit once; a second call returns the first submission."""
    found = MunicipalSubmission.objects.filter(alert=alert).first()
    if found is not None:
        return found
    adapter = municipality_for(alert.standing)
    return MunicipalSubmission.objects.create(
        alert=alert, adapter=adapter.name, reference=adapter.submit(alert, book),
        submitted_at=clock.now(),
    )  # fmt: skip
