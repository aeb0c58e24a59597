"""Tasks as they stand today, and what was done of what was due (R-210)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from anlan.operations.checks.models import CheckTask
from anlan.operations.checks.queries.scope import inspections_in, tasks_in
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import unsought
from anlan.vocabulary.areas import STREET_DIGITS


def open_on(day: date) -> Q:
    """Tasks that can still be done in time."""
    return Q(done_on=None, begins_on__lte=day, due_on__gte=day)


def missed_by(day: date) -> Q:
    """Tasks whose last day has passed without a check."""
    return Q(done_on=None, due_on__lt=day)


def open_tasks(scope: Scope, day: date) -> QuerySet[CheckTask]:
    """What is to be done today, within sight, the soonest due first."""
    return tasks_in(scope).filter(open_on(day)).order_by("due_on", "unit", "pk")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the tasks due in a period: how many, how many done, how many of those in time.

    `key` is what they are counted by: a street's code, a sector, a cycle, an enterprise's id.
    """

    key: str
    due: int
    done: int
    in_time: int


INSPECTED_BY = {
    "unit": "organisation", "street": "street", "sector": "sector", "level": "level",
    "plan": "plan_id",
}  # fmt: skip
BY = {"street": "street", "sector": "sector", "cycle": "cycle", "enterprise": "enterprise_id"}


def coverage(scope: Scope, since: date, until: date, by: str) -> list[Coverage]:
    """What was done of the tasks due from `since` to `until`, by a key of `BY`. One query."""
    due = tasks_in(scope).filter(due_on__gte=since, due_on__lte=until)
    streets = due.annotate(street=Substr("area_code", 1, STREET_DIGITS))
    rows = streets.values(BY[by]).annotate(**_COUNTS)
    return [_coverage(str(one[BY[by]]), one) for one in rows.order_by(BY[by])]


def covered(scope: Scope, since: date, until: date) -> Coverage:
    """The same over all of them. Sought by place, not by day: SQLite would read a month of the
    whole district for a community."""
    day = unsought("due_on")
    due = tasks_in(scope).filter(GreaterThanOrEqual(day, since), LessThanOrEqual(day, until))
    return _coverage("", due.aggregate(**_COUNTS))


def inspected(scope: Scope, since: date, until: date, by: str) -> list[Coverage]:
    """What was done of the planned inspections due in a period, by a key of `INSPECTED_BY`."""
    due = inspections_in(scope).filter(due_on__gte=since, due_on__lte=until)
    key = INSPECTED_BY[by]
    streets = due.annotate(street=Substr("area_code", 1, STREET_DIGITS))
    rows = streets.values(key).annotate(**_INSPECTED)
    return [_coverage(str(one[key]), one) for one in rows.order_by(key)]


def missed_by_street(since: date, day: date) -> Iterator[tuple[str, int, int]]:
    """Streets with tasks missed since a day: code, enterprises, tasks. One query."""
    rows = CheckTask.objects.filter(missed_by(day), due_on__gte=since)
    rows = rows.annotate(street=Substr("area_code", 1, STREET_DIGITS))
    counted = rows.values("street").annotate(
        firms=Count("enterprise", distinct=True), tasks=Count("pk")
    )
    return ((one["street"], one["firms"], one["tasks"]) for one in counted.order_by("street"))


_COUNTS = {
    "due": Count("pk"),
    "done": Count("pk", filter=Q(done_on__isnull=False)),
    "in_time": Count("pk", filter=Q(done_on__lte=F("due_on"))),
}
_INSPECTED = {
    "due": Count("pk"),
    "done": Count("pk", filter=Q(done_at__isnull=False)),
    "in_time": Count("pk", filter=Q(done_at__date__lte=F("due_on"))),
}


def _coverage(key: str, counted: dict[str, int]) -> Coverage:
    return Coverage(key, counted["due"], counted["done"], counted["in_time"])
