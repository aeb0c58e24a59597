"""A running response: adjusted, brought up to date, reported on, ended and reviewed."""

from anlan.operations.deadlines.actions import close_item
from anlan.operations.forecasts.queries import latest_run
from anlan.operations.incidents.actions import settle_incident
from anlan.operations.people.actions import Actor, act
from anlan.operations.resources.actions import ShelterRefused, close_shelter
from anlan.operations.response.actions.desk import (
    ask_for_review,
    ask_for_situation_report,
    clear,
    key,
)
from anlan.operations.response.actions.files import hold, release, state_figures, write
from anlan.operations.response.actions.patrolling import call_patrols
from anlan.operations.response.actions.sheltering import assign_shelters
from anlan.operations.response.actions.start import locked, remember, step
from anlan.operations.response.actions.tasks import clear as clear_one
from anlan.operations.response.actions.tasks import give_tasks
from anlan.operations.response.actions.who import demand
from anlan.operations.response.events import ResponseAdjusted, ResponseEnded
from anlan.operations.response.models import Activation, SituationReport
from anlan.operations.response.queries.board import activation as row_of
from anlan.operations.response.queries.board import task_counts
from anlan.operations.response.queries.plans import plan_text
from anlan.operations.response.queries.scene import scene_of
from anlan.operations.response.queries.sheltering import shelters_used
from anlan.operations.response.queries.situations import situation
from anlan.operations.response.rules.states import OPEN_TASKS, ActivationState, TaskState
from anlan.operations.response.rules.tasks import still_apply
from anlan.vocabulary import clock
from anlan.vocabulary.levels import ResponseLevel
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

ADJUSTED_TEXTS = {
    1: N_("Response changed to level I by %(issuer)s"),
    2: N_("Response changed to level II by %(issuer)s"),
    3: N_("Response changed to level III by %(issuer)s"),
    4: N_("Response changed to level IV by %(issuer)s"),
}
NO_LONGER = N_("The plan does not ask for this at the new level.")
RESPONSE_ENDED = N_("The response has ended.")


def adjust(actor: Actor, activation_id: int, level: int | None = None, reason: str = "") -> int:
    """Change a running response to `level` (the proposed one by default); returns new tasks.

    It takes the right of the more severe of both levels. Cards of the new level become tasks;
    tasks that nobody took and the new level does not ask for are cleared.
    """
    with act("response.adjust", actor) as this:
        row = locked(activation_id)
        step(row, "adjust")
        text = plan_text(row.plan)
        chosen, old = level or row.proposed_level or 0, row.level or 0
        if not chosen:
            raise Refused(N_("Nobody has proposed another level."))
        ResponseLevel(chosen)
        demand(actor, text.level(min(chosen, old)).right)
        if chosen == old:
            raise Refused(N_("The response already runs at this level."))
        if chosen != row.proposed_level and not reason.strip():
            raise Refused(N_("Another level than the proposed one: write why."))
        before, row.state = row.state, ActivationState.ADJUSTED
        row.level, row.proposed_level = chosen, None
        row.clause, row.issuer = text.level(chosen).clause, text.level(chosen).issuer
        row.save()
        remember(row, "adjust", before, actor, reason)
        for asked in ("sign", "refresh"):
            close_item(key(row, asked), actor.label)
        _clear_unasked(row, actor, still_apply(text.cards, chosen))
        given = _bring_up_to_date(row)
        ask_for_situation_report(row, text.level(chosen), _next_number(row))
        write(row, actor, ADJUSTED_TEXTS[chosen], issuer=actor.label)
        hold(row)
        this.on("response", row.pk, str(row))
        this.detail |= {"from": old, "to": chosen, "tasks": given}
        this.publish(ResponseAdjusted(activation_id=row.pk, level=chosen))
    return given


def refresh(actor: Actor, activation_id: int) -> int:
    """Bring tasks and shelters up to the newest forecast; returns how many tasks are new."""
    with act("response.refresh", actor) as this:
        demand(actor, "response.dispatch")
        row = locked(activation_id)
        step(row, "dispatch")
        given = _bring_up_to_date(row)
        close_item(key(row, "refresh"), actor.label)
        hold(row)
        this.on("response", row.pk, str(row))
        this.detail["tasks"] = given
    assign_shelters(activation_id, actor)
    call_patrols(activation_id)
    return given


