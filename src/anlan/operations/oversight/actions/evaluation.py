"""An evaluation of enforcement's effect: opened, its opinion, the answer, measures, publication."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import transaction

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.enforcement.queries.effect import items
from anlan.operations.oversight.events import EvaluationMoved
from anlan.operations.oversight.models import (
    Evaluation,
    EvaluationCounter,
    EvaluationMeasure,
    EvaluationStep,
)
from anlan.operations.oversight.queries.evaluations import (
    evaluations_in,
    facts,
    figures,
    measure_facts,
    measures_of,
    person_of,
    providers,
)
from anlan.operations.oversight.rules.evaluation import (
    ANSWER,
    LEAD,
    VIEW,
    MeasureState,
    State,
    check,
    submittable,
)
from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import Scope, unit_staff
from anlan.operations.registers.actions import next_number
from anlan.operations.registers.queries import required
from anlan.operations.safety.queries.registers import ENTERPRISES
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

Doer = tuple[Actor, Scope]
LONGEST, SHORT = 4000, 500
SAID = ("since", "until", "due_on", "sector", "item", "provider")
# Whose desk it waits on, by state: right, title, verb on the button.
_WAITS = {
    State.OPENED: (LEAD, N_("Evaluate the effect of enforcement %(number)s"), N_("Evaluate")),
    State.SUBMITTED: (ANSWER, N_("Answer the evaluation %(number)s"), N_("Answer")),
    State.ANSWERED: (LEAD, N_("Publish the summary of the evaluation %(number)s"), N_("Publish")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvaluation:
    """Of a period (both days in), of one sector or all, of one item or all; by a third party where
    one is named. `source` and `source_id`: by what another system names it."""

    since: date
    until: date
    due_on: date
    sector: str = ""
    item: str = ""
    provider: str = ""
    source: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeasure:
    """What is done about a finding, by whom of the unit, until when."""

    finding: str
    text: str
    owner: int
    due_on: date


def open_evaluation(doer: Doer, new: NewEvaluation) -> int:
    """The evaluation's id; raises `Refused`."""
    actor, scope = doer
    if not scope.may(LEAD) or not scope.organisation:
        raise Refused(N_("Your role may not take this step."))
    _possible(new)
    today = clock.today()
    with act("oversight.open_evaluation", actor) as this:
        number = next_number(EvaluationCounter.objects, unit=scope.organisation, year=today.year)
        one = Evaluation.objects.create(
            number=f"PG{today.year}-{number:02d}", unit=scope.organisation,
            area_code=scope.area or "", state=State.OPENED, opened_at=clock.now(),
            opened_by_name=actor.label, **asdict(new),
        )  # fmt: skip
        _write(one, actor, "open", "", "")
        _refresh(one)
        this.on("evaluation", one.pk, one.number)
        this.publish(_moved(one, "open", ""))
    return one.pk


def _possible(new: NewEvaluation) -> None:
    submittable(new.due_on, new.since, new.until, clock.today())
    if new.sector and new.sector not in ENTERPRISES.field("sector").choices:
        raise Refused(N_("Choose the sector."))
    if new.item and new.item not in items():
        raise Refused(N_("Choose the item from the discretion table."))
    if new.provider and new.provider not in providers():
        raise Refused(N_("Choose a provider from the register of services."))


def amend_evaluation(doer: Doer, evaluation_id: int, new: NewEvaluation) -> None:
    """Say anew what is evaluated, until when and by whom, before the opinion is handed in."""
    with _taking("amend", doer, evaluation_id) as (one, _measure):
        _possible(new)
        for key in SAID:
            setattr(one, key, getattr(new, key))


def put_evaluation(doer: Doer, new: NewEvaluation, opinion: str = "") -> tuple[int, str]:
    """Open or amend the evaluation of this source and id, and hand in its opinion where one is
    given: its id, and new, changed or same. Raises `Refused`."""
    mine = evaluations_in(doer[1]).filter(source=new.source, source_id=new.source_id)
    known, came = mine.first(), "same"
    with transaction.atomic():
        if known is None:
            known, came = Evaluation.objects.get(pk=open_evaluation(doer, new)), "new"
        elif any(getattr(known, key) != getattr(new, key) for key in SAID):
            amend_evaluation(doer, known.pk, new)
            came = "changed"
        if opinion.strip() and opinion.strip()[:LONGEST] != known.opinion:
            submit_opinion(doer, known.pk, opinion)
            came = came if came == "new" else "changed"
    return known.pk, came


