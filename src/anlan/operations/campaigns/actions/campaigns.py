"""A campaign is opened, enterprises are listed in it, and it is ended."""

from dataclasses import dataclass
from datetime import date

from anlan.operations.campaigns.actions.steps import finish
from anlan.operations.campaigns.models import Campaign, Entry
from anlan.operations.campaigns.rules.loop import Person
from anlan.operations.campaigns.rules.states import MEASURE_WORDS, OPEN, State
from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.people.queries import OrganisationRow
from anlan.operations.registers.queries import required
from anlan.operations.safety.queries.rows import EnterpriseRow, closed_among
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

NOT_YOURS = N_("The unit that leads the campaign keeps its list.")
LONGEST_TITLE, LONGEST_WORDS = 100, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCampaign:
    """A campaign as somebody opens it; the days are calendar days, both counted."""

    title: str
    basis: str
    lead: OrganisationRow
    begins_on: date
    ends_on: date
    source: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What an enterprise is listed for. `source`, `source_id`: by which another system knows it."""

    enterprise: EnterpriseRow
    measure: str
    what: str
    due_on: date
    source: str = ""
    source_id: str = ""


def open_campaign(actor: Actor, person: Person, new: NewCampaign) -> int:
    """Open a campaign; its id. Raises `Refused`."""
    title = required(new.title, N_("Give the campaign a title."))[:LONGEST_TITLE]
    basis = required(new.basis, N_("Say on what the campaign is based."))[:LONGEST_WORDS]
    if new.ends_on < new.begins_on:
        raise Refused(N_("It ends after it begins."))
    with act("campaigns.open", actor) as this:
        if not person.leads(new.lead.code):
            raise Refused(N_("A unit opens campaigns that it leads itself."))
        one = Campaign.objects.create(
            title=title, basis=basis, lead_code=new.lead.code, lead_name=new.lead.name,
            area_code=new.lead.area_code, begins_on=new.begins_on, ends_on=new.ends_on,
            opened_at=clock.now(), opened_by_name=actor.label, source=new.source,
            source_id=new.source_id,
        )  # fmt: skip
        this.on("campaign", one.pk, one.title)
    return one.pk


@looking_again
def put_campaign(actor: Actor, person: Person, new: NewCampaign) -> tuple[int, str]:
    """Open the campaign that another system names by (source, id): its id here, and new or same.
    Raises `Refused`, also for other words under the same id."""
    known = Campaign.objects.filter(source=new.source, source_id=new.source_id).first()
    if known is None:
        return open_campaign(actor, person, new), "new"
    if not person.leads(known.lead_code):
        raise Refused(NOT_YOURS)
    said = (new.title.strip()[:LONGEST_TITLE], new.basis.strip()[:LONGEST_WORDS], new.lead.code,
            new.begins_on, new.ends_on)  # fmt: skip
    if (known.title, known.basis, known.lead_code, known.begins_on, known.ends_on) != said:
        raise Refused(N_("A campaign is not changed: end it, and send another under its own id."))
    return known.pk, "same"


def end_campaign(actor: Actor, person: Person, campaign_id: int) -> None:
    """End it: nothing more is listed. Refused while something in it is open."""
    with act("campaigns.end", actor) as this:
        one = _led(person, campaign_id)
        open_ones = one.entries.filter(state__in=(*OPEN, State.SUBMITTED)).count()
        if open_ones:
            raise Refused(N_("%(n)s enterprises of it are not settled yet."), n=open_ones)
        one.ended_at = clock.now()
        one.save(update_fields=["ended_at"])
        this.on("campaign", one.pk, one.title)


def list_enterprise(actor: Actor, person: Person, campaign_id: int, new: NewEntry) -> int:
    """Put an enterprise on the list; its entry's id. The same by source and id is the same one."""
    what = required(new.what, N_("Say what is to be done."))[:LONGEST_WORDS]
    if new.measure not in MEASURE_WORDS:
        raise Refused(N_("Choose what is to become of it."))
    with act("campaigns.list", actor) as this:
        campaign = _led(person, campaign_id)
        known = _known(campaign, new)
        if known is not None:
            this.on("campaign entry", known.pk, str(known))
            return known.pk
        if not campaign.begins_on <= new.due_on <= campaign.ends_on:
            raise Refused(N_("The deadline lies within the campaign."))
        firm = new.enterprise
        if closed_among([firm.id]):
            raise Refused(N_("The enterprise is closed: it owes the campaign nothing."))
        if campaign.entries.filter(enterprise=firm.id).exclude(state=State.DROPPED).exists():
            raise Refused(N_("The enterprise is on this list already."))
        entry = Entry(
            campaign=campaign, enterprise_id=firm.id, unit=firm.name, area_code=firm.area_code,
            sector=firm.sector, measure=new.measure, what=what, due_on=new.due_on,
            listed_at=clock.now(), source=new.source, source_id=new.source_id,
        )  # fmt: skip
        finish(this, entry, actor, "list", "")
    return entry.pk


def _led(person: Person, campaign_id: int) -> Campaign:
    """A running campaign that this person's unit leads, held until the action's end."""
    one = Campaign.objects.select_for_update().filter(pk=campaign_id).first()
    if one is None or not person.leads(one.lead_code):
        raise Refused(NOT_YOURS)
    if one.ended_at is not None:
        raise Refused(N_("The campaign is over."))
    return one


def _known(campaign: Campaign, new: NewEntry) -> Entry | None:
    """By its id in another system; raises `Refused` where that names something else."""
    if not new.source_id:
        return None
    known = Entry.objects.filter(source=new.source, source_id=new.source_id).first()
    if known is not None and (known.campaign_id, known.enterprise_id) != (
        campaign.pk, new.enterprise.id,
    ):  # fmt: skip
        raise Refused(N_("This id names another entry already."))
    return known
