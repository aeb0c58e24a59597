"""Photos of a call: of what is called for by the street, of what was done by the department."""

import hashlib

from anlan.operations.calls.actions.steps import locked
from anlan.operations.calls.models import CallPhoto
from anlan.operations.calls.rules.loop import Person
from anlan.operations.calls.rules.states import ENDED
from anlan.operations.people.actions import Actor, act
from anlan.operations.safety.actions import keep_photo, media_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_A_CALL = 20


def add_call_photo(actor: Actor, person: Person, call_id: int, raw: bytes) -> int:
    """Keep a photo; its id. The same again is the same one. Raises `Refused`."""
    media = media_of(raw)
    digest = hashlib.sha256(raw).hexdigest()
    with act("calls.add_photo", actor) as this:
        call = locked(call_id)
        if not person.organisation or person.organisation not in (call.street, call.unit):
            raise Refused(N_("Photos are added by the street and the department of the call."))
        known = call.photos.filter(sha256=digest).first()
        if known is not None:
            return known.pk
        if call.state in ENDED:
            raise Refused(N_("The call is over."))
        if call.photos.count() >= MOST_A_CALL:
            raise Refused(N_("A call has at most %(most)d photos."), most=MOST_A_CALL)
        photo = CallPhoto.objects.create(
            call=call, sha256=keep_photo(raw), media=media, size=len(raw), kept_at=clock.now(),
            by_id=actor.id, by_name=actor.label, by_street=person.organisation == call.street,
        )  # fmt: skip
        this.on("call", call.pk, call.number)
        this.detail = {"sha256": digest}
    return photo.pk
