"""Whose desk a listed enterprise waits on: one item an entry, renewed at every step."""

from anlan.operations.campaigns.models import Entry
from anlan.operations.campaigns.rules.states import DO, KEEP, OPEN, State
from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.safety.queries.persons import people_of
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

CHAIN = ("safety.regulate", "safety.countersign", "safety.supervise")
CLOSED = "closed"
ACCEPT_DAYS = 10  # calendar days to look at what was reported done [pv], as after a danger's


def refresh(entry: Entry) -> None:
    """Put the entry on the desk of whoever is next, or take it off; what is closed owes nothing."""
    if entry.state == State.SUBMITTED:
        open_item(_to_accept(entry))
    elif entry.state in OPEN and entry.enterprise.state != CLOSED:
        open_item(_to_do(entry))
    else:
        close_item(_key(entry))


def _to_do(entry: Entry) -> NewItem:
    """Of the enterprise's safety manager; where nobody has claimed its file, of the street."""
    return NewItem(
        key=_key(entry), kind="campaign", title=N_("%(what)s (campaign)"),
        action=N_("Report it done"), link=f"/campaigns/entries/{entry.pk}", right=DO,
        area_code=entry.area_code, sector=entry.sector, due_at=clock.end_of(entry.due_on),
        parameters={"what": entry.what}, detail=entry.unit, chain=CHAIN,
        owner_id=next(iter(people_of(entry.enterprise_id, "enterprise")), None),
        enterprise=entry.enterprise_id,
    )  # fmt: skip


def _to_accept(entry: Entry) -> NewItem:
    return NewItem(
        key=_key(entry), kind="campaign", title=N_("Accept or return: %(what)s"),
        action=N_("Accept"), link=f"/campaigns/entries/{entry.pk}", right=KEEP,
        area_code=entry.area_code, sector=entry.sector, unit=entry.campaign.lead_code,
        due_at=clock.end_of(after(clock.today(), ACCEPT_DAYS, Unit.CALENDAR)),
        parameters={"what": entry.what}, detail=entry.unit, chain=CHAIN[1:],
    )  # fmt: skip


def _key(entry: Entry) -> str:
    return f"campaign:{entry.pk}"
