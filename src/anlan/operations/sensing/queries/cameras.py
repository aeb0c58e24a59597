"""The register of cameras, as far as a person may see it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Case, Count, Q, QuerySet, When

from anlan.operations.people.queries import Scope
from anlan.operations.sensing.models import Camera, CameraSpell
from anlan.operations.sensing.rules.camera_spells import KEPT, Spell, online_shares
from anlan.operations.sensing.rules.nearby import box_around, distance_m
from anlan.operations.sensing.rules.video import STATE_WORDS, UNCONNECTED, CameraState
from anlan.vocabulary import clock
from anlan.vocabulary.words import Term

NEAR_KM = 2.0
MOST_NEAR = 5


@dataclass(frozen=True, slots=True)
class CameraRow:
    """A camera (lon/lat CGCS2000 degrees); `has_rtsp`: an RTSP address is kept, never shown.

    `streams`: it can be shown live, by the video platform or by an address of its own; `connected`:
    a video platform is asked how it is, else nobody knows; `seen_at`: when it was online last.
    """

    code: str
    name: str
    lon: float
    lat: float
    area_code: str
    device_id: str
    channel_id: str
    has_rtsp: bool
    purpose: str
    keeper: str
    schematic: bool
    source: str
    streams: bool
    connected: bool
    state: str
    state_since: datetime | None
    checked_at: datetime | None
    seen_at: datetime | None

    @property
    def online(self) -> bool:
        return self.connected and self.state == CameraState.ONLINE

    @property
    def lost(self) -> bool:
        """It has been online and is not, as far as is known."""
        return self.connected and self.seen_at is not None and not self.online

    @property
    def never_seen(self) -> bool:
        """Asked for, and never online; of one that nobody asks for this is not known."""
        return self.connected and self.seen_at is None


def camera_word(row: CameraRow) -> Term:
    """How it is; of one that nobody asks for, that."""
    return STATE_WORDS[row.state] if row.connected else UNCONNECTED


def cameras(scope: Scope) -> list[CameraRow]:
    """The cameras that watch over the scope's area, by street and code."""
    return [camera_row(one) for one in _within(scope).order_by("area_code", "code")]


@dataclass(frozen=True, slots=True)
class CameraCounts:
    """How many cameras stand in an area, and how they are; of those that nobody asks for, no more
    than how many. `shares`: of each that is asked for, as far as they are known."""

    area_code: str
    registered: int
    connected: int
    online: int
    lost: int
    never: int
    shares: tuple[tuple[float | None, ...], ...] = ()


def camera_counts(scope: Scope) -> list[CameraCounts]:
    """The cameras that watch over the scope's area, by where they stand. Two queries."""
    asked = _asked()
    online, seen = asked & Q(state=CameraState.ONLINE), Q(seen_at__isnull=False)
    rows = _within(scope).order_by("area_code").values("area_code").annotate(
        registered=Count("pk"), connected=Count("pk", filter=asked),
        online_n=Count("pk", filter=online), lost_n=Count("pk", filter=asked & seen & ~online),
        never_n=Count("pk", filter=asked & ~seen),
    )  # fmt: skip
    shares: dict[str, list[tuple[float | None, ...]]] = {}
    for (_code, area), share in _shares(_within(scope).filter(asked)).items():
        shares.setdefault(area, []).append(share)
    return [CameraCounts(*one, tuple(shares.get(one[0], ()))) for one in rows.values_list(
        "area_code", "registered", "connected", "online_n", "lost_n", "never_n")]  # fmt: skip


def cameras_listed(scope: Scope) -> QuerySet[Camera]:
    """The same cameras, those whose picture was lost first, to take a page of (`camera_row`)."""
    lost = _asked() & Q(seen_at__isnull=False) & ~Q(state=CameraState.ONLINE)
    return _within(scope).annotate(is_lost=Case(When(lost, then=1), default=0)).order_by(
        "-is_lost", "area_code", "code")  # fmt: skip


def camera(scope: Scope, code: str) -> CameraRow | None:
    """One camera; None where there is none or the scope does not hold it."""
    row = _within(scope).filter(code=code).first()
    return camera_row(row) if row else None


def cameras_near(scope: Scope, lon: float, lat: float) -> list[tuple[CameraRow, float]]:
    """The nearest cameras within 2 km of a point that the scope holds, at most five, and metres.

    Those that can be looked through come first.
    """
    box = box_around(lon, lat, NEAR_KM)
    rows = _within(scope).filter(
        lat__gte=box.south, lat__lte=box.north, lon__gte=box.west, lon__lte=box.east
    )
    far = [(row, distance_m((lon, lat), (row.lon, row.lat))) for row in rows.order_by("code")]
    near = [(camera_row(row), metres) for row, metres in far if metres <= NEAR_KM * 1000]
    near.sort(key=lambda one: (not one[0].streams, one[1]))
    return near[:MOST_NEAR]


def camera_shares(scope: Scope) -> dict[str, tuple[float | None, ...]]:
    """Camera code -> the share of the last 1, 7 and 30 days that it was online.

    Of the time in which that was known; a camera of which it never was is absent.
    """
    return {code: share for (code, _area), share in _shares(_within(scope)).items()}


def _shares(of: QuerySet[Camera]) -> dict[tuple[str, str], tuple[float | None, ...]]:
    """By the code of a camera and its area. One query."""
    now = clock.now()
    spells: dict[tuple[str, str], list[Spell]] = {}
    rows = CameraSpell.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=now - KEPT), camera__in=of
    )  # fmt: skip
    for code, area, state, began, ended, checked in rows.values_list(
        "camera__code", "camera__area_code", "state", "began_at", "ended_at", "camera__checked_at"
    ):
        mine = spells.setdefault((code, area), [])
        mine.append(Spell(state, began, ended or checked or now))
    return {key: online_shares(mine, now) for key, mine in spells.items()}


def _asked() -> Q:
    """Those of which a video platform is asked how they are."""
    return ~Q(device_id="") if settings.ANLAN_WVP_URL else Q(pk=None)


def _within(scope: Scope) -> QuerySet[Camera]:
    prefix = scope.area_prefix
    if prefix is None:
        return Camera.objects.none()
    return Camera.objects.filter(serves__startswith=prefix)


def camera_row(row: Camera) -> CameraRow:
    """The camera as pages show it."""
    return CameraRow(
        row.code, row.name, row.lon, row.lat, row.area_code, row.device_id, row.channel_id,
        bool(row.rtsp_sealed), row.purpose, row.keeper, row.schematic, row.source,
        bool(row.hls_url or row.device_id), bool(row.device_id and settings.ANLAN_WVP_URL),
        row.state, _local(row.state_since),
        _local(row.checked_at), _local(row.seen_at),
    )  # fmt: skip


def _local(at: datetime | None) -> datetime | None:
    return at.astimezone(clock.CHINA) if at else None