def write_situation_report(actor: Actor, activation_id: int, text: str = "") -> int:
    """Write the next situation report (the records' own words when `text` is empty).

    Returns its number. The same words on the same figures twice are one report.
    """
    with act("response.report_situation", actor) as this:
        demand(actor, "response.dispatch")
        row = locked(activation_id)
        step(row, "report situation")
        shown = row_of(activation_id)
        draft, figures = situation(shown) if shown else ("", {})
        words = text.strip() or draft
        last = row.situation_reports.order_by("-number").first()
        this.on("response", row.pk, str(row))
        if last is not None and (last.text, last.figures) == (words, figures):
            return last.number
        number = _next_number(row)
        SituationReport.objects.create(
            activation=row, number=number, at=clock.now(), by=actor.label, text=words,
            figures=figures,
        )  # fmt: skip
        terms = plan_text(row.plan).level(row.level or 4)
        ask_for_situation_report(row, terms, number + 1)
        write(row, actor, N_("Situation report %(number)d"), number=number)
        this.detail["number"] = number
    return number


def end_response(
    actor: Actor, activation_id: int, reason: str, *, clear_open: bool = False
) -> None:
    """End the response: nothing waits any more, empty shelters close, a review is asked for.

    Raises `Refused` while tasks are open, unless `clear_open` says that they may be cleared.
    """
    with act("response.end", actor) as this:
        row = locked(activation_id)
        step(row, "end")
        text = plan_text(row.plan)
        demand(actor, text.level(row.level or 1).right)
        if not reason.strip():
            raise Refused(N_("Write in one sentence why."))
        counts = task_counts(activation_id)
        if counts.waiting + counts.doing and not clear_open:
            raise Refused(
                N_("%(open)d tasks are not done. Finish them, or clear them with the response."),
                open=counts.waiting + counts.doing,
            )
        state_figures(row)
        for task in row.tasks.filter(state__in=OPEN_TASKS):
            clear_one(task, actor, RESPONSE_ENDED)
        before, level, row.state = row.state, row.level or 0, ActivationState.ENDED
        row.ended_at, row.ended_by_id, row.proposed_level = clock.now(), actor.id, None
        row.save()
        remember(row, "end", before, actor, reason)
        clear(row, actor.label)
        ask_for_review(row, text.review_days)
        release(row)
        write(row, actor, N_("Response ended: %(reason)s"), reason=reason.strip())
        if row.incident_id is not None:
            settle_incident(actor, row.incident_id)
        this.on("response", row.pk, str(row))
        this.detail["left_open"] = _close_empty(actor, activation_id)
        this.publish(ResponseEnded(activation_id=row.pk, level=level))


def review_response(actor: Actor, activation_id: int, text: str) -> None:
    """File the review of an ended response."""
    if not text.strip():
        raise Refused(N_("Write what went well, what was late, and what changes in the plan."))
    with act("response.review", actor) as this:
        demand(actor, "response.dispatch")
        row = locked(activation_id)
        step(row, "review")
        before, row.state = row.state, ActivationState.REVIEWED
        row.review, row.reviewed_at = text.strip(), clock.now()
        row.save(update_fields=["state", "review", "reviewed_at"])
        remember(row, "review", before, actor, "")
        clear(row, actor.label)
        this.on("response", row.pk, str(row))


def _bring_up_to_date(row: Activation) -> int:
    newest = latest_run()
    if newest is not None and newest.id != row.run_id:
        row.run_id = newest.id
        row.save(update_fields=["run_id"])
    return give_tasks(row, plan_text(row.plan), scene_of(row))


def _clear_unasked(row: Activation, actor: Actor, asked: set[str]) -> None:
    for task in row.tasks.filter(state=TaskState.WAITING).exclude(card_key__in=asked):
        clear_one(task, actor, NO_LONGER)


def _next_number(row: Activation) -> int:
    newest = row.situation_reports.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def _close_empty(actor: Actor, activation_id: int) -> list[str]:
    """Close the response's empty shelters; returns those that still hold people."""
    left = []
    for shelter in shelters_used(activation_id):
        if not shelter.row.open:
            continue
        try:
            close_shelter(actor, shelter.row.code)
        except ShelterRefused:
            left.append(shelter.row.code)
    return left
