"""The recorder: acknowledged frames become readings, derived values, health and alarms.

Readings are written first, in their own file where there is one; alarms, health and bad frames
follow in one transaction of the main database. A crash between the two is harmless: the spool is
trimmed only after both, and the same frames recorded again find their readings and decide anew.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from anlan.operations.sensing.actions.alarms import rules_of, watch_thresholds
from anlan.operations.sensing.actions.health import Heard, hear
from anlan.operations.sensing.actions.latest import refresh_latest
from anlan.operations.sensing.actions.readings import Statement, store
from anlan.operations.sensing.models import BadFrame, Series
from anlan.vocabulary import frames
from anlan.vocabulary.readings import Element, Reading

RAW_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a batch: readings stored, revised, repeated, ignored; frames refused."""

    stored: int
    revised: int
    repeated: int
    bad: int
    ignored: int = 0


@dataclass(slots=True)
class Batch:
    """A batch sorted out: statements to store, devices heard, frames refused."""

    statements: list[Statement] = field(default_factory=list)
    series: dict[int, Series] = field(default_factory=dict)
    heard: dict[int, Heard] = field(default_factory=dict)
    bad: list[frames.BadFrame] = field(default_factory=list)


def record_frames(items: Sequence[frames.Frame | frames.BadFrame]) -> Recorded:
    """Record a batch in the order given; recording it again changes nothing.

    A frame of a station that nobody registered, a stage stated in another datum than its series
    and an impossible value are kept as bad frames. An element the station has no series for is
    ignored and counted.
    """
    batch = _sort_out(items)
    stored = store(batch.statements)
    rules = rules_of(batch.series)
    durations = {rule.series_id: float(rule.duration_s) for rule in rules}
    windows = refresh_latest(batch.series.values(), batch.statements, durations)
    with transaction.atomic():
        watch_thresholds(rules, batch.series, windows)
        hear(batch.heard.values())
        _keep_bad(batch.bad)
    ignored = sum(heard.ignored for heard in batch.heard.values())
    return Recorded(stored.stored, stored.revised, stored.repeated, len(batch.bad), ignored)


def _sort_out(items: Sequence[frames.Frame | frames.BadFrame]) -> Batch:
    batch = Batch(bad=[item for item in items if isinstance(item, frames.BadFrame)])
    good = [item for item in items if isinstance(item, frames.Frame)]
    devices = {frame.device for frame in good}
    rows = Series.objects.filter(station__device__in=devices).select_related("station")
    series = {(row.station.device, row.element): row for row in rows}
    stations = {row.station.device: row.station for row in series.values()}
    for frame in good:
        station = stations.get(frame.device)
        if station is None:
            batch.bad.append(_refused(frame, "unknown_station", ""))
            continue
        heard = batch.heard.setdefault(
            station.pk, Heard(station, frame.received_at, frame.protocol)
        )
        heard.received_at = max(heard.received_at, frame.received_at)
        for reading in frame.readings:
            _take(batch, frame, heard, reading, series.get((frame.device, reading.element)))
    return batch


def _take(
    batch: Batch, frame: frames.Frame, heard: Heard, reading: Reading, series: Series | None
) -> None:
    """Sort one reading of a frame into the batch."""
    heard.observed_at = max(heard.observed_at or reading.at, reading.at)
    if reading.element is Element.BATTERY:
        heard.battery_v = reading.value
    if series is None:
        heard.ignored += reading.element is not Element.BATTERY
        return
    if reading.datum and series.datum and reading.datum != series.datum:
        detail = f"{reading.element} {reading.value} {reading.datum}, series in {series.datum}"
        batch.bad.append(_refused(frame, "other_datum", detail))
        return
    if reading.value is not None and _impossible(reading.value, series):
        batch.bad.append(_refused(frame, "out_of_range", f"{reading.element} {reading.value}"))
        return
    batch.series[series.pk] = series
    batch.statements.append(
        Statement(
            series.pk, reading.at, frame.protocol, reading.value, reading.sent_at,
            frame.received_at,
        )
    )  # fmt: skip


def _impossible(value: float, series: Series) -> bool:
    return (series.low is not None and value < series.low) or (
        series.high is not None and value > series.high
    )


def _refused(frame: frames.Frame, reason: str, detail: str) -> frames.BadFrame:
    return frames.BadFrame(
        frame.protocol, frame.device, "", frame.received_at, frame.raw, reason, detail
    )


def _keep_bad(bad: Sequence[frames.BadFrame]) -> None:
    if not bad:
        return
    BadFrame.objects.bulk_create(
        [
            BadFrame(
                digest=hashlib.sha256(frames.to_line(one)).hexdigest()[:32],
                received_at=one.received_at, protocol=one.protocol, device=one.device[:40],
                peer=one.peer[:60], reason=one.reason, detail=one.detail[:300],
                raw=one.raw[:RAW_LONGEST],
            )
            for one in bad
        ],
        ignore_conflicts=True,
    )  # fmt: skip