@contextmanager
def _taking(
    verb: str, doer: Doer, evaluation_id: int, measure_id: int | None = None, reason: str = "",
    said: Mapping[str, Any] = MappingProxyType({}),
) -> Iterator[tuple[Evaluation, EvaluationMeasure | None]]:  # fmt: skip
    """The frame of every step: locked, allowed by the table, written; raises `Refused`."""
    actor, scope = doer
    with act(f"oversight.{verb.replace(' ', '_')}", actor) as this:
        one = Evaluation.objects.select_for_update().filter(pk=evaluation_id).first()
        if one is None:
            raise Refused(N_("There is no such evaluation."))
        before, measures = one.state, list(measures_of(one))
        chosen = next((m for m in measures if m.pk == measure_id), None)
        step = check(verb, facts(one, measures), person_of(scope),
                     measure_facts(chosen) if chosen else None)  # fmt: skip
        yield one, chosen
        one.state = step.leads_to(before)
        one.save()
        _write(one, actor, verb, before, reason, said)
        _refresh(one)
        this.on("evaluation", one.pk, one.number)
        this.detail = {"from": before, "to": one.state}
        this.publish(_moved(one, verb, before))


def submit_opinion(doer: Doer, evaluation_id: int, opinion: str) -> None:
    """The evaluator's opinion; the figures are kept as they are counted now."""
    with _taking("submit the opinion", doer, evaluation_id) as (one, _measure):
        one.opinion = required(opinion, N_("Write the opinion."))[:LONGEST]
        one.figures = [asdict(line) for line in figures(doer[1], one)]
        one.submitted_at, one.submitted_by_id = clock.now(), doer[0].id


def return_opinion(doer: Doer, evaluation_id: int, reason: str) -> None:
    """It does not do: it is written anew, from figures counted anew; the step keeps what it was."""
    why = required(reason, N_("Say why."))[:SHORT]
    said: dict[str, Any] = {}
    with _taking(
        "return the opinion", doer, evaluation_id, reason=why, said=said
    ) as (one, _measure):  # fmt: skip
        kept = measures_of(one)
        said |= {
            "opinion": one.opinion, "figures": one.figures,
            "measures": [
                {"finding": m.finding, "text": m.text, "owner": m.owner_name, "due": f"{m.due_on}"}
                for m in kept
            ],
        }  # fmt: skip
        one.figures, one.submitted_at, one.submitted_by_id = [], None, None
        kept.update(withdrawn_at=clock.now())


def set_measure(doer: Doer, evaluation_id: int, new: NewMeasure) -> None:
    """A finding of the opinion and what is done about it."""
    with _taking("set a measure", doer, evaluation_id, reason=new.text[:SHORT]) as (one, _measure):
        owner = next((m for m in unit_staff(one.unit) if m.id == new.owner), None)
        if owner is None:
            raise Refused(N_("Choose somebody of the unit."))
        if new.due_on < clock.today():
            raise Refused(N_("The deadline lies ahead."))
        EvaluationMeasure.objects.create(
            evaluation=one, finding=required(new.finding, N_("Name the finding."))[:SHORT],
            text=required(new.text, N_("Say what is done."))[:SHORT], owner_id=owner.id,
            owner_name=owner.display_name, due_on=new.due_on, state=MeasureState.OPEN,
        )  # fmt: skip


def answer_opinion(doer: Doer, evaluation_id: int, answer: str) -> None:
    """The bureau's answer; the measures go to their owners."""
    with _taking("answer", doer, evaluation_id) as (one, _measure):
        one.answer = required(answer, N_("Write the answer."))[:LONGEST]
        one.answered_at, one.answered_by_id = clock.now(), doer[0].id


