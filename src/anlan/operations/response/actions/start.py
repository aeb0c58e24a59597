"""From an alert to a signed response: the platform proposes, a person signs, never otherwise."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from anlan.operations.alerts.queries import AlertRow, alert
from anlan.operations.deadlines.actions import close_item
from anlan.operations.forecasts.queries import run
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.response.actions.desk import (
    ask_for_situation_report,
    ask_to_end,
    ask_to_refresh,
    ask_to_sign,
    clear,
    key,
)
from anlan.operations.response.actions.files import find_incident, hold, write
from anlan.operations.response.actions.tasks import give_tasks
from anlan.operations.response.actions.who import demand
from anlan.operations.response.events import ResponseActivated, ResponseProposed
from anlan.operations.response.models import Activation, ActivationStep, EmergencyPlan
from anlan.operations.response.queries.plans import plan_in_force, plan_text
from anlan.operations.response.queries.scene import scene_of
from anlan.operations.response.rules.plan import PlanText
from anlan.operations.response.rules.states import (
    ACTIVATION,
    RUNNING,
    UNDECIDED_OR_RUNNING,
    ActivationState,
)
from anlan.vocabulary import clock
from anlan.vocabulary.areas import DISTRICT_DIGITS, area_code
from anlan.vocabulary.levels import ResponseLevel
from anlan.vocabulary.transitions import NoSuchStep, Refused
from anlan.vocabulary.words import N_

STARTED = {
    1: N_("Level I response started by %(issuer)s"),
    2: N_("Level II response started by %(issuer)s"),
    3: N_("Level III response started by %(issuer)s"),
    4: N_("Level IV response started by %(issuer)s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A response that a person asks for without an alert: where, how severe, and why."""

    hazard: str
    level: int
    area_code: str
    reason: str
    community_codes: tuple[str, ...] = ()


def propose(alert_id: int) -> int | None:
    """Ask for the response that the plan ties to the alert; returns the activation's id.

    A response that already runs is asked to adjust instead; one already proposed is brought up to
    date. Nothing happens without a plan for the hazard, or when it was declined at this level.
    """
    found = alert(alert_id)
    plan = None if found is None else plan_in_force(found.hazard, clock.today())
    if found is None or plan is None:
        return None
    text = plan_text(plan)
    level = text.level_for(found.level)
    running = Activation.objects.filter(plan=plan, state__in=UNDECIDED_OR_RUNNING).first()
    if level is None or (running is None and _declined(plan, found.first_id, level)):
        return None
    with act("response.propose", PLATFORM) as this:
        if running is None:
            running = _standby(plan, found, level)
            ask = True
        else:
            ask = _follow(running, found, level)
        if ask:
            ask_to_sign(running, text)
            this.publish(ResponseProposed(activation_id=running.pk, level=level))
        this.on("response", running.pk, str(running))
        this.detail |= {"alert": alert_id, "level": level}
    return running.pk


def propose_by_hand(actor: Actor, proposal: Proposal) -> int:
    """A person asks for a response; another one signs it. Returns the activation's id."""
    demand(actor, "response.dispatch")
    ResponseLevel(proposal.level)
    plan = plan_in_force(proposal.hazard, clock.today())
    if plan is None:
        raise Refused(N_("No plan in force covers this hazard."))
    if not proposal.reason.strip():
        raise Refused(N_("Write in one sentence why."))
    taken = Activation.objects.filter(plan=plan, state__in=UNDECIDED_OR_RUNNING).first()
    if taken is not None:
        raise Refused(N_("This plan's response is already proposed or running."))
    with act("response.propose", actor) as this:
        row = Activation.objects.create(
            plan=plan, standing=settings.ANLAN_STANDING, area_code=area_code(proposal.area_code),
            proposed_level=proposal.level, proposed_at=clock.now(), proposed_by_id=actor.id,
            community_codes=sorted(proposal.community_codes),
            trigger={"reason": proposal.reason.strip()},
        )  # fmt: skip
        ask_to_sign(row, plan_text(plan))
        this.on("response", row.pk, str(row))
        this.publish(ResponseProposed(activation_id=row.pk, level=proposal.level))
    return row.pk


def sign_activation(
    actor: Actor, activation_id: int, level: int | None = None, reason: str = ""
) -> int:
    """Start the response at `level` (the proposed one by default); returns how many tasks it gave.

    Another level than the proposed needs a reason. Raises `Refused` for one's own proposal, for
    who lacks the plan's right for the level, and when it was signed before (saying by whom).
    """
    with act("response.sign", actor) as this:
        row = locked(activation_id)
        step(row, "sign")
        text = plan_text(row.plan)
        chosen = level or row.proposed_level or 0
        _refuse_signature(actor, row, text, (chosen, reason))
        terms = text.level(chosen)
        before = row.state
        row.state, row.level, row.proposed_level = ActivationState.ACTIVE, chosen, None
        row.number = row.number or _next_number(clock.now().year)
        row.clause, row.issuer = terms.clause, terms.issuer
        row.signed_at, row.signed_by_id = clock.now(), actor.id
        row.incident_id = find_incident(row)
        row.save()
        remember(row, "sign", before, actor, reason)
        close_item(key(row, "sign"), actor.label)
        given = give_tasks(row, text, scene_of(row))
        ask_for_situation_report(row, terms, 1)
        write(row, actor, STARTED[chosen], issuer=actor.label)
        hold(row)
        this.on("response", row.pk, str(row))
        this.detail |= {"level": chosen, "clause": terms.clause, "tasks": given}
        this.publish(ResponseActivated(activation_id=row.pk, level=chosen))
    return given


