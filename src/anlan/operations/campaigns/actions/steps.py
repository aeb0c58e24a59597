"""The steps of a listed enterprise: each asks the rules, and leaves its step, item and event."""

from datetime import date

from anlan.operations.campaigns.actions.desk import refresh
from anlan.operations.campaigns.events import EntryMoved
from anlan.operations.campaigns.models import Entry, EntryStep
from anlan.operations.campaigns.queries.scope import facts
from anlan.operations.campaigns.rules.loop import Person, check
from anlan.operations.campaigns.rules.states import CLOSE
from anlan.operations.people.actions import Act, Actor, act
from anlan.operations.registers.queries import clean
from anlan.operations.safety.actions import correct_enterprise
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LONGEST = 1000
MISSING = {
    "submit": N_("Say what was done: that is the evidence."),
    "accept": N_("Say how it was looked at."),
    "return": N_("Say what is lacking."),
    "extend": N_("Say why it takes longer."),
    "drop": N_("Say why it is taken off the list."),
}


def take_step(
    actor: Actor, person: Person, entry_id: int, verb: str, *, words: str = "",
    due_on: date | None = None,
) -> None:  # fmt: skip
    """Take `verb` of the table; `due_on` is the new deadline of "extend".

    An enterprise that was to close is closed in the register when that is accepted. Raises
    `Refused`, then nothing is changed.
    """
    words = clean(words)[:LONGEST]
    with act(f"campaigns.{verb}", actor) as this:
        entry = Entry.objects.select_for_update(of=("self",)).select_related("campaign").filter(
            pk=entry_id
        ).first()  # fmt: skip
        if entry is None:
            raise Refused(N_("There is no such entry."))
        before, due_before = entry.state, None
        step = check(verb, facts(entry), person)
        if verb in MISSING and not words:
            raise Refused(MISSING[verb])
        if verb == "extend":
            due_before, entry.due_on = entry.due_on, _later(entry, due_on)
        if verb == "submit":
            entry.submitted_by_id, entry.done_on = person.id, clock.today()
        if verb == "return":
            entry.done_on = None
        entry.state = step.leads_to(before)
        finish(this, entry, actor, verb, before, words=words, due_before=due_before)
        if verb == "accept" and entry.measure == CLOSE:
            why = f"{entry.campaign.title}：{words}"[:200]
            correct_enterprise(actor, entry.enterprise_id, {"state": "closed"}, reason=why)


def finish(
    this: Act, entry: Entry, actor: Actor, verb: str, before: str, *, words: str = "",
    due_before: date | None = None,
) -> None:  # fmt: skip
    """Save, leave the step, the desk item, the audit row and the event."""
    entry.save()
    EntryStep.objects.create(
        entry=entry, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb,
        before=before, after=entry.state, words=words, due_before=due_before,
    )  # fmt: skip
    refresh(entry)
    this.on("campaign entry", entry.pk, str(entry))
    this.detail = {"verb": verb, "from": before, "to": entry.state}
    this.publish(
        EntryMoved(
            entry_id=entry.pk, campaign_id=entry.campaign_id, enterprise_id=entry.enterprise_id,
            measure=entry.measure, verb=verb, before=before, after=entry.state,
        )
    )  # fmt: skip


def _later(entry: Entry, due_on: date | None) -> date:
    if due_on is None or not clock.today() <= due_on <= entry.campaign.ends_on:
        raise Refused(N_("The new deadline lies within the campaign, and not in the past."))
    return due_on
