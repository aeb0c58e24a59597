"""What the checks found, and what people said of it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F

from anlan.operations.sensing.models import Reading, ReadingJudgement, Series
from anlan.operations.sensing.rules.quality import CHECKS, JUDGED, Flag, found, suspect
from anlan.operations.sensing.rules.quality_limits import LIMITS, Limits, limits_of
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class FlaggedRow:
    """A reading in which a check found something; who judged it, when somebody did."""

    element: str
    unit: str
    datum: str
    at: datetime
    source: str
    value: float
    flags: int
    judged_at: datetime | None
    judged_by: str
    note: str

    @property
    def checks(self) -> list[Flag]:
        return found(self.flags)

    @property
    def verdict(self) -> Flag:
        return Flag(self.flags) & JUDGED


@dataclass(frozen=True, slots=True)
class LimitsRow:
    """What is usual for an element at a station; `own`: its district's file says so."""

    element: str
    unit: str
    limits: Limits
    own: bool


def flagged(
    code: str, since: datetime, check: Flag | None = None, *, limit: int = 500
) -> list[FlaggedRow]:
    """The flagged readings of a station, newest first. Three queries."""
    homes = {row.pk: row for row in Series.objects.filter(station__code=code)}
    rows = Reading.objects.filter(
        series__in=homes, at__gte=since, flags__gt=0, value__isnull=False
    ).annotate(wanted=F("flags").bitand(int(check or CHECKS)))
    readings = list(rows.filter(wanted__gt=0).order_by("-at", "series", "source")[:limit])
    judged = _judged(homes, [row.at for row in readings])
    return [_row(homes[row.series], row, judged) for row in readings]


Judged = dict[tuple[int, datetime, str, float], ReadingJudgement]


def _judged(homes: Collection[int], moments: Sequence[datetime]) -> Judged:
    """The newest judgement of each value."""
    if not moments:
        return {}
    rows = ReadingJudgement.objects.filter(
        series__in=homes, at__gte=min(moments), at__lte=max(moments)
    ).order_by("pk")
    return {(one.series, one.at, one.source, one.value): one for one in rows}


def _row(home: Series, row: Reading, judged: Judged) -> FlaggedRow:
    value = row.value or 0.0
    by = judged.get((row.series, row.at, row.source, value))
    flags = row.flags & ~JUDGED | (by.verdict if by else 0)
    return FlaggedRow(
        home.element, home.unit, home.datum, row.at.astimezone(clock.CHINA), row.source, value,
        flags, by.judged_at.astimezone(clock.CHINA) if by else None, by.judged_by if by else "",
        by.note if by else "",
    )  # fmt: skip


class FlagMark(NamedTuple):
    """A point of a curve that is marked; `value` in the series' own datum."""

    at: datetime
    value: float
    flags: int


def flag_marks(code: str, element: str, since: datetime, limit: int = 300) -> list[FlagMark]:
    """The newest readings of an element that are suspect or judged wrong, ascending."""
    home = Series.objects.filter(station__code=code, element=element).values_list("pk", flat=True)
    rows = Reading.objects.filter(
        series__in=list(home), at__gte=since, flags__gt=0, value__isnull=False
    ).order_by("-at")
    marks = [
        FlagMark(at.astimezone(clock.CHINA), value, flags)
        for at, value, flags in rows.values_list("at", "value", "flags")[:limit]
        if value is not None and (suspect(flags) or flags & Flag.WRONG)
    ]
    return marks[::-1]


@dataclass(slots=True)
class Suspects:
    """How many readings are flagged, and how many each check found (one may find with another)."""

    readings: int = 0
    by: Counter[Flag] = field(default_factory=Counter)


def flag_counts(since: datetime, code: str | None = None) -> dict[str, Suspects]:
    """Station code -> what the checks found in its readings since then. Two queries."""
    rows = Reading.objects.filter(at__gte=since, flags__gt=0)
    if code:
        stations = _stations(station__code=code)
        rows = rows.filter(series__in=stations)
    counted = list(rows.order_by().values_list("series", "flags").annotate(n=Count("value")))
    if not code:
        stations = _stations(pk__in={pk for pk, _flags, _n in counted})
    counts: dict[str, Suspects] = {}
    for pk, flags, n in counted:
        if pk in stations and flags & CHECKS:
            mine = counts.setdefault(stations[pk], Suspects())
            mine.readings += n
            mine.by.update(dict.fromkeys(found(flags), n))
    return counts


def _stations(**which: Any) -> dict[int, str]:
    """Series -> the code of its station."""
    return dict(Series.objects.filter(**which).values_list("pk", "station__code"))


def usual(code: str) -> list[LimitsRow]:
    """What is usual for the elements of a station that are checked: by its file or its element."""
    rows = [
        LimitsRow(row.element, row.unit, limits_of(row.element, row.quality), bool(row.quality))
        for row in Series.objects.filter(station__code=code, element__in=LIMITS).order_by("pk")
    ]
    return [row for row in rows if row.limits.any]
