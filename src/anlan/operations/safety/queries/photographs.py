"""Kept photos and documents: how they come in, where they lie, how a page is given one.

Other rooms keep theirs here too.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from anlan.backbone.papers import DOCX, PDF
from anlan.backbone.workbooks import XLSX
from anlan.operations.people.actions import unseal_file
from anlan.vocabulary.transitions import Refused

ENDINGS = {PDF: "pdf", DOCX: "docx", XLSX: "xlsx"}
HOUR_S = 3600
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Kept(Protocol):
    """A row that says which photo it is: its SHA-256 and its media type."""

    sha256: str
    media: str


class KeptPaper(Kept, Protocol):
    """A row of a photo or a document; `name` is without an ending, perhaps empty."""

    pk: int
    name: str


def sent_bytes(sent: "UploadedFile[bytes] | None", missing: str) -> bytes:
    """What came with a form: all of it, or more than is ever taken. Refused `missing` without."""
    if sent is None:
        raise Refused(missing)
    most = max(settings.ANLAN_PHOTO_MB, settings.ANLAN_DOCUMENT_MB) * 1024**2
    raw: bytes = sent.read(most + 1)
    return raw


def sealed_file(digest: str) -> Path:
    """Where the photo or document of a digest lies: people and papers of people are on it."""
    return _folder() / digest[:2] / f"{digest}.sealed"


def open_files() -> Iterator[Path]:
    """What was kept before files were sealed, and lies open still."""
    for folder in sorted(_folder().glob("??")):
        yield from sorted(one for one in folder.iterdir() if _DIGEST.fullmatch(one.name))


def kept_bytes(digest: str) -> bytes:
    """What was sent. What was kept before files were sealed may lie open beside them."""
    path = sealed_file(digest)
    if not path.exists():
        try:
            return path.with_suffix("").read_bytes()
        except FileNotFoundError:
            if not path.exists():  # else sealed just now
                raise
    return unseal_file(path.read_bytes())


def _folder() -> Path:
    return Path(settings.ANLAN_HOME) / "evidence"


def photo_answer(kept: Kept) -> HttpResponse:
    """The photo itself, for whoever was found to see its row; a browser keeps it for an hour."""
    answer = HttpResponse(kept_bytes(kept.sha256), content_type=kept.media)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = f"private, max-age={HOUR_S}"
    return answer


def paper_answer(kept: KeptPaper) -> HttpResponse:
    """A photo as any; a document as a file to be saved, never shown in the place of a page."""
    answer = photo_answer(kept)
    if kept.media in ENDINGS:
        name = f"{kept.name or kept.pk}.{ENDINGS[kept.media]}"
        answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
