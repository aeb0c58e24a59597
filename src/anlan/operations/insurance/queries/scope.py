"""Who sees which policies and engagements: those of the enterprises within sight."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, StrIndex
from django.db.models.lookups import GreaterThan

from anlan.operations.insurance.models import Engagement, Policy
from anlan.operations.insurance.rules.policies import Person
from anlan.operations.insurance.rules.terms import Terms, Trade
from anlan.operations.insurance.rules.words import LIABILITY, VIEW
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.scope import enterprises_in, own_enterprises


def policies_in(scope: Scope) -> QuerySet[Policy]:
    """Of the enterprises within an account's sight; authorities see the district's own too."""
    if not scope.may(VIEW):
        return Policy.objects.none()
    own = Q(enterprise=None) if scope.area_prefix else Q()
    return Policy.objects.filter(_seen(scope) | own)


def engagements_in(scope: Scope) -> QuerySet[Engagement]:
    """Of the enterprises within an account's sight."""
    if not scope.may(VIEW):
        return Engagement.objects.none()
    return Engagement.objects.filter(_seen(scope))


def _seen(scope: Scope) -> Q:
    """One question a row: a page's rows beside the tens of thousands of enterprises in sight. An
    enterprise's own few are found by its key."""
    mine = enterprises_in(scope)
    if scope.reach == "itself":
        return Q(enterprise__in=mine.values("pk"))
    return Q(Exists(mine.filter(pk=OuterRef("enterprise"))))


def in_force(day: date) -> Q:
    """Policies that cover a day."""
    return Q(withdrawn_at=None, starts_on__lte=day, ends_on__gte=day)


def obliged(terms: Terms | None) -> Q:
    """Enterprises that must take liability insurance; without terms none is known to."""
    found = Q(pk__in=())
    for one in terms.trades if terms else ():
        found |= _of_trade(one)
    return found


def _of_trade(trade: Trade) -> Q:
    found = Q(sector__in=trade.sectors) if trade.sectors else Q(pk__in=())
    for trait in sorted(trade.traits):
        written = StrIndex(Cast("traits", TextField()), Value(f'"{trait}"'))
        found |= Q(GreaterThan(written, 0))
    for code in trade.codes:
        found |= Q(trade__startswith=code)
    return found


def uncovered_in(scope: Scope, terms: Terms | None, day: date) -> QuerySet[Any]:
    """Enterprises within sight that must be insured on a day and are not; `ended_on`: the last
    day of the newest policy that they had, None where there was none."""
    if not scope.may(VIEW):
        return enterprises_in(scope).none()
    mine = Policy.objects.filter(
        enterprise=OuterRef("pk"), kind=LIABILITY, withdrawn_at=None
    ).order_by("-ends_on")
    rows = enterprises_in(scope).exclude(state="closed").filter(obliged(terms))
    rows = rows.exclude(Exists(mine.filter(in_force(day))))
    ended = mine.filter(ends_on__lt=day).values("ends_on")[:1]
    return rows.annotate(ended_on=Subquery(ended))


def person_of(scope: Scope) -> Person:
    """An account as the rules see it."""
    firm = scope.reach == "itself"
    mine = own_enterprises(scope.account_id) if firm else frozenset()
    return Person(id=scope.account_id, rights=scope.rights, enterprises=mine, firm=firm)
