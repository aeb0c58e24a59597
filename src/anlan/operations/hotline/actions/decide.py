"""The bureau decides on a report: accepted, rejected, referred, merged, given more time."""

from dataclasses import dataclass
from datetime import date

from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.hotline.actions.steps import step
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.persons import able_handlers, units
from anlan.operations.hotline.queries.state import facts, terms
from anlan.operations.hotline.rules.loop import (
    Person,
    longer,
    not_reported,
    same_two,
    two_handlers,
)
from anlan.operations.hotline.rules.states import Kind, State
from anlan.operations.people.actions import Actor
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.areas import STREET_DIGITS
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Who verifies (organisation code), in which sector, and which two may know the informant."""

    unit: str
    sector: str
    handlers: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreTime:
    """Until when, and which superior approved it under which number."""

    until: date
    approver: str
    number: str


def accept_tip(actor: Actor, person: Person, tip_id: int, given: Acceptance) -> None:
    """It is for the hotline: finished within 60 days [JL]."""
    with step("accept", actor, person, tip_id) as taken:
        tip = taken.tip
        known = units(tip.kind, tip.sign)
        if given.unit not in known:
            raise Refused(N_("Choose the unit that verifies it.")).at("unit")
        not_reported([known[given.unit]], tip.accused)
        _name(tip, given.handlers)
        tip.unit, tip.sector = given.unit, given.sector or tip.sector
        tip.decided_at = clock.now()
        tip.due_on = after(clock.today(), terms(tip.kind, clock.today()).finish_days, Unit.CALENDAR)
        taken.said = {"unit": tip.unit, "due_on": f"{tip.due_on}"}


def name_handlers(actor: Actor, person: Person, tip_id: int, *, handlers: tuple[int, int]) -> None:
    """One who left is replaced; whoever has looked stays, while the account is open."""
    with step("name handlers", actor, person, tip_id) as taken:
        seen = set(taken.tip.views.values_list("by_id", flat=True))
        same_two(frozenset(handlers), frozenset(seen & set(able_handlers(taken.tip.area_code))))
        _name(taken.tip, handlers)


def _name(tip: Tip, handlers: tuple[int, int]) -> None:
    able = able_handlers(tip.area_code)
    two_handlers(frozenset(handlers), frozenset(able))
    not_reported([able[one] for one in handlers], f"{tip.accused} {tip.matter}")
    tip.handler_one_id, tip.handler_two_id = handlers


def reject_tip(actor: Actor, person: Person, tip_id: int, *, reason: str) -> None:
    """It is not for the hotline, or says too little."""
    with step("reject", actor, person, tip_id) as taken:
        taken.reason = required(reason, N_("Say why."))
        taken.tip.decided_at = clock.now()


def refer_tip(actor: Actor, person: Person, tip_id: int, *, to: str, reason: str) -> None:
    """It belongs to a unit outside the hotline; it goes there without its informant."""
    with step("refer", actor, person, tip_id) as taken:
        taken.said = {"to": required(to, N_("Say to whom."))[:120]}
        taken.reason = required(reason, N_("Say why."))
        taken.tip.decided_at = clock.now()


def merge_tip(actor: Actor, person: Person, tip_id: int, *, into: str) -> None:
    """The same was reported before: the earlier report stands, its informant is the first."""
    with step("merge", actor, person, tip_id) as taken:
        first = Tip.objects.select_for_update().filter(number=into.strip()).first()
        if first is None or first.pk == taken.tip.pk:
            raise Refused(N_("There is no such report.")).at("into")
        if first.received_at > taken.tip.received_at or first.pk > taken.tip.pk:
            raise Refused(N_("The later report is merged into the earlier one.")).at("into")
        if (first.kind == Kind.HAZARD) != (taken.tip.kind == Kind.HAZARD):
            raise Refused(N_("A sign of a natural hazard is merged into one alone.")).at("into")
        if first.merged_into_id is not None:
            raise Refused(N_("That report was merged itself: name the first one.")).at("into")
        if first.area_code[:STREET_DIGITS] != taken.tip.area_code[:STREET_DIGITS]:
            raise Refused(N_("Only reports of one street are merged.")).at("into")
        if first.decided_at is not None and first.due_on is None:
            raise Refused(N_("That report was not accepted: nothing is merged into it.")).at("into")
        taken.tip.merged_into, taken.tip.closed_at = first, clock.now()
        taken.said = {"into": first.number}


def give_tip_more_time(
    actor: Actor, person: Person, tip_id: int, *, given: MoreTime, reason: str
) -> None:
    """Up to 30 days more, once, with the superior's approval; the informant is told [JL]."""
    with step("give more time", actor, person, tip_id) as taken:
        tip = taken.tip
        taken.reason = required(reason, N_("Say why."))
        if tip.due_on is None:
            raise Refused(N_("It was not accepted."))
        longer(given.until, tip.due_on, terms(tip.kind, clock.today()).more_days)
        tip.extended_by = required(given.approver, N_("Say who approved it."))[:100]
        if tip.extended_by == actor.label:
            raise Refused(N_("More time is approved by the superior, not by who gives it.")).at(
                "approver"
            )
        tip.extension_number = required(given.number, N_("Write the number of the approval."))[:60]
        tip.due_on = tip.extended_to = given.until
        taken.said = {
            "due_on": f"{tip.due_on}", "approver": tip.extended_by, "number": tip.extension_number,
        }  # fmt: skip


def tell_of_more_time(actor: Actor, person: Person, tip_id: int, *, notice: str) -> None:
    """A handler told the informant that it takes longer; how, is kept."""
    with step("tell of more time", actor, person, tip_id) as taken:
        taken.reason = required(notice, N_("Say how the informant was told."))
        taken.tip.extension_told_at = clock.now()


def close_tip(actor: Actor, person: Person, tip_id: int, *, reason: str = "") -> None:
    """Nothing more is to be done; why a true report is not rewarded, is said."""
    with step("close", actor, person, tip_id) as taken:
        taken.reason = reason.strip()
        if facts(taken.tip).rewardable and taken.tip.state == State.REPLIED:
            taken.reason = required(reason, N_("Say why a report that was true is not rewarded."))
        taken.tip.closed_at = clock.now()
