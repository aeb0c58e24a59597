"""The desk: one query over work items, in order of urgency."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext as _

from anlan.operations.deadlines.models import Timer, WorkItem
from anlan.operations.deadlines.queries.absence import absences, stands_in_for
from anlan.operations.deadlines.queries.heads import (
    of_claimed_enterprise,
    of_enterprise_with_nobody,
    of_own_enterprise,
)
from anlan.operations.people.queries import Scope, closed_accounts
from anlan.operations.people.queries.days import in_words
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

NOBODY_THERE = N_("The enterprise has nobody with an account who may do it: have it name somebody.")
LOOK = N_("Look into it")
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class DeskItem:
    """A work item as a person reads it: translated, with its minutes left (negative: late)."""

    key: str
    kind: str
    title: str
    detail: str
    action: str
    link: str
    area_code: str
    opened_at: datetime
    due_at: datetime | None
    minutes_left: float | None
    escalated: int

    @property
    def late(self) -> bool:
        return self.minutes_left is not None and self.minutes_left < 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an open item said when it was put there."""

    due_at: datetime | None
    parameters: dict[str, Any]


def desk(scope: Scope, limit: int = MOST_SHOWN, skip: int = 0) -> list[DeskItem]:
    """What waits for this account, most urgent first; so many, after those to `skip`."""
    found = _visible(scope, clock.now(), clock.today())[skip : skip + limit]
    return [_on(scope, item) for item in found]


def places_waiting(scope: Scope) -> list[tuple[str, bool]]:
    """Where each item of the desk leads, and whether it is late: all that a page's frame counts.

    Every page asks it: putting the question into SQL takes longer than the answer, and is done
    once for an account and day.
    """
    found = _places_asked(scope, clock.today())
    if found is None:
        return []
    sql, parameters = found
    adapt = connection.ops.adapt_datetimefield_value
    never, instant = adapt(_NEVER), adapt(clock.now())
    with connection.cursor() as cursor:
        cursor.execute(sql, [instant if one == never else one for one in parameters])
        return [(link, bool(late)) for link, late in cursor.fetchall()]


# Stands for now in a question that is kept.
_NEVER = datetime(1000, 1, 1, tzinfo=clock.CHINA)


@lru_cache(maxsize=500)
def _places_asked(scope: Scope, today: date) -> tuple[str, tuple[Any, ...]] | None:
    """The question and its parameters, `_NEVER` for now; None where nothing is in sight."""
    late = Case(When(due_at__lt=_NEVER, then=True), default=False)
    try:
        rows = _visible(scope, _NEVER, today).annotate(late=late).values_list("link", "late")
        return rows[:MOST_SHOWN].query.sql_with_params()
    except EmptyResultSet:
        return None


def late_items(scope: Scope, limit: int = 8) -> list[DeskItem]:
    """Everything late within sight, worst first, whoever holds it."""
    prefix = scope.area_prefix
    if prefix is None:
        return []
    rows = WorkItem.objects.filter(
        _of_sector(scope), done_at=None, due_at__lt=clock.now(), area_code__startswith=prefix
    )
    return [_row(item) for item in rows.order_by("due_at")[:limit]]


def waiting(key_prefix: str) -> dict[str, Waiting]:
    """The open items whose key starts so, whoever's they are."""
    rows = WorkItem.objects.filter(key__startswith=key_prefix, done_at=None)
    return {row.key: Waiting(row.due_at, row.parameters) for row in rows}


def next_timer_at() -> datetime | None:
    """When the next timer is due: a drill moves its clock there."""
    waiting = Timer.objects.filter(fired_at=None).order_by("due_at")
    return waiting.values_list("due_at", flat=True).first()


