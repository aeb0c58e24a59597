"""Recording interference, the one door to what a record says, and what discipline made of it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.oversight.models import Interference, InterferenceCounter, InterferenceView
from anlan.operations.oversight.queries.interference import (
    able_handlers,
    facts,
    person_of,
    subject_of,
)
from anlan.operations.oversight.queries.reviews import plain_name
from anlan.operations.oversight.rules.interference import (
    HANDLE,
    MOST_HANDLERS,
    RECORD,
    State,
    check,
    may_see,
)
from anlan.operations.people.actions import Actor, act, log_view, seal_text, unseal_text
from anlan.operations.people.queries import Scope
from anlan.operations.registers.actions import next_number
from anlan.operations.registers.queries import clean, required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LONG, SHORT = 2000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Who tried to interfere, in what capacity, how and when, with what (`about`: a number)."""

    who: str
    capacity: str
    how: str
    when: str
    about: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a record says, in plain; never kept, never written anywhere."""

    attempt: Attempt
    outcome: str


def record_interference(
    actor: Actor, scope: Scope, attempt: Attempt, handlers: tuple[int, ...]
) -> int:
    """Seal what happened, for at most two named handlers; the record's id. Raises `Refused`."""
    if not scope.may(RECORD) or scope.account_id is None:
        raise Refused(N_("Your role may not take this step."))
    subject = subject_of(scope, attempt.about)
    if not subject:
        raise Refused(N_("Write the number of a case or an accident within your sight."))
    said = Attempt(
        who=required(attempt.who, N_("Say who interfered."))[:SHORT],
        capacity=clean(attempt.capacity)[:SHORT],
        how=required(attempt.how, N_("Say how."))[:LONG],
        when=required(attempt.when, N_("Say when."))[:SHORT], about=subject,
    )  # fmt: skip
    chosen = tuple(dict.fromkeys(handlers))
    able = {one.id: plain_name(one.display_name) for one in able_handlers()}
    if not 1 <= len(chosen) <= MOST_HANDLERS or not set(chosen) <= set(able):
        raise Refused(N_("Name one or two officers of discipline."))
    if any(able[one] and able[one] in said.who for one in chosen):
        raise Refused(N_("Who is said to have interfered does not handle the record."))
    with act("oversight.record_interference", actor) as this:
        year = clock.today().year
        number = next_number(InterferenceCounter.objects, year=year)
        one = Interference.objects.create(
            number=f"{year}-{number:03d}", sealed=seal_text(json.dumps(asdict(said))),
            recorded_at=clock.now(), recorder_id=scope.account_id, handler_one_id=chosen[0],
            handler_two_id=chosen[1] if len(chosen) > 1 else None, state=State.RECORDED,
        )  # fmt: skip
        for account in chosen:
            _open(one, account)
        this.on("interference", one.pk, one.number)
    return one.pk


def see_interference(
    actor: Actor, scope: Scope, interference_id: int, purpose: str
) -> Shown | None:
    """Show a record to who wrote it or handles it; each look is kept with its purpose.

    None for everybody else, as if there were no such record; that they asked is kept too.
    """
    one = _met(actor, scope, interference_id)
    if one is None or scope.account_id is None:
        return None
    why = required(purpose, N_("Say what you need it for."))[:SHORT]
    with act("oversight.see_interference", actor) as this:
        InterferenceView.objects.create(
            interference=one, at=clock.now(), by_id=scope.account_id, by_name=actor.label,
            purpose=why,
        )  # fmt: skip
        log_view(actor, "interference", one.pk, one.number, ["attempt"])
        this.on("interference", one.pk, one.number)
    said: Mapping[str, str] = json.loads(unseal_text(one.sealed))
    return Shown(Attempt(**said), unseal_text(one.outcome_sealed))


def end_interference(
    actor: Actor, scope: Scope, interference_id: int, verb: str, outcome: str
) -> bool:
    """A handler notifies it 通报 or finds it not borne out; False as above. Raises `Refused`."""
    if _met(actor, scope, interference_id) is None:
        return False
    with act(f"oversight.{verb}_interference", actor) as this:
        one = Interference.objects.select_for_update().get(pk=interference_id)
        step = check(verb, facts(one), person_of(scope))
        said = required(outcome, N_("Say what was notified to whom, or why nothing was."))[:LONG]
        one.state, one.ended_on = step.leads_to(one.state), clock.today()
        one.outcome_sealed = seal_text(said)
        one.save()
        for account in facts(one).handlers:
            close_item(_key(one, account))
        this.on("interference", one.pk, one.number)
    return True


def _met(actor: Actor, scope: Scope, interference_id: int) -> Interference | None:
    """The record, for whom it is; whoever else asks for it leaves a trace."""
    one = Interference.objects.filter(pk=interference_id).first()
    if one is None or may_see(facts(one), person_of(scope)):
        return one
    if actor.id is not None:
        with act("oversight.refuse_interference", actor) as this:
            InterferenceView.objects.create(
                interference=one, at=clock.now(), by_id=actor.id, by_name=actor.label, refused=True
            )
            this.on("interference", one.pk, one.number)
    return None


def _open(one: Interference, account: int) -> None:
    """It says nothing but that there is something to read."""
    open_item(
        NewItem(
            key=_key(one, account), kind="interference",
            title=N_("A record of interference %(number)s waits for you"),
            action=N_("Read the record"), link=f"/cases/interference/{one.pk}", right=HANDLE,
            area_code="", parameters={"number": one.number}, owner_id=account,
        )
    )  # fmt: skip


def _key(one: Interference, account: int) -> str:
    return f"interference:{one.pk}:{account}"
