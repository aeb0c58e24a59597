"""Within how long an authority acts on a danger, by what the district has set for a day."""

from datetime import date

from anlan.operations.deadlines.queries import Unit
from anlan.operations.safety.models import HandlingTerms
from anlan.operations.safety.rules.states import State

REVIEW = "REVIEW"  # of a stopped production whose enterprise asks to resume
# Where a district has set none [pv]; the review of a stopped production after 16H 23.
WITHOUT = {
    State.FOUND: (3, Unit.WORKING), State.GRADED: (3, Unit.WORKING),
    State.TRANSFERRED: (3, Unit.WORKING), State.SUBMITTED: (10, Unit.CALENDAR),
    State.ACCEPTED: (5, Unit.WORKING), REVIEW: (10, Unit.CALENDAR),
}  # fmt: skip


def term_on(day: date, what: str) -> tuple[int, Unit] | None:
    """Count and unit that hold on the day; None where nobody waits for an authority."""
    if what not in WITHOUT:
        return None
    row = HandlingTerms.on(day)
    if row is None or what not in row.values:
        return WITHOUT[what]
    count, unit = row.values[what]
    return int(count), Unit(unit)
