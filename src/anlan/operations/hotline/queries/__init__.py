"""What the hotline answers to other rooms: counts, never a report's text, never who."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, Sum

from anlan.operations.hotline.models import Payment
from anlan.operations.hotline.queries.scope import tips_in
from anlan.operations.hotline.rules.states import ENDED
from anlan.operations.people.queries import Scope

__all__ = ["Counts", "counts", "tips_in"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Reports received in a spell: how many, and what became of them. Rewards in yuan.

    They are None for a unit: of the sum of one reward it could tell that an insider reported.
    """

    received: int
    accepted: int
    found_true: int
    replied: int
    replied_in_time: int
    open: int
    dangers: int
    mean_days: float | None
    rewards: int | None
    paid: int | None


def counts(scope: Scope, organisation: str, begin: datetime, end: datetime) -> Counts:
    """Counts of what was received from `begin` until before `end`, within sight. Two queries."""
    rows = tips_in(scope, organisation).filter(received_at__gte=begin, received_at__lt=end)
    took = ExpressionWrapper(F("replied_at") - F("received_at"), output_field=DurationField())
    replied = Q(replied_at__isnull=False)
    found = rows.aggregate(
        received=Count("pk"), accepted=Count("pk", filter=~Q(due_on=None)),
        found_true=Count("pk", filter=Q(verdict__in=("TRUE", "PARTLY"))),
        replied=Count("pk", filter=replied),
        replied_in_time=Count("pk", filter=replied & Q(replied_at__date__lte=F("due_on"))),
        open=Count("pk", filter=~Q(state__in=ENDED)),
        dangers=Count("pk", filter=Q(danger__isnull=False)),
        mean=Avg(took, filter=replied),
    )  # fmt: skip
    mean = found.pop("mean")
    paid: dict[str, int | None] = {"rewards": None, "paid": None}
    if scope.reach == "district":
        given = Payment.objects.filter(reward__tip__in=rows.values("pk"))
        paid = given.aggregate(rewards=Count("pk"), paid=Sum("amount", default=0))
    return Counts(
        **found, mean_days=round(mean.total_seconds() / 86400, 1) if mean else None,
        rewards=paid["rewards"], paid=paid["paid"],
    )  # fmt: skip
