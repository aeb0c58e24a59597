"""Capacity assessments within sight: the board of the streets, and one street's file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import within
from anlan.operations.responsibilities.models import (
    CapacityAnswer,
    CapacityCheck,
    CapacityList,
    CapacityStep,
)
from anlan.operations.responsibilities.queries.scope import person_of
from anlan.operations.responsibilities.rules.capacity import (
    KIND_WORDS,
    Check,
    Checklist,
    Item,
    State,
    lacking,
    read_checklist,
    verbs,
)
from anlan.operations.responsibilities.rules.states import VIEW
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class Line:
    """An item with what the street says of it, None where it has said nothing yet."""

    item: Item
    answer: CapacityAnswer | None


@dataclass(frozen=True, slots=True)
class CapacityFile:
    check: CapacityCheck
    checklist: Checklist
    lines: list[Line]
    steps: list[CapacityStep]
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A street on the board; `missing` by kind: how many of its items are not there in full, none
    until it has submitted."""

    check: CapacityCheck
    most: int
    missing: dict[str, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """An item that is missing in `streets`, each as its name and the id of its assessment."""

    item: Item
    streets: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class CapacityBoard:
    """`gaps`: what most streets lack first."""

    year: int
    years: list[int]
    rows: list[Row]
    gaps: list[Gap]


def checks_in(scope: Scope) -> QuerySet[CapacityCheck]:
    """Of the bureau all, of a street its own; other departments see none."""
    if not scope.may(VIEW) or not scope.area_prefix or scope.reach == "sector":
        return CapacityCheck.objects.none()
    return CapacityCheck.objects.filter(within("area_code", scope.area_prefix))


def newest_list(day: date) -> CapacityList | None:
    """The checklist in force on a day."""
    return CapacityList.on(day)


def checklist_of(one: CapacityCheck) -> Checklist:
    return read_checklist(one.checklist.content)


def facts_of(one: CapacityCheck, steps: Iterable[CapacityStep] | None = None) -> Check:
    """As the rules see it. One query, unless the newest steps first are at hand."""
    known = one.steps.order_by("-id") if steps is None else steps
    reviewed_by = next((step.by_id for step in known if step.verb == "review"), None)
    return Check(
        state=one.state, unit=one.unit_code, object_by=one.object_by, reviewed_by=reviewed_by
    )


def counted(one: CapacityCheck) -> dict[str, str]:
    """What counts of each item: the review's word, else the street's."""
    return {row.code: row.counts for row in one.answers.all()}


def capacity_file(check_id: int, scope: Scope) -> CapacityFile | None:
    """The file within one's sight, else None. Three queries."""
    one = checks_in(scope).select_related("checklist").filter(pk=check_id).first()
    if one is None:
        return None
    checklist, answers = checklist_of(one), {row.code: row for row in one.answers.all()}
    steps = list(one.steps.order_by("-id"))
    return CapacityFile(
        one, checklist, [Line(item, answers.get(item.code)) for item in checklist.items],
        steps, verbs(facts_of(one, steps), person_of(scope), clock.today()),
    )  # fmt: skip


def final_check(unit_code: str, year: int) -> tuple[CapacityCheck, int] | None:
    """A street's final assessment of a year and the most points of its checklist, else None. For a
    reader who was found to see the street. One query."""
    rows = CapacityCheck.objects.filter(unit_code=unit_code, year=year, state=State.FINAL)
    one = rows.select_related("checklist").first()
    return (one, checklist_of(one).most) if one is not None else None


def capacity_board(scope: Scope, year: int) -> CapacityBoard:
    """The streets of a year with what is missing where. Three queries."""
    mine = checks_in(scope)
    checks = mine.filter(year=year).select_related("checklist").prefetch_related("answers")
    lists: dict[int, Checklist] = {}
    rows: list[Row] = []
    gaps: dict[str, Gap] = {}
    for one in checks.order_by("unit_code"):
        checklist = lists.setdefault(one.checklist_id, checklist_of(one))
        answers = counted(one)
        absent = list(lacking(checklist.items, answers)) if one.submitted_on else []
        for item in absent:
            gaps.setdefault(item.code, Gap(item, [])).streets.append((one.unit_name, one.pk))
        tally = Counter(item.kind for item in absent)
        rows.append(Row(one, checklist.most, {kind: tally[kind] for kind in KIND_WORDS}))
    years = set(mine.order_by().values_list("year", flat=True).distinct())
    return CapacityBoard(
        year, sorted(years | {year, clock.today().year}, reverse=True), rows,
        sorted(gaps.values(), key=lambda gap: (-len(gap.streets), gap.item.code)),
    )  # fmt: skip
