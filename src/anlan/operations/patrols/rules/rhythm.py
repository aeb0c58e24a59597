"""On which days a route or post is due, and from when until when. The district's clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from anlan.operations.patrols.rules.states import Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`months`: 1–12, empty for the whole year; `every`: days, counted from `begins_on`. `since`,
    `until`: times of the day; an end not after its begin is the next day's."""

    rhythm: str
    begins_on: date
    months: Collection[int] = ()
    every: int = 1
    since: time = time()
    until: time = time(23, 59, 59)


def is_due(plan: Plan, day: date) -> bool:
    """Whether the rhythm asks for it on this day."""
    if plan.rhythm == Rhythm.CALLED or day < plan.begins_on:
        return False
    if plan.months and day.month not in plan.months:
        return False
    return plan.rhythm == Rhythm.DAILY or (day - plan.begins_on).days % plan.every == 0


def span(plan: Plan, day: date, zone: datetime) -> tuple[datetime, datetime]:
    """From when until when of that day; `zone`: any moment of the district's clock."""
    begin = datetime.combine(day, plan.since, zone.tzinfo)
    last = day if plan.until > plan.since else day + timedelta(days=1)
    return begin, datetime.combine(last, plan.until, zone.tzinfo)


def turn_of(last: datetime | None, repeat: timedelta, now: datetime) -> datetime:
    """When the turn begins that runs now, of what is called out again every `repeat`; `last`: when
    a turn began, None before the first. Turns that nobody called out in time are left out."""
    return now if last is None else last + (now - last) // repeat * repeat
