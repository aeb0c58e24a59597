"""Handing a message to many: written as a queue in one transaction, sent afterwards."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from anlan.operations.messaging.models import Delivery, Mailing
from anlan.operations.messaging.rules import (
    DeliveryState,
    delivery_code,
    make_token,
    token_digest,
)
from anlan.operations.people.actions import Actor, act, seal_text
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """One recipient by one channel.

    `ref` names the recipient for the caller ("household:812"). `personal` holds the facts of the
    recipient's own page, all optional: ``kind`` (household, responsible, loudspeaker, copy),
    ``slots`` {slot name: words}, ``place``, ``depth_m``, ``arrival_at`` and ``leave_by`` (ISO
    8601), ``home`` [lon, lat], ``shelter`` {name, lon, lat, walk_m}, ``helper`` {name, phone}.
    """

    ref: str
    label_masked: str
    area_code: str
    channel: str
    address_sealed: bytes
    must_answer: bool = False
    personal: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMailing:
    """A message to send. `text` may hold 〔…〕 slots; `expires_at` also ends its links.

    `page` holds what all recipients' pages share, all optional: ``kind`` (alert, call, lift),
    ``sender``, ``number``, ``hotline``, ``crest_at`` (ISO 8601), ``bring``, ``depth``
    [[class 1..5, [polygon rings in lon, lat]]].
    """

    key: str
    subject_kind: str
    subject_id: str
    standing: Standing
    level: int | None
    title: str
    text: str
    expires_at: datetime
    addressees: Iterable[Addressee]
    page: Mapping[str, Any] = field(default_factory=dict)


def send_mailing(actor: Actor, new: NewMailing) -> int:
    """Queue the message for every addressee; returns the mailing's id.

    The same key twice is the same mailing, sent once. A recipient named twice for one channel is
    written once.
    """
    with act("messaging.send", actor) as this:
        mailing, created = Mailing.objects.get_or_create(
            key=new.key,
            defaults={
                "subject_kind": new.subject_kind, "subject_id": str(new.subject_id),
                "standing": new.standing, "level": new.level, "title": new.title,
                "text": new.text, "page": dict(new.page), "created_at": clock.now(),
                "created_by": actor.label, "expires_at": new.expires_at,
            },
        )  # fmt: skip
        count = _queue(mailing, new.addressees) if created else 0
        this.on("mailing", mailing.pk, new.title)
        this.detail = {"key": new.key, "recipients": count, "repeat": not created}
    return mailing.pk


def _queue(mailing: Mailing, addressees: Iterable[Addressee]) -> int:
    rows = list(_deliveries(mailing, addressees))
    Delivery.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _deliveries(mailing: Mailing, addressees: Iterable[Addressee]) -> Iterator[Delivery]:
    key = settings.SECRET_KEY.encode()
    seen: set[tuple[str, str]] = set()
    for one in addressees:
        if (one.ref, one.channel) in seen:
            continue
        seen.add((one.ref, one.channel))
        code = delivery_code(key, mailing.key, one.ref, one.channel)
        token = make_token(key, code, mailing.expires_at)
        personal = json.dumps(one.personal, ensure_ascii=False, separators=(",", ":"))
        reachable = bool(one.address_sealed)
        yield Delivery(
            mailing=mailing, code=code, ref=one.ref, label=one.label_masked[:100],
            area_code=one.area_code, channel=one.channel, address_sealed=one.address_sealed,
            personal_sealed=seal_text(personal), token_digest=token_digest(token),
            must_answer=one.must_answer, next_try_at=mailing.created_at,
            state=DeliveryState.QUEUED if reachable else DeliveryState.FAILED,
            failed_at=None if reachable else mailing.created_at,
            fault="" if reachable else "no address",
        )  # fmt: skip


def close_mailing(
    actor: Actor, mailing_id: int, why: str, *, replaced_by: int | None = None
) -> int:
    """Stop a mailing: nothing more of it is sent, its links say `why` (lifted, updated, expired).

    Returns how many messages were still waiting and are withdrawn. Closing twice is harmless.
    """
    with act("messaging.close", actor) as this:
        now = clock.now()
        Mailing.objects.filter(pk=mailing_id, closed_at=None).update(
            closed_at=now, closed_why=why, replaced_by_id=replaced_by
        )
        withdrawn = Delivery.objects.filter(
            mailing_id=mailing_id, state=DeliveryState.QUEUED
        ).update(state=DeliveryState.FAILED, failed_at=now, fault="withdrawn")
        this.on("mailing", mailing_id, why)
        this.detail = {"withdrawn": withdrawn}
    return withdrawn
