"""Within how long an authority acts on a danger, by what the district has set for a day."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F

from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.safety.models import Danger, DangerStep, HandlingTerms
from anlan.operations.safety.rules.states import State
from anlan.vocabulary import clock

REVIEW = "REVIEW"  # of a stopped production whose enterprise asks to resume
SECOND_LOOK = "SECOND_LOOK"  # of an own find that one person rectified and closed
MISSED = "MISSED"  # to rectify what was found because self-checks were missed; calendar days
# How long the public page names a listed supervision after it was delisted; calendar days. The rule
# book asks for a public notice (3.1) and names no term: what is put right is public no more [pv].
PUBLIC = "PUBLIC"
SECOND_LOOKS = 0.1  # the share of those that is looked at, where a district has set none [pv]
# Where a district has set none [pv]; the review of a stopped production after 16H 23.
WITHOUT = {
    State.FOUND: (3, Unit.WORKING), State.GRADED: (3, Unit.WORKING),
    State.TRANSFERRED: (3, Unit.WORKING), State.SUBMITTED: (10, Unit.CALENDAR),
    State.ACCEPTED: (5, Unit.WORKING), State.TO_ENFORCEMENT: (5, Unit.WORKING),
    REVIEW: (10, Unit.CALENDAR),
    SECOND_LOOK: (30, Unit.CALENDAR), MISSED: (7, Unit.CALENDAR), PUBLIC: (0, Unit.CALENDAR),
}  # fmt: skip


# What the district has set for a day.
Book = Callable[[date], HandlingTerms | None]


@dataclass(frozen=True, slots=True)
class MissedCycles:
    """How many missed self-checks of a cycle in a month are a finding, by cycle, since a day; and
    within how many calendar days it is rectified."""

    valid_from: date
    counts: Mapping[str, int]
    days: int


def missed_cycles_on(day: date) -> MissedCycles:
    """What holds on the day; of no cycle where the district has set none."""
    row = HandlingTerms.on(day)
    if row is None:
        return MissedCycles(day, {}, WITHOUT[MISSED][0])
    counts = {cycle: int(count) for cycle, count in row.missed_cycles.items()}
    return MissedCycles(row.valid_from, counts, int(row.values.get(MISSED, WITHOUT[MISSED])[0]))


def second_looks_on(day: date) -> float:
    """The share of own finds closed by who rectified them that holds on the day, 0 to 1."""
    row = HandlingTerms.on(day)
    return SECOND_LOOKS if row is None else row.second_looks


def public_since(today: date) -> datetime:
    """From which moment on what was delisted is public still."""
    count, _unit = term_on(today, PUBLIC) or WITHOUT[PUBLIC]
    return datetime.combine(today + timedelta(days=1 - count), time(), clock.CHINA)


def all_terms() -> Book:
    """What the district has set, read once to be asked for many days. One query."""
    rows = list(HandlingTerms.objects.order_by("-valid_from"))
    return lambda day: next((row for row in rows if row.valid_from <= day), None)


def term_on(day: date, what: str, book: Book = HandlingTerms.on) -> tuple[int, Unit] | None:
    """Count and unit that hold on the day; None where nobody waits for an authority."""
    if what not in WITHOUT:
        return None
    row = book(day)
    if row is None or what not in row.values:
        return WITHOUT[what]
    count, unit = row.values[what]
    return int(count), Unit(unit)


def last_day(begun: datetime | None, what: str, book: Book = HandlingTerms.on) -> date | None:
    """The last day of a term that began then, by what held on that day."""
    if begun is None:
        return None
    day = begun.astimezone(clock.CHINA).date()
    term = term_on(day, what, book)
    return after(day, *term) if term else None


def since(danger: Danger) -> datetime:
    """Since when it is in its state. One query."""
    into = danger.steps.filter(after=danger.state).exclude(before=danger.state)
    last = into.order_by("-id").values_list("at", flat=True).first()
    return last or danger.found_at


def each_since(dangers: Collection[Danger]) -> dict[int, datetime]:
    """As `since`, of many by their ids. One query."""
    into = DangerStep.objects.filter(danger__in=dangers, after=F("danger__state"))
    into = into.exclude(before=F("danger__state")).order_by("id")
    last = dict(into.values_list("danger", "at"))
    return {one.pk: last.get(one.pk, one.found_at) for one in dangers}
