"""Event files of a hazard in a street, for who verifies a report of its signs."""

from anlan.operations.hotline.queries.known import Asked, Known
from anlan.operations.incidents.models import Incident
from anlan.operations.incidents.rules.states import IncidentState


def known_of(asked: Asked) -> list[Known]:
    """What was known in the spell, of the street or of an area that holds it. One query."""
    holding = [asked.area_code[:digits] for digits in (6, 9)]
    within = Incident.objects.filter(area_code__startswith=asked.area_code)
    rows = (within | Incident.objects.filter(area_code__in=holding)).filter(
        hazard=asked.hazard, known_at__gte=asked.since, known_at__lte=asked.until
    )
    rows = rows.exclude(state=IncidentState.DECLINED)
    return [
        Known(what="incident", at=at, title=title, link=f"/incidents/{pk}", area_code=code)
        for pk, title, at, code in rows.values_list("pk", "title", "known_at", "area_code")
    ]
