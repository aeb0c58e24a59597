"""What the statistics are counted from: dangers by month and kind, late ones, repeats, coverage."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, Sum, When
from django.db.models.functions import Substr

from anlan.operations.registers.queries import unsought, within
from anlan.operations.safety.models import Danger, DangerStep, Enterprise
from anlan.operations.safety.queries.registers import FIRST_DUE
from anlan.operations.safety.rules.states import NOT_LOOKED, State
from anlan.vocabulary import clock
from anlan.vocabulary.areas import STREET_DIGITS

AT_ONCE = 2_000


@dataclass(slots=True)
class Tally:
    """Of the dangers of one kind in one month: found in it and of those repeats; due in it;
    due and closed by a day of it that were not both before, of those closed by their first
    deadline; closed in it, and the days from find to closing; carried into it, due before and not
    closed; how often one was reported rectified in it, and how often returned.

    A month that is over says the same for ever, unless its records are corrected.
    """

    found: int = 0
    repeated: int = 0
    due: int = 0
    due_closed: int = 0
    in_time: int = 0
    closed: int = 0
    days: int = 0
    carried: int = 0
    submitted: int = 0
    returned: int = 0

    @property
    def to_close(self) -> int:
        """What was to be closed by the end: due until then, and not closed before it began."""
        return self.due + self.carried

    def add(self, other: "Tally") -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


# Whose, of what kind: township, sector, source, grade ("" where none was given yet).
Kind = tuple[str, str, str, str]


def tallies(first: date, last: date, today: date) -> dict[Kind, Tally]:
    """The dangers of the days from `first` to `last`, by kind. Deadlines count once they have come:
    up to `today`. Seven queries."""
    found: dict[Kind, Tally] = defaultdict(Tally)
    rows = Danger.objects.annotate(township=Substr("area_code", 1, STREET_DIGITS))
    kind = ("township", "sector", "source", "grade")
    span = {"found_at__gte": _midnight(first), "found_at__lt": _midnight(last + timedelta(days=1))}
    for *key, repeat in rows.filter(**span).values_list(*kind, "repeat").iterator(AT_ONCE):
        one = found[_kind(key)]
        one.found += 1
        one.repeated += repeat
    come = (first, min(last, today))
    settled, late = rows.filter(settled_on__range=come), rows.filter(due_on__lt=first)
    counted = {
        "due": rows.filter(due_on__range=come),
        "due_closed": settled,
        "in_time": settled.filter(closed_on__lte=FIRST_DUE),
        "carried": late.filter(~Q(state=State.CLOSED)) if first <= today else late.none(),
    }
    for name, part in counted.items():
        for *key, n in part.values_list(*kind).annotate(n=Count("pk")):
            setattr(found[_kind(key)], name, n)
    for *key, n in late.filter(settled_on__gte=first).values_list(*kind).annotate(n=Count("pk")):
        found[_kind(key)].carried += n
    done = rows.filter(state=State.CLOSED, closed_on__gte=first, closed_on__lte=last)
    for *key, closed_on, found_at in done.values_list(*kind, "closed_on", "found_at").iterator(
        AT_ONCE
    ):
        one = found[_kind(key)]
        one.closed += 1
        one.days += max(0, (closed_on - found_at.astimezone(clock.CHINA).date()).days)
    _rechecks(found, first, last)
    return found


def _rechecks(found: dict[Kind, Tally], first: date, last: date) -> None:
    """How often a danger was reported rectified between two days, and how often returned."""
    steps = DangerStep.objects.filter(
        verb__in=("submit", "return"), at__gte=_midnight(first),
        at__lt=_midnight(last + timedelta(days=1)),
    ).annotate(township=Substr("danger__area_code", 1, STREET_DIGITS))  # fmt: skip
    kind = ("township", "danger__sector", "danger__source", "danger__grade")
    for *key, verb, n in steps.values_list(*kind, "verb").annotate(n=Count("pk")):
        one = found[_kind(key)]
        if verb == "submit":
            one.submitted += n
        else:
            one.returned += n


def months_of(danger_id: int) -> set[date]:
    """The months that a danger is counted in, and was: of its find, of every deadline that it had
    and all after it until it was closed, of its steps; each by its first day."""
    one = Danger.objects.filter(pk=danger_id).first()
    if one is None:
        return set()
    dues, days = {one.due_on}, {one.found_at.astimezone(clock.CHINA).date(), one.closed_on}
    for said, at in DangerStep.objects.filter(danger=danger_id).values_list("said", "at"):
        dues |= {_day(said.get("due_on")), _day(said.get("until"))}
        days.add(at.astimezone(clock.CHINA).date())
    until, known = one.closed_on or clock.today(), [day for day in dues if day is not None]
    month = min(known, default=until).replace(day=1)
    while month <= until:
        days.add(month)
        month = (month + timedelta(days=31)).replace(day=1)
    return {day.replace(day=1) for day in (*days, *known) if day is not None}


def first_found() -> date | None:
    """The day of the first find of all."""
    at = Danger.objects.order_by("found_at").values_list("found_at", flat=True).first()
    return at and at.astimezone(clock.CHINA).date()


@dataclass(frozen=True, slots=True)
class Late:
    """Open dangers past their deadline in one township and sector; `oldest` is a deadline."""

    township: str
    sector: str
    count: int
    major: int
    oldest: date | None


def late_dangers(area: str, sector: str, today: date) -> list[Late]:
    """What is late now in an area, by township and sector; `sector` empty: of all sectors.

    Whoever calls has found out that the reader may see the area and the sector.
    """
    late = Danger.objects.filter(_of(area, sector), ~Q(state=State.CLOSED), due_on__lt=today)
    major = Q(grade="MAJOR")
    counted: dict[tuple[str, str], list[Any]] = {}
    oldest: dict[tuple[str, str], date] = {}
    by_place = late.annotate(where=unsought("area_code"), what=unsought("sector"))
    for where, what, n, majors in by_place.values_list("where", "what").annotate(
        n=Count("pk"), majors=Count("pk", filter=major)
    ):
        one = counted.setdefault((where[:STREET_DIGITS], what), [0, 0])
        one[0] += n
        one[1] += majors
    for where, what, due in late.filter(major).values_list("area_code", "sector", "due_on"):
        key = (where[:STREET_DIGITS], what)
        if due is not None:
            oldest[key] = min(due, oldest.get(key, due))
    return [Late(*key, n, majors, oldest.get(key)) for key, (n, majors) in counted.items()]


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise with how many of its dangers were asked about."""

    id: int
    name: str
    area_code: str
    sector: str
    count: int


