"""The register of accidents, declared once."""

from datetime import date

from django.db.models import Q

from anlan.operations.accidents.queries.scope import entered_late, has_late
from anlan.operations.accidents.rules.level import GRAVE, LEVEL_WORDS
from anlan.operations.accidents.rules.states import (
    CATEGORY_WORDS,
    OWNERSHIP_WORDS,
    STATE_WORDS,
    TYPE_WORDS,
    State,
)
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.registers import ENTERPRISES, OF_ENTERPRISE
from anlan.vocabulary.words import N_, NP_

ENTRY_WORDS = {"late": NP_("accident entry", "entered late")}
PRODUCTION_WORDS = {"yes": NP_("choice", "Yes"), "no": NP_("choice", "No")}


def _open() -> Q:
    return ~Q(state=State.CLOSED)


def _overdue(scope: Scope, day: date) -> Q:
    """The investigation, the evaluation, or anything that is to be done after it."""
    at_work = Q(state__in=(State.TEAM_FORMED, State.INVESTIGATING))
    waits = Q(state=State.REPORTED, in_production=True)
    evaluated = Q(state__in=(State.PUBLISHED, State.IMPLEMENTING), evaluate_by__lt=day)
    return Q(at_work | waits, due_on__lt=day) | evaluated | has_late(scope, day)


ACCIDENTS = Register(
    title=NP_("register", "Accidents"),
    order=("-occurred_at",),
    fields=(
        Field(key="number", word=NP_("accident", "Number"), typed=False, searched=True),
        Field(key="title", word=NP_("accident", "Accident"), required=True, longest=120,
              searched=True),
        Field(key="unit", word=NP_("accident", "Unit"), required=True, longest=120,
              searched=True),
        Field(key="credit_code", word=NP_("accident", "Credit code"), longest=18, listed=False),
        Field(key="ownership", word=NP_("accident", "Ownership of the unit"), kind=Kind.CHOICE,
              choices=OWNERSHIP_WORDS, listed=False, filtered=True),
        Field(key="area_code", word=NP_("accident", "Street or community"), kind=Kind.AREA,
              required=True, filtered=True),
        Field(key="place", word=NP_("accident", "Place"), listed=False),
        Field(key="sector", word=NP_("accident", "Sector"), kind=Kind.CHOICE,
              choices=ENTERPRISES.field("sector").choices, required=True, filtered=True),
        Field(key="category", word=NP_("accident", "Category"), kind=Kind.CHOICE,
              choices=CATEGORY_WORDS, required=True, filtered=True),
        Field(key="kind", word=NP_("accident", "Type (GB 6441)"), kind=Kind.CHOICE,
              choices=TYPE_WORDS, required=True, filtered=True),
        Field(key="level", word=NP_("accident", "Level"), kind=Kind.CHOICE,
              choices=LEVEL_WORDS, typed=False, sorted=True),
        Field(key="deaths", word=NP_("accident", "Dead"), kind=Kind.WHOLE, most=9999,
              sorted=True),
        Field(key="missing", word=NP_("accident", "Missing"), kind=Kind.WHOLE, most=9999,
              listed=False),
        Field(key="serious", word=NP_("accident", "Seriously injured"), kind=Kind.WHOLE,
              most=9999),
        Field(key="poisoned", word=NP_("accident", "Acutely poisoned"), kind=Kind.WHOLE,
              most=9999, listed=False),
        Field(key="minor", word=NP_("accident", "Slightly injured"), kind=Kind.WHOLE, most=9999,
              listed=False),
        Field(key="loss", word=NP_("accident", "Direct loss (10,000 yuan)"), kind=Kind.WHOLE,
              help=N_("Whole units of 10,000 yuan."), most=99_999_999),
        Field(key="state", word=NP_("accident", "State"), kind=Kind.CHOICE, choices=STATE_WORDS,
              typed=False, filtered=True),
        Field(key="occurred_at", word=NP_("accident", "Occurred"), kind=Kind.MOMENT, typed=False,
              filtered=True, sorted=True),
        Field(key="entered_at", word=NP_("accident", "Entered"), kind=Kind.MOMENT, typed=False),
        Field(key="entry", word=NP_("accident", "Entry"), kind=Kind.CHOICE, typed=False,
              choices=ENTRY_WORDS),
        Field(key="counted", word=NP_("accident", "In production"), kind=Kind.CHOICE, typed=False,
              listed=False, filtered=True, choices=PRODUCTION_WORDS,
              conditions={"yes": Q(in_production=True), "no": Q(in_production=False)}),
        Field(key="grave", word=NP_("accident", "Considerable or worse"), kind=Kind.CHOICE,
              typed=False, listed=False, filtered=True, choices=PRODUCTION_WORDS,
              conditions={"yes": Q(level__lte=GRAVE), "no": Q(level__gt=GRAVE)}),
        Field(key="recommendations", word=NP_("accident", "Recommendations open"),
              kind=Kind.WHOLE, typed=False),
        Field(key="recommended_to", word=NP_("accident", "Next recommendation: whose"),
              typed=False),
        Field(key="recommended_until", word=NP_("accident", "Next recommendation: deadline"),
              kind=Kind.DAY, typed=False),
        OF_ENTERPRISE,
        Field(key="course", word=NP_("accident", "Course"), kind=Kind.LONG, longest=2000,
              listed=False),
    ),
    views=(
        View("open", NP_("accidents view", "Open"), lambda scope, day: _open()),
        View("investigated", NP_("accidents view", "Under investigation"),
             lambda scope, day: Q(state__in=(State.TEAM_FORMED, State.INVESTIGATING))),
        View("overdue", NP_("accidents view", "Overdue"), _overdue, late=True),
        View("late", NP_("accidents view", "Reported late"), lambda scope, day: Q(late=True)),
        View("entered_late", NP_("accidents view", "Entered late"),
             lambda scope, day: entered_late()),
        View("year", NP_("accidents view", "This year"),
             lambda scope, day: Q(occurred_at__year=day.year)),
    ),
)  # fmt: skip
