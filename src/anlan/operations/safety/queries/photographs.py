"""Kept photos: where they lie and how a page is given one. Other rooms keep theirs here too."""

from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.http import HttpResponse


class Kept(Protocol):
    """A row that says which photo it is: its SHA-256 and its media type."""

    sha256: str
    media: str


def photo_file(digest: str) -> Path:
    """Where the photo of a digest lies."""
    return Path(settings.ANLAN_HOME) / "evidence" / digest[:2] / digest


def photo_answer(kept: Kept) -> HttpResponse:
    """The photo itself, for whoever was found to see its row; a browser keeps it for an hour."""
    answer = HttpResponse(photo_file(kept.sha256).read_bytes(), content_type=kept.media)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
