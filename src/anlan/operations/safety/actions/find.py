"""A danger is found, graded and assigned."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.registers.actions import next_number
from anlan.operations.registers.queries import required
from anlan.operations.safety.actions.desk import refresh
from anlan.operations.safety.actions.steps import moved, step, write
from anlan.operations.safety.models import Counter, Danger, Enterprise
from anlan.operations.safety.rules.loop import Person
from anlan.operations.safety.rules.states import FIND, Grade, Source, State
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

REPEATED_WITHIN = timedelta(days=365)
_DEADLINES = ("assign", "assign own find", "give more time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """What somebody found. `unit` names who has the danger where no enterprise is registered.

    `key` names this find for its sender: the same key again is the same find. `lon`, `lat`:
    CGCS2000. `suggested`: how severe whoever found it thinks it is; who grades it decides.
    """

    key: str
    title: str
    area_code: str
    sector: str
    source: Source
    description: str = ""
    enterprise_id: int | None = None
    unit: str = ""
    place: str = ""
    item: str = ""
    lon: float | None = None
    lat: float | None = None
    found_at: datetime | None = None
    suggested: Grade | None = None


@looking_again
def find_danger(actor: Actor, person: Person, find: Find) -> int:
    """Register a danger; its id. A find whose key is known is not registered again."""
    if FIND not in person.rights:
        raise Refused(N_("Your role may not register dangers."))
    known = known_find(actor, find)
    if known is not None:
        return known
    if find.source == Source.CYCLE:
        raise Refused(N_("Missed self-checks are found by the platform."))
    if find.source == Source.HOTLINE:
        raise Refused(N_("A report to 12350 is entered at the hotline, not as a danger."))
    if (find.source == Source.SELF_CHECK) != person.firm:
        raise Refused(N_("A self-check is the enterprise's own; an authority's find is not."))
    if person.firm and find.enterprise_id not in person.enterprises:
        raise Refused(N_("An enterprise registers dangers of its own."))
    return register(actor, find)


def known_find(actor: Actor, find: Find) -> int | None:
    """The danger that the find's key names already; a key of somebody else's is refused."""
    row = Danger.objects.filter(key=find.key).values_list("pk", "found_by_id").first()
    if row is None:
        return None
    if row[1] != actor.id:
        raise Refused(N_("Somebody else has registered a danger under this key."))
    return row[0]


def register(actor: Actor, find: Find) -> int:
    """Keep a find; the danger's id. Whoever calls has found out that the actor may, and once."""
    with act("safety.find", actor) as this:
        now = clock.now()
        number = next_number(Counter.objects, register="danger", year=now.year)
        danger = Danger(
            key=find.key, number=f"{now.year}-{number:06d}",
            title=find.title, description=find.description, place=find.place, item=find.item,
            source=find.source, lon=find.lon, lat=find.lat, found_at=find.found_at or now,
            found_by_id=actor.id, found_by_name=actor.label, **_whose(find),
        )  # fmt: skip
        danger.repeat = _repeats(danger)
        danger.save()
        said = {"suggested": find.suggested} if find.suggested else {}
        write(danger, actor, "find", "", {"title": find.title, **said}, "")
        refresh(danger)
        this.on("danger", danger.pk, str(danger))
        this.publish(moved(danger, "find", ""))
    return danger.pk


def _repeats(danger: Danger) -> bool:
    """Was the same found here in the twelve months before? One found later repeats this one."""
    same = Danger.objects.filter(enterprise=danger.enterprise_id, item=danger.item)
    if danger.enterprise_id is None:  # the site is what was typed of it
        same = same.filter(unit=danger.unit, place=danger.place, area_code=danger.area_code)
    if not danger.item:
        same = same.filter(title=danger.title)
    same.filter(found_at__gt=danger.found_at, found_at__lte=danger.found_at + REPEATED_WITHIN,
                repeat=False).update(repeat=True)  # fmt: skip
    return same.filter(
        found_at__gte=danger.found_at - REPEATED_WITHIN, found_at__lte=danger.found_at
    ).exists()


def _whose(find: Find) -> dict[str, Any]:
    """Whose the danger is, and with it where it lies and who regulates it."""
    if find.enterprise_id is None:
        unit = required(find.unit, N_("Say whose the danger is."))
        return {"unit": unit, "area_code": find.area_code, "sector": find.sector}
    mine = Enterprise.objects.filter(pk=find.enterprise_id).first()
    if mine is None:
        raise Refused(N_("There is no such enterprise."))
    return {
        "enterprise": mine, "unit": mine.name, "area_code": mine.area_code, "sector": mine.sector,
        "regulator": mine.sector_regulator or mine.local_regulator,
    }  # fmt: skip


