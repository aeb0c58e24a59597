"""Cameras: their register, and what the video platform says of them."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import transaction

from anlan.backbone.video import PlatformAway, Recording, VideoPlatform, Wvp
from anlan.operations.people.actions import Actor, act, seal_text
from anlan.operations.sensing.models import Camera
from anlan.operations.sensing.rules.video import (
    CHANNEL_TYPES,
    DEVICE_TYPES,
    wrong_address,
    wrong_id,
)
from anlan.operations.territory.actions import NewSite, load_sites
from anlan.operations.territory.queries import sites
from anlan.vocabulary import clock
from anlan.vocabulary.areas import BadAreaCode, area_code
from anlan.vocabulary.words import N_

CAMERA_SITE = "camera"  # the kind of its site
Got = TypeVar("Got")
LONGEST_LOOK = timedelta(days=1)
TOO_LONG = N_("a recording is looked at from one moment to a later one, at most a day")
NO_PLATFORM = N_("no video platform is set up")
# What registering again leaves as it is.
KEPT = ("id", "code", "registered_at", "state", "state_since", "checked_at", "seen_at")


class NoStream(LookupError):
    """The camera has no live picture to show now; the text says why."""


class BadCamera(ValueError):
    """A camera that cannot be registered; the text says which and why, never its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCamera:
    """A camera as the district's file gives it (fields as in `Camera`).

    Reached by its GB/T 28181 identifiers, by `rtsp` (credentials and all) or by `hls_url`; one
    with none of them stands on the map and cannot be looked through. `serves` is its own area
    unless said otherwise.
    """

    code: str
    name: str
    lon: float
    lat: float
    area_code: str
    serves: str = ""
    device_id: str = ""
    channel_id: str = ""
    rtsp: str = ""
    hls_url: str = ""
    purpose: str = ""
    keeper: str = ""
    schematic: bool = False
    source: str = ""


def register_cameras(
    actor: Actor, cameras: Iterable[NewCamera], *, instead_of_schematic: bool = False
) -> int:
    """Register cameras by code; the same again changes nothing. Returns how many.

    Each stands on the one map as a site of its code, which follows it. With `instead_of_schematic`
    the schematic cameras that are not among them leave, with their sites.

    Raises `BadCamera` and writes nothing when one of them has a bad identifier, address or area;
    `SiteTaken` when its code is that of another site.
    """
    checked = list(cameras)
    for camera in checked:
        _check(camera)
    if not checked:
        return 0
    with act("sensing.register_cameras", actor) as this:
        rows = [_row(camera) for camera in checked]
        names = [f.name for f in Camera._meta.concrete_fields]
        Camera.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"],
            update_fields=[one for one in names if one not in KEPT],
        )  # fmt: skip
        gone = Camera.objects.none()
        if instead_of_schematic:
            gone = Camera.objects.filter(schematic=True).exclude(code__in=[r.code for r in rows])
        this.detail = {"schematic_removed": gone.delete()[0]}
        load_sites(
            actor, [_site(camera) for camera in checked],
            instead_of_schematic=[CAMERA_SITE] if instead_of_schematic else [],
        )  # fmt: skip
        this.on("camera", "all", f"{len(checked)} cameras")
    return len(checked)


def follow_camera_sites(actor: Actor) -> int:
    """Register the cameras that came to the map as sites alone; returns how many.

    A schematic camera whose site has left leaves the register.
    """
    standing = sites(None, kind=CAMERA_SITE)
    with transaction.atomic():
        Camera.objects.filter(schematic=True).exclude(code__in={s.code for s in standing}).delete()
        known = set(Camera.objects.values_list("code", flat=True))
        return register_cameras(
            actor,
            [
                NewCamera(code=one.code, name=one.name, lon=one.lon, lat=one.lat,
                          area_code=one.area_code, schematic=one.schematic, source=one.source)
                for one in standing if one.code not in known
            ],
        )  # fmt: skip


def load_camera_file(actor: Actor, folder: Path) -> int:
    """Register what the district's `cameras.toml` lists, and what stands on the map alone.

    Returns how many.
    """
    return register_cameras(actor, _listed(folder)) + follow_camera_sites(actor)


def camera_sites(folder: Path) -> list[NewSite]:
    """What the district's `cameras.toml` lists, as points of the one map."""
    return [_site(camera) for camera in _listed(folder)]


