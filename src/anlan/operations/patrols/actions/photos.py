"""Photos of a patrol, with time and place as the phone says them."""

import hashlib

from anlan.operations.patrols.actions.steps import locked
from anlan.operations.patrols.models import PatrolPhoto
from anlan.operations.patrols.rules.states import ENDED
from anlan.operations.people.actions import Actor, act
from anlan.operations.safety.actions import Taking, keep_photo, media_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_A_PATROL = 40


def add_patrol_photo(actor: Actor, task_id: int, raw: bytes, taking: Taking) -> int:
    """Keep a photo of one's own patrol; its id. The same again is the same one. Raises
    `Refused`."""
    media = media_of(raw)
    digest = hashlib.sha256(raw).hexdigest()
    with act("patrols.add_photo", actor) as this:
        task = locked(task_id)
        if actor.id not in task.walkers:
            raise Refused(N_("Photos are added by who walked the patrol."))
        known = task.photos.filter(sha256=digest).first()
        if known is not None:
            return known.pk
        if task.state in ENDED or task.photos.count() >= MOST_A_PATROL:
            raise Refused(N_("This patrol takes no more photos."))
        keep_photo(raw)
        photo = PatrolPhoto.objects.create(
            patrol=task, sha256=digest, media=media, size=len(raw), taken_at=taking.at,
            lon=taking.lon, lat=taking.lat, kept_at=clock.now(), by_id=actor.id,
            by_name=actor.label,
        )  # fmt: skip
        this.on("patrol", task.pk, str(task))
        this.detail = {"sha256": digest}
    return photo.pk
