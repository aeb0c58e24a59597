"""Warnings of a hazard in a street, for who verifies a report of its signs."""

from django.db.models import Exists, OuterRef, Q

from anlan.operations.alerts.models import Alert, AlertArea
from anlan.operations.hotline.queries.known import Asked, Known


def known_of(asked: Asked) -> list[Known]:
    """What was published in the spell and reaches the street. One query."""
    reaches = AlertArea.objects.filter(alert=OuterRef("pk"), code__startswith=asked.area_code)
    rows = Alert.objects.filter(
        Q(area_code__startswith=asked.area_code) | Exists(reaches), hazard=asked.hazard,
        published_at__gte=asked.since, published_at__lte=asked.until,
    )  # fmt: skip
    found = rows.values_list("pk", "headline", "published_at", "area_code")
    return [
        Known(what="alert", at=at, title=headline, link=f"/alerts/{pk}", area_code=code)
        for pk, headline, at, code in found if at is not None
    ]  # fmt: skip
