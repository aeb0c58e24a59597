"""Who may push readings: a token for each sender, shown once, kept as its hash, revocable."""

import hashlib
import secrets
from collections.abc import Collection

from anlan.operations.people.actions import Actor, act
from anlan.operations.sensing.models import Sender, Station
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

TOKEN_BYTES = 32
HINT = 6
NO_STATIONS = N_("A sender speaks for at least one station of the register.")


def token_hash(token: str) -> str:
    """What is kept of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_sender(actor: Actor, name: str, stations: Collection[str]) -> tuple[int, str]:
    """Let a program push readings of some stations; returns its id and its token, only now.

    Raises `Refused` when a station is not in the register or none is named.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with act("sensing.issue_sender", actor) as this:
        found = list(Station.objects.filter(code__in=set(stations)))
        if not found or len(found) < len(set(stations)):
            raise Refused(NO_STATIONS)
        sender = Sender.objects.create(
            name=name, token_hash=token_hash(token), hint=token[:HINT], issued_at=clock.now(),
            issued_by=actor.label,
        )  # fmt: skip
        sender.stations.set(found)
        this.on("sender", sender.pk, name)
        this.detail = {"stations": sorted(one.code for one in found)}
    return sender.pk, token


def revoke_sender(actor: Actor, sender_id: int) -> bool:
    """Take a sender's token back; its next push is refused. False when it was revoked already.

    Raises `Sender.DoesNotExist`.
    """
    with act("sensing.revoke_sender", actor) as this:
        sender = Sender.objects.select_for_update().get(pk=sender_id)
        this.on("sender", sender.pk, sender.name)
        if sender.revoked_at is not None:
            this.detail = {"repeat": True}
            return False
        sender.revoked_at = clock.now()
        sender.save(update_fields=["revoked_at"])
    return True
