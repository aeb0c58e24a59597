"""What stands against units at this moment, for the command screen."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from anlan.operations.people.queries import Scope
from anlan.operations.statistics.models import SupervisionAlarm
from anlan.operations.statistics.rules.words import TITLES


@dataclass(frozen=True, slots=True)
class Told:
    """A supervision alarm in words, since when, and the records that it speaks of."""

    text: str
    raised_at: datetime
    link: str


def alarms(scope: Scope, limit: int = 8) -> list[Told]:
    """The newest first; they are of the whole district, and only for who sees it. One query."""
    if scope.reach != "district" or not scope.may("safety.view"):
        return []
    rows = SupervisionAlarm.objects.filter(cleared_at=None).order_by("-raised_at", "-pk")[:limit]
    return [Told(_(TITLES[one.kind]) % one.said, one.raised_at, one.link) for one in rows]