def _visible(scope: Scope, now: datetime, today: date) -> QuerySet[WorkItem]:
    if scope.reach != "itself" and scope.area_prefix is None:
        return WorkItem.objects.none()
    waiting = WorkItem.objects.filter(done_at=None)
    ways = [
        *_held(scope, "", now, today),
        *_held(scope, "former_holders__", now, today),
        *_forsaken(scope),
    ]
    # Several questions joined, not one with "or": each finds its own index.
    first, *others = (waiting.filter(way).values("pk") for way in ways)
    in_order = WorkItem.objects.order_by(F("due_at").asc(nulls_last=True), "opened_at", "pk")
    return in_order.filter(pk__in=first.union(*others, all=True))


def _held(scope: Scope, where: str, now: datetime, today: date) -> list[Q]:
    """Items that this account holds by the right and the area that stand there.

    What was the work of somebody whose account is closed is without an owner; of an enterprise's
    duties that is its other people's alone, an authority's where it has nobody. Where a second is
    named, the owner's work is theirs, and no deputy's, while the owner is away.
    """
    holds = Q(**{f"{where}right__in": scope.rights})
    closed = Q(Exists(closed_accounts().filter(pk=OuterRef("owner"))))
    away = Q(Exists(absences(today).filter(account=OuterRef("owner"))))
    own = (
        Q(owner=scope.account_id)
        | Q(owner__in=stands_in_for(scope.account_id, today), second=None)
        | Q(second=scope.account_id) & (closed | away)
    )
    nobodys = Q(owner=None) | closed
    if scope.reach == "itself":
        firms = of_own_enterprise(scope.account_id)
        return [holds & one for one in (own, *(firm & nobodys for firm in firms))]
    # A township takes items of its own area; the district also those of every area below it.
    within = Q(**{f"{where}area_code__startswith": scope.area_prefix})
    anyones = Q(unit="") & within & _of_sector(scope)
    if scope.reach == "district":
        # What is another unit's routine comes up when it is late, not before.
        anyones |= Q(due_at__lt=now) & ~Q(unit="") & within
    if scope.organisation:
        anyones |= Q(unit=scope.organisation)
    return [holds & (own | anyones & nobodys & ~of_claimed_enterprise())]


def _forsaken(scope: Scope) -> list[Q]:
    """Duties of enterprises that have nobody for them, before an authority: whose right stands next
    above, in its own street or sector; before the district what names no street."""
    if scope.reach == "itself":
        return []
    theirs = Q(area_code__startswith=scope.area_prefix) & _of_sector(scope)
    if scope.reach == "district":
        theirs = Q(area_code=scope.area_prefix)
    whose = Q(unit="") & theirs
    if scope.organisation:
        whose |= Q(unit=scope.organisation)
    above = Q(chain__0__in=sorted(scope.rights))
    nobodys = Q(owner=None), Q(owner__in=closed_accounts())  # each out of its own index
    return [one & whose & above & of_enterprise_with_nobody() for one in nobodys]


def _of_sector(scope: Scope) -> Q:
    return Q(sector__in=("", scope.sector or "")) if scope.reach == "sector" else Q()


def said(item: WorkItem) -> str:
    """The title of an item in the reader's language."""
    return _(item.title) % in_words(item.parameters)


def _on(scope: Scope, item: WorkItem) -> DeskItem:
    """As this desk shows it: an authority has an enterprise's own duty where that has nobody."""
    row = _row(item)
    if item.enterprise is None or scope.reach == "itself" or item.owner_id == scope.account_id:
        return row
    detail = f"{row.detail} · {_(NOBODY_THERE)}" if row.detail else _(NOBODY_THERE)
    return replace(row, detail=detail, action=row.action if scope.may(item.right) else _(LOOK))


def _row(item: WorkItem) -> DeskItem:
    left = None if item.due_at is None else (item.due_at - clock.now()).total_seconds() / 60
    return DeskItem(
        item.key, item.kind, said(item),
        _(item.detail) if item.detail else "", _(item.action),
        item.link, item.area_code, item.opened_at, item.due_at, left, item.escalated,
    )  # fmt: skip
