"""An accident's file within one's sight."""

from dataclasses import dataclass

from anlan.operations.accidents.models import (
    Accident,
    AccidentReport,
    AccidentStep,
    Liability,
    Measure,
    Toll,
)
from anlan.operations.accidents.queries.scope import accidents_in
from anlan.operations.accidents.queries.state import due, facts
from anlan.operations.accidents.rules.loop import Person, verbs
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock

ONWARD = (
    "form team", "hand up", "begin", "submit report", "approve", "publish", "take superior report",
    "implement", "evaluate", "close",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """An accident with history, tolls and reports (newest first), what was found, open steps."""

    accident: Accident
    steps: list[AccidentStep]
    tolls: list[Toll]
    liabilities: list[Liability]
    measures: list[Measure]
    reports: list[AccidentReport]
    verbs: tuple[str, ...]
    days_left: int | None

    @property
    def next_step(self) -> str:
        return next((verb for verb in ONWARD if verb in self.verbs), "")


def accident_file(accident_id: int, scope: Scope, person: Person) -> File | None:
    """The file within one's sight, else None. Eight queries."""
    accident = accidents_in(scope).filter(pk=accident_id).first()
    if accident is None:
        return None
    last = due(accident)
    return File(
        accident, list(accident.steps.order_by("-id")), list(accident.tolls.order_by("-id")),
        list(accident.liabilities.order_by("track", "id")),
        list(accident.measures.order_by("due_on", "id")),
        list(accident.reports.defer("words").order_by("-number")),
        verbs(facts(accident), person, clock.today()),
        None if last is None else (last - clock.today()).days,
    )  # fmt: skip
