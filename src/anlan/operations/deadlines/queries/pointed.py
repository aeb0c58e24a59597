"""Whether an open item points to a record of another room, as a part of that room's question."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from anlan.operations.deadlines.models import WorkItem


def on_a_desk(prefix: str, *, dated: bool = False, owned: bool = False, title: str = "") -> Exists:
    """An open item has this prefix and the row's id for its key; `dated`: and a deadline; `owned`:
    and a person whom it names; `title`: and this one."""
    key = Concat(Value(prefix), Cast(OuterRef("pk"), CharField()))
    items = WorkItem.objects.filter(key=key, done_at=None)
    items = items.filter(due_at__isnull=False) if dated else items
    items = items.filter(owner__isnull=False) if owned else items
    return Exists(items.filter(title=title) if title else items)


def on_desk_of_another(prefix: str, right: str, able: QuerySet[Any, Any]) -> Exists:
    """An open item has this prefix and the row's id for its key, asks for a right, and names
    somebody for it who is not among `able`: accounts, asked within this question of the row
    (``OuterRef(OuterRef("pk"))``)."""
    key = Concat(Value(prefix), Cast(OuterRef("pk"), CharField()))
    named = Q(owner__isnull=False) & ~Q(owner__in=able)
    named |= Q(second__isnull=False) & ~Q(second__in=able)
    return Exists(WorkItem.objects.filter(named, key=key, done_at=None, right=right))


def still_asked(kind: str, enterprises: QuerySet[Any, Any]) -> QuerySet[WorkItem, int | None]:
    """Those of `enterprises`, ids asked within this question, that an open item of a kind asks."""
    items = WorkItem.objects.filter(kind=kind, done_at=None, enterprise__in=enterprises)
    return items.order_by("enterprise").values_list("enterprise", flat=True).distinct()


def keys_open(prefix: str) -> set[str]:
    """The keys of the open items whose key starts so."""
    return set(
        WorkItem.objects.filter(key__startswith=prefix, done_at=None).values_list("key", flat=True)
    )
