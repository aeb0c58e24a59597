"""Writing down an exercise, what it showed, and what was put right."""

import tomllib
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model

from anlan.operations.exercises.events import ExerciseRecorded
from anlan.operations.exercises.models import Exercise, Finding
from anlan.operations.exercises.rules import EXCELLENT, ExerciseKind, OwnerKind
from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import scope_of
from anlan.vocabulary import clock
from anlan.vocabulary.areas import area_code
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class NewExercise:
    """An exercise that was held. `score` 0–100; `findings` are what it showed to be wrong."""

    name: str
    kind: str
    owner_kind: str
    owner_code: str
    owner_name: str
    area_code: str
    held_on: date
    hazard: str = ""
    people: int | None = None
    score: int | None = None
    summary: str = ""
    schematic: bool = False
    source: str = ""
    findings: tuple[str, ...] = ()


def record_exercise(actor: Actor, new: NewExercise) -> int:
    """Record a held exercise; returns its id. The same one twice (owner, day, name) is one.

    Raises `Refused` for a day to come, a score beyond 100, or an owner outside one's territory.
    """
    _refuse(actor, new)
    values = asdict(new)
    findings = values.pop("findings")
    with act("exercises.record", actor) as this:
        row, made = Exercise.objects.get_or_create(
            owner_code=values.pop("owner_code"), held_on=values.pop("held_on"),
            name=values.pop("name"),
            defaults={**values, "recorded_at": clock.now(), "recorded_by": actor.label},
        )  # fmt: skip
        for text in findings:
            Finding.objects.get_or_create(exercise=row, text=text)
        this.on("exercise", row.pk, row.name)
        if made:
            this.publish(
                ExerciseRecorded(exercise_id=row.pk, owner_code=row.owner_code, kind=row.kind)
            )
    return row.pk


def add_finding(actor: Actor, exercise_id: int, text: str, due_on: date | None = None) -> int:
    """Write down what an exercise showed to be wrong; the same words twice are one finding."""
    if not text.strip():
        raise Refused(N_("Write what was found."))
    with act("exercises.add_finding", actor) as this:
        exercise = _own(actor, exercise_id)
        row, _ = Finding.objects.get_or_create(
            exercise=exercise, text=text.strip(), defaults={"due_on": due_on}
        )
        this.on("exercise", exercise.pk, exercise.name)
    return row.pk


def fix_finding(actor: Actor, finding_id: int, how: str) -> bool:
    """A finding was put right; False when it was already."""
    if not how.strip():
        raise Refused(N_("Write how it was put right."))
    with act("exercises.fix_finding", actor) as this:
        row = Finding.objects.select_for_update(of=("self",)).get(pk=finding_id)
        exercise = _own(actor, row.exercise_id)
        this.on("exercise", exercise.pk, exercise.name)
        if row.fixed_at is not None:
            return False
        row.fixed_at, row.fixed_by, row.how = clock.now(), actor.label, how.strip()[:300]
        row.save(update_fields=["fixed_at", "fixed_by", "how"])
    return True


def load_district_files(actor: Actor, folder: Path) -> int:
    """Load the district's `exercises.toml`; returns how many exercises. Twice changes nothing."""
    path = folder / "exercises.toml"
    if not path.exists():
        return 0
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    held: list[dict[str, Any]] = document.get("exercise", [])
    for one in held:
        record_exercise(actor, NewExercise(**{**one, "findings": tuple(one.get("findings", ()))}))
    return len(held)


def _refuse(actor: Actor, new: NewExercise) -> None:
    ExerciseKind(new.kind)
    OwnerKind(new.owner_kind)
    area_code(new.area_code)
    if not new.name.strip():
        raise Refused(N_("Give the exercise a name."))
    if actor.id is not None and new.held_on > clock.today():
        raise Refused(N_("This day has not come: record an exercise once it was held."))
    if new.score is not None and not 0 <= new.score <= EXCELLENT:
        raise Refused(N_("A score lies between 0 and 100."))
    prefix = _prefix(actor)
    if prefix is not None and not new.area_code.startswith(prefix):
        raise Refused(N_("This owner is outside your territory."))


def _own(actor: Actor, exercise_id: int) -> Exercise:
    rows = Exercise.objects.all()
    prefix = _prefix(actor)
    if prefix is not None:
        rows = rows.filter(area_code__startswith=prefix)
    return rows.get(pk=exercise_id)


def _prefix(actor: Actor) -> str | None:
    """The territory an account writes in; None for the platform, which loads files."""
    if actor.id is None:
        return None
    return scope_of(get_user_model().objects.get(pk=actor.id)).area_prefix or "-"
