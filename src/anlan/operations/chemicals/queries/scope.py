"""Who sees which entries: those of the enterprises within sight, in the query."""

from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from anlan.operations.chemicals.models import Record
from anlan.operations.chemicals.rules.keeping import Entry, Person
from anlan.operations.chemicals.rules.words import VIEW
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.scope import enterprises_in, own_enterprises

Kept = TypeVar("Kept", bound=Record)


def records_in(model: type[Kept], scope: Scope) -> QuerySet[Kept]:
    """One question a row: a page's rows beside the tens of thousands of enterprises in sight. An
    enterprise's own few are found by its key."""
    rows = model._default_manager.all()
    if not scope.may(VIEW):
        return rows.none()
    mine = enterprises_in(scope)
    if scope.reach == "itself":
        return rows.filter(enterprise__in=mine.values("pk"))
    return rows.filter(Q(Exists(mine.filter(pk=OuterRef("enterprise")))))


def person_of(scope: Scope) -> Person:
    """An account as the rules see it."""
    firm = scope.reach == "itself"
    mine = own_enterprises(scope.account_id) if firm else frozenset()
    return Person(id=scope.account_id, rights=scope.rights, enterprises=mine, firm=firm)


def entry_of(record: Record) -> Entry:
    """An entry as the rules see it."""
    return Entry(
        enterprise_id=record.enterprise_id, source=record.source,
        withdrawn=record.withdrawn_at is not None,
    )  # fmt: skip
