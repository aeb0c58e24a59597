"""Who is away, and who has their desk meanwhile."""

from datetime import date

from anlan.operations.deadlines.models import Absence
from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import names_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def be_away(actor: Actor, deputy_id: int, first_on: date, last_on: date) -> int:
    """From the first day to the last the deputy has this account's desk; an earlier word ends."""
    if actor.id is None or deputy_id == actor.id or deputy_id not in names_of([deputy_id]):
        raise Refused(N_("Choose somebody else as deputy."))
    if last_on < max(first_on, clock.today()):
        raise Refused(N_("The last day lies before the first, or has passed."))
    with act("deadlines.be_away", actor) as this:
        Absence.objects.filter(account=actor.id, ended_at=None).update(ended_at=clock.now())
        one = Absence.objects.create(
            account_id=actor.id, deputy_id=deputy_id, first_on=first_on, last_on=last_on,
            said_at=clock.now(),
        )  # fmt: skip
        this.on("account", actor.id, actor.label)
        this.detail = {"deputy": deputy_id, "first_on": f"{first_on}", "last_on": f"{last_on}"}
    return one.pk


def be_back(actor: Actor) -> int:
    """The desk is one's own again; how many absences ended."""
    with act("deadlines.be_back", actor) as this:
        this.on("account", actor.id or "", actor.label)
        away = Absence.objects.filter(account=actor.id, ended_at=None)
        return away.update(ended_at=clock.now())
