"""A case as the rules of its loop see it."""

from datetime import date, datetime
from decimal import Decimal

from anlan.operations.enforcement.models import Case, EnforcementUnit
from anlan.operations.enforcement.queries.officers import standing_on
from anlan.operations.enforcement.rules.loop import Case as Facts
from anlan.operations.enforcement.rules.loop import Person
from anlan.operations.enforcement.rules.money import Spell, late_fee
from anlan.operations.enforcement.rules.states import State
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock

OWING = (State.SERVED, State.COURT_ENFORCEMENT)


def person_of(scope: Scope, organisation: str) -> Person:
    """An account as the rules see it."""
    return Person(id=scope.account_id, rights=scope.rights, organisation=organisation)


def due(case: Case, key: str) -> date | None:
    """The last day of a running term."""
    said = case.dues.get(key)
    return day_of(said) if said else None


def due_at(case: Case, key: str) -> datetime | None:
    """The moment when a running term is over."""
    said = case.dues.get(key)
    return moment_of(said) if said else None


def day_of(said: str) -> date:
    """The day of what `Case.dues` keeps: a day, or a moment in China."""
    return date.fromisoformat(said[:10])


def moment_of(said: str) -> datetime:
    return datetime.fromisoformat(said) if "T" in said else clock.end_of(day_of(said))


def schedule(case: Case) -> list[tuple[date, Decimal]]:
    """What of the fine falls due by which day: the instalments granted, or all of it at once."""
    pay_until = due(case, "payment")
    if not case.instalments:
        return [(pay_until, case.fine)] if pay_until else []
    rows, left = [], case.fine
    for day, amount in case.instalments:
        part = min(left, Decimal(amount))
        rows.append((date.fromisoformat(day), part))
        left -= part
    return rows


def next_payment(case: Case) -> date | None:
    """The day of the first part of the fine that is not paid."""
    left = case.paid
    for day, amount in schedule(case):
        left -= amount
        if left < 0:
            return day
    return None


def owed(case: Case, day: date) -> Decimal:
    """Fine and additional fine by `day`, in 元; of a revoked decision nothing.

    When the execution has ended nothing grows any more. Two queries where the time to pay has
    passed.
    """
    if case.revoked_on is not None:
        return Decimal(0)
    if case.ended_on is not None:
        return case.fine + min(case.added, case.fine)
    rows = schedule(case)
    if case.fine == 0 or not rows or day <= rows[0][0]:
        return case.fine
    paid = case.payments.filter(of="fine").values_list("paid_on", "amount")
    pauses = [Spell(*row) for row in case.appeals.values_list("begun_on", "ended_on")]
    return case.fine + late_fee(case.fine, rows, paid, day, pauses)


def still_open(case: Case, day: date) -> Decimal:
    """What is not paid of the fine, what was added to it, and the gains, in 元."""
    if case.revoked_on is not None:
        return Decimal(0)
    zero = Decimal(0)
    return max(zero, owed(case, day) - case.paid) + max(zero, case.gains - case.gains_paid)


def limits(case: Case) -> tuple[Decimal, Decimal]:
    """From which fine the party may ask for a hearing, and up to which one is fined on the spot."""
    unit = EnforcementUnit.objects.get(code=case.unit)
    if case.party_kind == "person":
        return unit.hearing_person, unit.summary_person
    return unit.hearing_unit, unit.summary_unit


def facts(case: Case, day: date) -> Facts:
    """What the rules ask of the record. Three to five queries."""
    hands = case.officers.annotate(stands=standing_on(day, "certificate__"))
    rows = list(hands.values_list("certificate__account", "until", "stands"))
    return Facts(
        state=case.state, unit=case.unit,
        officers=frozenset(who for who, left, stands in rows if left is None and stands),
        hands=frozenset(who for who, *_rest in rows),
        proposed=case.proposed, investigated=case.row_id is not None, held=case.held,
        hearing_right=case.hearing_right,
        waived=case.waived, answer_until=due(case, "answer"), hearing_on=case.hearing_on,
        hearing_held=case.hearing_held, reviewed_by=case.reviewed_by_id,
        serious=case.hearing_right or _outside(case), discussed=case.discussed,
        ordered=case.ordered,
        order_runs="order" in case.dues, recheck_asked=case.recheck_asked_on is not None,
        decide_by=due(case, "decision"), extended=case.extended,
        appealed=case.decided_on is not None and case.appeals.filter(ended_on=None).exists(),
        decided=case.decided_on is not None, revoked=case.revoked_on is not None,
        open=still_open(case, day) if case.state in OWING else Decimal(0),
        duties=bool(case.penalty.carried_out),
        reminded=case.state == State.SERVED and "reminder" not in case.dues
        and case.steps.filter(verb="remind").exists(),
        pay_until=due(case, "payment"), appeal_until=due(case, "appeal"),
        reminded_until=due(case, "reminder"), court_until=due(case, "court"),
        published=case.published, others_wait="publicity_other" in case.dues,
        others_published=case.others_published, crime_proposed=case.crime_proposed,
        crime_approved=case.crime_approved,
    )  # fmt: skip


def _outside(case: Case) -> bool:
    """Whether the fine that the officers intend lies outside its row of the discretion table."""
    row = case.row
    return row is not None and not row.least <= case.intended <= row.most
