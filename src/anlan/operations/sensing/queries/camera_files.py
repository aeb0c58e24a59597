"""Files of cameras that were sent in, and the register as such a file."""

from dataclasses import dataclass
from datetime import datetime

from anlan.operations.sensing.models import Camera, CameraFile


@dataclass(frozen=True, slots=True)
class CameraFileRow:
    """A file, and what it brought once it was taken (`taken_at` None before)."""

    id: int
    name: str
    sent_at: datetime
    sent_by: str
    taken_at: datetime | None
    taken_by: str
    added: int
    changed: int
    same: int


def camera_files(limit: int = 30) -> list[CameraFileRow]:
    """The one sent last first; without their bodies."""
    rows = CameraFile.objects.defer("body_sealed").order_by("-sent_at")
    return [_row(one) for one in rows[:limit]]


def camera_file(file_id: int) -> tuple[CameraFileRow, bytes] | None:
    """A file and, until it is taken, its sealed bytes."""
    found = CameraFile.objects.filter(pk=file_id).first()
    return (_row(found), bytes(found.body_sealed)) if found else None


def camera_lines() -> list[tuple[object, ...]]:
    """Every camera as a line of the template, by code; without its RTSP address."""
    rows = Camera.objects.order_by("code")
    return [
        (row.code, row.name, row.lon, row.lat, "CGCS2000", row.area_code, row.device_id,
         row.channel_id, "", row.hls_url, row.purpose, row.keeper)
        for row in rows
    ]  # fmt: skip


def _row(one: CameraFile) -> CameraFileRow:
    return CameraFileRow(
        one.pk, one.name, one.sent_at, one.sent_by, one.taken_at, one.taken_by, one.added,
        one.changed, one.same,
    )  # fmt: skip
