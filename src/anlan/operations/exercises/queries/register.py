"""The exercise register, and who has held a comprehensive one in a year."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import pgettext

from anlan.operations.exercises.models import Exercise
from anlan.operations.exercises.rules import (
    KIND_WORDS,
    OWNER_WORDS,
    ExerciseKind,
    OwnerKind,
)
from anlan.operations.people.queries import Scope, organisations
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class FindingRow:
    id: int
    text: str
    due_on: date | None
    fixed_at: datetime | None
    fixed_by: str
    how: str


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """One exercise; `schematic` marks an invented record."""

    id: int
    name: str
    kind: str
    kind_word: str
    owner_kind: str
    owner_code: str
    owner_name: str
    area_code: str
    held_on: date
    hazard: str
    people: int | None
    score: int | None
    summary: str
    schematic: bool
    source: str
    recorded_at: datetime
    recorded_by: str
    findings: tuple[FindingRow, ...] = ()

    @property
    def findings_open(self) -> int:
        return sum(f.fixed_at is None for f in self.findings)


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """One owner of the yearly duty, with its comprehensive exercises of the year."""

    code: str
    name: str
    kind: str
    kind_word: str
    area_code: str
    held: tuple[ExerciseRow, ...]

    @property
    def met(self) -> bool:
        return bool(self.held)


def exercises(
    scope: Scope | None = None, *, year: int | None = None, kind: str | None = None,
    limit: int = 300,
) -> list[ExerciseRow]:  # fmt: skip
    """Exercises within sight, newest first. Scope None is the platform itself."""
    rows = _visible(scope).prefetch_related("findings")
    if year is not None:
        rows = rows.filter(held_on__year=year)
    if kind:
        rows = rows.filter(kind=kind)
    return [_row(one) for one in rows.order_by("-held_on", "-id")[:limit]]


def exercise(exercise_id: int, scope: Scope | None = None) -> ExerciseRow | None:
    found = _visible(scope).prefetch_related("findings").filter(pk=exercise_id).first()
    return None if found is None else _row(found)


def years(scope: Scope | None = None) -> list[int]:
    """Years that have records, and this one, newest first."""
    held = {day.year for day in _visible(scope).dates("held_on", "year")}
    return sorted({*held, clock.today().year}, reverse=True)


def owners(scope: Scope | None = None, year: int | None = None) -> list[OwnerRow]:
    """Who owes a comprehensive exercise in a year (this one by default), with what was held.

    The district itself, every street and town that it runs (those that another body runs are that
    body's), every zone.
    """
    of = year or clock.today().year
    held: dict[str, list[ExerciseRow]] = {}
    for row in exercises(None, year=of, kind=ExerciseKind.COMPREHENSIVE, limit=1000):
        held.setdefault(row.owner_code, []).append(row)
    prefix = "" if scope is None else scope.area_prefix
    if prefix is None:
        return []
    return [
        OwnerRow(code, name, kind, _owner_word(kind), area, tuple(held.get(code, ())))
        for kind, code, name, area in _owing(of)
        if area.startswith(prefix)
    ]


def _owing(year: int) -> list[tuple[OwnerKind, str, str, str]]:
    on = min(clock.today(), date(year, 12, 31))
    towns = [a for a in areas("township") if not a.admin_by]
    districts = areas("district")
    zones = organisations(kind="zone", on=on)
    return [
        *((OwnerKind.DISTRICT, a.code, a.name, a.code) for a in districts),
        *((OwnerKind.TOWNSHIP, a.code, a.name, a.code) for a in towns),
        *((OwnerKind.ZONE, z.code, z.name, z.area_code) for z in zones),
    ]


def _visible(scope: Scope | None) -> QuerySet[Exercise]:
    rows = Exercise.objects.all()
    if scope is None:
        return rows
    prefix = scope.area_prefix
    return rows.none() if prefix is None else rows.filter(area_code__startswith=prefix)


def _owner_word(kind: OwnerKind) -> str:
    return pgettext(OWNER_WORDS[kind].context, OWNER_WORDS[kind].word)


def _row(e: Exercise) -> ExerciseRow:
    word = KIND_WORDS[ExerciseKind(e.kind)]
    return ExerciseRow(
        e.pk, e.name, e.kind, pgettext(word.context, word.word), e.owner_kind, e.owner_code,
        e.owner_name, e.area_code, e.held_on, e.hazard, e.people, e.score, e.summary, e.schematic,
        e.source, e.recorded_at, e.recorded_by,
        tuple(
            FindingRow(f.pk, f.text, f.due_on, f.fixed_at, f.fixed_by, f.how)
            for f in sorted(e.findings.all(), key=lambda f: f.pk)
        ),
    )  # fmt: skip
