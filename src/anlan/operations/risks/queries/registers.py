"""The registers of risk control, each declared once: list, filters, form, export, import."""

from datetime import date

from django.db.models import Q

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.risks.rules.loop import (
    CONTROL_WORDS,
    CONTROLS,
    HOLDER_WORDS,
    KIND_WORDS,
    STATE_WORDS,
    State,
)
from anlan.operations.risks.rules.rating import (
    C_WORDS,
    E_WORDS,
    L_WORDS,
    LIKELY_WORDS,
    METHOD_WORDS,
    SEVERE_WORDS,
)
from anlan.vocabulary.words import N_, NP_

LEVEL_WORDS = {
    "1": NP_("risk level", "Red"),
    "2": NP_("risk level", "Orange"),
    "3": NP_("risk level", "Yellow"),
    "4": NP_("risk level", "Blue"),
}


def _open() -> Q:
    return ~Q(state=State.RETIRED)


def _late(_scope: Scope, day: date) -> Q:
    return _open() & Q(review_on__lt=day)


RISKS = Register(
    title=NP_("register", "Risk points"),
    order=("level", "unit", "name"),
    fields=(
        Field(key="credit_code", word=NP_("risk", "Credit code"), required=True, longest=18,
              listed=False),
        Field(key="name", word=NP_("risk", "Risk point"), required=True, longest=80,
              searched=True, sorted=True,
              help=N_("Place, activity, machine or process: polishing room, work in a pit.")),
        Field(key="unit", word=NP_("risk", "Enterprise"), typed=False, searched=True, sorted=True),
        Field(key="area_code", word=NP_("risk", "Street or community"),
              kind=Kind.AREA, typed=False, filtered=True),
        Field(key="kind", word=NP_("risk", "Kind"), kind=Kind.CHOICE, choices=KIND_WORDS,
              required=True, filtered=True),
        Field(key="place", word=NP_("risk", "Place"), longest=120),
        Field(key="level", word=NP_("risk", "Level"), kind=Kind.CHOICE, choices=LEVEL_WORDS,
              typed=False, filtered=True, sorted=True),
        Field(key="hazards", word=NP_("risk", "Hazards"), kind=Kind.LONG, required=True,
              longest=500, help=N_("What can do harm, and how it comes to that.")),
        Field(key="accident_types", word=NP_("risk", "Accident types (GB 6441)"), required=True,
              listed=False, help=N_("By their names, with 、 between.")),
        Field(key="method", word=NP_("risk", "Rated by"), kind=Kind.CHOICE, choices=METHOD_WORDS,
              required=True, listed=False),
        Field(key="l", word=NP_("risk", "L, how likely"), kind=Kind.CHOICE, choices=L_WORDS,
              listed=False),
        Field(key="e", word=NP_("risk", "E, how often exposed"), kind=Kind.CHOICE,
              choices=E_WORDS, listed=False),
        Field(key="c", word=NP_("risk", "C, how grave"), kind=Kind.CHOICE, choices=C_WORDS,
              listed=False),
        Field(key="likely", word=NP_("risk", "Matrix: likelihood"), kind=Kind.CHOICE,
              choices=LIKELY_WORDS, listed=False),
        Field(key="severe", word=NP_("risk", "Matrix: severity"), kind=Kind.CHOICE,
              choices=SEVERE_WORDS, listed=False),
        *(Field(key=key, word=CONTROL_WORDS[key], kind=Kind.LONG, longest=500, listed=False)
          for key in CONTROLS),
        Field(key="holder", word=NP_("risk", "Controlled by"), kind=Kind.CHOICE,
              choices=HOLDER_WORDS, required=True, filtered=True),
        Field(key="responsible", word=NP_("risk", "Responsible"), required=True, longest=60),
        Field(key="state", word=NP_("risk", "State"), kind=Kind.CHOICE, choices=STATE_WORDS,
              typed=False, filtered=True),
        Field(key="review_on", word=NP_("risk", "Next review"), kind=Kind.DAY, typed=False,
              sorted=True),
    ),
    views=(
        View("open", NP_("risks view", "In force"), lambda scope, day: _open()),
        View("red", NP_("risks view", "Red"), lambda scope, day: _open() & Q(level=1)),
        View("orange", NP_("risks view", "Orange"), lambda scope, day: _open() & Q(level=2)),
        View("unconfirmed", NP_("risks view", "Wait to be confirmed"),
             lambda scope, day: Q(state=State.ASSESSED)),
        View("late", NP_("risks view", "Review late"), _late, late=True),
    ),
)  # fmt: skip

CLASS_WORDS = {
    "1": NP_("major hazard class", "Class 1"),
    "2": NP_("major hazard class", "Class 2"),
    "3": NP_("major hazard class", "Class 3"),
    "4": NP_("major hazard class", "Class 4"),
}
UNIT_WORDS = {
    "storage": NP_("major hazard unit", "Storage unit"),
    "production": NP_("major hazard unit", "Production unit"),
}
HAZARDS = Register(
    title=NP_("register", "Major hazard sources"),
    order=("level", "-r"),
    fields=(
        Field(key="name", word=NP_("major hazard", "Unit"), required=True, longest=80,
              searched=True, help=N_("A tank farm, a store, a plant between its cut-off valves.")),
        Field(key="enterprise__name", word=NP_("major hazard", "Enterprise"), typed=False,
              searched=True, sorted=True),
        Field(key="enterprise__area_code", word=NP_("major hazard", "Street or community"),
              kind=Kind.AREA, typed=False, filtered=True),
        Field(key="kind", word=NP_("major hazard", "Kind of unit"), kind=Kind.CHOICE,
              choices=UNIT_WORDS, required=True),
        Field(key="level", word=NP_("major hazard", "Class"), kind=Kind.CHOICE,
              choices=CLASS_WORDS, typed=False, filtered=True, sorted=True),
        Field(key="s", word=NP_("major hazard", "S"), typed=False),
        Field(key="r", word=NP_("major hazard", "R"), typed=False, sorted=True),
        Field(key="exposed", word=NP_("major hazard", "People within 500 m"), kind=Kind.WHOLE,
              required=True, most=1_000_000),
        Field(key="number", word=NP_("major hazard", "Filing number"), longest=40),
        Field(key="filed_on", word=NP_("major hazard", "Filed on"), kind=Kind.DAY),
    ),
    views=(
        View("graded", NP_("hazards view", "Major hazard sources"),
             lambda scope, day: ~Q(level=None)),
        View("below", NP_("hazards view", "Below the threshold"),
             lambda scope, day: Q(level=None)),
    ),
)  # fmt: skip