def report_progress(doer: Doer, evaluation_id: int, measure_id: int | None, text: str) -> None:
    """How far it is."""
    said = required(text, N_("Say how far it is."))[:1000]
    with _taking("report progress", doer, evaluation_id, measure_id, said) as (_one, measure):
        _change(measure, progress=said)


def report_done(doer: Doer, evaluation_id: int, measure_id: int | None, text: str) -> None:
    said = required(text, N_("Say how far it is."))[:1000]
    with _taking("report done", doer, evaluation_id, measure_id, said) as (_one, measure):
        _change(measure, progress=said, state=MeasureState.DONE)


def accept_measure(doer: Doer, evaluation_id: int, measure_id: int | None) -> None:
    """Another than its owner has looked."""
    with _taking("accept a measure", doer, evaluation_id, measure_id) as (_one, measure):
        _change(measure, state=MeasureState.ACCEPTED)


def send_measure_back(doer: Doer, evaluation_id: int, measure_id: int | None, why: str) -> None:
    said = required(why, N_("Say why."))[:SHORT]
    with _taking("send a measure back", doer, evaluation_id, measure_id, said) as (_one, measure):
        _change(measure, state=MeasureState.OPEN)


def publish_summary(doer: Doer, evaluation_id: int, summary: str) -> None:
    """What everybody may read; it names no party."""
    with _taking("publish", doer, evaluation_id) as (one, _measure):
        one.summary = required(summary, N_("Write the summary."))[:LONGEST]
        one.published_at = clock.now()


def close_evaluation(doer: Doer, evaluation_id: int) -> None:
    """Every measure is accepted."""
    with _taking("close", doer, evaluation_id) as (one, _measure):
        one.closed_at = clock.now()


def _change(measure: EvaluationMeasure | None, **values: str) -> None:
    if measure is not None:
        EvaluationMeasure.objects.filter(pk=measure.pk).update(**values)


def _write(
    one: Evaluation, actor: Actor, verb: str, before: str, reason: str,
    said: Mapping[str, Any] = MappingProxyType({}),
) -> None:  # fmt: skip
    EvaluationStep.objects.create(
        evaluation=one, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb,
        before=before, after=one.state, reason=reason, said=dict(said),
    )  # fmt: skip


def _moved(one: Evaluation, verb: str, before: str) -> EvaluationMoved:
    return EvaluationMoved(evaluation_id=one.pk, number=one.number, unit=one.unit, verb=verb,
                           before=before, after=one.state)  # fmt: skip


def _refresh(one: Evaluation) -> None:
    """On the desks of whoever is next: of the evaluation, and of each measure."""
    measures = list(measures_of(one))
    waits = _WAITS.get(State(one.state))
    if one.state == State.PUBLISHED and all(m.state == MeasureState.ACCEPTED for m in measures):
        waits = (ANSWER, N_("Close the evaluation %(number)s"), N_("Close it"))
    key = f"evaluation:{one.pk}"
    if waits is None:
        close_item(key)
    else:
        day = one.due_on if one.state == State.OPENED else None
        _item(one, key, waits, day)
    for measure in measures:
        mine = f"{key}:{measure.pk}"
        if one.state in (State.SUBMITTED, State.CLOSED) or measure.state == MeasureState.ACCEPTED:
            close_item(mine)
        elif measure.state == MeasureState.DONE:
            _item(one, mine, (LEAD, N_("Accept a measure of %(number)s"), N_("Look")), None)
        else:
            said = (VIEW, N_("Carry out a measure of %(number)s"), N_("Report"))
            _item(one, mine, said, measure.due_on, measure)


def _item(
    one: Evaluation, key: str, waits: tuple[str, str, str], day: date | None,
    measure: EvaluationMeasure | None = None,
) -> None:  # fmt: skip
    right, title, action = waits
    open_item(NewItem(
        key=key, kind="evaluation", title=title, action=action,
        link=f"/cases/evaluations/{one.pk}", right=right, area_code=one.area_code, unit=one.unit,
        parameters={"number": one.number}, detail=measure.text if measure else "",
        due_at=clock.end_of(day) if day else None,
        owner_id=measure.owner_id if measure else None, chain=(LEAD, ANSWER),
    ))  # fmt: skip
