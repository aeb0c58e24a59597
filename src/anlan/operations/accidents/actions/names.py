"""Who is found liable, and of what, is shown on record."""

from django.db import transaction

from anlan.operations.accidents.models import Accident, Liability
from anlan.operations.people.actions import Actor, log_view

SHOWN = ["subject", "finding", "recommendation", "result"]


def show_liabilities(actor: Actor, accident: Accident) -> list[Liability]:
    """What was found on each track, with names; who looked is recorded. The caller has seen to it
    that it is theirs to see."""
    with transaction.atomic():
        found = list(accident.liabilities.order_by("track", "id"))
        if found:
            log_view(actor, "accident", accident.pk, str(accident), SHOWN)
        return found
