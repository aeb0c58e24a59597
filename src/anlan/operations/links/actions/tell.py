"""Facts on their way: kept with the event, sent in their order, tried again until taken."""

import json
from datetime import datetime
from typing import Any

import httpx
from django.conf import settings

from anlan.backbone.events import Event, encode
from anlan.backbone.posting import allowed, client, post
from anlan.operations.links.models import Listener, Telling
from anlan.operations.links.rules import GIVEN_UP_AFTER, pause_after
from anlan.operations.people.actions import unseal_text
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

A_TURN = 50  # of one listener, so that no other waits long
LEASE = pause_after(1)


def keep_for_listeners(event: Event) -> None:
    """Put a fact on its way to each system that listens to it; an exercise is told to nobody."""
    if settings.ANLAN_STANDING != Standing.ACTUAL:
        return
    now = clock.now()
    listeners = Listener.objects.filter(ended_at=None)
    Telling.objects.bulk_create(
        Telling(listener=one, fact=event.name, body=encode(event), made_at=now)
        for one in listeners if event.name in one.facts
    )  # fmt: skip


def tell_listeners() -> int:
    """Send what waits, the oldest first; returns how many were taken or given up."""
    now = clock.now()
    waiting = Telling.objects.filter(
        taken_at=None, given_up_at=None, listener__next_at__lte=now, listener__ended_at=None
    )
    due = sorted(set(waiting.values_list("listener_id", flat=True)[:1000]))
    return sum(_tell(pk, now) for pk in due)


def _tell(listener_id: int, now: datetime) -> int:
    """Of several platforms one takes a listener, for as long as a lease lasts."""
    free = Listener.objects.filter(pk=listener_id, next_at__lte=now, ended_at=None)
    if not free.update(next_at=now + LEASE):
        return 0
    listener = Listener.objects.get(pk=listener_id)
    key = unseal_text(bytes(listener.secret_sealed))
    waiting = Telling.objects.filter(listener=listener, taken_at=None, given_up_at=None)
    done = 0
    with client() as by:
        for one in waiting.order_by("made_at", "pk")[:A_TURN]:
            fault = _send(by, listener.url, key, one)
            late = one.made_at < now - GIVEN_UP_AFTER
            if fault and not late:
                _leave_alone(listener, fault)
                return done
            moment = {"given_up_at" if fault else "taken_at": clock.now()}
            Telling.objects.filter(pk=one.pk).update(answer=fault, **moment)
            done += 1
    Listener.objects.filter(pk=listener_id).update(next_at=now, tries=0, fault="")
    return done


def _leave_alone(listener: Listener, fault: str) -> None:
    tries = listener.tries + 1
    Listener.objects.filter(pk=listener.pk).update(
        next_at=clock.now() + pause_after(tries), tries=tries, fault=fault
    )


def _send(by: httpx.Client, url: str, key: str, one: Telling) -> str:
    """Why it was not taken; empty when it was (2xx, or 409: taken before)."""
    if not allowed(url):
        return "host is not on the allow-list"
    content: dict[str, Any] = {
        "id": str(one.pk), "fact": one.fact, "at": one.made_at.isoformat(),
        "data": json.loads(one.body),
    }  # fmt: skip
    try:
        answer = post(by, url, str(one.pk), key, json.dumps(content, ensure_ascii=False).encode())
    except httpx.HTTPError as fault:
        return (str(fault) or type(fault).__name__)[:200]
    if answer.is_success or answer.status_code == httpx.codes.CONFLICT:
        return ""
    return f"answered {answer.status_code}"