def grade_danger(
    actor: Actor, person: Person, danger_id: int, *, grade: Grade, clause: str = ""
) -> None:
    """Grade it; MAJOR names the clause of the sector's criteria 重大事故隐患判定标准."""
    verb = "grade own find" if person.firm else "grade"
    with step(verb, actor, person, danger_id) as taken:
        if taken.danger.grade == Grade.MAJOR and grade != Grade.MAJOR:
            raise Refused(N_("It was graded major: only the regulator's leader lowers it."))
        _set_grade(taken.danger, grade, clause)
        taken.said = {"grade": grade, "clause": taken.danger.clause}


def raise_to_major(actor: Actor, person: Person, danger_id: int, *, clause: str) -> None:
    """It is worse than it seemed: it is assigned and planned anew."""
    with step("raise to major", actor, person, danger_id) as taken:
        _set_grade(taken.danger, Grade.MAJOR, clause)
        taken.said = {"grade": Grade.MAJOR, "clause": taken.danger.clause}


def lower_to_general(actor: Actor, person: Person, danger_id: int, *, reason: str) -> None:
    """The regulator's leader approves that it is no major danger."""
    with step("lower to general", actor, person, danger_id) as taken:
        taken.reason = required(reason, N_("Say why."))
        taken.danger.grade = Grade.GENERAL
        taken.said = {"grade": Grade.GENERAL}


def _set_grade(danger: Danger, grade: Grade, clause: str) -> None:
    if grade == Grade.MAJOR:
        clause = required(clause, N_("A major danger names the clause that makes it one."))
    danger.grade, danger.clause = grade, clause.strip()[:200]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who rectifies until when, and who supervises it for the regulator. Persons: account ids."""

    rectifier: int | None
    rectifier_name: str
    supervisor: int | None
    supervisor_name: str
    due_on: date


def assign_danger(actor: Actor, person: Person, danger_id: int, given: Assignment) -> None:
    """Assign it, with a deadline from today on; assigned again, it is due no later than before.

    Wherever it was meanwhile: only a danger that was raised to major, or that another unit
    regulates now, gets a deadline of its own.
    """
    verb = "assign own find" if person.firm else "assign"
    with step(verb, actor, person, danger_id) as taken:
        danger = taken.danger
        danger.regulator = danger.regulator or ("" if person.firm else person.organisation)
        _set_deadline(danger, given.due_on)
        if given.rectifier is not None and given.rectifier == given.supervisor:
            raise Refused(N_("Who rectifies it does not supervise it.")).at("supervisor")
        danger.rectifier_id, danger.supervisor_id = given.rectifier, given.supervisor
        danger.rectifier_name = required(given.rectifier_name, N_("Say who rectifies it."))[:60]
        danger.supervisor_name = given.supervisor_name.strip()[:60]
        busy = danger.state in (State.RECTIFYING, State.RETURNED) and danger.grade == Grade.MAJOR
        if busy and not danger.supervisor_name:
            raise Refused(
                N_("A major danger needs both responsible persons before work begins.")
            ).at("supervisor")
        taken.said = {
            "due_on": f"{given.due_on}", "rectifier": danger.rectifier_name,
            "supervisor": danger.supervisor_name, "regulator": danger.regulator,
        }  # fmt: skip


def _set_deadline(danger: Danger, due_on: date) -> None:
    stands = _standing(danger)
    if stands is not None and due_on > stands:
        raise Refused(
            N_("The deadline stands: more time is asked for, and given by the leader.")
        ).at("due_on")
    if due_on < clock.today() and due_on != stands:
        raise Refused(N_("The deadline has passed already.")).at("due_on")
    first = danger.first_due_on
    danger.due_on = due_on
    danger.first_due_on = first if stands is not None and first and first < due_on else None


def _standing(danger: Danger) -> date | None:
    """The deadline that its unit has set or its leader put off, of the danger as it is graded."""
    raised = danger.steps.filter(verb="raise to major").order_by("-id").values_list("pk", flat=True)
    set_by = danger.steps.filter(verb__in=_DEADLINES, pk__gt=raised.first() or 0).order_by("-id")
    for said in set_by.values_list("said", flat=True):
        if said.get("regulator", danger.regulator) == danger.regulator:
            return date.fromisoformat(said.get("due_on") or said["until"])
    return None
