"""An accident is registered, its toll corrected as a new version, its reporting reviewed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F

from anlan.operations.accidents.actions.steps import Taken, finish, note, required
from anlan.operations.accidents.models import Accident, AccidentCounter, Toll
from anlan.operations.accidents.rules.level import (
    BUREAU_REPORTS,
    UNIT_REPORTS,
    Figures,
    counts_until,
    late,
    level,
)
from anlan.operations.accidents.rules.loop import Person
from anlan.operations.accidents.rules.states import DECIDE, REPORT, Mark
from anlan.operations.people.actions import Actor, act
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
    """Open the file; its id. The same key again is the same accident."""
    if REPORT not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    now = clock.now()
    if not new.occurred_at <= new.known_at <= new.reported_at <= now:
        raise Refused(N_("It happens, then is known, then is reported, and not in the future."))
    with act("accidents.register", actor) as this:
        known = Accident.objects.filter(key=new.key).values_list("pk", flat=True).first()
        if known is not None:
            return known
        year = new.occurred_at.astimezone(clock.CHINA).year
        accident = Accident(
            number=f"SG{year}-{_next(year):04d}", key=new.key, **new.about,
            **asdict(new.figures), level=level(new.figures), occurred_at=new.occurred_at,
            known_at=new.known_at, reported_at=new.reported_at,
            in_production=new.in_production,
            late=late(new.known_at, new.reported_at, UNIT_REPORTS),
        )  # fmt: skip
        accident.save()
        _version(accident, actor, new.figures, True, "")
        finish(this, actor, "register", "", Taken(accident))
    return accident.pk


def correct_figures(
    actor: Actor, person: Person, accident_id: int, figures: Figures, *, reason: str
) -> int:
    """A new version of the toll; the level that holds then.

    The level follows as long as changes count: 30 days, of traffic and fire 7 [493 art. 13].
    """
    with note("correct figures", REPORT, actor, person, accident_id) as taken:
        accident = taken.accident
        taken.reason = required(reason, N_("Say why."))
        counted = clock.now() <= counts_until(accident.category, accident.occurred_at)
        for key, value in asdict(figures).items():
            setattr(accident, key, value)
        if counted:
            accident.level = level(figures)
        _version(accident, actor, figures, counted, taken.reason)
        taken.said = {"level": accident.level, "counted": counted}
    return accident.level


def report_up(actor: Actor, person: Person, accident_id: int) -> None:
    """The bureau reported upwards, now; later than two hours is marked late [493 art. 11]."""
    with note("report up", REPORT, actor, person, accident_id) as taken:
        accident = taken.accident
        if accident.passed_on_at is not None:
            raise Refused(N_("It was reported upwards already."))
        accident.passed_on_at = clock.now()
        accident.late |= late(accident.reported_at, accident.passed_on_at, BUREAU_REPORTS)


def mark_reporting(
    actor: Actor, person: Person, accident_id: int, mark: Mark, *, reason: str
) -> None:
    """Review found that it was missed, falsely reported or concealed 漏谎瞒; the mark stays."""
    with note("mark", DECIDE, actor, person, accident_id) as taken:
        if mark not in FOUND_BY_REVIEW:
            raise Refused(N_("Whether a report was late is computed from its times."))
        taken.reason = required(reason, N_("Say what the review found."))
        marks = {*taken.accident.marks, str(mark)}
        taken.accident.marks = sorted(marks)
        taken.said = {"mark": mark}


def _version(
    accident: Accident, actor: Actor, figures: Figures, counted: bool, reason: str
) -> None:
    said = {key: str(value) if isinstance(value, Decimal) else value
            for key, value in asdict(figures).items()}  # fmt: skip
    Toll.objects.create(
        accident=accident, at=clock.now(), by_name=actor.label, figures=said, counted=counted,
        level=accident.level, reason=reason[:300],
    )  # fmt: skip


def _next(year: int) -> int:
    AccidentCounter.objects.get_or_create(year=year)
    mine = AccidentCounter.objects.filter(year=year)
    mine.update(last=F("last") + 1)
    return mine.values_list("last", flat=True).get()
