"""Scorecards within sight: the year's board, declared once, and one card's file.

A unit sees its own at any time, everybody else's as it was published; the bureau sees all.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from anlan.operations.assessment.models import (
    Edition,
    Scorecard,
    ScorecardPaper,
    ScorecardStep,
)
from anlan.operations.assessment.queries.sheets import Sheet, kept_sheet, live_sheet, scheme_of
from anlan.operations.assessment.rules.scheme import GRADE_WORDS, KIND_WORDS, Scheme
from anlan.operations.assessment.rules.scorecard import (
    STATE_WORDS,
    VIEW,
    Card,
    Person,
    State,
    verbs,
)
from anlan.operations.people.queries import Scope, acts_for_district
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.vocabulary import clock
from anlan.vocabulary.words import NP_

EARLIEST, LATEST = 2000, 2100
STILL_LIVE = (State.OPEN, State.SUBMITTED, State.OBJECTED)
SCORECARDS = Register(
    title=NP_("register", "Annual assessment"),
    order=("-year", "unit_code"),
    fields=(
        Field(key="year", word=NP_("scorecard", "Year"), kind=Kind.WHOLE, least=EARLIEST,
              most=LATEST, typed=False, filtered=True),
        Field(key="unit_name", word=NP_("scorecard", "Unit"), typed=False, searched=True,
              sorted=True),
        Field(key="kind", word=NP_("scorecard", "Kind"), kind=Kind.CHOICE, choices=KIND_WORDS,
              typed=False, filtered=True, required=True),
        Field(key="told_state", word=NP_("scorecard", "State"), kind=Kind.CHOICE,
              choices=STATE_WORDS, typed=False, filtered=True, required=True),
        Field(key="due_on", word=NP_("scorecard", "Submit until"), kind=Kind.DAY, typed=False,
              sorted=True),
        Field(key="self_points", word=NP_("scorecard", "Own points"), kind=Kind.AMOUNT,
              typed=False, sorted=True),
        Field(key="told_points", word=NP_("scorecard", "Points"), kind=Kind.AMOUNT, typed=False,
              sorted=True),
        Field(key="told_grade", word=NP_("scorecard", "Grade"), kind=Kind.CHOICE,
              choices=GRADE_WORDS, typed=False, filtered=True),
        Field(key="published_on", word=NP_("scorecard", "Published on"), kind=Kind.DAY,
              typed=False, sorted=True),
    ),
    views=(
        View("late", NP_("scorecards view", "Late"),
             lambda scope, day: Q(told_state=State.OPEN, due_on__lt=day), late=True),
        View("submitted", NP_("scorecards view", "To be reviewed"),
             lambda scope, day: Q(told_state=State.SUBMITTED)),
        View("objected", NP_("scorecards view", "Objected"),
             lambda scope, day: Q(told_state=State.OBJECTED)),
        View("final", NP_("scorecards view", "To be published"),
             lambda scope, day: Q(told_state=State.FINAL)),
        View("vetoed", NP_("scorecards view", "Vetoed"),
             lambda scope, day: Q(told_vetoed=True)),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardFile:
    """`inside`: the bureau, or the unit itself; others see an edition and nothing else. `papers`
    by item; `edition`: the published one that `sheet` is of, None for the sheet in work."""

    card: Scorecard
    scheme: Scheme
    sheet: Sheet
    inside: bool
    editions: list[Edition]
    edition: Edition | None
    steps: list[ScorecardStep]
    papers: dict[str, list[ScorecardPaper]]
    verbs: tuple[str, ...]


def cards_in(scope: Scope) -> QuerySet[Any]:
    """With what the reader is told of each: `told_state`, `told_points`, `told_grade`,
    `told_vetoed`."""
    rows = Scorecard.objects.all()
    if not scope.may(VIEW) or not scope.area_prefix:
        rows = rows.none()
    own = _own(scope)
    return rows.filter(own | Q(published_on__isnull=False)).annotate(
        told_state=Case(When(own, then=F("state")), default=Value(State.PUBLISHED)),
        told_points=Case(When(own, then=F("points")), default=F("out_points")),
        told_grade=Case(When(own, then=F("grade")), default=F("out_grade")),
        told_vetoed=Case(When(own, then=F("vetoed")), default=F("out_vetoed")),
    )


def person_of(scope: Scope) -> Person:
    return Person(
        id=scope.account_id, rights=scope.rights, organisation=scope.organisation,
        whole=acts_for_district(scope),
    )  # fmt: skip


def facts_of(card: Scorecard) -> Card:
    return Card(
        state=card.state, unit=card.unit_code, object_by=card.object_by,
        submitted_by=card.submitted_by_id, reviewed_by=card.reviewed_by_id,
    )  # fmt: skip


def card_file(card_id: int, scope: Scope, version: int = 0) -> CardFile | None:
    """The file within one's sight, else None; `version`: of a published edition, the newest where
    there is no such one. For those outside five queries, else some thirty."""
    card = cards_in(scope).select_related("scheme").filter(pk=card_id).first()
    if card is None:
        return None
    scheme, editions = scheme_of(card), list(card.editions.all())
    mine = scope.reach == "district" or card.unit_code == scope.organisation
    wanted = next((one for one in editions if one.number == version), None)
    if wanted is None and (not mine or card.state == State.PUBLISHED):
        wanted = editions[-1]
    papers: dict[str, list[ScorecardPaper]] = defaultdict(list)
    for paper in card.papers.order_by("pk") if mine else ():
        papers[paper.code].append(paper)
    return CardFile(
        card, scheme, kept_sheet(wanted.sheet) if wanted else _in_work(card, scheme), mine,
        editions, wanted, list(card.steps.order_by("-id")) if mine else [], dict(papers),
        verbs(facts_of(card), person_of(scope), clock.today()),
    )  # fmt: skip


def paper_of(paper_id: int, scope: Scope) -> ScorecardPaper | None:
    """Evidence of a card that one sees from inside, else None."""
    seen = cards_in(scope).filter(_own(scope)).order_by().values("pk")
    return ScorecardPaper.objects.filter(pk=paper_id, card__in=seen).first()


def _own(scope: Scope) -> Q:
    """Seen from inside: of the bureau all, of a unit its own."""
    if scope.reach == "district":
        return Q(pk__isnull=False)
    return Q(unit_code=scope.organisation or "-")


def _in_work(card: Scorecard, scheme: Scheme) -> Sheet:
    if card.state in STILL_LIVE or not card.sheet:
        return live_sheet(card, scheme)
    return kept_sheet(card.sheet)
