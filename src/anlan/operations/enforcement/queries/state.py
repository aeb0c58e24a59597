"""A case as the rules of its loop see it."""

from datetime import date
from decimal import Decimal

from anlan.operations.enforcement.models import Case, EnforcementUnit
from anlan.operations.enforcement.rules.loop import Case as Facts
from anlan.operations.enforcement.rules.loop import Person
from anlan.operations.enforcement.rules.money import late_fee
from anlan.operations.enforcement.rules.states import State
from anlan.operations.people.queries import Scope

HEAVIER = ("licence", "closure")


def person_of(scope: Scope, organisation: str) -> Person:
    """An account as the rules see it."""
    return Person(id=scope.account_id, rights=scope.rights, organisation=organisation)


def due(case: Case, key: str) -> date | None:
    """The day of a running term."""
    said = case.dues.get(key)
    return date.fromisoformat(said) if said else None


def owed(case: Case, day: date) -> Decimal:
    """Fine and additional fine by `day`, in 元. One query where the time to pay has passed."""
    pay_until = due(case, "payment")
    if case.fine == 0 or pay_until is None or day <= pay_until:
        return case.fine
    paid = case.payments.values_list("paid_on", "amount")
    return case.fine + late_fee(case.fine, pay_until, paid, day)


def limits(case: Case) -> tuple[Decimal, Decimal]:
    """From which fine the party may ask for a hearing, and up to which one is fined on the spot."""
    unit = EnforcementUnit.objects.get(code=case.unit)
    if case.party_kind == "person":
        return unit.hearing_person, unit.summary_person
    return unit.hearing_unit, unit.summary_unit


def facts(case: Case, day: date) -> Facts:
    """What the rules ask of the record. Two or three queries."""
    rows = list(
        case.officers.values_list(
            "certificate__account", "certificate__valid_from", "certificate__valid_to", "until"
        )
    )
    heavy = case.intended_other in HEAVIER or case.hearing_right
    return Facts(
        state=case.state, unit=case.unit,
        officers=frozenset(who for who, begin, end, left in rows
                           if left is None and begin <= day <= end),
        hands=frozenset(who for who, *_rest in rows),
        proposed=case.proposed, held=case.held, hearing_right=case.hearing_right,
        waived=case.waived, answer_until=due(case, "answer"), hearing_on=case.hearing_on,
        hearing_held=case.hearing_held, reviewed_by=case.reviewed_by_id,
        serious=heavy or _outside(case), discussed=case.discussed, ordered=case.ordered,
        fine=case.fine, paid=case.paid,
        owed=owed(case, day) if case.state in (State.SERVED, State.COURT_ENFORCEMENT)
        else case.fine,
        pay_until=due(case, "payment"), appeal_until=due(case, "appeal"),
        reminded_until=due(case, "reminder"), court_until=due(case, "court"),
        published=case.published, crime_proposed=case.crime_proposed,
        crime_approved=case.crime_approved,
    )  # fmt: skip


def _outside(case: Case) -> bool:
    """Whether what the officers intend lies outside its row of the discretion table."""
    row = case.row
    return row is not None and not row.least <= case.intended <= row.most
