"""What a recipient's own page says; opened by the signed link alone."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from anlan.operations.messaging.models import Delivery, Mailing
from anlan.operations.messaging.rules import (
    LinkForged,
    fill,
    make_token,
    read_token,
    token_digest,
)
from anlan.operations.people.actions import unseal_text
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """Everything one recipient's page shows."""

    mailing_id: int
    title: str
    text: str
    level: int | None
    standing: str
    sent_at: datetime
    expires_at: datetime
    closed_why: str
    state: str
    answer: str
    answered_at: datetime | None
    page: dict[str, Any]
    personal: dict[str, Any]


def personal_facts(row: Delivery) -> dict[str, Any]:
    """The recipient's own facts, opened."""
    text = unseal_text(row.personal_sealed)
    facts: dict[str, Any] = json.loads(text) if text else {}
    return facts


def delivery_of_token(token: str) -> Delivery:
    """The delivery that a link opens; raises `LinkForged` or `LinkExpired`."""
    code = read_token(settings.SECRET_KEY.encode(), token, clock.now())
    row = Delivery.objects.select_related("mailing").filter(code=code).first()
    if row is None or row.token_digest != token_digest(token):
        raise LinkForged
    return row


def delivery_by_token(token: str) -> DeliveryPage:
    """The page of a link. Changes nothing. Raises `LinkForged` or `LinkExpired`."""
    row = delivery_of_token(token)
    mailing, personal = row.mailing, personal_facts(row)
    return DeliveryPage(
        mailing_id=mailing.pk, title=mailing.title,
        text=fill(mailing.text, personal.get("slots", {})), level=mailing.level,
        standing=mailing.standing, sent_at=row.sent_at or mailing.created_at,
        expires_at=mailing.expires_at, closed_why=mailing.closed_why, state=row.state,
        answer=row.answer, answered_at=row.acked_at, page=mailing.page, personal=personal,
    )  # fmt: skip


def successor_link(token: str) -> str | None:
    """The token of the same recipient's newest message, where theirs has been replaced."""
    row = delivery_of_token(token)
    newest: Mailing = row.mailing
    while newest.replaced_by is not None:
        newest = newest.replaced_by
    if newest.pk == row.mailing_id:
        return None
    other = Delivery.objects.filter(mailing=newest, ref=row.ref).order_by("id").first()
    if other is None:
        return None
    return make_token(settings.SECRET_KEY.encode(), other.code, newest.expires_at)
