"""Cameras from a file: looked at first, then taken as a whole or not at all, and only once.

A camera is known by its GB/T 28181 channel, else by its code: the same list again changes nothing.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

import numpy as np
import shapely

from anlan.operations.people.actions import Actor, act, seal_text, unseal_text
from anlan.operations.sensing.actions.cameras import CAMERA_SITE, NewCamera, register_cameras
from anlan.operations.sensing.actions.imports import (
    BAD_ROWS,
    NO_ROWS,
    columns,
    keep_bytes,
    table_lines,
    with_given,
)
from anlan.operations.sensing.actions.offered import Outcome, refusal
from anlan.operations.sensing.models import Camera, CameraFile
from anlan.operations.sensing.rules.camera_rows import COLUMNS, CameraLine, is_empty, parse_camera
from anlan.operations.sensing.rules.offered import Flaw
from anlan.operations.territory.queries import areas, outlines, sites
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

NEEDED = ("name", "lon", "lat")
TWICE = N_("row %(other)s is the same camera")
ANOTHERS = N_("this channel is registered as %(code)s")
NO_AREA = N_("the point lies in no area of this district, and none is named")
UNKNOWN_AREA = N_("%(code)s is no area of this district")
NO_CAMERA = N_("on the map, %(code)s is %(name)s, which is no camera")
# What a file says of a camera; the rest of the register is left as it is.
SAID = ("name", "lon", "lat", "area_code", "device_id", "channel_id", "hls_url", "purpose",
        "keeper")  # fmt: skip


@dataclass(slots=True)
class CheckedCameras:
    """The cameras of a file by what they would do, and of every bad row the field and reason.

    `schematic`: how many made-up cameras, which the file does not name, would leave.
    """

    added: list[NewCamera] = field(default_factory=list)
    changed: list[NewCamera] = field(default_factory=list)
    same: list[NewCamera] = field(default_factory=list)
    schematic: int = 0
    refused: list[Outcome] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TakenCameras:
    """How many cameras a file brought; `again`: it had been taken before, nothing was changed."""

    added: int
    changed: int
    same: int
    again: bool


def keep_camera_file(actor: Actor, name: str, raw: bytes) -> int:
    """Keep a file for a look before it is taken; the same bytes are the same file. Its id.

    Raises `Refused` when it is too large or no table at all.
    """
    check_cameras_file(raw)
    sealed = seal_text(base64.b64encode(raw).decode())
    with act("sensing.send_camera_file", actor) as this:
        return keep_bytes(this, CameraFile, actor, name, raw, body_sealed=sealed)


def file_bytes(sealed: bytes | memoryview) -> bytes:
    """What a kept file holds."""
    return base64.b64decode(unseal_text(sealed))


def take_camera_file(actor: Actor, file_id: int) -> TakenCameras:
    """Register every camera of a kept file, or none; a second time changes nothing and says so.

    Raises `CameraFile.DoesNotExist`, or `Refused` when a row cannot be taken.
    """
    with act("sensing.import_cameras", actor) as this:
        kept = CameraFile.objects.select_for_update().get(pk=file_id)
        this.on("file", kept.pk, kept.name)
        again = kept.taken_at is not None
        if not again:
            checked = check_cameras_file(file_bytes(kept.body_sealed))
            if checked.refused:
                raise Refused(BAD_ROWS)
            real = checked.added + checked.changed
            register_cameras(
                actor, [replace(one, source=kept.name) for one in real],
                instead_of_schematic=True,
            )  # fmt: skip
            kept.added, kept.changed = len(checked.added), len(checked.changed)
            kept.same = len(checked.same)
            kept.taken_at, kept.taken_by, kept.body_sealed = clock.now(), actor.label, b""
            kept.save()
        this.detail = {"added": kept.added, "changed": kept.changed, "repeat": again}
    return TakenCameras(kept.added, kept.changed, kept.same, again)


def check_cameras_file(raw: bytes) -> CheckedCameras:
    """Every row of a file against the register. Raises `Refused` for a file that is no table.

    Rows carry the number that a spreadsheet shows; the header is row 1.
    """
    lines = table_lines(raw)
    places = columns(lines[0], COLUMNS, NEEDED)
    register = _Register()
    checked = CheckedCameras()
    for row, line in enumerate(lines[1:], 2):
        cells = {key: line[at] if at < len(line) else None for key, at in places.items()}
        if is_empty(cells):
            continue
        try:
            register.place(checked, row, parse_camera(cells))
        except Flaw as flaw:
            checked.refused.append(refusal(row, flaw))
    checked.refused = with_given(checked.refused, lines, places)
    if checked.added or checked.changed:
        checked.schematic = register.schematic_beside(checked)
    if not (checked.added or checked.changed or checked.same or checked.refused):
        raise Refused(NO_ROWS)
    return checked


class _Register:
    """The cameras and areas that stand, and what the file has said so far."""

    def __init__(self) -> None:
        rows = list(Camera.objects.all())
        self._by_code = {row.code: row for row in rows}
        self._by_channel = {row.channel_id: row for row in rows if row.channel_id}
        self._codes = {area.code for area in areas()}
        self._others = {one.code: one.name for one in sites(None) if one.kind != CAMERA_SITE}
        self._area_at = _finder()
        self._seen: dict[str, int] = {}

    def schematic_beside(self, checked: CheckedCameras) -> int:
        """How many schematic cameras the file does not name."""
        named = {one.code for one in checked.added + checked.changed}
        return sum(row.schematic and code not in named for code, row in self._by_code.items())

    def place(self, checked: CheckedCameras, row: int, line: CameraLine) -> None:
        """Put a row where it belongs. Raises `Flaw`."""
        known = self._by_channel.get(line.channel_id)
        if known and line.code and known.code != line.code:
            raise Flaw("channel_id", ANOTHERS, code=known.code)
        code = line.code or (known.code if known else f"cam-{line.channel_id}")
        known = known or self._by_code.get(code)
        if code in self._others:
            raise Flaw("code", NO_CAMERA, code=code, name=self._others[code])
        for name, mark in (("code", code), ("channel_id", line.channel_id)):
            other = self._seen.setdefault(mark, row) if mark else row
            if other != row:
                raise Flaw(name, TWICE, other=other)
        camera = self._camera(line, code, known)
        if known is None:
            checked.added.append(camera)
        elif _differs(camera, known):
            checked.changed.append(camera)
        else:
            checked.same.append(camera)

    def _camera(self, line: CameraLine, code: str, known: Camera | None) -> NewCamera:
        stays = known is not None and (known.lon, known.lat) == (line.lon, line.lat)
        before = known.area_code if known else ""
        home = line.area_code or (before if stays else self._area_at(line.lon, line.lat))
        if not home:
            raise Flaw("area_code", NO_AREA)
        if home not in self._codes and home != before:  # one that we watch may stand outside
            raise Flaw("area_code", UNKNOWN_AREA, code=home)
        said = asdict(line) | {"code": code, "area_code": home}
        if known is not None and known.serves != before:
            said["serves"] = known.serves  # no file says whose watch it is
        if known is not None and not line.rtsp:
            said["rtsp"] = unseal_text(known.rtsp_sealed)  # lists go round without it
        return NewCamera(**said)


def _differs(camera: NewCamera, known: Camera) -> bool:
    given: Mapping[str, object] = asdict(camera)
    if any(given[name] != getattr(known, name) for name in SAID) or known.schematic:
        return True
    return unseal_text(known.rtsp_sealed) != camera.rtsp


def _finder() -> Callable[[float, float], str]:
    """The community, else the township, that holds a point; "" for none."""
    held: list[tuple[Sequence[str], shapely.STRtree]] = []
    for kind in ("community", "township"):
        shapes = outlines(kind)
        held.append((list(shapes), shapely.STRtree(np.array(list(shapes.values()), dtype=object))))

    def area_at(lon: float, lat: float) -> str:
        for codes, tree in held:
            found = tree.query(shapely.Point(lon, lat), predicate="intersects")
            if len(found):
                return codes[int(found.min())]
        return ""

    return area_at