def _listed(folder: Path) -> list[NewCamera]:
    path = folder / "cameras.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["camera"] if path.exists() else []
    return [NewCamera(**entry) for entry in entries]


def _check(camera: NewCamera) -> None:
    wrong = ""
    if camera.device_id or camera.channel_id:
        wrong = wrong_id(camera.device_id, DEVICE_TYPES)
        wrong = wrong or wrong_id(camera.channel_id, CHANNEL_TYPES)
    if camera.rtsp:
        wrong = wrong or wrong_address(camera.rtsp, "rtsp", "rtsps")
    if camera.hls_url:
        wrong = wrong or wrong_address(camera.hls_url, "http", "https")
    if wrong:
        raise BadCamera(f"{camera.code}: {wrong}")
    try:
        area_code(camera.area_code)
    except BadAreaCode as error:
        raise BadCamera(f"{camera.code}: {error}") from error


def _site(camera: NewCamera) -> NewSite:
    """A camera as a point of the one map; one outside belongs to whom it serves."""
    inside = camera.area_code.startswith(camera.serves)
    return NewSite(
        code=camera.code, kind=CAMERA_SITE, name=camera.name,
        area_code=camera.area_code if inside else camera.serves, lon=camera.lon, lat=camera.lat,
        attributes={"watches_over": camera.purpose} if camera.purpose else {},
        schematic=camera.schematic, source=camera.source,
    )  # fmt: skip


def _row(camera: NewCamera) -> Camera:
    values = asdict(camera)
    values["rtsp_sealed"] = seal_text(values.pop("rtsp"))
    values["serves"] = camera.serves or camera.area_code
    return Camera(**values, registered_at=clock.now())


def video_platform() -> VideoPlatform | None:
    """The district's video platform, where one is set up."""
    if not settings.ANLAN_WVP_URL:
        return None
    return Wvp(settings.ANLAN_WVP_URL, settings.ANLAN_WVP_TOKEN_FILE)


def start_stream(actor: Actor, code: str, platform: VideoPlatform | None) -> str:
    """The HLS address of a camera's live picture; who looks is on record. Raises `NoStream`."""
    camera = _looked_at(actor, code)
    return camera.hls_url or _asked(camera, platform, lambda found: found.play(*_channel(camera)))


def take_picture(actor: Actor, code: str, platform: VideoPlatform | None) -> tuple[bytes, str]:
    """The newest picture and its media type; who looks is on record. Raises `NoStream`."""
    camera = _looked_at(actor, code)
    return _asked(camera, platform, lambda found: found.picture(*_channel(camera)))


def play_recording(
    actor: Actor, code: str, period: Recording, platform: VideoPlatform | None
) -> str:
    """The HLS address of what was recorded; who looks at what is on record. Raises `NoStream`."""
    if not timedelta(0) < period.ends_at - period.begins_at <= LONGEST_LOOK:
        raise NoStream(TOO_LONG)
    camera = _looked_at(actor, code, period)
    return _asked(camera, platform, lambda found: found.playback(*_channel(camera), *period))


def list_recordings(code: str, day: date, platform: VideoPlatform | None) -> list[Recording]:
    """What was recorded on a day. Raises `NoStream`."""
    begins = datetime.combine(day, time(), clock.CHINA)
    camera = Camera.objects.get(code=code)
    return _asked(
        camera, platform,
        lambda found: found.recordings(*_channel(camera), begins, begins + timedelta(days=1)),
    )  # fmt: skip


def _channel(camera: Camera) -> tuple[str, str]:
    return camera.device_id, camera.channel_id


def _asked(
    camera: Camera, platform: VideoPlatform | None, what: Callable[[VideoPlatform], Got]
) -> Got:
    """What the platform gives of a camera; raises `NoStream`."""
    if not camera.device_id or platform is None:
        raise NoStream(NO_PLATFORM)
    try:
        return what(platform)
    except PlatformAway as fault:
        raise NoStream(str(fault)) from None


def _looked_at(actor: Actor, code: str, period: Recording | None = None) -> Camera:
    camera = Camera.objects.get(code=code)
    with act("sensing.watch_recording" if period else "sensing.watch_camera", actor) as this:
        this.on("camera", camera.pk, camera.name)
        if period:
            this.detail = {"from": period.begins_at.isoformat(), "to": period.ends_at.isoformat()}
    return camera
