from django.db.models import F

from anlan.operations.safety.models import Counter


def next_number(register: str, year: int) -> int:
    """The next number of a year's register; call inside the action's transaction."""
    Counter.objects.get_or_create(register=register, year=year)
    mine = Counter.objects.filter(register=register, year=year)
    mine.update(last=F("last") + 1)
    return mine.values_list("last", flat=True).get()
