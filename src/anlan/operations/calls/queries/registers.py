"""The register of calls: fields, filters and views, declared once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Q

from anlan.operations.calls.rules.states import (
    ENDED,
    KIND_WORDS,
    SETTLED_WORDS,
    STATE_WORDS,
    UNANSWERED,
    URGENCY_WORDS,
    State,
    Urgency,
)
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.registers import OF_ENTERPRISE
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_, NP_, Term

# What the counts of a unit count, and what the links behind them filter by: the same conditions.
MARKS = {
    "sent": ~Q(state=State.DRAFT),
    "answered_in_time": Q(answered_at__isnull=False, answer_late=False),
    "answered_late": Q(answer_late=True),
    "handled_in_time": Q(handled_at__isnull=False, handle_late=False),
    "handled_late": Q(handle_late=True),
    "returned": Q(returned__gt=0),
    "refused": Q(refused_at__isnull=False),
}
MARK_WORDS = {
    "sent": NP_("call mark", "sent, no draft"),
    "answered_in_time": NP_("call mark", "answered in time"),
    "answered_late": NP_("call mark", "answer late"),
    "handled_in_time": NP_("call mark", "handled in time"),
    "handled_late": NP_("call mark", "handling late"),
    "returned": NP_("call mark", "returned by the street"),
    "refused": NP_("call mark", "refused at first"),
}
CONFIRMED = Q(state=State.CONFIRMED)


def _open(_scope: Scope, _day: date) -> Q:
    return ~Q(state__in=ENDED)


def _mine(scope: Scope, _day: date) -> Q:
    """What waits for the reader's own unit: its answer or its hand, a street's word, the bureau."""
    own = scope.organisation or "-"
    to_unit = Q(unit=own, state__in=(*UNANSWERED, State.ANSWERED))
    to_street = Q(street=own, state__in=(State.DRAFT, State.HANDLED))
    if scope.reach == "district":
        return to_unit | Q(state=State.REFUSED)
    return to_unit | to_street


CALLS = Register(
    title=NP_("register", "Township calls"),
    order=("due_at", "-called_at"),
    fields=(
        Field(key="number", word=NP_("call", "Number"), typed=False, searched=True, sorted=True),
        Field(key="urgency", word=NP_("call", "Urgency"), kind=Kind.CHOICE, required=True,
              choices=URGENCY_WORDS, filtered=True),
        Field(key="unit", word=NP_("call", "Department called"), kind=Kind.CHOICE, required=True,
              filtered=True),
        Field(key="matter", word=NP_("call", "What is needed"), kind=Kind.LONG, longest=500,
              required=True, searched=True,
              help=N_("What is wrong, what you have done, what you need from the department.")),
        Field(key="kind", word=NP_("call", "Why the street cannot do it"), kind=Kind.CHOICE,
              choices=KIND_WORDS, required=True, filtered=True),
        Field(key="area_code", word=NP_("call", "Street or community"), kind=Kind.AREA,
              required=True, filtered=True),
        Field(key="place", word=NP_("call", "Place"), longest=200, searched=True),
        Field(key="street", word=NP_("call", "Who called"), kind=Kind.CHOICE, typed=False,
              filtered=True),
        Field(key="state", word=NP_("call", "State"), kind=Kind.CHOICE, choices=STATE_WORDS,
              typed=False, filtered=True),
        Field(key="called_at", word=NP_("call", "Called"), kind=Kind.MOMENT, typed=False,
              filtered=True, sorted=True),
        Field(key="due_at", word=NP_("call", "Deadline"), kind=Kind.MOMENT, typed=False,
              sorted=True),
        Field(key="comes", word=NP_("call", "Who comes"), typed=False),
        Field(key="coming_at", word=NP_("call", "Comes at"), kind=Kind.MOMENT, typed=False),
        Field(key="answered_at", word=NP_("call", "Answered"), kind=Kind.MOMENT, typed=False),
        Field(key="handled_at", word=NP_("call", "Handled"), kind=Kind.MOMENT, typed=False),
        Field(key="handling", word=NP_("call", "What was done"), kind=Kind.LONG, typed=False),
        Field(key="settled", word=NP_("call", "Settled"), kind=Kind.CHOICE,
              choices=SETTLED_WORDS, typed=False),
        Field(key="grade", word=NP_("call", "Grade (1–5)"), kind=Kind.WHOLE, typed=False, most=5),
        Field(key="mark", word=NP_("call", "How it went"), kind=Kind.CHOICE, typed=False,
              choices=MARK_WORDS, conditions=MARKS, listed=False, filtered=True),
        Field(key="first_unit", word=NP_("call", "Called first"), kind=Kind.CHOICE,
              typed=False, listed=False, filtered=True),
        OF_ENTERPRISE,
    ),
    views=(
        View("open", NP_("calls view", "Open"), _open),
        View("mine", NP_("calls view", "Wait for my unit"), _mine),
        View("urgent", NP_("calls view", "Urgent"),
             lambda scope, day: ~Q(state__in=ENDED) & Q(urgency=Urgency.URGENT)),
        View("late", NP_("calls view", "Late"),
             lambda scope, day: Q(due_at__lt=clock.now()), late=True),
        View("refused", NP_("calls view", "Refused"),
             lambda scope, day: Q(state=State.REFUSED)),
        View("confirmed", NP_("calls view", "Confirmed"),
             lambda scope, day: CONFIRMED),
    ),
)  # fmt: skip


def calls_register(departments: Mapping[str, str], streets: Mapping[str, str]) -> Register:
    """The register with the district's own units as choices; names by organisation code."""
    named = {
        "unit": _words(departments),
        "first_unit": _words(departments),
        "street": _words(streets),
    }
    fields = tuple(
        replace(one, choices=named[one.key]) if one.key in named else one for one in CALLS.fields
    )
    return replace(CALLS, fields=fields)


def _words(units: Mapping[str, str]) -> dict[str, Term]:
    """A unit's own name is no word of a catalogue: it is said as it is."""
    return {code: Term("organisation", name) for code, name in units.items()}
