"""What the statistics are counted from: self-checks due by month and kind, inspections made."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from anlan.operations.checks.models import CheckRecord, CheckTask
from anlan.operations.checks.queries.records import root_of
from anlan.operations.checks.rules.library import ENFORCEMENT
from anlan.vocabulary import clock
from anlan.vocabulary.areas import STREET_DIGITS


@dataclass(slots=True)
class CheckTally:
    """Of the self-checks of one kind whose last day lay in a month and is over: how many, how many
    done, of those in time; inspections by authorities in the month, of those that found something.

    `inspected`, `hits`: by a checklist of the library; `in_cases`, `case_hits`: those recorded in
    an enforcement case, which the statistics add.
    """

    due: int = 0
    done: int = 0
    in_time: int = 0
    inspected: int = 0
    hits: int = 0
    in_cases: int = 0
    case_hits: int = 0

    @property
    def inspections(self) -> int:
        return self.inspected + self.in_cases

    @property
    def finding(self) -> int:
        """The inspections that found something."""
        return self.hits + self.case_hits

    @property
    def missed(self) -> int:
        return self.due - self.done

    @property
    def late(self) -> int:
        return self.done - self.in_time

    def add(self, other: "CheckTally") -> None:
        self.due += other.due
        self.done += other.done
        self.in_time += other.in_time
        self.inspected += other.inspected
        self.hits += other.hits
        self.in_cases += other.in_cases
        self.case_hits += other.case_hits


# Whose, of what kind: township, sector, cycle ("" of inspections).
Kind = tuple[str, str, str]


def check_tallies(first: date, last: date, today: date) -> dict[Kind, CheckTally]:
    """The self-checks due from `first` to `last`. One query.

    A day counts once it is over: nothing due today is missed yet.
    """
    found: dict[Kind, CheckTally] = defaultdict(CheckTally)
    over = CheckTask.objects.filter(due_on__gte=first, due_on__lte=last_over(last, today))
    for *key, due, done, in_time in (
        over.annotate(township=Substr("area_code", 1, STREET_DIGITS))
        .values_list("township", "sector", "cycle")
        .annotate(
            Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)),
            in_time=Count("pk", filter=Q(done_on__lte=F("due_on"))),
        )
    ):  # fmt: skip
        found[_kind(key)].add(CheckTally(due, done, in_time))
    return found


def inspections_by_list(first: date, last: date) -> dict[tuple[str, str], tuple[int, int]]:
    """By township and sector: the inspections by a checklist from `first` to `last`, both in, and
    how many of them found something. One query."""
    made = _inspections(first, last).annotate(township=Substr("area_code", 1, STREET_DIGITS))
    rows = made.values_list("township", "sector").annotate(
        Count("pk"), hits=Count("pk", filter=_HIT)
    )
    return {(township, sector): (n, hits) for township, sector, n, hits in rows}


def inspections_by_list_of(
    unit: str, sector: str, first: date, last: date
) -> tuple[int, int]:  # fmt: skip
    """The same of one unit's people, of a sector or all ("")."""
    rows = _inspections(first, last).filter(organisation=unit)
    rows = rows.filter(sector=sector) if sector else rows
    said = rows.aggregate(n=Count("pk"), hits=Count("pk", filter=_HIT))
    return said["n"], said["hits"]


def inspections_by_person(unit: str, first: date, last: date) -> dict[int, dict[str, bool]]:
    """The same of each of one unit's people, by account: by the key of its first version, whether
    it found something. Who corrected one was not there for that. Two queries."""
    told = _inspections(first, last).filter(organisation=unit)
    rows = list(told.only("key", "by", "not_ok", "version"))
    corrected = [root_of(one) for one in rows if one.version > 1]
    firsts = CheckRecord.objects.filter(key__in=corrected).values_list("key", "by")
    made_by = {one.key: one.by_id for one in rows} | dict(firsts)
    found: dict[int, dict[str, bool]] = defaultdict(dict)
    for one in rows:
        account = made_by[root_of(one)]
        if account is not None:
            found[account][root_of(one)] = one.not_ok > 0
    return found


def _inspections(first: date, last: date) -> QuerySet[CheckRecord]:
    return CheckRecord.objects.filter(
        use=ENFORCEMENT, current=True, performed_at__gte=_midnight(first),
        performed_at__lt=_midnight(last + timedelta(days=1)),
    )  # fmt: skip


_HIT = Q(not_ok__gt=0)


def last_over(last: date, today: date) -> date:
    """The last day of a span that is over."""
    return min(last, today - timedelta(days=1))


def months_of_check(check_id: int) -> set[date]:
    """The months that a check counts in, by their first days: of its task's last day, and its own
    and that of the version before."""
    rows = CheckRecord.objects.filter(pk=check_id) | CheckRecord.objects.filter(
        replaced_by=check_id
    )
    days = set()
    for due_on, performed_at in rows.values_list("task__due_on", "performed_at"):
        days |= {due_on, performed_at.astimezone(clock.CHINA).date()}
    return {day.replace(day=1) for day in days if day is not None}


def first_due() -> date | None:
    """The last day of the first self-check of all, or the day of the first inspection."""
    due = CheckTask.objects.order_by("due_on").values_list("due_on", flat=True).first()
    made = CheckRecord.objects.filter(use=ENFORCEMENT).order_by("performed_at")
    at = made.values_list("performed_at", flat=True).first()
    days = [one for one in (due, at and at.astimezone(clock.CHINA).date()) if one is not None]
    return min(days, default=None)


def inspected(first: date, last: date) -> Q:
    """Enterprises where an authority checked in a span of days, as a part of a question of them."""
    checked = CheckRecord.objects.filter(
        enterprise=OuterRef("pk"), use=ENFORCEMENT, current=True,
        performed_at__gte=_midnight(first), performed_at__lt=_midnight(last + timedelta(days=1)),
    )  # fmt: skip
    return Q(Exists(checked))


def _kind(key: list[str]) -> Kind:
    township, sector, cycle = key
    return township, sector, cycle


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.CHINA)
