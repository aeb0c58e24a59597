"""Files of readings that were sent in."""

from dataclasses import dataclass
from datetime import datetime

from anlan.operations.sensing.models import ReadingFile, Series


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file, and what it brought once it was taken (`taken_at` None before)."""

    id: int
    name: str
    sent_at: datetime
    sent_by: str
    taken_at: datetime | None
    taken_by: str
    stored: int
    revised: int
    repeated: int


def reading_files(limit: int = 30) -> list[FileRow]:
    """The one sent last first; without their bodies."""
    return [_row(one) for one in ReadingFile.objects.defer("body").order_by("-sent_at")[:limit]]


def reading_file(file_id: int) -> tuple[FileRow, bytes] | None:
    """A file and, until it is taken, its bytes."""
    found = ReadingFile.objects.filter(pk=file_id).first()
    return (_row(found), bytes(found.body)) if found else None


def all_series() -> list[tuple[str, str, str, str, str]]:
    """Station code and name, element, unit and datum of every series, by code."""
    rows = Series.objects.order_by("station__code", "pk")
    return list(rows.values_list("station__code", "station__name", "element", "unit", "datum"))


def _row(one: ReadingFile) -> FileRow:
    return FileRow(
        one.pk, one.name, one.sent_at, one.sent_by, one.taken_at, one.taken_by, one.stored,
        one.revised, one.repeated,
    )  # fmt: skip
