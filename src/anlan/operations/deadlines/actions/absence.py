"""Who is away, and who has their desk meanwhile."""

from dataclasses import dataclass
from datetime import date, timedelta

from anlan.operations.deadlines.models import Absence
from anlan.operations.deadlines.queries.absence import possible_deputies
from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import names_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """An account is away from the first day to the last; the deputy has its desk."""

    account_id: int
    deputy_id: int
    first_on: date
    last_on: date


def be_away(actor: Actor, leave: Leave) -> int:
    """Enter an absence, one's own or that of somebody one answers for; of its days it holds, of the
    days before and after them who was named for those."""
    if leave.deputy_id not in {one.id for one in possible_deputies(leave.account_id)}:
        raise Refused(N_("Choose a deputy of the same unit who may do the same work."))
    if leave.last_on < max(leave.first_on, clock.today()):
        raise Refused(N_("The last day lies before the first, or has passed."))
    with act("deadlines.be_away", actor) as this:
        _make_room(leave)
        one = Absence.objects.create(
            account_id=leave.account_id, deputy_id=leave.deputy_id, first_on=leave.first_on,
            last_on=leave.last_on, said_at=clock.now(),
        )  # fmt: skip
        this.on("account", leave.account_id, _name(leave.account_id))
        this.detail = {"deputy": leave.deputy_id, "first_on": f"{leave.first_on}",
                       "last_on": f"{leave.last_on}"}  # fmt: skip
    return one.pk


def _make_room(leave: Leave) -> None:
    """Take the days of a leave out of those entered before. Entered again from the same day on with
    the same deputy it is the same leave, corrected: what it has no more is over."""
    for one in Absence.objects.select_for_update().filter(
        account=leave.account_id, ended_at=None, first_on__lte=leave.last_on,
        last_on__gte=leave.first_on,
    ):  # fmt: skip
        same = (one.first_on, one.deputy_id) == (leave.first_on, leave.deputy_id)
        if one.last_on > leave.last_on and not same:
            Absence.objects.create(
                account_id=one.account_id, deputy_id=one.deputy_id, said_at=one.said_at,
                first_on=leave.last_on + timedelta(days=1), last_on=one.last_on,
            )  # fmt: skip
        if one.first_on < leave.first_on:
            one.last_on = leave.first_on - timedelta(days=1)
        else:
            one.ended_at = clock.now()
        one.save(update_fields=["last_on", "ended_at"])


def be_back(actor: Actor, account_id: int, only: int | None = None) -> int:
    """The desk is its owner's again; how many absences ended. `only`: this one, by its id."""
    with act("deadlines.be_back", actor) as this:
        this.on("account", account_id, _name(account_id))
        away = Absence.objects.filter(account=account_id, ended_at=None)
        if only is not None:
            away = away.filter(pk=only)
        return away.update(ended_at=clock.now())


def _name(account_id: int) -> str:
    return names_of([account_id]).get(account_id, "")
