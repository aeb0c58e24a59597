"""What a record of another room keeps of its enterprise is what the enterprise's file says now."""

from collections.abc import Collection
from typing import Any

from django.db.models import Manager, OuterRef, Subquery


def follow_enterprises(rows: Manager[Any], ids: Collection[int]) -> int:
    """Name, place and sector of these enterprises, by id, into the rows of theirs; how many those
    are. `rows` have `enterprise`, `unit`, `area_code` and `sector`. No audit row: nothing is
    decided, and the correction itself has its own."""
    own = rows.filter(pk=OuterRef("pk"))
    return rows.filter(enterprise__in=ids).update(
        unit=Subquery(own.values("enterprise__name")),
        area_code=Subquery(own.values("enterprise__area_code")),
        sector=Subquery(own.values("enterprise__sector")),
    )
