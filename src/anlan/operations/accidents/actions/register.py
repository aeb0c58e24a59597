"""An accident is registered, its toll corrected as a new version, its reporting reviewed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from anlan.operations.accidents.actions.steps import Taken, finish, note, of_the_bureau
from anlan.operations.accidents.models import Accident, AccidentCounter, Toll
from anlan.operations.accidents.queries.terms import terms_in_force
from anlan.operations.accidents.queries.tolls import superseded
from anlan.operations.accidents.rules.level import (
    UNIT_REPORTS,
    Figures,
    counts_until,
    late,
    level,
)
from anlan.operations.accidents.rules.loop import TERM_DAYS, Person
from anlan.operations.accidents.rules.states import DECIDE, REPORT, TRACK, Mark
from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.people.actions import Actor, act
from anlan.operations.registers.actions import lock_numbers, next_number
from anlan.operations.registers.queries import required
from anlan.operations.risks.actions import review_after_accident
from anlan.operations.safety.queries.signboards import named
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FOUND_BY_REVIEW = (Mark.MISSED, Mark.FALSE, Mark.CONCEALED)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccident:
    """What the first report says; `about` holds the register's typed fields. CGCS2000 areas."""

    key: str
    about: Mapping[str, Any]
    figures: Figures
    occurred_at: datetime
    known_at: datetime
    reported_at: datetime
    in_production: bool = True


def register_accident(actor: Actor, person: Person, new: NewAccident) -> int:
    """Open the file; its id. The same key again is the same accident.

    It is due in this register within the district's hours (24) of when it became known.

    The report of its investigation is due 60 days after the accident, whenever a team is formed
    [493 29].
    """
    if REPORT not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    now, happened_on = clock.now(), new.occurred_at.astimezone(clock.CHINA).date()
    if not new.occurred_at <= new.known_at <= new.reported_at <= now:
        raise Refused(N_("It happens, then is known, then is reported, and not in the future."))
    with act("accidents.register", actor) as this:
        year = happened_on.year
        lock_numbers(AccidentCounter.objects, year=year)
        known = Accident.objects.filter(key=new.key).values_list("pk", flat=True).first()
        if known is not None:
            return known
        number = next_number(AccidentCounter.objects, year=year)
        accident = Accident(
            number=f"SG{year}-{number:04d}", key=new.key, **new.about,
            **asdict(new.figures), level=level(new.figures), occurred_at=new.occurred_at,
            known_at=new.known_at, reported_at=new.reported_at,
            in_production=new.in_production or not person.bureau,
            late=late(new.known_at, new.reported_at, UNIT_REPORTS),
            entered_at=now, enter_by=new.known_at + terms_in_force(happened_on).to_enter,
            due_on=after(happened_on, TERM_DAYS, Unit.CALENDAR),
        )  # fmt: skip
        accident.save()
        first = new.reported_at.astimezone(clock.CHINA).date()
        _version(accident, actor, new.figures, Said(first, True, ""))
        finish(this, actor, "register", "", Taken(accident))
        firm = accident.enterprise_id or named(accident.unit)
        if accident.in_production and firm is not None:
            review_after_accident(firm, accident.kind, accident.number)
    return accident.pk


def correct_figures(
    actor: Actor,
    person: Person,
    accident_id: int,
    figures: Figures,
    *,
    reason: str,
    as_of: date | None = None,
) -> int:
    """A new version of the toll as it was on a day (today); the level that holds then.

    Toll and level follow the version of the newest day, as long as changes count: 30 days, of
    traffic and fire 7 [493 art. 13]. One of a later day, or of a day before that of one that
    counts, is kept and changes neither. Only the bureau lowers a level.
    """
    with note("correct figures", REPORT, actor, person, accident_id) as taken:
        accident, day = taken.accident, as_of or clock.today()
        taken.reason = required(reason, N_("Say why."))
        last = counts_until(accident.category, accident.occurred_at).astimezone(clock.CHINA).date()
        if not accident.occurred_at.astimezone(clock.CHINA).date() <= day <= clock.today():
            raise Refused(N_("The toll is of a day between the accident and today.")).at("as_of")
        counted = day <= last and accident.toll_confirmed_at is None
        if counted and not superseded(accident, day):
            if level(figures) > accident.level:
                of_the_bureau(person)
            for key, value in asdict(figures).items():
                setattr(accident, key, value)
            accident.level = level(figures)
        _version(accident, actor, figures, Said(day, counted, taken.reason))
        taken.said = {"level": accident.level, "counted": counted, "as_of": f"{day}"}
    return accident.level


def count_apart(actor: Actor, person: Person, accident_id: int, *, reason: str) -> None:
    """Review found that it did not happen in production: kept, and counted apart."""
    with note("count apart", TRACK, actor, person, accident_id) as taken:
        taken.reason = required(reason, N_("Say why."))
        taken.accident.in_production = False


def record_penalty(actor: Actor, person: Person, accident_id: int, *, penalty: str) -> None:
    """What was imposed on the unit and its people after it, for the statistics of accidents."""
    with note("record penalty", TRACK, actor, person, accident_id) as taken:
        taken.reason = required(penalty, N_("Say what was imposed, and by which decision."))
        taken.accident.penalty = taken.reason[:300]


def mark_reporting(
    actor: Actor, person: Person, accident_id: int, mark: Mark, *, reason: str
) -> None:
    """Review found that it was missed, falsely reported or concealed 漏谎瞒; the mark stays."""
    with note("mark", DECIDE, actor, person, accident_id) as taken:
        if mark not in FOUND_BY_REVIEW:
            raise Refused(N_("Whether a report was late is computed from its times.")).at("mark")
        taken.reason = required(reason, N_("Say what the review found."))
        marks = {*taken.accident.marks, str(mark)}
        taken.accident.marks = sorted(marks)
        taken.said = {"mark": mark}


class Said(NamedTuple):
    """What is said of a version: of which day, whether it counts, why."""

    as_of: date
    counted: bool
    reason: str


def _version(accident: Accident, actor: Actor, figures: Figures, about: Said) -> None:
    said = {key: str(value) if isinstance(value, Decimal) else value
            for key, value in asdict(figures).items()}  # fmt: skip
    Toll.objects.create(
        accident=accident, at=clock.now(), as_of=about.as_of, by_name=actor.label, figures=said,
        counted=about.counted, level=accident.level, reason=about.reason[:300],
    )  # fmt: skip
