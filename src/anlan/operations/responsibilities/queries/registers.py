"""The list of works and the file of a year's list, declared once."""

from datetime import date

from django.db.models import F, Q

from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.responsibilities.rules.states import (
    ENDED,
    OPEN,
    QUARTER_WORDS,
    STATE_WORDS,
    State,
)
from anlan.vocabulary.words import N_, NP_

IN_TIME = Q(state=State.CONFIRMED, finished_on__lte=F("due_on"))
DONE_LATE = Q(state=State.CONFIRMED, finished_on__gt=F("due_on"))
EARLIEST, LATEST = 2000, 2100


def late_on(day: date) -> Q:
    """Open past its day, or submitted after it and not confirmed yet."""
    after = Q(state=State.SUBMITTED, finished_on__gt=F("due_on"))
    return Q(state__in=OPEN, due_on__lt=day) | after


WORKS = Register(
    title=NP_("register", "Works of the year"),
    order=("due_on",),
    fields=(
        Field(key="year", word=NP_("work of a year", "Year"), kind=Kind.WHOLE, least=EARLIEST,
              most=LATEST, typed=False, filtered=True),
        Field(key="number", word=NP_("work of a year", "No."), typed=False, searched=True),
        Field(key="what", word=NP_("work of a year", "Work"), typed=False, searched=True),
        Field(key="measure", word=NP_("work of a year", "Done when"), typed=False),
        Field(key="bearer__unit_name", word=NP_("work of a year", "Led in"), typed=False,
              searched=True),
        Field(key="bearer__post", word=NP_("work of a year", "Led by"), typed=False,
              searched=True),
        Field(key="unit_name", word=NP_("work of a year", "Done by"), typed=False, searched=True,
              sorted=True),
        Field(key="due_on", word=NP_("work of a year", "Deadline"), kind=Kind.DAY, typed=False,
              sorted=True, filtered=True),
        Field(key="state", word=NP_("work of a year", "State"), kind=Kind.CHOICE,
              choices=STATE_WORDS, typed=False, filtered=True),
        Field(key="percent", word=NP_("work of a year", "Progress, percent"), kind=Kind.WHOLE,
              typed=False, sorted=True),
        Field(key="finished_on", word=NP_("work of a year", "Submitted on"), kind=Kind.DAY,
              typed=False, sorted=True),
        Field(key="unit_code", word=NP_("filter", "One unit only"), typed=False, listed=False,
              filtered=True, longest=40),
        Field(key="bearer", word=NP_("filter", "One leader only"), kind=Kind.WHOLE, least=1,
              typed=False, listed=False, filtered=True),
    ),
    views=(
        View("open", NP_("works view", "Open"), lambda scope, day: ~Q(state__in=ENDED)),
        View("late", NP_("works view", "Late"), lambda scope, day: late_on(day), late=True),
        View("waiting", NP_("works view", "To be confirmed"),
             lambda scope, day: Q(state=State.SUBMITTED)),
        View("in_time", NP_("works view", "Done in time"), lambda scope, day: IN_TIME),
        View("done_late", NP_("works view", "Done late"), lambda scope, day: DONE_LATE),
        View("planned", NP_("works view", "All but dropped"),
             lambda scope, day: ~Q(state=State.DROPPED)),
    ),
)  # fmt: skip

# A row of a file: who leads, in which unit; who does it; by a quarter or by a day.
ROWS = Register(
    title=NP_("register", "Works of the year"),
    order=("pk",),
    fields=(
        Field(key="year", word=NP_("work of a year", "Year"), kind=Kind.WHOLE, required=True,
              least=EARLIEST, most=LATEST),
        Field(key="number", word=NP_("work of a year", "No."), required=True, longest=20),
        Field(key="led_in", word=NP_("work of a year", "Led in"), required=True, longest=100,
              help=N_("A unit by its name or its code.")),
        Field(key="post", word=NP_("work of a year", "Led by"), longest=60,
              help=N_("The leader's post; empty: the unit as a whole.")),
        Field(key="done_by", word=NP_("work of a year", "Done by"), longest=100,
              help=N_("Empty: the unit that leads.")),
        Field(key="what", word=NP_("work of a year", "Work"), required=True, longest=300),
        Field(key="measure", word=NP_("work of a year", "Done when"), required=True, longest=300),
        Field(key="quarter", word=NP_("work of a year", "Quarter"), kind=Kind.CHOICE,
              choices=QUARTER_WORDS),
        Field(key="due_on", word=NP_("work of a year", "Deadline"), kind=Kind.DAY,
              help=N_("Goes before the quarter; with neither, the end of the year.")),
        Field(key="duty", word=NP_("work of a year", "No. of the duty"), kind=Kind.WHOLE,
              least=1, most=999),
    ),
)  # fmt: skip
