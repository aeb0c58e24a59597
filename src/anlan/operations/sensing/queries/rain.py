"""Areal rain of the district: the plain mean of its gauges, hour by hour."""

from datetime import datetime

from anlan.operations.sensing.models import Reading, Series
from anlan.operations.sensing.queries.readings import Values
from anlan.operations.sensing.queries.windows import not_wrong
from anlan.vocabulary import clock
from anlan.vocabulary.elements import UNITS, Element


def areal_rain(serves: str, since: datetime, until: datetime) -> Values:
    """Mean hourly rain, mm, of the gauges that serve an area; an hour nobody reported is None."""
    gauges = Series.objects.filter(element=Element.RAIN_HOUR, station__serves__startswith=serves)
    rows = not_wrong(Reading.objects).filter(
        series__in=list(gauges.values_list("pk", flat=True)), at__gte=since, at__lte=until,
        value__isnull=False,
    )  # fmt: skip
    by_hour: dict[datetime, list[float]] = {}
    for at, value in rows.values_list("at", "value"):
        hour = at.replace(minute=0, second=0, microsecond=0)
        if value is not None and hour == at:
            by_hour.setdefault(hour, []).append(value)
    hours = sorted(by_hour)
    return Values(
        [hour.astimezone(clock.CHINA) for hour in hours],
        [sum(by_hour[hour]) / len(by_hour[hour]) for hour in hours],
        "", UNITS[Element.RAIN_HOUR], 3600,
    )  # fmt: skip
