"""A long series as a page draws it: its envelope, from the roll-ups, with few points."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from anlan.operations.sensing.models import RollUp, Series
from anlan.operations.sensing.queries.readings import Values, series
from anlan.operations.sensing.rules.rollups import DAY_S, HOUR_S, hour_of
from anlan.vocabulary import clock

BUCKETS = 1500  # two points each: the lowest and the highest
WHOLE = timedelta(days=7)  # shorter spans are drawn reading by reading
BY_DAYS = timedelta(days=1500)
NOT_ROLLED_UP = timedelta(hours=1)  # readings of the running hour are drawn one by one


class _Span(NamedTuple):
    start: datetime
    low: float
    high: float


def curve(code: str, element: str, since: datetime, until: datetime) -> Values:
    """A station's element in [since, until]: every reading up to 7 days, else its envelope.

    The envelope keeps every extreme: of each bucket the lowest value at its beginning, the highest
    in its middle. A bucket without a reading has no point.
    """
    if until - since <= WHOLE:
        return series(code, element, since, until)
    home = Series.objects.filter(station__code=code, element=element).first()
    if home is None:
        return Values([], [], "")
    span_s = DAY_S if until - since > BY_DAYS else HOUR_S
    tail = hour_of(until) - NOT_ROLLED_UP
    rows = RollUp.objects.filter(
        series=home.pk, span_s=span_s, start__gte=since, start__lt=tail
    ).order_by("start")
    spans = list(map(_Span._make, rows.values_list("start", "low", "high")))
    width = max(1, round((until - since).total_seconds() / span_s / BUCKETS)) * span_s
    newest = series(code, element, tail, until)
    points = [*_envelope(spans, since, width), *zip(newest.at, newest.value, strict=True)]
    return Values(
        [at.astimezone(clock.CHINA) for at, _value in points], [value for _at, value in points],
        newest.datum, newest.unit, max(width, newest.interval_s),
    )  # fmt: skip


def _envelope(
    spans: Sequence[_Span], since: datetime, width_s: float
) -> Iterator[tuple[datetime, float]]:
    for _place, group in groupby(
        spans, lambda span: (span.start - since).total_seconds() // width_s
    ):
        bucket = list(group)
        low, high = min(one.low for one in bucket), max(one.high for one in bucket)
        yield bucket[0].start, low
        if high > low:
            yield bucket[0].start + timedelta(seconds=width_s / 2), high
