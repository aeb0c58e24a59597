"""Who answers a message when: seeded by the recipient, so a drill repeats to the last answer."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.operations.drills.rules.scenario import Answers

DELIVERY_S = 40.0
READ_BEFORE_ANSWER_S = 20.0


@dataclass(frozen=True, slots=True, order=True)
class Receipt:
    """One step of one recipient: delivered, read, ok or help."""

    at: datetime
    ref: str
    what: str


def kind_of(ref: str) -> str:
    """``household:12`` is a household."""
    return ref.partition(":")[0]


def draw(*words: object) -> float:
    """A number in [0, 1) that these words always give."""
    digest = hashlib.sha256("|".join(str(word) for word in words).encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def plan(
    refs: Iterable[str], sent_at: datetime, seed: object, table: Sequence[Answers]
) -> list[Receipt]:
    """The receipts that these recipients will give, in order of time.

    A recipient of a kind without a row in the table gives none.
    """
    kinds = {row.kind: row for row in table}
    receipts: list[Receipt] = []
    for ref in refs:
        row = kinds.get(kind_of(ref))
        if row is not None:
            receipts += _of_one(ref, sent_at, seed, row)
    return sorted(receipts)


def silent(refs: Iterable[str], kind: str, count: int, seed: object) -> list[str]:
    """The `count` recipients of a kind who do not answer at first."""
    chosen = [ref for ref in refs if kind_of(ref) == kind]
    return sorted(chosen, key=lambda ref: draw(seed, "silent", ref))[:count]


def _of_one(ref: str, sent_at: datetime, seed: object, row: Answers) -> list[Receipt]:
    luck = draw(seed, "luck", ref)
    if luck >= row.delivered:
        return []
    arrives = sent_at + timedelta(seconds=1 + DELIVERY_S * draw(seed, "arrives", ref))
    receipts = [Receipt(arrives, ref, "delivered")]
    # Most answer early, a few late: the square bends an even draw towards the first minutes.
    lateness = draw(seed, "late", ref) ** 2
    minutes = row.first_min + (row.last_min - row.first_min) * lateness
    answers = arrives + timedelta(minutes=minutes)
    if luck < row.read:
        receipts.append(Receipt(answers - timedelta(seconds=READ_BEFORE_ANSWER_S), ref, "read"))
    if luck < row.answer:
        asks = draw(seed, "help", ref) < row.help
        receipts.append(Receipt(answers, ref, "help" if asks else "ok"))
    return receipts
