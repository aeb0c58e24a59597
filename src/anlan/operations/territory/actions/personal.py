"""Showing a phone number to a person, which leaves a trace."""

from django.db import transaction

from anlan.operations.people.actions import Actor, log_view, unseal_text
from anlan.operations.people.queries import Scope
from anlan.operations.territory.queries.people import responsible


class NotYours(LookupError):
    """There is no such person, or not in the territory of who asks."""


def show_phone(actor: Actor, ident: int, scope: Scope) -> str:
    """The full phone of a responsible person in one's own territory; who looked is recorded."""
    with transaction.atomic():
        person = responsible(ident, scope)
        if person is None:
            raise NotYours(ident)
        label = f"{person.kind} {person.site_code or person.area_code}"
        log_view(actor, "responsible", ident, label, ["phone"])
        return unseal_text(person.phone_sealed)