def late_firms(area: str, sector: str, today: date, limit: int) -> list[Firm]:
    """Who has the most late dangers. Two queries."""
    late = Danger.objects.filter(_of(area, sector), ~Q(state=State.CLOSED), due_on__lt=today)
    return _most(late, limit)


def repeating_firms(area: str, sector: str, span: tuple[date, date], limit: int) -> list[Firm]:
    """Where the same was found again most often in a span of days. Two queries."""
    again = Danger.objects.filter(
        _of(area, sector), repeat=True, found_at__gte=_midnight(span[0]),
        found_at__lt=_midnight(span[1] + timedelta(days=1)),
    )  # fmt: skip
    return _most(again, limit)


def _most(rows: Any, limit: int) -> list[Firm]:
    grouped = rows.annotate(firm=unsought("enterprise_id")).filter(firm__isnull=False)
    counted = grouped.order_by().values_list("firm").annotate(n=Count("pk"))
    most = dict(counted.order_by("-n", "firm")[:limit])
    named = {one.pk: one for one in Enterprise.objects.filter(pk__in=most)}
    return [
        Firm(pk, named[pk].name, named[pk].area_code, named[pk].sector, n)
        for pk, n in most.items() if pk in named
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    """Operating enterprises of a sector, and of those where an authority has looked."""

    sector: str
    enterprises: int
    covered: int


def looked_at(first: date, last: date, inspected: Q) -> Q:
    """Enterprises where an authority found something in a span of days, or inspected.

    What an enterprise found itself does not count, nor what it missed: it would cover itself.
    """
    found = Danger.objects.filter(
        enterprise=OuterRef("pk"), found_at__gte=_midnight(first),
        found_at__lt=_midnight(last + timedelta(days=1)),
    ).exclude(source__in=NOT_LOOKED)  # fmt: skip
    return inspected | Q(Exists(found))


def coverage(area: str, sectors: Collection[str], looked: Q) -> list[Coverage]:
    """How far the operating enterprises of key sectors were looked at. One query."""
    rows = Enterprise.objects.filter(_of(area, ""), state="open", sector__in=list(sectors))
    counted = rows.annotate(covered=Case(When(looked, then=1), default=0)).values_list("sector")
    order: Sequence[str] = list(sectors)
    return sorted(
        (Coverage(*row) for row in counted.annotate(n=Count("pk"), seen=Sum("covered"))),
        key=lambda one: order.index(one.sector),
    )


def operating_in(area: str, sector: str) -> set[tuple[str, str]]:
    """Township and sector of every operating enterprise of an area and, where one is named, of a
    sector: where an authority has something to supervise. One query."""
    rows = Enterprise.objects.filter(_of(area, sector), state="open")
    places = rows.annotate(township=Substr("area_code", 1, STREET_DIGITS))
    return set(places.values_list("township", "sector").distinct())


def _of(area: str, sector: str) -> Q:
    return within("area_code", area) & Q(sector=sector) if sector else within("area_code", area)


def _kind(key: list[str]) -> Kind:
    township, sector, source, grade = key
    return township, sector, source, grade


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.CHINA)


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None


def repeats_of(firms: Collection[int]) -> list[tuple[int, date]]:
    """Enterprise and day of every repeated danger that was found there."""
    rows = Danger.objects.filter(enterprise__in=firms, repeat=True)
    found = rows.values_list("enterprise", "found_at")
    return [(firm, at.astimezone(clock.CHINA).date()) for firm, at in found if firm is not None]
