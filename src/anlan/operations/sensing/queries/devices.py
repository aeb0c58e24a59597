"""How the devices are: last frame, frames today, bad frames, battery."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Substr

from anlan.operations.people.queries import Scope
from anlan.operations.sensing.models import (
    BadFrame,
    DeviceNotice,
    Reading,
    ReadingRevision,
    Station,
    StationHealth,
    VehicleFix,
)
from anlan.operations.sensing.queries.fleet import on_line_since
from anlan.operations.sensing.queries.stations import own_stations
from anlan.operations.sensing.rules.clock_skew import noted, running
from anlan.operations.sensing.rules.folding import FOLDED
from anlan.operations.sensing.rules.kinds import FIRE_UNIT, VEHICLE, WITHOUT_SERIES
from anlan.operations.sensing.rules.latency import kept
from anlan.operations.sensing.rules.masked import shown
from anlan.vocabulary import clock

DAY = timedelta(days=1)
READ_LATER = "read_later"
RAW_SHOWN = 400  # characters of a bad frame


@dataclass(frozen=True, slots=True)
class HealthRow:
    """The state of a station's device; `ignored` counts readings it has no series for.

    `skew_s`: how far its clock is fast, seconds; None where its frames do not say when they were
    sent, or too few have come. `signal_dbm`: what it last said it receives of its network;
    `delays`: seconds that its newest frames were under way, the newest first. `on_line_at`: when it
    said since its last frame that it is on line.
    """

    last_frame_at: datetime
    last_observed_at: datetime | None
    silent: bool
    protocol: str
    battery_v: float | None
    ignored: int
    skew_s: float | None = None
    signal_dbm: float | None = None
    delays: tuple[float, ...] = ()
    on_line_at: datetime | None = None

    @property
    def clock_off(self) -> bool:
        return noted(self.skew_s)


@dataclass(frozen=True, slots=True)
class FrameCounts:
    """Frames of one station since midnight: taken, expected by its interval, refused.

    `expected` is None for a device that owes none: a vehicle that stands, a unit without news.
    """

    received: int
    expected: int | None
    bad: int


@dataclass(frozen=True, slots=True)
class BadFrameRow:
    """A frame that could not be taken; the newest of `times` that said the same since `first_at`.

    `first_raw` is how the first of them began, where there are several.
    """

    id: int
    received_at: datetime
    protocol: str
    device: str
    peer: str
    reason: str
    detail: str
    raw: str
    read_at: datetime | None = None
    times: int = 1
    first_at: datetime | None = None
    first_raw: str = ""


def health(codes: Collection[str] | None = None) -> dict[str, HealthRow]:
    """Station code -> its device's health; a device that never spoke is absent. One query."""
    rows = StationHealth.objects.all()
    if codes is not None:
        rows = rows.filter(station__code__among=codes)
    told = rows.values_list(
        "station__code", "last_frame_at", "last_observed_at", "silent", "protocol", "battery_v",
        "ignored", "skews", "signal_dbm", "delays", "station__beat__at",
    )  # fmt: skip
    return {
        code: HealthRow(
            frame_at.astimezone(clock.CHINA),
            observed_at.astimezone(clock.CHINA) if observed_at else None,
            silent, protocol, battery_v, ignored, running(skews), signal_dbm, tuple(kept(delays)),
            on_line_since(beat_at, frame_at),
        )
        for code, frame_at, observed_at, silent, protocol, battery_v, ignored, skews, signal_dbm,
            delays, beat_at in told
    }  # fmt: skip


