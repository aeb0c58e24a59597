"""The recorder: acknowledged frames become readings, derived values, health and alarms.

Readings are written first, in their own file where there is one; alarms, health and bad frames
follow in one transaction of the main database. A crash between the two is harmless: the spool is
trimmed only after both, and the same frames recorded again find their readings and decide anew.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from anlan.operations.sensing.actions.brought import brought_series
from anlan.operations.sensing.actions.health import OF_DEVICE, Heard, hear, note_beats
from anlan.operations.sensing.actions.judging import judge
from anlan.operations.sensing.actions.notices import record_notices
from anlan.operations.sensing.actions.orders import record_answers
from anlan.operations.sensing.actions.particulars import record_particulars
from anlan.operations.sensing.actions.parts import keep_parts
from anlan.operations.sensing.actions.readings import store
from anlan.operations.sensing.actions.stated import record_stated
from anlan.operations.sensing.actions.terminals import pin_terminals
from anlan.operations.sensing.actions.tracks import record_fixes, too_early
from anlan.operations.sensing.models import BadFrame, Series, Station
from anlan.operations.sensing.rules.folding import about
from anlan.operations.sensing.rules.kinds import WITHOUT_SERIES
from anlan.operations.sensing.rules.offered import FILE
from anlan.operations.sensing.rules.quality import far_ahead
from anlan.operations.sensing.rules.standing import Statement
from anlan.protocols.framing import Reason
from anlan.vocabulary import frames
from anlan.vocabulary.elements import Element
from anlan.vocabulary.readings import Reading

NOISE, NOISE_LONGEST = {Reason.GARBAGE, Reason.CHECK}, 4096


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a batch: readings stored, revised, repeated, ignored; frames refused."""

    stored: int
    revised: int
    repeated: int
    bad: int
    ignored: int = 0


class Home(NamedTuple):
    """Where a reading belongs: what the register says of its series."""

    pk: int
    datum: str
    low: float | None
    high: float | None
    sources: list[str]


@dataclass(slots=True)
class Batch:
    """A batch sorted out: its frames, statements to store, devices heard, frames refused; `beats`:
    when a device said no more than that it is on line.

    `said`: by series, the statements that say something of now or of the past; what a clock far
    ahead says of a time to come is stored and no more.
    """

    good: list[frames.Frame]
    statements: list[Statement] = field(default_factory=list)
    said: dict[int, list[Statement]] = field(default_factory=dict)
    ranks: dict[int, list[str]] = field(default_factory=dict)
    heard: dict[int, Heard] = field(default_factory=dict)
    beats: dict[int, datetime] = field(default_factory=dict)
    bad: list[frames.BadFrame] = field(default_factory=list)


def record_frames(items: Sequence[frames.Line]) -> Recorded:
    """Record a batch in the order given; recording it again changes nothing.

    A frame of a station that nobody registered, a stage stated in another datum than its series
    and an impossible value are kept as bad frames. An element the station has no series for is
    ignored and counted, unless it is one that stations bring along.
    """
    whole = keep_parts(items)
    batch = _sort_out([*items, *whole.lines])
    stored = store(batch.statements, batch.said, batch.ranks)
    with transaction.atomic():
        judge(batch.said)
        hear([one for one in batch.heard.values() if one.protocol != FILE])
        note_beats(batch.beats)
        record_notices(batch.good, record_fixes(batch.good))
        record_particulars(batch.good)
        record_stated(batch.good)
        pin_terminals(batch.good)
        _keep_bad(batch.bad)
        whole.recorded()
        record_answers([item for item in items if isinstance(item, frames.CommandAnswer)])
    ignored = sum(heard.ignored for heard in batch.heard.values())
    return Recorded(stored.stored, stored.revised, stored.repeated, len(batch.bad), ignored)


def _sort_out(items: Sequence[frames.Line]) -> Batch:
    batch = Batch(
        good=[item for item in items if isinstance(item, frames.Frame)],
        bad=[item for item in items if isinstance(item, frames.BadFrame)],
    )
    stations, homes = _register({frame.device for frame in batch.good})
    for frame in batch.good:
        station = stations.get(frame.device)
        if frame.beat:
            if station is not None:
                at = batch.beats.get(station.pk, frame.received_at)
                batch.beats[station.pk] = max(at, frame.received_at)
            continue
        if station is None:
            batch.bad.append(_refused(frame, "unknown_station", ""))
            continue
        heard = batch.heard.setdefault(
            station.pk, Heard(station, frame.received_at, frame.protocol)
        )
        heard.received_at = max(heard.received_at, frame.received_at)
        heard.sent(frame)
        for fix in frame.fixes:
            if too_early(fix, frame.received_at):
                batch.bad.append(_refused(frame, "future_time", fix.at.isoformat()))
            else:
                heard.observed_at = max(heard.observed_at or fix.at, fix.at)
        _take(batch, frame, heard, homes.setdefault(station.pk, {}))
    return batch


