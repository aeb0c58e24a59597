"""Photos and documents as evidence of a work, kept as the ones of dangers are."""

import hashlib

from anlan.operations.people.actions import Actor, act
from anlan.operations.responsibilities.actions.works import locked
from anlan.operations.responsibilities.queries.scope import facts
from anlan.operations.responsibilities.rules.loop import Person, check
from anlan.operations.safety.actions import keep_photo, paper_media, paper_name
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_A_WORK = 20


def add_photo(actor: Actor, person: Person, work_id: int, raw: bytes, name: str = "") -> int:
    """Keep evidence while the work may be submitted; its id. The same again is the same one."""
    media = paper_media(raw)
    with act("responsibilities.add_photo", actor) as this:
        work = locked(work_id)
        check("submit", facts(work), person)
        known = work.photos.filter(sha256=hashlib.sha256(raw).hexdigest()).first()
        if known is not None:
            return known.pk
        if work.photos.count() >= MOST_A_WORK:
            raise Refused(N_("A work has at most %(most)d photos and documents."), most=MOST_A_WORK)
        photo = work.photos.create(
            sha256=keep_photo(raw), media=media, name=paper_name(name), size=len(raw),
            kept_at=clock.now(), by_name=actor.label,
        )  # fmt: skip
        this.on("work", work.pk, f"{work}")
        this.detail = {"sha256": photo.sha256}
    return photo.pk
