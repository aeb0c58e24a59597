"""The hotline for other programs: counts only. No report's text, and never who reported."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Query, Router, Schema

from anlan.operations.hotline.queries import counts
from anlan.operations.people.queries import scope_of
from anlan.vocabulary import clock

router = Router()


class CountsOut(Schema):
    """Reports received in the spell and what became of them; `paid` in yuan."""

    received: int
    accepted: int
    found_true: int
    replied: int
    replied_in_time: int
    open: int
    dangers: int
    mean_days: float | None
    rewards: int
    paid: int


class Spell(Schema):
    """From `since` to `until`, both days included; this year so far where they are left out."""

    since: date | None = None
    until: date | None = None


@router.get("/hotline/counts", response=CountsOut)
def hotline_counts(request: HttpRequest, spell: Query[Spell]) -> Any:
    """Counts of the reports within sight."""
    scope = scope_of(request.user)
    if not scope.may("hotline.view"):
        raise PermissionDenied
    today = clock.today()
    since, until = spell.since or today.replace(month=1, day=1), spell.until or today
    begin = datetime.combine(since, time(0), clock.CHINA)
    end = datetime.combine(until, time.max, clock.CHINA)
    organisation = getattr(request.user, "organisation_code", "")
    return counts(scope, organisation, begin, end)
