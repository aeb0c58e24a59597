"""The regulator's part: re-check, countersign, close, more time, transfer, stop and resume."""

from datetime import date

from anlan.operations.deadlines.actions import close_item
from anlan.operations.people.actions import Actor
from anlan.operations.registers.queries import required
from anlan.operations.safety.actions.desk import second_look_of
from anlan.operations.safety.actions.find import Find, register
from anlan.operations.safety.actions.lead import follow_since
from anlan.operations.safety.actions.steps import step
from anlan.operations.safety.models import Danger, DangerStep
from anlan.operations.safety.queries.handed import after_enforcement
from anlan.operations.safety.queries.persons import units
from anlan.operations.safety.rules.enterprises import SECTOR_WORDS
from anlan.operations.safety.rules.loop import LOOK_AGAIN, Person
from anlan.operations.safety.rules.states import Source
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def return_danger(actor: Actor, person: Person, danger_id: int, *, reason: str) -> None:
    """It is not right yet."""
    with step("return", actor, person, danger_id) as taken:
        taken.reason = required(reason, N_("Say what is not right yet."))
        taken.danger.returned += 1
        taken.danger.accepted_by = taken.danger.countersigned_by = None


def accept_danger(actor: Actor, person: Person, danger_id: int, *, finding: str) -> None:
    """Re-check 复查: it is right, on site or by its photos."""
    with step("accept", actor, person, danger_id) as taken:
        taken.reason = required(finding, N_("Say what the re-check found."))
        taken.danger.accepted_by_id, taken.danger.accepted_at = person.id, clock.now()


def countersign_danger(actor: Actor, person: Person, danger_id: int) -> None:
    """The leader's signature before a major danger is closed."""
    with step("countersign", actor, person, danger_id) as taken:
        taken.danger.countersigned_by_id = person.id


def close_danger(actor: Actor, person: Person, danger_id: int) -> None:
    """销号: the danger is no more."""
    with step("close", actor, person, danger_id) as taken:
        taken.danger.closed_at, taken.danger.closed_on = clock.now(), clock.today()


def give_more_time(actor: Actor, person: Person, danger_id: int) -> None:
    """The regulator's leader grants what was asked for."""
    with step("give more time", actor, person, danger_id) as taken:
        danger = taken.danger
        until = date.fromisoformat(_asked(danger).said["until"])
        danger.first_due_on = danger.first_due_on or danger.due_on
        danger.due_on = danger.extended_to = until
        taken.said = {"until": f"{until}", "regulator": danger.regulator}


def refuse_more_time(actor: Actor, person: Person, danger_id: int, *, reason: str) -> None:
    """The deadline stands."""
    with step("refuse more time", actor, person, danger_id) as taken:
        taken.reason = required(reason, N_("Say why."))


def _asked(danger: Danger) -> DangerStep:
    return danger.steps.filter(verb="ask for more time").latest("id")


def transfer_danger(
    actor: Actor, person: Person, danger_id: int, *, to: str, sector: str, reason: str
) -> None:
    """It is another regulator's: `to` is its organisation code; `sector`, if not the unit's own."""
    with step("transfer", actor, person, danger_id) as taken:
        danger, known = taken.danger, units()
        if to not in known or to == danger.regulator:
            raise Refused(N_("Choose another unit.")).at("regulator")
        sector = sector or known[to].sector
        if sector and sector not in SECTOR_WORDS:
            raise Refused(N_("Choose the sector.")).at("sector")
        before, danger.transferred_from = danger.transferred_from, danger.regulator
        danger.transferred_from = danger.transferred_from or person.organisation
        danger.regulator = to
        taken.said = {"to": to, "sector": sector, "sector_before": danger.sector,
                      "transferred_before": before}  # fmt: skip
        danger.sector = sector or danger.sector
        taken.reason = required(reason, N_("Say why."))


def take_over_danger(actor: Actor, person: Person, danger_id: int) -> None:
    """The unit that it was transferred to has it now, and grades it anew."""
    with step("take over", actor, person, danger_id):
        pass


def send_back_danger(actor: Actor, person: Person, danger_id: int, *, reason: str) -> None:
    """It goes back to the unit that transferred it; where the enterprise's file says another place,
    sector or regulator since, to who regulates it now."""
    with step("send back", actor, person, danger_id) as taken:
        danger = taken.danger
        taken.reason = required(reason, N_("Say why."))
        last = danger.steps.filter(verb="transfer").latest("id")
        danger.sector = last.said.get("sector_before", danger.sector)
        danger.regulator = danger.transferred_from
        danger.transferred_from = last.said.get("transferred_before", "")
        follow_since(danger, last.at)


def hand_to_enforcement(actor: Actor, person: Person, danger_id: int, *, reason: str) -> None:
    """An enforcement case takes it up."""
    with step("hand to enforcement", actor, person, danger_id) as taken:
        taken.reason = required(reason, N_("Say why."))


def take_back_from_enforcement(
    actor: Actor, person: Person, danger_id: int, *, reason: str
) -> None:
    """Enforcement gives it back, or the case goes beside: the danger is rectified."""
    with step("take back from enforcement", actor, person, danger_id) as taken:
        taken.leads_to = after_enforcement(taken.danger)
        taken.reason = required(reason, N_("Say why."))


def suspend_production(actor: Actor, person: Person, danger_id: int, *, reason: str) -> None:
    """Safety cannot be ensured: people leave, work stops."""
    with step("suspend production", actor, person, danger_id) as taken:
        taken.reason = required(reason, N_("Say why."))
        taken.danger.resume_asked_at = None


def resume_production(actor: Actor, person: Person, danger_id: int, *, finding: str) -> None:
    """The review on site found it rectified."""
    with step("resume production", actor, person, danger_id) as taken:
        taken.reason = required(finding, N_("Say what the re-check found."))
        taken.danger.accepted_by_id, taken.danger.accepted_at = person.id, clock.now()
        taken.danger.resume_asked_at = None


def look_again(
    actor: Actor, person: Person, danger_id: int, *, right: bool, finding: str
) -> int | None:
    """The street's second look at an own find that was drawn: its closing stands, whatever is seen.

    What is not rectified is a find of the street's, and repeats; its id then, else None.
    """
    found = None
    with step(LOOK_AGAIN, actor, person, danger_id) as taken:
        danger = taken.danger
        taken.reason = required(finding, N_("Say what the re-check found."))
        if not right:
            found = register(actor, Find(
                key=f"second look:{danger.number}", title=danger.title, area_code=danger.area_code,
                sector=danger.sector, source=Source.INSPECTION, description=taken.reason,
                enterprise_id=danger.enterprise_id, unit=danger.unit, place=danger.place,
                item=danger.item,
            ))  # fmt: skip
        taken.said = {"right": right, "found": found}
        close_item(second_look_of(danger))
    return found


def keep_suspended(actor: Actor, person: Person, danger_id: int, *, reason: str) -> None:
    """The review on site found that it is not right yet."""
    with step("keep suspended", actor, person, danger_id) as taken:
        taken.reason = required(reason, N_("Say what is not right yet."))
        taken.danger.resume_asked_at = None
