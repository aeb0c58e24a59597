"""Which version of a toll stands: that of the newest day, whenever it was written down."""

from datetime import date
from typing import Any

from django.db.models import DateField, Max, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from anlan.operations.accidents.models import Accident, Toll
from anlan.vocabulary import clock


def superseded(accident: Accident, day: date) -> bool:
    """Whether a version that counts is of a later day."""
    newest = _dated(accident).filter(counted=True).aggregate(newest=Max("day"))["newest"]
    return newest is not None and day < newest


def toll_on(accident: Accident, day: date) -> Toll | None:
    """The newest version of a day or of the days before it, whether it counts or came too late."""
    found: Toll | None = _dated(accident).filter(day__lte=day).order_by("day", "id").last()
    return found


def _dated(accident: Accident) -> QuerySet[Any]:
    """Each with the day that it is of: old ones say only when they were written down."""
    written = TruncDate("at", tzinfo=clock.CHINA)
    return accident.tolls.annotate(day=Coalesce("as_of", written, output_field=DateField()))
