"""Accidents for other programs: the tally within sight."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Query, Router, Schema

from anlan.operations.accidents.queries import tally
from anlan.operations.people.queries import scope_of
from anlan.vocabulary import clock

router = Router()


class TallyOut(Schema):
    """Accidents in production; `loss` in 10,000 yuan, `considerable` of level 3 and worse."""

    accidents: int
    deaths: int
    serious: int
    loss: float
    considerable: int
    late: int
    apart: int


class Spell(Schema):
    """From `since` to `until`, both days included; this year so far where they are left out."""

    since: date | None = None
    until: date | None = None


@router.get("/accidents/tally", response=TallyOut)
def accidents_tally(request: HttpRequest, spell: Query[Spell]) -> Any:
    """Accidents within sight, counted."""
    scope = scope_of(request.user)
    if not scope.may("accidents.view"):
        raise PermissionDenied
    today = clock.today()
    since, until = spell.since or today.replace(month=1, day=1), spell.until or today
    begin = datetime.combine(since, time(0), clock.CHINA)
    end = datetime.combine(until, time(0), clock.CHINA) + timedelta(1)
    return tally(scope, begin, end)
