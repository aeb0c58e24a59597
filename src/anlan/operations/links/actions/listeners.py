"""Which systems listen: added with a key that is shown once, ended, tried at once."""

import secrets
from collections.abc import Collection

from anlan.backbone.posting import allowed
from anlan.operations.links.models import Listener
from anlan.operations.links.rules import FACTS
from anlan.operations.people.actions import Actor, act, seal_text
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

KEY_BYTES = 32


def add_listener(actor: Actor, name: str, url: str, facts: Collection[str]) -> tuple[int, str]:
    """Let a system be told of facts; returns its id and the key that signs them, only now.

    Raises `Refused` for a host that the installation does not allow, or no fact.
    """
    chosen = sorted(set(facts) & set(FACTS))
    if not name.strip():
        raise Refused(N_("Give the system a name."))
    if not allowed(url):
        raise Refused(N_("This host is not on the installation's allow-list."))
    if not chosen:
        raise Refused(N_("Choose what it is told of."))
    key = secrets.token_urlsafe(KEY_BYTES)
    with act("links.add_listener", actor) as this:
        now = clock.now()
        one = Listener.objects.create(
            name=name.strip()[:60], url=url[:500], facts=chosen, secret_sealed=seal_text(key),
            since=now, set_by=actor.label, next_at=now,
        )  # fmt: skip
        this.on("listener", one.pk, one.name)
        this.detail = {"url": one.url, "facts": chosen}
    return one.pk, key


def end_listener(actor: Actor, listener_id: int) -> bool:
    """Tell it nothing more; False when it was ended already. Raises `Listener.DoesNotExist`."""
    with act("links.end_listener", actor) as this:
        one = Listener.objects.select_for_update().get(pk=listener_id)
        this.on("listener", one.pk, one.name)
        if one.ended_at is not None:
            this.detail = {"repeat": True}
            return False
        one.ended_at = clock.now()
        one.save(update_fields=["ended_at"])
    return True


def try_now(actor: Actor, listener_id: int) -> None:
    """Do not wait for the next try. Raises `Listener.DoesNotExist`."""
    with act("links.try_now", actor) as this:
        one = Listener.objects.select_for_update().get(pk=listener_id, ended_at=None)
        this.on("listener", one.pk, one.name)
        one.next_at = clock.now()
        one.save(update_fields=["next_at"])
