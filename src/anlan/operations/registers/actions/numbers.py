"""Numbers of a room's year: taken in the transaction that uses them, so none is lost or twice."""

from typing import Any

from django.db.models import F, Manager


def lock_numbers(counters: Manager[Any], **of: Any) -> None:
    """Hold a counter until the caller's transaction ends: what is sent twice at once waits here."""
    counters.get_or_create(**of)
    counters.select_for_update().get(**of)


def next_number(counters: Manager[Any], **of: Any) -> int:
    """The next number of the counter that `of` names; it stays locked until the caller's
    transaction ends. `counters` are rows with a field `last`."""
    counters.get_or_create(**of)
    mine = counters.filter(**of)
    mine.update(last=F("last") + 1)
    number: int = mine.values_list("last", flat=True).get()
    return number
