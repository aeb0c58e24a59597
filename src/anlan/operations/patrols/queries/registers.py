"""The registers of routes and posts and of their patrols: fields, filters and views, once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from anlan.operations.patrols.rules.places import MOST_VERTICES
from anlan.operations.patrols.rules.states import (
    FORM_WORDS,
    HAZARD_WORDS,
    MEANS_WORDS,
    MOST_REPEAT_H,
    OWED,
    RHYTHM_WORDS,
    STATE_WORDS,
    State,
)
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.vocabulary import clock
from anlan.vocabulary.levels import ALERT_WORDS, RESPONSE_WORDS
from anlan.vocabulary.words import N_, NP_, Term

MONTH_WORDS = {
    "1": NP_("month", "Jan"), "2": NP_("month", "Feb"), "3": NP_("month", "Mar"),
    "4": NP_("month", "Apr"), "5": NP_("month", "May"), "6": NP_("month", "Jun"),
    "7": NP_("month", "Jul"), "8": NP_("month", "Aug"), "9": NP_("month", "Sep"),
    "10": NP_("month", "Oct"), "11": NP_("month", "Nov"), "12": NP_("month", "Dec"),
}  # fmt: skip
LEVELS = {str(int(level)): word for level, word in ALERT_WORDS.items()}
RESPONSES = {str(int(level)): word for level, word in RESPONSE_WORDS.items()}
# What the counts of a street count, and what the links behind them filter by: the same conditions.
MARKS = {
    "owed": ~Q(state__in=(State.EXCUSED, State.LAPSED)),
    "done": Q(state__in=(State.SUBMITTED, State.CONFIRMED)),
    "on_time": Q(state__in=(State.SUBMITTED, State.CONFIRMED), late=False),
    "complete": Q(complete=True),
    "confirmed": Q(state=State.CONFIRMED),
    "missed": Q(missed=True),
    "open": Q(state__in=OWED),
    "found": Q(dangers__gt=0),
}
MARK_WORDS = {
    "owed": NP_("patrol mark", "owed"),
    "done": NP_("patrol mark", "done"),
    "on_time": NP_("patrol mark", "done in time"),
    "complete": NP_("patrol mark", "complete"),
    "confirmed": NP_("patrol mark", "confirmed"),
    "missed": NP_("patrol mark", "missed"),
    "open": NP_("patrol mark", "open"),
    "found": NP_("patrol mark", "with a danger found"),
}

TASKS = Register(
    title=NP_("register", "Patrols"),
    order=("-day", "due_at"),
    fields=(
        Field(key="day", word=NP_("patrol", "Day"), kind=Kind.DAY, filtered=True, sorted=True),
        Field(key="name", word=NP_("patrol", "Route or post"), searched=True),
        Field(key="form", word=NP_("patrol", "Kind"), kind=Kind.CHOICE, choices=FORM_WORDS,
              filtered=True),
        Field(key="hazard", word=NP_("patrol", "Hazard"), kind=Kind.CHOICE, choices=HAZARD_WORDS,
              filtered=True),
        Field(key="area_code", word=NP_("patrol", "Place"), kind=Kind.AREA, filtered=True),
        Field(key="state", word=NP_("patrol", "State"), kind=Kind.CHOICE, choices=STATE_WORDS,
              filtered=True),
        Field(key="due_at", word=NP_("patrol", "Until"), kind=Kind.MOMENT, sorted=True),
        Field(key="walker_name", word=NP_("patrol", "Who walked"), searched=True),
        Field(key="started_at", word=NP_("patrol", "Started"), kind=Kind.MOMENT),
        Field(key="ended_at", word=NP_("patrol", "Ended"), kind=Kind.MOMENT),
        Field(key="share", word=NP_("patrol", "Points reached (percent)"), kind=Kind.WHOLE,
              sorted=True),
        Field(key="metres", word=NP_("patrol", "Length, m"), kind=Kind.WHOLE),
        Field(key="minutes", word=NP_("patrol", "On the way, min"), kind=Kind.WHOLE),
        Field(key="dangers", word=NP_("patrol", "Dangers found"), kind=Kind.WHOLE),
        Field(key="missed_why", word=NP_("patrol", "Why it was missed"), kind=Kind.LONG),
        Field(key="mark", word=NP_("patrol", "How it went"), kind=Kind.CHOICE, typed=False,
              choices=MARK_WORDS, conditions=MARKS, listed=False, filtered=True),
        Field(key="beat", word=NP_("patrol", "Route or post"), kind=Kind.WHOLE, listed=False,
              filtered=True),
    ),
    views=(
        View("open", NP_("patrols view", "Open"), lambda scope, day: Q(state__in=OWED)),
        View("underway", NP_("patrols view", "Under way"),
             lambda scope, day: Q(state=State.UNDERWAY)),
        View("submitted", NP_("patrols view", "To be confirmed"),
             lambda scope, day: Q(state=State.SUBMITTED)),
        View("late", NP_("patrols view", "Late"),
             lambda scope, day: Q(state__in=OWED, due_at__lt=clock.now()), late=True),
        View("missed", NP_("patrols view", "Missed, not explained"),
             lambda scope, day: Q(state=State.MISSED, missed_why=""), late=True),
        View("confirmed", NP_("patrols view", "Confirmed"),
             lambda scope, day: Q(state=State.CONFIRMED)),
    ),
)  # fmt: skip


def _in_season(_scope: Scope, _day: date) -> Q:
    return Q(closed_at=None)


BEATS = Register(
    title=NP_("register", "Routes and posts"),
    order=("area_code", "name"),
    fields=(
        Field(key="name", word=NP_("beat", "Name"), required=True, longest=60, searched=True,
              sorted=True),
        Field(key="form", word=NP_("beat", "Kind"), kind=Kind.CHOICE, required=True,
              choices=FORM_WORDS, filtered=True),
        Field(key="hazard", word=NP_("beat", "Hazard"), kind=Kind.CHOICE, required=True,
              choices=HAZARD_WORDS, filtered=True),
        Field(key="area_code", word=NP_("beat", "Place"), kind=Kind.AREA, required=True,
              filtered=True),
        Field(key="unit", word=NP_("beat", "Whom it binds"), kind=Kind.CHOICE, required=True,
              filtered=True),
        Field(key="supervisor", word=NP_("beat", "Supervisor"), kind=Kind.CHOICE, required=True),
        Field(key="patroller", word=NP_("beat", "Who patrols"), kind=Kind.CHOICE, required=True),
        Field(key="deputy", word=NP_("beat", "Deputy"), kind=Kind.CHOICE),
        Field(key="means", word=NP_("beat", "Means"), kind=Kind.CHOICE, required=True,
              choices=MEANS_WORDS, listed=False),
        Field(key="rhythm", word=NP_("beat", "Rhythm"), kind=Kind.CHOICE, required=True,
              choices=RHYTHM_WORDS, filtered=True),
        Field(key="every", word=NP_("beat", "Every how many days"), kind=Kind.WHOLE, least=1,
              most=366),
        Field(key="months", word=NP_("beat", "Months of the season"), kind=Kind.SEVERAL,
              choices=MONTH_WORDS, help=N_("None ticked: the whole year.")),
        Field(key="since", word=NP_("beat", "From (time of day)"), longest=5,
              help=N_("Such as 08:30; empty: from the begin of the day.")),
        Field(key="until", word=NP_("beat", "Until (time of day)"), longest=5,
              help=N_("An end before its begin is the next day's; empty: the end of the day.")),
        Field(key="sign_min", word=NP_("beat", "Sign of life every … minutes"), kind=Kind.WHOLE,
              least=10, most=720, listed=False,
              help=N_("Of a post; empty: only at its begin and its end.")),
        Field(key="alert_level", word=NP_("beat", "Called out by an alert from"), kind=Kind.CHOICE,
              choices=LEVELS, listed=False, filtered=True,
              help=N_("Of its hazard, of this level or a more severe one; empty: by none.")),
        Field(key="response_level", word=NP_("beat", "Called out by a response from"),
              kind=Kind.CHOICE, choices=RESPONSES, listed=False, filtered=True,
              help=N_("Of its hazard, of this level or a more severe one; empty: by none.")),
        Field(key="repeat_h", word=NP_("beat", "Called out again every … hours"), kind=Kind.WHOLE,
              least=1, most=MOST_REPEAT_H, listed=False,
              help=N_("While the alert or response lasts; 24: every day; empty: as the district's "
                      "figures say.")),
        Field(key="begins_on", word=NP_("beat", "First day"), kind=Kind.DAY, required=True,
              listed=False),
        Field(key="task", word=NP_("beat", "What to look for"), kind=Kind.LONG, longest=500,
              listed=False),
        Field(key="points", word=NP_("beat", "Points that must be reached"), kind=Kind.LONG,
              required=True, longest=8000, listed=False, stands_by="line",
              help=N_("One a line: name, longitude, latitude, radius in metres (optional).")),
        Field(key="line", word=NP_("beat", "Line on the map"), kind=Kind.LONG, longest=80000,
              listed=False, drawn=MOST_VERTICES,
              help=N_("One place a line: longitude, latitude; CGCS2000.")),
    ),
    views=(
        View("open", NP_("beats view", "In force"), _in_season),
        View("closed", NP_("beats view", "Closed"), lambda scope, day: ~Q(closed_at=None)),
    ),
)  # fmt: skip


def beats_register(
    units: Mapping[str, str], supervisors: Mapping[int, str], walkers: Mapping[int, str]
) -> Register:
    """The register with the district's own units and persons as choices."""
    named: dict[str, Mapping[Any, Term]] = {
        "unit": _words(units), "supervisor": _words(supervisors),
        "patroller": _words(walkers), "deputy": _words(walkers),
    }  # fmt: skip
    fields = tuple(
        replace(one, choices=named[one.key]) if one.key in named else one for one in BEATS.fields
    )
    return replace(BEATS, fields=fields)


def _words(names: Mapping[Any, str]) -> dict[Any, Term]:
    """A name is no word of a catalogue: it is said as it is."""
    return {str(key): Term("name", name) for key, name in names.items()}
