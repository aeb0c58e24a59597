"""Numbers of a unit's year: taken in the transaction that uses them, so none is lost or twice."""

from django.db.models import F

from anlan.operations.enforcement.models import PaperCounter


def next_number(unit: str, kind: str, year: int) -> int:
    """The next number; its row stays locked until the caller's transaction ends."""
    PaperCounter.objects.get_or_create(unit=unit, kind=kind, year=year)
    mine = PaperCounter.objects.filter(unit=unit, kind=kind, year=year)
    mine.update(last=F("last") + 1)
    return mine.values_list("last", flat=True).get()
