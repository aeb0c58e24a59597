"""Case reviews within sight, their cases, and who may do what with them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from anlan.operations.enforcement.queries.officers import ROLE as OFFICER
from anlan.operations.enforcement.queries.officers import certified_on
from anlan.operations.enforcement.queries.record import Record, records
from anlan.operations.oversight.models import (
    Checklist,
    Fault,
    Review,
    Sampled,
    SampledStep,
    Score,
)
from anlan.operations.oversight.queries.checking import CHECKS
from anlan.operations.oversight.rules import checklist as rules
from anlan.operations.oversight.rules.loop import Person, had_part, verbs
from anlan.operations.oversight.rules.loop import Sampled as Facts
from anlan.operations.oversight.rules.states import SCORE, VIEW, State
from anlan.operations.people.queries import Scope, Staff, holding, staff_by
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def reviews_in(scope: Scope) -> QuerySet[Review]:
    """The reviews of one's own unit."""
    if not scope.may(VIEW) or not scope.organisation:
        return Review.objects.none()
    return Review.objects.filter(unit=scope.organisation)


def sampled_in(scope: Scope) -> QuerySet[Sampled]:
    """The cases in the reviews of one's own unit, and those of others that one was named for."""
    mine = Sampled.objects.filter(review__in=reviews_in(scope).values("pk"))
    return mine | named_for(scope)


def named_for(scope: Scope) -> QuerySet[Sampled]:
    """The cases of any unit that one was named to review."""
    if not scope.may(VIEW) or scope.account_id is None:
        return Sampled.objects.none()
    me = scope.account_id
    return Sampled.objects.filter(Q(reviewer_one=me) | Q(reviewer_two=me))


def to_read(account_id: int) -> list[int]:
    """The cases that somebody was named to review, while the review of them is under way."""
    rows = Sampled.objects.filter(Q(reviewer_one=account_id) | Q(reviewer_two=account_id))
    return list(rows.exclude(state=State.CLOSED).values_list("case_id", flat=True))


def closed_counts(ids: list[int]) -> dict[int, int]:
    """How many cases of these reviews are closed."""
    rows = Sampled.objects.filter(review__in=ids, state=State.CLOSED).values("review")
    return {row["review"]: row["n"] for row in rows.annotate(n=Count("pk"))}


def person_of(scope: Scope, name: str) -> Person:
    """An account as the rules see it; its name is what steps say of it in words."""
    return Person(id=scope.account_id, name=plain_name(name), rights=scope.rights,
                  organisation=scope.organisation)  # fmt: skip


def plain_name(label: str) -> str:
    """The name alone, without the post behind it."""
    return label.strip().partition(" ")[0]


def checklist_of(figures: dict[str, Any], source: str) -> rules.Checklist:
    """A checklist as the district's file has it. Raises `ValueError` for a wrong one."""
    try:
        items = tuple(rules.Item(**one) for one in figures["items"])
        vetoes = tuple(rules.Veto(**one) for one in figures["vetoes"])
        grades = tuple((int(one["least"]), str(one["word"])) for one in figures["grades"])
        found = rules.Checklist(
            items=items, vetoes=vetoes, grades=grades, source=source,
            least_cases=int(figures["least_cases"]), score_days=int(figures["score_days"]),
            mend_days=int(figures["mend_days"]),
        )  # fmt: skip
    except (KeyError, TypeError) as fault:
        raise ValueError(f"the checklist lacks or misnames something: {fault}") from fault
    unknown = {one.computed for one in found.lines} - {"", *CHECKS}
    if unknown:
        raise ValueError(f"no such check: {', '.join(sorted(unknown))}")
    return found


def checklist_row(day: date) -> Checklist:
    """The version in force on a day; raises `Refused` where the district has none."""
    row = Checklist.on(day)
    if row is None:
        raise Refused(N_("The district has no checklist for case reviews: load its files."))
    return row


def facts(sampled: Sampled, record: Record, scored: frozenset[int], faults: int) -> Facts:
    """A reviewed case as the rules see it."""
    return Facts(
        state=sampled.state, unit=sampled.review.unit, people=record.people, named=record.named,
        reviewers=frozenset(sampled.reviewers), scored=scored, faults=faults,
    )  # fmt: skip


def facts_of(sampled: Sampled) -> Facts:
    """As above, read anew."""
    scored = frozenset(sampled.scores.values_list("by", flat=True))
    record = records([sampled.case_id])[sampled.case_id]
    return facts(sampled, record, scored, sampled.faults.count())


def able_reviewers(case: Facts, unit: str, area_code: str) -> list[Staff]:
    """Who may review the case: with the right and without part in it; the unit's own come first,
    then those of others who hold a certificate or need none."""
    found, certified = _reviewers(unit, area_code), certified_on(clock.today())
    return [
        one for one in found
        if not had_part(case, one.id, plain_name(one.display_name))
        and (one.organisation_code == unit or _certified(one, certified))
    ]  # fmt: skip


def reviewer_of(account_id: int | None, unit: str, area_code: str) -> Person:
    """Somebody as a reviewer of the unit's cases; raises `Refused` for who may not be one."""
    one = next((one for one in _reviewers(unit, area_code) if one.id == account_id), None)
    if one is None:
        raise Refused(N_("Choose two reviewers, of this unit or of others."))
    return Person(id=one.id, name=plain_name(one.display_name), rights=frozenset({SCORE}),
                  organisation=one.organisation_code,
                  certified=_certified(one, certified_on(clock.today())))  # fmt: skip


def _reviewers(unit: str, area_code: str) -> list[Staff]:
    """Everybody with the right to review, in the unit and in the district; the unit's own first."""
    held = [*holding(SCORE, area_code, unit=unit), *holding(SCORE, area_code)]
    found = staff_by({one.id for one in held})
    return sorted(found, key=lambda one: one.organisation_code != unit)


def _certified(one: Staff, certified: frozenset[int]) -> bool:
    return one.role != OFFICER or one.id in certified


@dataclass(frozen=True, slots=True)
class File:
    """A case in a review, with what the reader may do; scores of others only when both are in."""

    sampled: Sampled
    checklist: rules.Checklist
    steps: list[SampledStep]
    scores: list[Score]
    faults: list[Fault]
    verbs: tuple[str, ...]
    able: list[Staff]
    owed: int


def sampled_file(sampled_id: int, scope: Scope, person: Person) -> File | None:
    """The file within one's sight, else None."""
    seen = sampled_in(scope).select_related(
        "review__checklist", "reviewer_one", "reviewer_two", "case"
    )
    sampled = seen.filter(pk=sampled_id).first()
    if sampled is None:
        return None
    scores, faults = list(sampled.scores.order_by("id")), list(sampled.faults.order_by("id"))
    record = records([sampled.case_id])[sampled.case_id]
    case = facts(sampled, record, frozenset(one.by_id for one in scores), len(faults))
    allowed = verbs(case, person)
    row = sampled.review.checklist
    shown = [one for one in scores
             if sampled.state != State.ASSIGNED or one.by_id == scope.account_id]  # fmt: skip
    naming = "name reviewers" in allowed
    return File(
        sampled, checklist_of(row.figures, row.source), list(sampled.steps.order_by("-id")),
        shown, faults, allowed,
        able_reviewers(case, sampled.review.unit, sampled.review.area_code) if naming else [],
        sum(1 for one in faults if one.answered_at is None),
    )  # fmt: skip
