"""Photos and documents: distrusted, kept as they came under their digest, never replaced."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from PIL import Image

from anlan.backbone.documents import BOTH, NONE, NoDocument, Unfit, also_a_document, document_media
from anlan.operations.people.actions import Actor, act
from anlan.operations.registers.queries import Malformed, moment, sent_place
from anlan.operations.safety.actions.sealing import keep_photo
from anlan.operations.safety.models import Danger, DangerPhoto
from anlan.operations.safety.rules.pictures import FORMATS, MOMENT_WORDS, MOST_PIXELS, REPORT
from anlan.operations.safety.rules.states import State
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_A_DANGER = 40


@dataclass(frozen=True, slots=True)
class Taking:
    """When and where a phone says that it took a photo; CGCS2000."""

    at: datetime | None = None
    lon: float | None = None
    lat: float | None = None


def read_taking(given: Mapping[str, Any]) -> Taking:
    """When and where a photo was taken, as far as the phone says."""
    said = given.get("taken_at")
    at = moment(said) if said else None
    try:
        where = sent_place({key: float(given[key]) for key in ("lon", "lat") if given.get(key)})
    except ValueError:
        raise Malformed("no place") from None
    return Taking(at, where["lon"], where["lat"])


def add_photo(
    actor: Actor, danger_id: int, moment: str, raw: bytes, taking: Taking = Taking(),
    name: str = "",
) -> int:  # fmt: skip
    """Keep a photo, as evidence of a report a document too; its id.

    The same photo again is the same one. Raises `Refused`.
    """
    media = paper_media(raw) if moment == REPORT else media_of(raw)
    digest = hashlib.sha256(raw).hexdigest()
    with act("safety.add_photo", actor) as this:
        danger = Danger.objects.select_for_update().filter(pk=danger_id).first()
        if danger is None or moment not in MOMENT_WORDS:
            raise Refused(N_("There is no such danger."))
        known = danger.photos.filter(sha256=digest, moment=moment).first()
        if known is not None:
            return known.pk
        if danger.photos.filter(sha256=digest).exists():
            raise Refused(N_("This photo is kept already: take another one."))
        if danger.state == State.CLOSED:
            raise Refused(N_("The danger is closed."))
        if danger.photos.count() >= MOST_A_DANGER:
            raise Refused(N_("A danger has at most %(most)d photos."), most=MOST_A_DANGER)
        keep_photo(raw)
        photo = DangerPhoto.objects.create(
            danger=danger, moment=moment, sha256=digest, media=media, name=paper_name(name),
            size=len(raw), taken_at=taking.at, lon=taking.lon, lat=taking.lat, kept_at=clock.now(),
            by_id=actor.id, by_name=actor.label,
        )  # fmt: skip
        this.on("danger", danger.pk, str(danger))
        this.detail = {"moment": moment, "sha256": digest}
    return photo.pk


def media_of(raw: bytes) -> str:
    """What kind of picture this is; raises `Refused` for whatever is none."""
    media = _picture(raw)
    if media is None:
        raise Refused(N_("This is no photo: only JPEG, PNG and WebP are taken."))
    return media


def paper_media(raw: bytes) -> str:
    """What kind of document or picture this is; raises `Refused` for whatever is neither."""
    most, photo = settings.ANLAN_DOCUMENT_MB, settings.ANLAN_PHOTO_MB
    if len(raw) > most * 1024**2:
        said = N_("A document has at most %(most)d MB, a photo %(photo)d MB.")
        raise Refused(said, most=most, photo=photo)
    try:
        return document_media(raw)
    except NoDocument:
        picture = _picture(raw)
        if picture is None:
            raise Refused(NONE) from None
        return picture
    except Unfit as fault:
        raise Refused(str(fault)) from None


def _picture(raw: bytes) -> str | None:
    most = settings.ANLAN_PHOTO_MB
    if len(raw) > most * 1024**2:
        raise Refused(N_("A photo has at most %(most)d MB."), most=most)
    try:
        with Image.open(io.BytesIO(raw), formats=tuple(FORMATS)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Refused(N_("The photo has too many pixels."))
            picture.load()
            media = FORMATS[str(picture.format)]
    except Refused:
        raise
    except Exception:  # Pillow raises whatever its readers raise
        return None
    if also_a_document(raw):
        raise Refused(BOTH)
    return media


def paper_name(name: str) -> str:
    """A file's name as its sender called it, without folders, ending and unseen characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(one if one.isprintable() else " " for one in last)
    return PurePosixPath(" ".join(seen.split())).stem[:120] if seen.strip(" .") else ""
