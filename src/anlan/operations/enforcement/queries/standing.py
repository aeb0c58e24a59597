"""What a case tells other rooms of its penalty: on whom, how much, by which decision and law."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from anlan.operations.enforcement.models import Case
from anlan.operations.enforcement.rules.penalties import CONFISCATION
from anlan.operations.enforcement.rules.states import State

IN_FORCE = (
    State.SERVED, State.COURT_ENFORCEMENT, State.EXECUTED, State.EXECUTION_ENDED,
    State.RECHECKED, State.ARCHIVED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Penalty:
    """A penalty in force on an enterprise; `fine` in 元, `basis` the law broken and applied.

    `others`: its other penalties (`rules.penalties`), a confiscation among them.
    """

    enterprise_id: int
    number: str
    violation: str
    basis: str
    fine: Decimal
    others: tuple[str, ...]
    decided_on: date


def penalty_of(case_id: int) -> Penalty | None:
    """None where none is in force, or it is on a person and not on the enterprise."""
    case = Case.objects.select_related("row").filter(
        pk=case_id, party_kind="unit", state__in=IN_FORCE, revoked_on=None
    ).first()  # fmt: skip
    if case is None or case.enterprise_id is None or case.row is None or case.decided_on is None:
        return None
    decisions = case.papers.filter(kind__in=("decision", "summary_decision"))
    number = decisions.order_by("-id").values_list("number", flat=True).first() or ""
    return Penalty(
        case.enterprise_id, number, case.row.violation, f"{case.row.law}；{case.row.basis}",
        case.fine, (*case.penalty.others, *([CONFISCATION] if case.gains else [])),
        case.decided_on,
    )  # fmt: skip
