"""Scripted decisions: each answers what the platform proposes, as the named account."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from anlan.operations.drills.actions.answering import ANSWERS, DESKS, Proposal
from anlan.operations.drills.rules.played import Taken
from anlan.operations.drills.rules.receipts import draw
from anlan.operations.drills.rules.scenario import Decision
from anlan.operations.people.actions import Actor
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


class NothingToAnswer(Exception):
    """A scripted decision found nothing that waits for it; the text says which one."""


class NotAllowed(Exception):
    """The platform refused a scripted decision; the text says which one and why."""


@dataclass(order=True, slots=True)
class _Planned:
    due: datetime
    number: int
    key: str
    decision: Decision = field(compare=False)
    proposal: Proposal = field(compare=False)


class Decisions:
    """The script's people. `must_by` says until when each decision must have found something.

    A decision that is not in `must_by` may find nothing: the played crest stays below what it
    answers. Verbs in `by_hand` are left to people at the pages.
    """

    def __init__(
        self,
        script: Sequence[Decision],
        actors: Mapping[str, Actor],
        must_by: Mapping[int, datetime],
        by_hand: frozenset[str] = frozenset(),
    ) -> None:
        self._script = [d for d in script if d.verb not in by_hand]
        self._by_hand = by_hand
        self._actors = actors
        self._must_by = dict(must_by)
        self._on_desks: list[list[Proposal]] = [[] for _ in DESKS]
        self._planned: dict[str, _Planned] = {}
        self._seen: set[str] = set()
        self._open_by_hand = False
        self.found: set[int] = set()
        self.taken: list[Taken] = []

    @property
    def waiting(self) -> bool:
        """Whether anything waits for a person at a desk."""
        at_desks = any(not p.decision.field_work for p in self._planned.values())
        return at_desks or self._open_by_hand

    def next_at(self) -> datetime | None:
        return min((p.due for p in self._planned.values()), default=None)

    def notice(self, acted: Set[str] | None = None) -> None:
        """Look at what waits now: plan an answer to what is new, drop what a person has answered.

        Only at the desks that the rooms in `acted` can have moved; without it, at every desk.
        Raises `NothingToAnswer` for a decision whose time has run out.
        """
        for place, desk in enumerate(DESKS):
            if acted is None or desk.moved_by & acted:
                self._on_desks[place] = desk.look()
        there = {p.key: p for on_desk in self._on_desks for p in on_desk}
        for key in [k for k in self._planned if k not in there]:
            self._note(self._planned.pop(key), by_person=True)
        for key, proposal in there.items():
            if key not in self._seen:
                self._plan(proposal)
        self._open_by_hand = any(p.verb in self._by_hand for p in there.values())
        self._check()

    def answer_due(self) -> int:
        """Take every decision whose time has come; returns how many."""
        due = sorted(p for p in self._planned.values() if p.due <= clock.now())
        for planned in due:
            del self._planned[planned.key]
            self._answer(planned)
        return len(due)

    def _plan(self, proposal: Proposal) -> None:
        for decision in self._script:
            fits = not decision.levels or proposal.level in decision.levels
            if decision.verb == proposal.verb and fits:
                self._seen.add(proposal.key)
                longer = decision.spread * draw("spread", proposal.key)
                due = (clock.now() + decision.after + longer).replace(microsecond=0)
                self._planned[proposal.key] = _Planned(
                    due, decision.number, proposal.key, decision, proposal
                )
                return

    def _answer(self, planned: _Planned) -> None:
        decision, proposal = planned.decision, planned.proposal
        try:
            ANSWERS[decision.verb](self._actors[decision.by], proposal, decision)
        except Refused as refusal:
            if any(p.key == proposal.key for desk in DESKS for p in desk.look()):
                why = "; ".join([str(refusal), *map(str, getattr(refusal, "findings", ()))])
                raise NotAllowed(f"{name_of(decision)}, {proposal.label}: {why}") from refusal
            self._note(planned, by_person=True)
        else:
            self._note(planned, by_person=False)

    def _note(self, planned: _Planned, by_person: bool) -> None:
        self.found.add(planned.decision.number)
        label = planned.proposal.label
        taken = Taken(clock.now(), planned.decision.verb, planned.decision.by, label, by_person)
        self.taken.append(taken)

    def _check(self) -> None:
        for decision in self._script:
            until = self._must_by.get(decision.number)
            done = decision.number in self.found | {p.number for p in self._planned.values()}
            if until is not None and not done and clock.now() > until:
                raise NothingToAnswer(
                    f"{name_of(decision)} had nothing to answer by {until:%Y-%m-%d %H:%M}"
                )


def name_of(decision: Decision) -> str:
    """A decision as a fault names it."""
    levels = ", ".join(str(level) for level in sorted(decision.levels))
    of_levels = f" (level {levels})" if levels else ""
    return f"decision {decision.number}, {decision.verb}{of_levels} by {decision.by}"