def _register(devices: set[str]) -> tuple[dict[str, Station], dict[int, dict[str, Home]]]:
    """The stations of some devices, and where their elements belong. Two queries."""
    known = Station.objects.filter(device__among=devices).only(
        "code", "device", "interval_s", "kind"
    )  # fmt: skip
    stations = {station.device: station for station in known}
    rows = Series.objects.filter(station__pk__among=[station.pk for station in known]).values_list(
        "station_id", "element", "pk", "datum", "low", "high", Cast("sources", TextField())
    )
    homes: dict[int, dict[str, Home]] = {}
    for station, element, pk, datum, low, high, sources in rows:
        mine = homes.setdefault(station, {})
        mine[element] = Home(pk, datum, low, high, _listed(sources))
    speaking = {
        device: station
        for device, station in stations.items()
        if station.pk in homes or station.kind in WITHOUT_SERIES
    }
    return speaking, homes


def _home(
    mine: dict[str, Home], frame: frames.Frame, station: Station, element: Element
) -> Home | None:
    """Where a reading without a registered series belongs. A dam's gauge that is registered with
    one stage states it as the stage in front of the dam."""
    alone = element is Element.STAGE_UPSTREAM and Element.STAGE in mine
    if alone and all(one.element is not Element.STAGE for one in frame.readings):
        return mine[Element.STAGE]
    row = brought_series(station, element)
    if row is None:
        return None
    home = mine[element] = Home(row.pk, row.datum, row.low, row.high, list(row.sources))
    return home


@cache
def _listed(sources: str) -> list[str]:
    """A series' sources: thousands of series have the same few lists."""
    return list(json.loads(sources))


def _take(batch: Batch, frame: frames.Frame, heard: Heard, mine: dict[str, Home]) -> None:
    """Sort the readings of a frame into the batch: `mine` are the homes of its station's elements.

    Moments that follow each other and are equal become one object, hashed and written only once.
    """
    at = sent_at = frame.received_at
    ahead = False
    for reading in frame.readings:
        if reading.at != at:
            at = reading.at
            ahead = far_ahead(at, frame.received_at)
        if reading.sent_at != sent_at:
            sent_at = reading.sent_at
        if not ahead:
            heard.observed_at = max(heard.observed_at or at, at)
        if reading.element in OF_DEVICE:
            heard.states(reading, frame.received_at)
        home = mine.get(reading.element)
        if home is None and reading.value is not None:
            home = _home(mine, frame, heard.station, reading.element)
            heard.ignored += home is None and reading.element not in OF_DEVICE
        if home is None:
            continue
        if fault := _fault(reading, home):
            batch.bad.append(_refused(frame, *fault))
            continue
        batch.ranks[home.pk] = home.sources
        said = Statement(home.pk, at, frame.protocol, reading.value, sent_at, frame.received_at)
        batch.statements.append(said)
        if not ahead:
            batch.said.setdefault(home.pk, []).append(said)


def _fault(reading: Reading, home: Home) -> tuple[str, str] | None:
    """Why a reading cannot stand where it belongs, and what it says."""
    value = reading.value
    if reading.datum and home.datum and reading.datum != home.datum:
        return "other_datum", f"{reading.element} {value} {reading.datum}, series in {home.datum}"
    if value is not None and _impossible(value, home):
        return "out_of_range", f"{reading.element} {value}"
    return None


def _impossible(value: float, home: Home) -> bool:
    return (home.low is not None and value < home.low) or (
        home.high is not None and value > home.high
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
                received_at=one.received_at, protocol=one.protocol,
                device=_shown(one.device)[:40], peer=one.peer[:60], reason=one.reason,
                detail=_shown(one.detail)[:300],
                about=_shown(about(one.protocol, one.reason, one.detail)),
                # What a device may have been thanked for is kept whole.
                raw=one.raw[:NOISE_LONGEST] if one.reason in NOISE else one.raw,
            )
            for one in bad
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _shown(text: str) -> str:
    """What PostgreSQL can keep: a device may put NUL into a name. The bytes stand in `raw`."""
    return text.replace("\0", "\N{SYMBOL FOR NULL}")
