"""The listed supervision that a danger is under, and the monthly report it waits for."""

from dataclasses import dataclass
from datetime import date

from anlan.operations.safety.models import Danger, Supervision
from anlan.operations.safety.rules.supervision import report_due
from anlan.vocabulary import clock

PROGRESS = "report progress"


@dataclass(frozen=True, slots=True)
class Progress:
    """`given`: how many reports there are; the next one is due on `due_on`."""

    supervision: Supervision
    given: int
    due_on: date

    @property
    def late(self) -> bool:
        return self.due_on < clock.today()


def progress_of(danger: Danger) -> Progress | None:
    """None where the danger is not listed. Two queries."""
    one = danger.supervisions.filter(ended_at=None).first()
    if one is None:
        return None
    given = danger.steps.filter(verb=PROGRESS, at__gte=one.opened_at).count()
    listed_on = one.opened_at.astimezone(clock.CHINA).date()
    return Progress(one, given, report_due(listed_on, given))
