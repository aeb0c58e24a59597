"""Routes and posts: entered, changed, closed; handed on by other platforms."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from anlan.operations.patrols.actions.nightly import make_due
from anlan.operations.patrols.models import Beat
from anlan.operations.patrols.queries.units import units
from anlan.operations.patrols.rules.loop import Person
from anlan.operations.patrols.rules.places import checked_line, checked_points
from anlan.operations.patrols.rules.states import (
    CONFIRM,
    KEEP,
    MOST_REPEAT_H,
    POSTS,
    WALK,
    Form,
    Hazard,
    Means,
    Rhythm,
)
from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import able
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.levels import AlertLevel, ResponseLevel
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

# What another platform need not say of a route, beside its deputy and months.
_LEFT_OUT = (
    "line", "means", "rhythm", "every", "since", "until", "sign_min", "alert_level", "task",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBeat:
    """A route or post. Persons are account ids, `unit` an organisation code, positions CGCS2000.

    `points`: [{name, lon, lat, radius_m}]; `line`: [[lon, lat]]. `key` names one sending.
    """

    key: str
    name: str
    form: Form
    hazard: Hazard
    area_code: str
    unit: str
    supervisor: int
    patroller: int
    points: list[dict[str, Any]]
    line: list[list[float]] = field(default_factory=list)
    deputy: int | None = None
    means: Means = Means.FOOT
    rhythm: Rhythm = Rhythm.DAILY
    every: int = 1
    months: tuple[int, ...] = ()
    since: time = time()
    until: time = time(23, 59, 59)
    sign_min: int | None = None
    alert_level: int | None = None
    response_level: int | None = None
    repeat_h: int | None = None
    task: str = ""
    begins_on: date
    source: str = ""
    source_id: str = ""


def make_beat(actor: Actor, person: Person, new: NewBeat) -> int:
    """Enter a route or post; the id, once a `key`. Its patrol of today is made at once."""
    _checked(person, new)
    with act("patrols.enter", actor) as this:
        known = Beat.objects.filter(key=new.key).first()
        if known is not None:
            return known.pk
        beat = Beat(key=new.key, source=new.source[:40], source_id=new.source_id[:80])
        _set(beat, actor, new)
        this.on("beat", beat.pk, beat.name)
        make_due([beat], clock.today())
    return beat.pk


def change_beat(actor: Actor, person: Person, beat_id: int, new: NewBeat) -> None:
    """Change it: patrols that are made already stay as they were asked for."""
    with act("patrols.change", actor) as this:
        beat = locked_beat(beat_id, person)
        _checked(person, new)
        _set(beat, actor, new)
        this.on("beat", beat.pk, beat.name)


def close_beat(actor: Actor, person: Person, beat_id: int) -> None:
    """No more patrols of it; those that are due stay due."""
    with act("patrols.close", actor) as this:
        beat = locked_beat(beat_id, person)
        beat.closed_at = clock.now()
        beat.save(update_fields=["closed_at"])
        this.on("beat", beat.pk, beat.name)


def put_beat(actor: Actor, person: Person, new: NewBeat, said: Collection[str]) -> int:
    """Enter or change the route of `source` and `source_id`, as often as one likes; its id.

    What a known route is not `said` to be otherwise, of what may be left out, stays as it is.
    """
    new = replace(new, key=key_of(new.source, new.source_id))
    known = Beat.objects.filter(key=new.key).first()
    if known is None:
        return make_beat(actor, person, new)
    kept = {key: getattr(known, key) for key in _LEFT_OUT if key not in said}
    if "deputy" not in said:
        kept["deputy"] = known.deputy_id
    if "months" not in said:
        kept["months"] = tuple(int(month) for month in known.months)
    change_beat(actor, person, known.pk, replace(new, **kept))
    return known.pk


def key_of(source: str, source_id: str) -> str:
    """The key under which a route of another platform is kept."""
    return hashlib.sha256(f"{source}\n{source_id}".encode()).hexdigest()


def may_keep(person: Person, unit: str) -> bool:
    """Whether this person keeps the routes that bind a unit."""
    ours = person.bureau or (person.organisation != "" and person.organisation == unit)
    return KEEP in person.rights and ours


def _checked(person: Person, new: NewBeat) -> None:
    """Raises `Refused` for what no route can be."""
    if not may_keep(person, new.unit):
        raise Refused(N_("Routes are kept by the unit that they bind, or by the bureau."))
    if new.unit not in units():
        raise Refused(N_("Choose whom it binds."))
    if new.form in POSTS and len(new.points) != 1:
        raise Refused(N_("A post is one place."))
    if new.rhythm == Rhythm.DAYS and new.every < 1:
        raise Refused(N_("Say every how many days."))
    _check_calling(new)
    if any(not 1 <= month <= 12 for month in new.months):
        raise Refused(N_("A month is from 1 to 12."))
    named = [one for one in (new.supervisor, new.patroller, new.deputy) if one is not None]
    if len(set(named)) != len(named):
        raise Refused(N_("Supervisor, who patrols and deputy are three persons."))
    of_unit = "" if person.bureau else new.unit
    walkers = {one.id for one in able(WALK, of_unit)}
    if new.supervisor not in {one.id for one in able(CONFIRM, of_unit)}:
        raise Refused(N_("Choose a supervisor of the unit who may confirm."))
    if not {new.patroller, *({new.deputy} - {None})} <= walkers:
        raise Refused(N_("Choose persons of the unit who may patrol."))


def _check_calling(new: NewBeat) -> None:
    if new.alert_level not in (None, *AlertLevel):
        raise Refused(N_("An alert's level is from 1 (red) to 4 (blue)."))
    if new.response_level not in (None, *ResponseLevel):
        raise Refused(N_("A response's level is from 1 (I) to 4 (IV)."))
    if new.repeat_h is not None and not 1 <= new.repeat_h <= MOST_REPEAT_H:
        raise Refused(N_("It is called out again every 1 to %(most)d hours."), most=MOST_REPEAT_H)


def locked_beat(beat_id: int, person: Person) -> Beat:
    """A route in force, held until the transaction ends; raises `Refused`."""
    beat = Beat.objects.select_for_update().filter(pk=beat_id, closed_at=None).first()
    if beat is None:
        raise Refused(N_("There is no such route, or it is closed."))
    if not may_keep(person, beat.unit):
        raise Refused(N_("Routes are kept by the unit that they bind, or by the bureau."))
    return beat


def _set(beat: Beat, actor: Actor, new: NewBeat) -> None:
    beat.name = required(new.name, N_("Give it a name."))[:60]
    beat.form, beat.hazard, beat.means = new.form, new.hazard, new.means
    beat.area_code, beat.unit = new.area_code, new.unit
    beat.supervisor_id, beat.patroller_id = new.supervisor, new.patroller
    beat.deputy_id = new.deputy
    beat.points, beat.line = checked_points(new.points), checked_line(new.line)
    beat.rhythm, beat.every, beat.months = (
        new.rhythm,
        new.every,
        [str(n) for n in sorted(new.months)],
    )
    beat.since, beat.until, beat.sign_min = new.since, new.until, new.sign_min
    beat.alert_level, beat.response_level = new.alert_level, new.response_level
    beat.repeat_h = new.repeat_h
    beat.task, beat.begins_on = new.task.strip()[:500], new.begins_on
    beat.changed_at, beat.changed_by_name = clock.now(), actor.label
    beat.save()
