"""What a risk point keeps of its enterprise's file is what the file says now."""

from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from anlan.operations.risks.models import RiskPoint


def follow_enterprises(ids: Collection[int]) -> int:
    """Name, place and sector of these enterprises, by id, into their risk points; how many those
    are. No audit row: nothing is decided, and the correction itself has its own."""
    own = RiskPoint.objects.filter(pk=OuterRef("pk"))
    return RiskPoint.objects.filter(enterprise__in=ids).update(
        unit=Subquery(own.values("enterprise__name")),
        area_code=Subquery(own.values("enterprise__area_code")),
        sector=Subquery(own.values("enterprise__sector")),
    )