def frame_counts(code: str) -> FrameCounts:
    """Today's frames of a station, counted from what they left behind (so never twice)."""
    now = clock.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    station = Station.objects.filter(code=code).first()
    if station is None:
        return FrameCounts(0, None, 0)
    left: QuerySet[Any]
    if station.kind == VEHICLE:
        left = VehicleFix.objects.filter(station=station.pk)
    elif station.kind == FIRE_UNIT:
        left = DeviceNotice.objects.filter(station=station)
    else:
        left = Reading.objects.filter(series__in=list(station.series.values_list("pk", flat=True)))
    today = left.filter(
        at__gte=midnight - DAY, received_at__gte=midnight, received_at__lte=now
    ).order_by()
    received = today.values("received_at").distinct().count()
    bad = BadFrame.objects.filter(device=station.device, received_at__gte=midnight, read_at=None)
    expected = None
    if station.kind not in WITHOUT_SERIES:
        expected = 1 + int((now - midnight).total_seconds() // station.interval_s)
    return FrameCounts(received, expected, bad.count() if station.device else 0)


def bad_frames(
    scope: Scope | None, *, device: str | None = None, reason: str | None = None, limit: int = 200
) -> list[BadFrameRow]:
    """Frames that could not be taken, newest first, and how each began, without its password.

    One may be a mebibyte. Those of stations that are in sight and theirs; all of them, of strangers
    too, for whoever sets up stations (and for the platform itself, None). What became readings
    later stands under the reason `READ_LATER` alone.
    """
    rows = _bad_frames(scope).filter(read_at__isnull=reason != READ_LATER)
    if device is not None:
        rows = rows.filter(device=device)
    if reason and reason != READ_LATER:
        rows = rows.filter(reason=reason)
    found = [
        _row(row) for row in _content(rows.filter(about="")).order_by("-received_at", "-pk")[:limit]
    ]
    if reason in ("", None, FOLDED):
        found += _said_again(rows.exclude(about=""), limit)
    return sorted(found, key=lambda row: (row.received_at, row.id), reverse=True)[:limit]


def _said_again(rows: QuerySet[BadFrame], limit: int) -> list[BadFrameRow]:
    """One row for each thing that a device says again, the newest first. Two queries."""
    same = rows.order_by().values("protocol", "device", "about")
    counted = same.annotate(
        n=Sum("times"), first=Min("pk"), newest=Max("pk"), first_at=Min("received_at")
    ).order_by("-newest")[:limit]
    things = list(counted)
    wanted = {one[which] for one in things for which in ("first", "newest")}
    content = {row.pk: _row(row) for row in _content(rows.filter(pk__among=wanted))}
    return [
        replace(
            content[one["newest"]], times=one["n"],
            first_at=one["first_at"].astimezone(clock.CHINA), first_raw=content[one["first"]].raw,
        )
        if one["n"] > 1 else content[one["newest"]]
        for one in things
    ]  # fmt: skip


def _content(rows: QuerySet[BadFrame]) -> QuerySet[BadFrame]:
    return rows.defer("raw").annotate(began=Substr("raw", 1, RAW_SHOWN))


def _row(row: Any) -> BadFrameRow:
    return BadFrameRow(
        row.pk,
        row.received_at.astimezone(clock.CHINA),
        row.protocol,
        row.device,
        row.peer,
        row.reason,
        row.detail if row.reason != "password" else "",  # which repeats it
        shown(row.protocol, row.began),
        row.read_at.astimezone(clock.CHINA) if row.read_at else None,
    )


def bad_frame_counts(scope: Scope | None, since: datetime | None = None) -> dict[str, int]:
    """How many of those frames were refused, by reason."""
    return refused_and_read_later(scope, since)[0]


def refused_and_read_later(
    scope: Scope | None, since: datetime | None = None
) -> tuple[dict[str, int], int]:
    """How many of those frames were refused, by reason, and how many became readings later."""
    rows = _bad_frames(scope)
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    unread = Q(read_at=None)
    counted = (
        rows.order_by("reason")
        .values_list("reason")
        .annotate(refused=Sum("times", filter=unread), later=Count("pk", filter=~unread))
    )
    found = list(counted)
    return {reason: n for reason, n, _ in found if n}, sum(later for _, _, later in found)


def _bad_frames(scope: Scope | None) -> QuerySet[BadFrame]:
    if scope is None or scope.may("sensing.configure"):
        return BadFrame.objects.all()
    own = Station.objects.filter(own_stations(scope)).exclude(device="")
    return BadFrame.objects.filter(device__in=own.values("device"))


@dataclass(frozen=True, slots=True)
class UnknownDevice:
    """A device that speaks to the gateway and that nobody has registered.

    `heard_from`: the broker whose messages name it, `topic` one that they came on; empty for a
    device that came itself. `client`: as what an MQTT client named itself, which was not let in.
    """

    protocol: str
    device: str
    frames: int
    first_at: datetime
    last_at: datetime
    heard_from: str = ""
    topic: str = ""
    client: str = ""


def unknown_devices(limit: int = 200, after: int = 0) -> list[UnknownDevice]:
    """The one that spoke last first, `after` so many; what has been registered since is left out.
    One query."""
    return _described(_strangers().order_by("-last_at", "protocol", "device")[after:][:limit])


def unknown_device(protocol: str, device: str) -> UnknownDevice | None:
    """One of them. One query."""
    found = _described(_strangers(protocol=protocol, device=device))
    return found[0] if found else None


def unknown_count() -> int:
    return _strangers().count()


def _strangers(**which: str) -> QuerySet[Any, Any]:
    known = Station.objects.exclude(device="").values("device")
    rows = BadFrame.objects.filter(reason="unknown_station", **which).exclude(device="")
    named = rows.exclude(device__in=known).order_by().values("protocol", "device")
    return named.annotate(
        frames=Count("pk"), first_at=Min("received_at"), last_at=Max("received_at"),
        peer=Max("peer"), detail=Max("detail"),
    )  # fmt: skip


def _described(grouped: Iterable[dict[str, Any]]) -> list[UnknownDevice]:
    return [
        UnknownDevice(
            row["protocol"], row["device"], row["frames"],
            row["first_at"].astimezone(clock.CHINA), row["last_at"].astimezone(clock.CHINA),
            *(_by_mqtt(row["peer"], row["detail"]) if row["protocol"] == "mqtt" else ()),
        )
        for row in grouped
    ]  # fmt: skip


def _by_mqtt(peer: str, detail: str) -> tuple[str, str, str]:
    """Broker, topic and client, as the gateway noted them: a client comes from an address."""
    if ":" in peer:
        return "", "", detail.removeprefix("client ")
    return peer, detail.partition("; topic ")[2], ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything recorded, ever: readings, other values stated for them, frames refused."""

    readings: int
    revisions: int
    bad_frames: int


def totals() -> Totals:
    return Totals(
        Reading.objects.count(),
        ReadingRevision.objects.count(),
        BadFrame.objects.aggregate(n=Sum("times"))["n"] or 0,
    )
