"""Photos of a check: kept under their digest, of a find also with its danger."""

import hashlib
from contextlib import suppress
from datetime import timedelta

from anlan.operations.checks.models import CheckPhoto, CheckRecord
from anlan.operations.people.actions import Actor, act
from anlan.operations.registers.queries import AHEAD
from anlan.operations.safety.actions import Taking, add_photo, keep_photo, media_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_A_CHECK = 40
LONGEST_BEFORE = timedelta(days=31)  # a photo is of the check, not of long before


def add_check_photo(actor: Actor, key: str, code: str, raw: bytes, taking: Taking) -> int:
    """Keep a photo of an item of the check of that key; its id. The same again is the same one.

    It says when it was taken; where, as far as the phone knew.
    """
    media = media_of(raw)
    if taking.at is None or not -AHEAD <= clock.now() - taking.at <= LONGEST_BEFORE:
        raise Refused(N_("A photo of a check says when it was taken: take it on the spot."))
    with act("checks.add_photo", actor) as this:
        mine = CheckRecord.objects.select_for_update().filter(key=key, by=actor.id)
        record = mine.first()
        answer = next((a for a in record.answers if a["code"] == code), None) if record else None
        if record is None or answer is None:
            raise Refused(N_("There is no such check of yours."))
        known = record.photos.filter(code=code, sha256=hashlib.sha256(raw).hexdigest()).first()
        if known is not None:
            return known.pk
        if record.photos.count() >= MOST_A_CHECK:
            raise Refused(N_("A check has at most %(most)d photos."), most=MOST_A_CHECK)
        photo = CheckPhoto.objects.create(
            record=record, code=code, sha256=keep_photo(raw), media=media, size=len(raw),
            taken_at=taking.at, lon=taking.lon, lat=taking.lat, kept_at=clock.now(),
            by_name=actor.label,
        )  # fmt: skip
        if answer.get("danger"):
            with suppress(Refused):  # closed meanwhile: the check keeps its photo all the same
                add_photo(actor, answer["danger"], "before", raw, taking)
        this.on("check", record.pk, str(record))
        this.detail = {"item": code, "sha256": photo.sha256}
    return photo.pk
