"""Which alert waits for which decision: for drills, desks and the page's main button."""

from dataclasses import dataclass

from anlan.operations.alerts.models import Alert
from anlan.operations.alerts.rules.states import (
    OWN,
    WAITING,
    AlertState,
    right_for,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What an alert waits for: the verb, the right that may take it."""

    alert_id: int
    verb: str
    right: str
    level: int


def waiting() -> list[Decision]:
    """Every decision that is open, oldest alert first. 1 query a kind."""
    rows = Alert.objects.filter(state__in=[*WAITING, AlertState.PUBLISHED]).order_by("id")
    drafted = set(
        rows.filter(signatures__step="draft", signatures__void=False).values_list("id", flat=True)
    )
    decisions = []
    for row in rows.only("id", "state", "level", "lift_proposed_at"):
        verb = next_verb(row.state, row.pk in drafted, row.lift_proposed_at is not None)
        if verb == "answer":
            decisions.append(Decision(row.pk, verb, "", row.level))
        elif verb:
            right = right_for(verb, row.state, row.level)
            decisions.append(Decision(row.pk, verb, right, row.level))
    return decisions


def next_verb(state: str, drafted: bool, lift_proposed: bool) -> str:
    """The step an alert waits for: draft, review, sign, answer (municipal), lift; or none ("")."""
    if state == AlertState.DRAFT:
        return "review" if drafted else "draft"
    if state == AlertState.REVIEWED:
        return "sign"
    if state == AlertState.SIGNED:
        return "answer"
    return "lift" if state == AlertState.PUBLISHED and lift_proposed else ""


def is_own(level: int) -> bool:
    """Is the level the district's own to issue?"""
    return level in OWN