def stand_down(actor: Actor, activation_id: int, reason: str) -> None:
    """No response is started, in one sentence why; the same alert does not ask again."""
    if not reason.strip():
        raise Refused(N_("Write in one sentence why."))
    with act("response.stand_down", actor) as this:
        row = locked(activation_id)
        step(row, "stand down")
        demand(actor, "response.sign")
        before, row.state = row.state, ActivationState.STOOD_DOWN
        row.save(update_fields=["state"])
        remember(row, "stand down", before, actor, reason)
        clear(row, actor.label)
        this.on("response", row.pk, str(row))


def alert_lifted(alert_first_id: int) -> int:
    """The alert is over: a running response waits for its end, an undecided one goes away."""
    rows = Activation.objects.filter(
        alert_first_id=alert_first_id, state__in=UNDECIDED_OR_RUNNING
    ).select_related("plan")
    for row in rows:
        with act("response.alert_lifted", PLATFORM) as this:
            this.on("response", row.pk, str(row))
            if row.state in RUNNING:
                close_item(key(row, "sign"))
                Activation.objects.filter(pk=row.pk).update(proposed_level=None)
                ask_to_end(row, plan_text(row.plan))
            else:
                before, row.state = row.state, ActivationState.STOOD_DOWN
                row.save(update_fields=["state"])
                remember(row, "stand down", before, PLATFORM, "")
                clear(row, "")
    return len(rows)


def locked(activation_id: int) -> Activation:
    rows = Activation.objects.select_for_update(of=("self",))
    return rows.select_related("plan", "signed_by", "ended_by").get(pk=activation_id)


def step(row: Activation, verb: str) -> None:
    """Ask the table; raises `Refused` in words when the state does not allow the verb."""
    try:
        ACTIVATION.step(verb, row.state)
    except NoSuchStep as fault:
        raise _refusal(row) from fault


def remember(row: Activation, verb: str, before: str, actor: Actor, reason: str) -> None:
    ActivationStep.objects.create(
        activation=row, at=clock.now(), verb=verb, from_state=before, to_state=row.state,
        level=row.level or row.proposed_level, by=actor.label, reason=reason.strip()[:300],
    )  # fmt: skip


def _standby(plan: EmergencyPlan, found: AlertRow, level: int) -> Activation:
    return Activation.objects.create(
        plan=plan, standing=settings.ANLAN_STANDING, area_code=found.area_code[:DISTRICT_DIGITS],
        proposed_level=level, proposed_at=clock.now(), alert_id=found.id,
        alert_first_id=found.first_id, run_id=found.run_id,
        community_codes=sorted(found.community_codes), trigger=_trigger(found),
    )  # fmt: skip


def _follow(row: Activation, found: AlertRow, level: int) -> bool:
    """Bring a proposed or running response up to date with a later alert; ask again?"""
    codes = sorted(found.community_codes)
    wider = bool(set(codes) - set(row.community_codes)) or found.run_id != row.run_id
    newer = row.alert_id != found.id
    row.alert_id, row.alert_first_id = found.id, row.alert_first_id or found.first_id
    row.trigger = _trigger(found)
    row.community_codes = sorted({*row.community_codes, *codes})
    ask = False
    if row.state not in RUNNING:
        ask = newer or row.proposed_level != level
        row.proposed_level, row.run_id = level, found.run_id
    elif level != row.level:
        ask = row.proposed_level != level
        row.proposed_level, row.proposed_at = level, clock.now()
    row.save()
    if newer and wider and row.state in RUNNING:
        ask_to_refresh(row, found.number)
    return ask


def _declined(plan: EmergencyPlan, first_id: int, level: int) -> bool:
    return Activation.objects.filter(
        plan=plan, alert_first_id=first_id, state=ActivationState.STOOD_DOWN,
        proposed_level__lte=level,
    ).exists()  # fmt: skip


def _trigger(found: AlertRow) -> dict[str, Any]:
    """The data that led to the proposal, as they stood."""
    data: dict[str, Any] = {
        "alert": found.number, "alert_level": found.level, "headline": found.headline,
    }  # fmt: skip
    behind = run(found.run_id) if found.run_id else None
    if behind is not None and behind.crest_at is not None:
        data |= {
            "run": behind.id, "crest_stage_m": behind.crest_stage_m, "datum": str(behind.datum),
            "crest_at": behind.crest_at.isoformat(),
        }  # fmt: skip
    return data


def _refuse_signature(actor: Actor, row: Activation, plan: PlanText, said: tuple[int, str]) -> None:
    chosen, reason = said
    ResponseLevel(chosen)
    demand(actor, plan.level(chosen).right)
    if row.proposed_by_id is not None and row.proposed_by_id == actor.id:
        raise Refused(N_("You proposed this; another person signs it."))
    if row.proposed_level is not None and chosen != row.proposed_level and not reason.strip():
        raise Refused(N_("Another level than the proposed one: write why."))


def _refusal(row: Activation) -> Refused:
    if row.state in RUNNING and row.signed_at is not None:
        return Refused(
            N_("Already signed by %(who)s at %(when)s."), who=str(row.signed_by or "Anlan"),
            when=f"{row.signed_at.astimezone(clock.CHINA):%H:%M}",
        )  # fmt: skip
    if row.ended_at is not None:
        return Refused(
            N_("The response was ended by %(who)s at %(when)s."), who=str(row.ended_by or "Anlan"),
            when=f"{row.ended_at.astimezone(clock.CHINA):%H:%M}",
        )  # fmt: skip
    if row.state == ActivationState.STOOD_DOWN:
        return Refused(N_("It was decided not to start this response."))
    return Refused(N_("The response has not been started."))


def _next_number(year: int) -> str:
    taken = Activation.objects.filter(number__startswith=f"{year}-")
    newest = max(
        (int(n.partition("-")[2]) for n in taken.values_list("number", flat=True)), default=0
    )
    return f"{year}-{newest + 1:02d}"
