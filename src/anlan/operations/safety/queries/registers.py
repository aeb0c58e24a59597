"""The registers of work safety, each declared once: list, filters, form, export, import."""

from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.traits import blind, having_trait
from anlan.operations.safety.queries.words import dangers_with
from anlan.operations.safety.rules.enterprises import (
    REGULATOR_WORDS,
    SCALE_WORDS,
    SECTOR_WORDS,
    STANDARD_ENDS_SOON,
    STANDARD_WORDS,
    STATE_WORDS,
    TRAIT_WORDS,
)
from anlan.operations.safety.rules.states import (
    CLOSING_WORDS,
    GRADE_WORDS,
    REPEAT_WORDS,
    SOURCE_WORDS,
    Source,
    State,
)
from anlan.operations.safety.rules.states import STATE_WORDS as DANGER_STATE_WORDS
from anlan.vocabulary.words import N_, NP_

# The rows of one enterprise, by its key: what a figure about it leads to.
OF_ENTERPRISE = Field(key="enterprise", word=NP_("filter", "One enterprise only"), kind=Kind.WHOLE,
                      least=1, typed=False, listed=False, filtered=True)  # fmt: skip

ENTERPRISES = Register(
    title=NP_("register", "Enterprises"),
    order=("area_code", "name"),
    fields=(
        Field(key="name", word=NP_("enterprise", "Name"), required=True, longest=120,
              searched=True, sorted=True),
        Field(key="credit_code", word=NP_("enterprise", "Credit code"), required=True, longest=18,
              searched=True, help=N_("18 characters, as on the business licence.")),
        Field(key="area_code", word=NP_("enterprise", "Street or community"), kind=Kind.AREA,
              required=True, filtered=True, sorted=True),
        Field(key="address", word=NP_("enterprise", "Address"), required=True, listed=False,
              searched=True),
        Field(key="sector", word=NP_("enterprise", "Sector"), kind=Kind.CHOICE,
              choices=SECTOR_WORDS, required=True, filtered=True),
        Field(key="trade", word=NP_("enterprise", "Trade (GB/T 4754)"), longest=40, listed=False),
        Field(key="scale", word=NP_("enterprise", "Scale"), kind=Kind.CHOICE, choices=SCALE_WORDS,
              filtered=True),
        Field(key="traits", word=NP_("enterprise", "Special dangers"), kind=Kind.SEVERAL,
              choices=TRAIT_WORDS, filtered=True, listed=False,
              conditions={key: having_trait(key) for key in TRAIT_WORDS},
              help=N_("They decide which items its checks have.")),
        Field(key="standard", word=NP_("enterprise", "Standardisation"), kind=Kind.CHOICE,
              choices=STANDARD_WORDS, filtered=True, listed=False),
        Field(key="standard_until", word=NP_("enterprise", "Standardised until"), kind=Kind.DAY,
              filtered=True, listed=False),
        Field(key="blind", word=NP_("enterprise", "Without a regulator"), kind=Kind.CHOICE,
              choices=REGULATOR_WORDS, typed=False, listed=False, filtered=True,
              conditions={key: Q(**{key: ""}) for key in REGULATOR_WORDS}),
        Field(key="people", word=NP_("enterprise", "People employed"), kind=Kind.WHOLE,
              most=1_000_000, sorted=True),
        Field(key="principal", word=NP_("enterprise", "Principal"), longest=60),
        Field(key="principal_phone", word=NP_("enterprise", "Phone of the principal"), longest=20,
              personal=True),
        Field(key="manager", word=NP_("enterprise", "Safety manager"), longest=60, listed=False),
        Field(key="manager_phone", word=NP_("enterprise", "Phone of the safety manager"),
              longest=20, personal=True),
        Field(key="state", word=NP_("enterprise", "State"), kind=Kind.CHOICE, choices=STATE_WORDS,
              required=True, filtered=True),
    ),
    views=(
        View("open", NP_("enterprises view", "Operating"), lambda scope, day: Q(state="open")),
        View("unrated", NP_("enterprises view", "Risk not rated"),
             lambda scope, day: Q(level=None) & ~Q(state="closed")),
        View("unowned", NP_("enterprises view", "Blind spots of supervision"),
             lambda scope, day: blind() & ~Q(state="closed")),
        View("standard", NP_("enterprises view", "Standardisation ends"),
             lambda scope, day: Q(standard_until__lte=day + STANDARD_ENDS_SOON)
             & ~Q(state="closed")),
    ),
)  # fmt: skip


