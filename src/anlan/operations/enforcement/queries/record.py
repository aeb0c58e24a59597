"""What a case's own records say of how it was handled, for whoever oversees enforcement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from anlan.operations.enforcement.models import Case, CaseOfficer, CaseStep
from anlan.operations.enforcement.queries.terms import until
from anlan.operations.enforcement.rules.states import STEP_WORDS, State
from anlan.vocabulary import clock
from anlan.vocabulary.words import Term

TYPED = {"call the hearing": "chair", "discuss": "present"}  # who took part, as a name in words


@dataclass(frozen=True, slots=True)
class Took:
    """A step that was taken; `by_id` None is the platform."""

    verb: str
    word: Term
    at: datetime
    by_id: int | None


@dataclass(frozen=True, slots=True)
class Serving:
    """An officer on the case (`until` None: to the end), with the days of the certificate."""

    account_id: int
    since: datetime
    until: datetime | None
    valid_from: date
    valid_to: date

    def on(self, at: datetime) -> bool:
        """Whether the officer was on the case at a moment, with a certificate valid on the day."""
        there = self.since <= at and (self.until is None or at < self.until)
        return there and self.valid_from <= at.astimezone(clock.CHINA).date() <= self.valid_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A case as its records have it. Days are calendar days in China.

    `decide_by`, `serve_by`, `publish_by`: the last days of its terms, None where none ran;
    `late_days` after its term it was decided. `in_range`: whether the fine lies within its row of
    the discretion table, None without a row. `papers`: kind and day of each. `people`: accounts
    that took a step or were its officers; `named`: what the steps say of others who took part.
    """

    id: int
    number: str
    title: str
    unit: str
    area_code: str
    closed_at: datetime | None
    summary: bool
    filed_on: date | None
    decided_on: date | None
    decide_by: date | None
    late_days: int
    hearing_right: bool
    discussed: bool
    in_range: bool | None
    served_on: date | None
    serve_by: date | None
    published_on: date | None
    publish_by: date | None
    steps: tuple[Took, ...]
    officers: tuple[Serving, ...]
    papers: tuple[tuple[str, date], ...]
    people: frozenset[int]
    named: tuple[str, ...]


def archived_between(unit: str, since: datetime, until_at: datetime) -> list[tuple[int, str]]:
    """Id and number of the unit's cases that were archived from `since` on, before `until_at`."""
    rows = Case.objects.filter(
        unit=unit, state=State.ARCHIVED, closed_at__gte=since, closed_at__lt=until_at
    )
    return list(rows.order_by("number").values_list("pk", "number"))


def records(ids: Collection[int]) -> dict[int, Record]:
    """The records of these cases by id. Five queries, and those of the law's terms."""
    rows = Case.objects.filter(pk__in=ids).select_related("row").prefetch_related(
        "steps", "officers__certificate", "papers", "publications"
    )  # fmt: skip
    return {case.pk: _record(case) for case in rows}


def _record(case: Case) -> Record:
    steps = sorted(case.steps.all(), key=lambda one: one.pk)
    officers = list(case.officers.all())
    row, decided = case.row, case.decided_on
    published = [one.published_on for one in case.publications.all()]
    return Record(
        id=case.pk, number=case.number, title=case.title, unit=case.unit,
        area_code=case.area_code, closed_at=case.closed_at, summary=case.summary,
        filed_on=case.filed_on, decided_on=decided, decide_by=_decide_by(case, steps),
        late_days=case.late_days, hearing_right=case.hearing_right, discussed=case.discussed,
        in_range=None if row is None or decided is None else row.least <= case.fine <= row.most,
        served_on=_day_said(steps, "serve", "on"),
        serve_by=until("service", decided) if decided else None,
        published_on=min(published, default=None),
        publish_by=until("publicity", decided) if decided else None,
        steps=tuple(Took(one.verb, STEP_WORDS[one.verb], one.at, one.by_id) for one in steps),
        officers=tuple(_serving(one) for one in officers),
        papers=tuple((one.kind, one.issued_at.astimezone(clock.CHINA).date())
                     for one in case.papers.all()),
        people=frozenset(
            {one.certificate.account_id for one in officers}
            | {one.by_id for one in steps if one.by_id is not None}
        ),
        named=tuple(str(one.said.get(TYPED[one.verb], "")) for one in steps if one.verb in TYPED),
    )  # fmt: skip


def _serving(one: CaseOfficer) -> Serving:
    held = one.certificate
    return Serving(held.account_id, one.since, one.until, held.valid_from, held.valid_to)


def _decide_by(case: Case, steps: list[CaseStep]) -> date | None:
    """The day until which it was to be decided: of the last extension, else of the law."""
    if case.filed_on is None:
        return None
    return _day_said(steps, "extend the term", "until") or until("decision", case.filed_on)


def _day_said(steps: list[CaseStep], verb: str, key: str) -> date | None:
    """The day that the last step of this verb was told."""
    said = [str(one.said.get(key, "")) for one in steps if one.verb == verb]
    return date.fromisoformat(said[-1]) if said and said[-1] else None
