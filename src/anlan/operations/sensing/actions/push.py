"""Taking a push: at most 1,000 rows, answered row by row, the same answer to the same key.

The rows are recorded within the request and not over the gateway's spool: the spool belongs to the
process that holds it, which need not be the one that serves HTTP, and a bounded batch is committed
by the recorder's own action in less time than people notice. So 200 means what a device's
acknowledgement means: it survives a power cut. A push is a machine's statement, like a frame: it
leaves its readings, its sender's counts and its answer, not a row on the trail of people's acts.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from anlan.operations.sensing.actions.offered import (
    REFUSED,
    REPEATED,
    REVISED,
    STORED,
    Outcome,
    place,
    record_offered,
)
from anlan.operations.sensing.actions.senders import token_hash
from anlan.operations.sensing.models import PushAnswer, Sender
from anlan.operations.sensing.rules.offered import PUSH, Flaw, Offered, Terms, parse_row
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_ROWS = 1000
MOST_BYTES = 1024 * 1024
A_MINUTE = 120  # requests
MINUTE = timedelta(minutes=1)
ANSWERS_KEPT = timedelta(days=7)
OTHER_BODY = N_("This Idempotency-Key was used for another body. Use a new key for new rows.")


class TooMany(Exception):
    """The sender has used up its requests of this minute."""

    def __init__(self, after_s: int) -> None:
        super().__init__(f"again after {after_s} s")
        self.after_s = after_s


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a push, and whether it is one that was given before."""

    body: dict[str, Any]
    again: bool


def sender_of(token: str) -> Sender | None:
    """The sender whose token this is, unless it was revoked."""
    return Sender.objects.filter(token_hash=token_hash(token), revoked_at=None).first()


def count_request(sender: Sender) -> None:
    """Count a request against the sender's minute. Raises `TooMany`."""
    now = clock.now()
    with transaction.atomic():
        row = Sender.objects.select_for_update().get(pk=sender.pk)
        if row.minute is None or not row.minute <= now < row.minute + MINUTE:
            row.minute, row.in_minute = now, 0
        if row.in_minute >= A_MINUTE:
            left = row.minute + MINUTE - now
            raise TooMany(max(1, round(left.total_seconds())))
        row.in_minute += 1
        row.last_at = now
        row.save(update_fields=["minute", "in_minute", "last_at"])


def push_rows(sender: Sender, key: str, body: bytes, rows: Sequence[object]) -> Answered:
    """Record what a sender pushes under its key; once this returns it is committed.

    Raises `Refused` when the key was used for another body.
    """
    digest = hashlib.sha256(body).hexdigest()
    try:
        with transaction.atomic():
            # The key is taken first: of two requests that carry it one records, the other reads.
            kept = PushAnswer.objects.create(sender=sender, key=key, digest=digest, at=clock.now())
            kept.answer = _answer(_record(sender, rows))
            kept.save(update_fields=["answer"])
            _remember(sender, kept.answer)
        return Answered(kept.answer, False)
    except IntegrityError:
        kept = PushAnswer.objects.get(sender=sender, key=key)
    if kept.digest != digest:
        raise Refused(OTHER_BODY)
    return Answered(kept.answer, True)


def forget_answers() -> int:
    """Drop answers older than a week: nobody asks for them again; returns how many."""
    return PushAnswer.objects.filter(at__lt=clock.now() - ANSWERS_KEPT).delete()[0]


def _record(sender: Sender, rows: Sequence[object]) -> list[Outcome]:
    terms = Terms(clock.now())
    allowed = set(sender.stations.values_list("code", flat=True))
    placed, refused = place(
        ((number, _parsed(row, terms)) for number, row in enumerate(rows, 1)), allowed
    )
    done = record_offered(placed, PUSH) + refused
    return sorted(done, key=lambda one: one.number)


def _parsed(row: object, terms: Terms) -> Offered | Flaw:
    try:
        return parse_row(row, terms)
    except Flaw as flaw:
        return flaw


def _answer(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    results = [one.result for one in outcomes]
    rows = []
    for one in outcomes:
        row: dict[str, Any] = {"row": one.number, "result": one.result}
        if one.result == REFUSED:
            row |= {"field": one.where, "reason": one.reason}
        rows.append(row)
    words = (STORED, REVISED, REPEATED, REFUSED)
    return {word: results.count(word) for word in words} | {"rows": rows}


def _remember(sender: Sender, answer: dict[str, Any]) -> None:
    refused = [row for row in answer["rows"] if row["result"] == REFUSED]
    change: dict[str, Any] = {
        "taken": F("taken") + len(answer["rows"]) - len(refused),
        "refused": F("refused") + len(refused),
    }
    if refused:
        last = refused[-1]
        change["last_refusal"] = f"{last['row']} {last['field']}: {last['reason']}"[:300]
    Sender.objects.filter(pk=sender.pk).update(**change)