FIRST_DUE = Coalesce("first_due_on", "due_on")


OPEN = tuple(one for one in State if one is not State.CLOSED)


def _open() -> Q:
    """Said twice: "not closed" finds the index of what is open, the states their rows in a
    sector's index, where a department's closed ones would else be passed one by one."""
    return ~Q(state=State.CLOSED) & Q(state__in=OPEN)


def _late(_scope: Scope, day: date) -> Q:
    return _open() & Q(due_on__lt=day)


DANGERS = Register(
    title=NP_("register", "Hidden dangers"),
    sought=dangers_with,
    order=("due_on", "-found_at"),
    fields=(
        Field(key="number", word=NP_("danger", "Number"), typed=False, searched=True, sorted=True),
        Field(key="title", word=NP_("danger", "Danger"), required=True, longest=120,
              searched=True, help=N_("What is wrong, in one line.")),
        Field(key="unit", word=NP_("danger", "Whose"), longest=120, searched=True,
              help=N_("Where no enterprise is registered: who has the danger.")),
        Field(key="area_code", word=NP_("danger", "Street or community"), kind=Kind.AREA,
              required=True, filtered=True),
        Field(key="place", word=NP_("danger", "Place"), searched=True),
        Field(key="sector", word=NP_("danger", "Sector"), kind=Kind.CHOICE, choices=SECTOR_WORDS,
              required=True, filtered=True),
        Field(key="grade", word=NP_("danger", "Grade"), kind=Kind.CHOICE, choices=GRADE_WORDS,
              typed=False, filtered=True, sorted=True),
        Field(key="state", word=NP_("danger", "State"), kind=Kind.CHOICE,
              choices=DANGER_STATE_WORDS, typed=False, filtered=True),
        Field(key="rectifier_name", word=NP_("danger", "Responsible"), typed=False),
        Field(key="due_on", word=NP_("danger", "Deadline"), kind=Kind.DAY, typed=False,
              filtered=True, sorted=True),
        Field(key="source", word=NP_("danger", "Source"), kind=Kind.CHOICE, choices=SOURCE_WORDS,
              required=True, filtered=True, untyped=(Source.HOTLINE, Source.CYCLE)),
        Field(key="found_at", word=NP_("danger", "Found"), kind=Kind.MOMENT, typed=False,
              filtered=True, sorted=True),
        Field(key="closed_on", word=NP_("danger", "Closed"), kind=Kind.DAY, typed=False,
              listed=False, filtered=True),
        Field(key="settled_on", word=NP_("danger", "Due and closed"), kind=Kind.DAY, typed=False,
              listed=False, filtered=True, to_come=True),
        Field(key="closing", word=NP_("danger", "Closing"), kind=Kind.CHOICE, typed=False,
              listed=False, filtered=True, choices=CLOSING_WORDS, conditions={
                  "in_time": Q(state=State.CLOSED, closed_on__lte=FIRST_DUE),
                  "too_late": Q(state=State.CLOSED, closed_on__gt=FIRST_DUE),
              }),
        Field(key="repeated", word=NP_("danger", "Repeat"), kind=Kind.CHOICE, typed=False,
              listed=False, filtered=True, choices=REPEAT_WORDS,
              conditions={"yes": Q(repeat=True), "no": Q(repeat=False)}),
        OF_ENTERPRISE,
        Field(key="description", word=NP_("danger", "More"), kind=Kind.LONG, longest=2000,
              listed=False),
    ),
    views=(
        View("open", NP_("dangers view", "Open"), lambda scope, day: _open()),
        View("recheck", NP_("dangers view", "Wait for re-check"),
             lambda scope, day: Q(state=State.SUBMITTED)),
        View("late", NP_("dangers view", "Late"), _late, late=True),
        View("major", NP_("dangers view", "Major"),
             lambda scope, day: _open() & Q(grade="MAJOR")),
        View("listed", NP_("dangers view", "Listed supervision"),
             lambda scope, day: Q(listed=True)),
        View("ungraded", NP_("dangers view", "Wait to be graded"),
             lambda scope, day: Q(state=State.FOUND)),
        View("closed", NP_("dangers view", "Closed this month"),
             lambda scope, day: Q(state=State.CLOSED, closed_on__gte=day.replace(day=1))),
    ),
)  # fmt: skip
