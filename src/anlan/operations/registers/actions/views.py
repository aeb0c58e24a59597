"""A person keeps a list's filters and order under a name, and lets go of them."""

import re

from anlan.operations.people.actions import Actor, act
from anlan.operations.registers.models import SavedView
from anlan.operations.registers.queries import clean
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_VIEWS = 12
LONGEST_NAME, LONGEST_QUESTION = 30, 500
ADDRESS = re.compile(r"(/[a-z0-9-]+){1,6}")


def save_view(actor: Actor, address: str, name: str, question: str, *, first: bool) -> None:
    """Keep the view; a name that the list has already is said anew. `address`: the list's path."""
    name = clean(name)
    if not name or len(name) > LONGEST_NAME:
        raise Refused(N_("Give the view a name of at most %(most)d letters."), most=LONGEST_NAME)
    if not ADDRESS.fullmatch(address) or len(question) > LONGEST_QUESTION:
        raise Refused(N_("This view cannot be saved."))
    with act("registers.save_view", actor) as this:
        mine = SavedView.objects.filter(account=actor.id or 0, address=address)
        if mine.exclude(name=name).count() >= MOST_VIEWS:
            raise Refused(N_("A list has at most %(most)d views of your own."), most=MOST_VIEWS)
        if first:
            mine.update(first=False)
        said = {"question": question, "first": first}
        SavedView.objects.update_or_create(
            account_id=actor.id or 0, address=address, name=name, defaults=said
        )
        this.on("view", address, name)


def drop_view(actor: Actor, view_id: int) -> str:
    """Let go of a view of one's own; the address of its list."""
    with act("registers.drop_view", actor) as this:
        one = SavedView.objects.filter(pk=view_id, account=actor.id).first()
        if one is None:
            raise Refused(N_("There is no such view."))
        this.on("view", one.address, one.name)
        one.delete()
    return one.address
