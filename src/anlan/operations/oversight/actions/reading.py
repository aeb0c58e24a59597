"""A case that was drawn: its reviewers, their scores, the faults and what became of them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.oversight.actions.desk import forget_reviewers, refresh
from anlan.operations.oversight.events import SampledMoved
from anlan.operations.oversight.models import Fault, Review, Sampled, SampledStep, Score
from anlan.operations.oversight.queries.reviews import checklist_of, facts_of
from anlan.operations.oversight.rules.checklist import Checklist, Given, mean, total
from anlan.operations.oversight.rules.loop import REVIEWERS, Person, able, check
from anlan.operations.oversight.rules.loop import Sampled as Facts
from anlan.operations.oversight.rules.states import State
from anlan.operations.people.actions import Act, Actor, act
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

NOTE, ANSWER_LONGEST = 500, 1000


@dataclass(slots=True)
class Taking:
    """A step under way; `stays`: the state is left, as more of the same kind is to come."""

    sampled: Sampled
    facts: Facts
    checklist: Checklist
    actor: Actor
    person: Person
    reason: str = ""
    stays: bool = False

    @property
    def reader(self) -> int:
        """The account that scores; the rules have let one of the two named through."""
        return next(one for one in self.sampled.reviewers if one == self.person.id)

    def due(self, days: int) -> None:
        """So many working days from today."""
        self.sampled.due_on = after(clock.today(), days, Unit.WORKING)


@contextmanager
def taking(verb: str, doer: tuple[Actor, Person], sampled_id: int) -> Iterator[Taking]:
    """The frame of every step: locked, allowed by the table, written; raises `Refused`."""
    actor, person = doer
    with act(f"oversight.{verb.replace(' ', '_')}", actor) as this:
        sampled = Sampled.objects.select_for_update().filter(pk=sampled_id).first()
        if sampled is None:
            raise Refused(N_("There is no such case in a review."))
        case, before = facts_of(sampled), sampled.state
        step = check(verb, case, person)
        row = sampled.review.checklist
        step_taken = Taking(sampled, case, checklist_of(row.figures, row.source), actor, person)
        yield step_taken
        if not step_taken.stays:
            sampled.state = step.leads_to(before)
        if sampled.state not in (State.ASSIGNED, State.MENDING):
            sampled.due_on = None
        sampled.save()
        _write(this, step_taken, verb, before)
        _end_review(sampled)
        refresh(sampled)


def _write(this: Act, step: Taking, verb: str, before: str) -> None:
    sampled = step.sampled
    SampledStep.objects.create(
        sampled=sampled, at=clock.now(), by_id=step.actor.id, by_name=step.actor.label, verb=verb,
        before=before, after=sampled.state, reason=step.reason,
    )  # fmt: skip
    this.on("sampled", sampled.pk, f"{sampled.review.number} {sampled.number}")
    this.detail = {"from": before, "to": sampled.state}
    this.publish(SampledMoved(
        review=sampled.review.number, case_id=sampled.case_id, number=sampled.number,
        unit=sampled.review.unit, verb=verb, before=before, after=sampled.state,
        mean=f"{sampled.mean}" if sampled.mean is not None else "", grade=sampled.grade,
    ))  # fmt: skip


def _end_review(sampled: Sampled) -> None:
    """A review is over with its last case."""
    if sampled.state != State.CLOSED:
        return
    review = Review.objects.select_for_update().get(pk=sampled.review_id)
    if not review.cases.exclude(state=State.CLOSED).exists():
        review.closed_at = clock.now()
        review.save(update_fields=["closed_at"])


def name_reviewers(
    doer: tuple[Actor, Person], sampled_id: int, reviewers: tuple[Person, ...]
) -> None:
    """Two who had no part in the case, of the unit or of others (certified, legal or expert)."""
    with taking("name reviewers", doer, sampled_id) as step:
        if len({one.id for one in reviewers}) != REVIEWERS:
            raise Refused(N_("Two different reviewers read a case."))
        for one in reviewers:
            able(step.facts, one)
        sampled = step.sampled
        forget_reviewers(sampled)
        sampled.reviewer_one_id, sampled.reviewer_two_id = (one.id for one in reviewers)
        step.due(step.checklist.score_days)
        step.reason = "、".join(one.name for one in reviewers)


def score(doer: tuple[Actor, Person], sampled_id: int, given: Given) -> None:
    """One reviewer's points; with the second the mean, the grade and the faults stand."""
    with taking("score", doer, sampled_id) as step:
        sampled, checklist = step.sampled, step.checklist
        computed = {key: one["passed"] for key, one in sampled.computed.items()}
        points = total(checklist, computed, given)
        typed = {one.key for one in checklist.items if not one.computed}
        Score.objects.create(
            sampled=sampled, by_id=step.reader, by_name=step.actor.label, at=clock.now(),
            points={key: got for key, got in given.points.items() if key in typed},
            notes={key: text[:NOTE] for key, text in given.notes.items() if key in typed and text},
            vetoes={key: text[:NOTE] for key, text in given.vetoes.items()}, total=points,
        )  # fmt: skip
        scores = list(sampled.scores.order_by("id"))
        step.stays = len(scores) < REVIEWERS
        if not step.stays:
            _conclude(sampled, checklist, computed, scores)


def _conclude(
    sampled: Sampled, checklist: Checklist, computed: Mapping[str, bool | None],
    scores: list[Score],
) -> None:  # fmt: skip
    found = [
        Fault(sampled=sampled, key=one.key)
        for one in checklist.lines
        if one.computed and computed.get(one.computed) is False
    ]
    for given in scores:
        found += [
            Fault(sampled=sampled, key=key, text=text, found_by_name=given.by_name)
            for key, text in {**given.notes, **given.vetoes}.items()
        ]
    Fault.objects.bulk_create(found)
    vetoes = {one.key for one in checklist.vetoes}
    sampled.vetoed = any(one.key in vetoes for one in found)
    sampled.mean = mean([one.total for one in scores])
    sampled.grade = checklist.grade(sampled.mean, sampled.vetoed)


def send_faults(doer: tuple[Actor, Person], sampled_id: int) -> None:
    """To the case's unit, with a last day to mend and answer."""
    with taking("send the faults", doer, sampled_id) as step:
        step.due(step.checklist.mend_days)


def answer_fault(doer: tuple[Actor, Person], sampled_id: int, fault_id: int, answer: str) -> None:
    """What the unit did about one fault; the case is answered with the last of them."""
    with taking("answer", doer, sampled_id) as step:
        faults = step.sampled.faults
        fault = faults.filter(pk=fault_id, answered_at=None).first()
        if fault is None:
            raise Refused(N_("There is no such fault, or it is answered."))
        fault.answer = required(answer, N_("Say what was mended."))[:ANSWER_LONGEST]
        fault.answered_at, fault.answered_by_name = clock.now(), step.actor.label
        fault.save()
        step.stays = faults.filter(answered_at=None).exists()
        step.reason = fault.answer


def return_answer(doer: tuple[Actor, Person], sampled_id: int, reason: str) -> None:
    """The answers do not do: all of them are open again, with a new last day."""
    with taking("return", doer, sampled_id) as step:
        step.reason = required(reason, N_("Say why."))[:ANSWER_LONGEST]
        step.sampled.faults.update(answered_at=None)
        step.due(step.checklist.mend_days)


def close(doer: tuple[Actor, Person], sampled_id: int) -> None:
    """No fault was found, or the answers do."""
    with taking("close", doer, sampled_id):
        pass
