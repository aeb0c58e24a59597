"""Who has whose desk today."""

from datetime import date

from anlan.operations.deadlines.models import Absence


def deputies(today: date) -> dict[int, int]:
    """Who has the desk, by the account of who is away; a deputy away too hands it on."""
    rows = Absence.objects.filter(first_on__lte=today, last_on__gte=today, ended_at=None)
    said = dict(rows.values_list("account_id", "deputy_id"))
    return {absent: _last(absent, said) for absent in said}


def _last(absent: int, said: dict[int, int]) -> int:
    passed, who = {absent}, said[absent]
    while who in said and said[who] not in passed:
        passed.add(who)
        who = said[who]
    return who
