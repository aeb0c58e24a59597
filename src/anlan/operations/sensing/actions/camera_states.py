"""What the video platform says of the cameras, minute by minute; one alarm where many are lost."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db import transaction

from anlan.backbone.video import PlatformAway, VideoPlatform
from anlan.operations.sensing.actions.alarms import Telling, clear_each, tell_each
from anlan.operations.sensing.models import Alarm, Camera, CameraSpell
from anlan.operations.sensing.queries.health_limits import health_limits
from anlan.operations.sensing.rules.alarm_states import CAMERA_OUTAGE, AlarmState
from anlan.operations.sensing.rules.camera_spells import KEPT, UNWATCHED_AFTER
from anlan.operations.sensing.rules.mass_silence import (
    CELL,
    OPERATOR,
    Device,
    Mass,
    group_key,
    masses,
    over,
)
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.operations.sensing.rules.video import CameraState
from anlan.vocabulary import clock
from anlan.vocabulary.areas import shared
from anlan.vocabulary.words import N_

LOST_AFTER = timedelta(minutes=5)  # [pv] a camera that comes back sooner is nobody's matter
PLATFORM_AWAY = "platform"
LOST = {
    CELL: N_("%(count)s of %(of)s cameras of the recorder %(name)s show no picture since %(since)s:"
             " call its keeper"),
    OPERATOR: N_("%(count)s of %(of)s cameras kept by %(name)s show no picture since %(since)s:"
                 " call the keeper"),
    PLATFORM_AWAY: N_("The video platform says nothing of its %(of)s cameras since %(since)s:"
                      " look whether it runs"),
}  # fmt: skip


def check_cameras(platform: VideoPlatform) -> int:
    """Ask the platform which cameras are online; returns how many changed.

    Of a device that cannot be asked nothing is known; a channel it does not list is offline. Where
    many are lost at once, one alarm says so.
    """
    by_device: dict[str, list[Camera]] = {}
    for camera in Camera.objects.exclude(device_id=""):
        by_device.setdefault(camera.device_id, []).append(camera)
    said: dict[int, CameraState] = {}
    for device, cameras in by_device.items():
        try:
            online = platform.channels(device)
        except PlatformAway:
            online = None
        said |= {camera.pk: _state(camera, online) for camera in cameras}
    watched = [camera for cameras in by_device.values() for camera in cameras]
    with transaction.atomic():
        changed = _note(watched, said)
        _tell_outages(watched)
    return changed


def _state(camera: Camera, online: Mapping[str, bool] | None) -> CameraState:
    if online is None:
        return CameraState.UNKNOWN
    return CameraState.ONLINE if online.get(camera.channel_id) else CameraState.OFFLINE


def _note(watched: Sequence[Camera], said: Mapping[int, CameraState]) -> int:
    """Write the states, and the spells of those that changed or were not watched for a while."""
    now, changed, broken = clock.now(), 0, {}
    for camera in watched:
        state, before = said[camera.pk], camera.checked_at
        gap = before is not None and now - before > UNWATCHED_AFTER
        if camera.state != state or before is None:
            changed += camera.state != state
            camera.state, camera.state_since = state.value, now
            broken[camera.pk] = before if gap and before else now
        elif gap and before:
            broken[camera.pk] = before
        camera.checked_at = now
        if state is CameraState.ONLINE:
            camera.seen_at = now
    Camera.objects.bulk_update(watched, ["state", "state_since", "checked_at", "seen_at"])
    if broken:
        _break_spells(broken, said)
    return changed


def _break_spells(broken: Mapping[int, datetime], said: Mapping[int, CameraState]) -> None:
    """End the running spells of cameras at the given moments and begin new ones now."""
    now = clock.now()
    running = list(CameraSpell.objects.filter(camera__in=broken, ended_at=None))
    for spell in running:
        spell.ended_at = broken[spell.camera_id]
    CameraSpell.objects.bulk_update(running, ["ended_at"])
    CameraSpell.objects.bulk_create(
        CameraSpell(camera_id=pk, state=said[pk].value, began_at=now) for pk in broken
    )
    CameraSpell.objects.filter(ended_at__lt=now - KEPT).delete()


def _tell_outages(watched: Sequence[Camera]) -> None:
    """One alarm for a recorder, a keeper or the platform whose cameras are lost."""
    opened = list(Alarm.objects.filter(rule=CAMERA_OUTAGE, state=AlarmState.OPEN).order_by("pk"))
    in_service = [one for one in watched if one.seen_at is not None]
    lost = {one.pk: one for one in in_service if _is_lost(one)}
    if not lost and not opened:
        return
    limits = health_limits().mass
    away = len(lost) == len(in_service) and all(
        one.state == CameraState.UNKNOWN for one in in_service
    )
    going_on = {one.key for one in opened}
    clear_each(
        [(one, Ending(one.pk, clock.now(), one.value)) for one in opened
         if over(sum(one.key in _keys(camera) for camera in lost.values()), int(one.value), limits)
         or (one.key == _key(PLATFORM_AWAY, "") and not away)]
    )  # fmt: skip
    found = [_platform(in_service)] if away else masses(
        (Device(one.pk, one.keeper, "", one.device_id, _since(one), one.pk in lost)
         for one in in_service if not going_on & _keys(one)), limits
    )  # fmt: skip
    serves = {one.pk: one.serves for one in in_service}
    tell_each(
        [_telling(mass, shared({serves[pk] for pk in mass.members})) for mass in found
         if _key(mass.kind, mass.name) not in going_on]
    )  # fmt: skip


def _is_lost(camera: Camera) -> bool:
    return camera.state != CameraState.ONLINE and clock.now() - _since(camera) >= LOST_AFTER


def _since(camera: Camera) -> datetime:
    return camera.state_since or clock.now()


def _keys(camera: Camera) -> set[str]:
    """The keys of the alarms that would speak for a camera."""
    return {_key(CELL, camera.device_id), _key(OPERATOR, camera.keeper), _key(PLATFORM_AWAY, "")}


def _key(kind: str, name: str) -> str:
    return f"{group_key(kind, name)}::{CAMERA_OUTAGE}"


def _platform(in_service: Sequence[Camera]) -> Mass:
    members = tuple(one.pk for one in in_service)
    return Mass(PLATFORM_AWAY, "", members, len(members), min(map(_since, in_service)))


def _telling(mass: Mass, area: str) -> Telling:
    alarm = Alarm(
        key=_key(mass.kind, mass.name), station_code="", station_name=mass.name, area_code=area,
        rule=CAMERA_OUTAGE, value=float(len(mass.members)), limit=float(mass.in_service),
        began_at=mass.since, observed_at=mass.since, raised_at=clock.now(),
    )  # fmt: skip
    words = {
        "count": str(len(mass.members)), "of": str(mass.in_service), "name": mass.name,
        "since": f"{mass.since.astimezone(clock.CHINA):%H:%M}",
    }  # fmt: skip
    return Telling(alarm, LOST[mass.kind], words, f"/cameras?{urlencode({'state': 'lost'})}")
