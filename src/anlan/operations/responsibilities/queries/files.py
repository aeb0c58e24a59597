"""What a page or another program is told of one bearer, and of one work."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.responsibilities.models import (
    Bearer,
    Duty,
    Reading,
    Work,
    WorkPhoto,
    WorkStep,
)
from anlan.operations.responsibilities.queries.scope import bearers_in, facts, person_of, works_in
from anlan.operations.responsibilities.rules.loop import late, may_keep, may_sign, verbs
from anlan.operations.responsibilities.rules.states import State
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A work on its leader's page."""

    work: Work
    late: bool


@dataclass(frozen=True, slots=True)
class BearerFile:
    """`duties` in force, `earlier` ones newest first; the works of `year`, first due first.

    `added`: works that were set since the list was signed as read. `percent` is the mean of all
    works that were not dropped, None where there are none.
    """

    bearer: Bearer
    year: int
    years: list[int]
    duties: list[Duty]
    earlier: list[Duty]
    works: list[WorkLine]
    reading: Reading | None
    added: int
    may_keep: bool
    may_sign: bool

    @property
    def counted(self) -> list[WorkLine]:
        return [one for one in self.works if one.work.state != State.DROPPED]

    @property
    def late(self) -> int:
        return sum(one.late and one.work.state != State.CONFIRMED for one in self.works)

    @property
    def done(self) -> int:
        return sum(one.work.state == State.CONFIRMED for one in self.works)

    @property
    def percent(self) -> int | None:
        counted = self.counted
        return sum(one.work.percent for one in counted) // len(counted) if counted else None


@dataclass(frozen=True, slots=True)
class WorkFile:
    """A work with its steps (newest first), its evidence, and what this person may do now."""

    work: Work
    late: bool
    steps: list[WorkStep]
    photos: list[WorkPhoto]
    verbs: tuple[str, ...]
    bearer_seen: bool


def works_of(bearer: Bearer) -> QuerySet[Work]:
    """What a leader leads; of a unit, all that it leads or does."""
    led = Q(bearer=bearer)
    return Work.objects.filter(led if bearer.post else led | Q(unit_code=bearer.unit_code))


def bearer_file(bearer_id: int, year: int, scope: Scope) -> BearerFile | None:
    """Duties and works within one's sight, else None. Six queries."""
    bearer = bearers_in(scope).filter(pk=bearer_id).first()
    if bearer is None:
        return None
    today = clock.today()
    rows = works_of(bearer).filter(pk__in=works_in(scope).filter(year=year).values("pk"))
    works = [
        _line(one, today) for one in rows.order_by("due_on", "number").select_related("bearer")
    ]
    duties = list(bearer.duties.order_by("number", "-version"))
    reading = bearer.readings.filter(year=year).first()
    years = set(works_of(bearer).order_by().values_list("year", flat=True).distinct())
    person = person_of(scope)
    return BearerFile(
        bearer=bearer, year=year, years=sorted(years | {year, today.year}, reverse=True),
        duties=[one for one in duties if in_force(one, today)],
        earlier=[one for one in duties if not in_force(one, today)], works=works, reading=reading,
        added=sum(one.work.set_at > reading.at for one in works) if reading else 0,
        may_keep=may_keep(person, bearer.unit_code) and bearer.ended_on is None,
        may_sign=may_sign(person, bearer.account_id, bearer.unit_code)
        and reading is None and bool(works),
    )  # fmt: skip


def in_force(duty: Duty, day: date) -> bool:
    """Does this version hold, or will it: it has not been replaced or ended by that day."""
    return duty.valid_to is None or duty.valid_to > day


def work_file(work_id: int, scope: Scope) -> WorkFile | None:
    """The file within one's sight, else None. Four queries."""
    rows = works_in(scope).filter(pk=work_id)
    work = rows.select_related("bearer", "duty").first()
    if work is None:
        return None
    return WorkFile(
        work, _line(work, clock.today()).late, list(work.steps.order_by("-id")),
        list(work.photos.order_by("id")), verbs(facts(work), person_of(scope)),
        bearers_in(scope).filter(pk=work.bearer_id).exists(),
    )  # fmt: skip


def photo_of(photo_id: int, scope: Scope) -> WorkPhoto | None:
    """Evidence of a work within one's sight, else None."""
    return WorkPhoto.objects.filter(
        pk=photo_id, work__in=works_in(scope).order_by().values("pk")
    ).first()


def _line(work: Work, today: date) -> WorkLine:
    return WorkLine(work, late(work.state, work.due_on, work.finished_on, today))
