"""What was decided after a danger, for who rewards its informant: number and fine, no party."""

from dataclasses import dataclass
from decimal import Decimal

from anlan.operations.enforcement.models import Case


@dataclass(frozen=True, slots=True)
class Fined:
    """A decided case; `fine` in 元."""

    number: str
    fine: Decimal


def fine_after(danger_id: int) -> Fined | None:
    """The highest fine decided in a case of this danger; None where none is."""
    rows = Case.objects.filter(danger=danger_id, decided_on__isnull=False, fine__isnull=False)
    found = rows.order_by("-fine", "pk").values_list("number", "fine").first()
    return Fined(*found) if found else None
