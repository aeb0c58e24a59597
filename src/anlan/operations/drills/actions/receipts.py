"""The recipients' side of a drill: every message sent is answered as the scenario says."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from anlan.operations.drills.rules.receipts import Receipt, plan, silent
from anlan.operations.drills.rules.scenario import Scenario, Silence
from anlan.operations.messaging.actions import call_recorded, record_answers
from anlan.operations.messaging.queries import MailingRow, mailings, recipients, unanswered
from anlan.operations.people.actions import Actor
from anlan.vocabulary import clock

BATCH = timedelta(minutes=1)
MAJOR = 2
REACHED = "reached"
ANSWERS = {"ok", "help"}


@dataclass(order=True, slots=True)
class _Batch:
    """What arrives for one mailing within one minute."""

    due: datetime
    mailing_id: int
    receipts: list[Receipt] = field(compare=False)


@dataclass(frozen=True, slots=True, order=True)
class _Call:
    due: datetime
    mailing_id: int
    ref: str


class Receipts:
    """Plans the receipts of each new mailing and plays them when their time has come.

    With ``acknowledge`` by hand only deliveries are played; people answer at their own pages.
    """

    def __init__(
        self, scenario: Scenario, caller: Actor | None, by_hand: frozenset[str] = frozenset()
    ) -> None:
        self._answers_by_hand = "acknowledge" in by_hand
        self._scenario = scenario
        self._caller = caller
        self._newest = 0
        self._batches: list[_Batch] = []
        self._calls: list[_Call] = []
        self._silenced = False
        self._owed: dict[int, set[str]] = {}

    @property
    def waiting(self) -> bool:
        """Whether somebody who must answer has not."""
        return bool(self._calls or self._owed)

    def next_at(self) -> datetime | None:
        due = [self._batches[0].due] if self._batches else []
        return min([*due, *(call.due for call in self._calls)], default=None)

    def notice(self) -> None:
        """Plan the receipts of mailings that are new."""
        for mailing in mailings(after_id=self._newest):
            self._newest = mailing.id
            self._plan(mailing)

    def play_due(self) -> int:
        """Record every receipt and call whose time has come; returns how many."""
        done = 0
        while self._batches and self._batches[0].due <= clock.now():
            batch = heapq.heappop(self._batches)
            answers = [(r.ref, r.at, r.what) for r in batch.receipts]
            done += record_answers(batch.mailing_id, answers)
            self._strike_off(batch)
        for call in sorted(c for c in self._calls if c.due <= clock.now()):
            self._calls.remove(call)
            done += self._reach(call)
        return done

    def _plan(self, mailing: MailingRow) -> None:
        rows = recipients(mailing.id)
        quiet = self._quiet(mailing, [row.ref for row in rows if row.must_answer])
        refs = [row.ref for row in rows if row.ref not in quiet]
        seed = (self._scenario.seed, mailing.key)
        receipts = plan(refs, mailing.created_at, seed, self._scenario.answers)
        if self._answers_by_hand:
            receipts = [r for r in receipts if r.what == "delivered"]
        must = {row.ref for row in rows if row.must_answer}
        if owed := {r.ref for r in receipts if r.ref in must and r.what in ANSWERS}:
            self._owed[mailing.id] = owed
        by_minute: dict[datetime, list[Receipt]] = {}
        for receipt in receipts:
            since = (receipt.at - mailing.created_at) // BATCH
            by_minute.setdefault(mailing.created_at + (since + 1) * BATCH, []).append(receipt)
        for due, batch in sorted(by_minute.items()):
            heapq.heappush(self._batches, _Batch(due, mailing.id, batch))

    def _quiet(self, mailing: MailingRow, must: Sequence[str]) -> set[str]:
        """Those who do not answer the first red or orange message, until somebody calls them."""
        silence: Silence | None = self._scenario.silence
        major = mailing.level is not None and mailing.level <= MAJOR
        if silence is None or self._silenced or not major:
            return set()
        chosen = silent(must, silence.kind, silence.count, self._scenario.seed)
        self._silenced = bool(chosen)
        due = mailing.created_at + silence.reached
        self._calls += [_Call(due, mailing.id, ref) for ref in chosen]
        return set(chosen)

    def _strike_off(self, batch: _Batch) -> None:
        owed = self._owed.get(batch.mailing_id, set())
        owed -= {r.ref for r in batch.receipts if r.what in ANSWERS}
        if not owed:
            self._owed.pop(batch.mailing_id, None)

    def _reach(self, call: _Call) -> int:
        """The duty officer gets through by telephone, unless they have answered meanwhile."""
        rows = [row for row in unanswered(call.mailing_id) if row.ref == call.ref]
        if rows and self._caller is not None:
            call_recorded(self._caller, rows[0].id, REACHED)
        return len(rows)
