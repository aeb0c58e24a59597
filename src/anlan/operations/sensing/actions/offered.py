"""Rows that were offered become readings: placed against the register, then recorded.

They take the recorder's one way (`record_frames`): a frame a station, so derived values, health
and alarms follow as they do for a device's own frames.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from anlan.operations.sensing.actions.record import record_frames
from anlan.operations.sensing.models import Reading as Row
from anlan.operations.sensing.models import Series
from anlan.operations.sensing.rules.offered import Flaw, Offered
from anlan.operations.sensing.rules.standing import content
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum, Stage
from anlan.vocabulary.elements import WITH_DATUM
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.readings import Reading
from anlan.vocabulary.words import N_

STORED, REVISED, REPEATED, REFUSED = "stored", "revised", "repeated", "refused"
AT_ONCE = 1000  # rows

NO_STATION = N_("no such station, or not yours to speak for")
NO_DEVICE = N_("the station has no device address in the register")
NO_SERIES = N_("the station does not measure this")
NO_OFFSET = N_("the station is kept in %(datum)s and has no offset to convert by")
OUT_OF_RANGE = N_("impossible here: outside %(low)s to %(high)s %(unit)s")


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its place in the register: `station` its name, `reading` in the series' datum."""

    number: int
    station: str
    series: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row, by its number; of a refused one the field and why, translated.

    `given`: what stood in the field, where that is known.
    """

    number: int
    result: str
    where: str = ""
    reason: str = ""
    given: str = ""


def place(
    rows: Iterable[tuple[int, Offered | Flaw]], allowed: Collection[str] | None = None
) -> tuple[list[Placed], list[Outcome]]:
    """Find the series of every row; what has none or cannot be, is refused. One query.

    `allowed`: the codes of the stations that may be spoken for; None is every station.
    """
    rows = list(rows)
    named = {row.station for _number, row in rows if isinstance(row, Offered)}
    if allowed is not None:
        named &= set(allowed)
    homes: dict[tuple[str, str], Series] = {}
    found = Series.objects.filter(station__code__in=named).select_related("station")
    for series in found:
        homes[series.station.code, series.element] = series
    stations = {code for code, _element in homes}
    now, placed, refused = clock.now(), [], []
    for number, row in rows:
        try:
            if isinstance(row, Flaw):
                raise row
            if row.station not in stations:
                raise Flaw("station", NO_STATION)
            home = homes.get((row.station, row.element))
            placed.append(Placed(number, *_placed(row, home, now)))
        except Flaw as flaw:
            refused.append(refusal(number, flaw))
    return placed, refused


def refusal(number: int, flaw: Flaw) -> Outcome:
    """A flaw as the answer to its row."""
    why = _(flaw.message)
    return Outcome(number, REFUSED, flaw.where, why % flaw.parameters if flaw.parameters else why)


def record_offered(placed: Sequence[Placed], source: str) -> list[Outcome]:
    """Record placed rows as stated by `source` now; the same again only says so.

    Once it returns the rows are committed.
    """
    outcomes: list[Outcome] = []
    for start in range(0, len(placed), AT_ONCE):
        part = placed[start : start + AT_ONCE]
        known = _standing(part, source)
        for one in part:
            moment = (one.series, one.reading.at)
            said, before = content(one.reading.value), known.get(moment)
            result = STORED if before is None else REPEATED if before == said else REVISED
            known[moment] = said
            outcomes.append(Outcome(one.number, result))
        by_device: dict[str, list[Reading]] = {}
        for one in part:
            by_device.setdefault(one.reading.device, []).append(one.reading)
        # They arrive as they are stated: no clock of a device is measured by them.
        record_frames(
            [
                Frame(source, device, said[0].sent_at, "", tuple(said))
                for device, said in by_device.items()
            ]
        )
    return outcomes


def _placed(row: Offered, home: Series | None, now: datetime) -> tuple[str, int, Reading]:
    if home is None:
        raise Flaw("element", NO_SERIES)
    if not home.station.device:
        raise Flaw("station", NO_DEVICE)
    value, datum = row.value, row.datum
    if row.element in WITH_DATUM and datum and home.datum:
        own = Datum(home.datum)
        if value is not None and datum is not own:
            offset = home.station.offset_m
            if offset is None:
                raise Flaw("datum", NO_OFFSET, datum=own.value)
            value = round(Stage(value, datum).to(own, offset).metres, 4)
        datum = own
    if value is not None and not (
        (home.low is None or value >= home.low) and (home.high is None or value <= home.high)
    ):
        low, high = ("…" if edge is None else f"{edge:g}" for edge in (home.low, home.high))
        raise Flaw("value", OUT_OF_RANGE, low=low, high=high, unit=home.unit)
    reading = Reading(home.station.device, row.element, row.at, value, now, datum)
    return home.station.name, home.pk, reading


def _standing(placed: Sequence[Placed], source: str) -> dict[tuple[int, datetime], str]:
    """What this source has stated of these moments so far."""
    rows = Row.objects.filter(
        series__in={one.series for one in placed}, source=source,
        at__in={one.reading.at for one in placed},
    )  # fmt: skip
    found = rows.values_list("series", "at", "value")
    return {(series, at): content(value) for series, at, value in found}
