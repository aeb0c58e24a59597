"""What was decided after a danger, for who rewards its informant: number and fine, no party."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from anlan.operations.enforcement.models import Case

PAPERS = ("decision", "summary_decision")


@dataclass(frozen=True, slots=True)
class Fined:
    """A decision in force; `fine` in 元, as an appeal left it."""

    number: str
    fine: Decimal


def fine_after(danger_id: int) -> Fined | None:
    """The highest fine in force of a case of this danger; None where none is."""
    rows = Case.objects.filter(danger=danger_id, decided_on__isnull=False, revoked_on=None)
    found = rows.order_by("-fine", "pk").values_list("number", "fine").first()
    return Fined(*found) if found else None


def stands(danger_id: int, number: str, fine: int) -> bool:
    """Whether what was reckoned from a decision still may be: not revoked, the fine not changed.

    `number`: of the case or of its paper, `fine` in whole 元. A number that is of no case of this
    danger is another authority's and stands.
    """
    named = Q(number=number) | Q(papers__number=number, papers__kind__in=PAPERS)
    found = Case.objects.filter(named, danger=danger_id).values_list("revoked_on", "fine").first()
    return found is None or (found[0] is None and int(found[1]) == fine)
