"""The registers of the checks, each declared once: item library, tasks, checks."""

from datetime import date

from django.db.models import F, Q

from anlan.operations.checks.queries.due import missed_by, open_on
from anlan.operations.checks.rules.library import (
    CYCLE_WORDS,
    ENFORCEMENT,
    REVIEW,
    SELF,
    USE_WORDS,
    WEIGHT_WORDS,
)
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.enterprises import enterprises_named
from anlan.operations.safety.queries.registers import OF_ENTERPRISE
from anlan.operations.safety.queries.rows import SECTOR_WORDS, TRAIT_WORDS
from anlan.vocabulary.words import N_, NP_

WHO_WORDS = {
    SELF: NP_("check", "Self-check"),
    ENFORCEMENT: NP_("check", "Inspection"),
    REVIEW: NP_("check", "Standardisation review"),
}
KEPT_WORDS = {
    "done": NP_("check kept", "Done"),
    "in_time": NP_("check kept", "Done in time"),
    "late": NP_("check kept", "Done late"),
    "missed": NP_("check kept", "Not done"),
}

ITEMS = Register(
    title=NP_("register", "Item library"),
    order=("sector", "code"),
    fields=(
        Field(key="text", word=NP_("check item", "What is checked"), required=True, longest=200,
              searched=True, help=N_("So that yes means normal.")),
        Field(key="code", word=NP_("check item", "Code"), required=True, longest=40,
              searched=True, listed=True, sorted=True,
              help=N_("Stays through all versions, such as gen-exit.")),
        Field(key="sector", word=NP_("check item", "Sector"), kind=Kind.CHOICE,
              choices=SECTOR_WORDS, filtered=True, help=N_("Empty: every sector.")),
        Field(key="trait", word=NP_("check item", "Only with"), kind=Kind.CHOICE,
              choices=TRAIT_WORDS, filtered=True),
        Field(key="trade", word=NP_("check item", "Trade (GB/T 4754)"), longest=10, listed=False,
              help=N_("The first letters of the trade's code; empty: every trade.")),
        Field(key="level", word=NP_("check item", "From risk"), kind=Kind.WHOLE, least=1, most=4,
              listed=False, help=N_("1 red to 4 blue: only this risk or worse. Empty: all.")),
        Field(key="cycle", word=NP_("check item", "How often"), kind=Kind.CHOICE,
              choices=CYCLE_WORDS, required=True, filtered=True),
        Field(key="weight", word=NP_("check item", "Weight"), kind=Kind.CHOICE,
              choices=WEIGHT_WORDS, required=True, filtered=True,
              help=N_("A key item is confirmed one by one, also when all is normal.")),
        Field(key="uses", word=NP_("check item", "Serves"), kind=Kind.CHOICE, choices=USE_WORDS,
              required=True, filtered=True),
        Field(key="basis", word=NP_("check item", "Law or standard"), required=True, longest=120,
              searched=True),
        Field(key="clause", word=NP_("check item", "Clause"), required=True, longest=60),
        Field(key="method", word=NP_("check item", "How to check"), longest=300, listed=False),
    ),
    views=(
        View("key", NP_("items view", "Key items"), lambda scope, day: Q(weight="key")),
        View("general", NP_("items view", "For every sector"),
             lambda scope, day: Q(sector="", trait="")),
    ),
)  # fmt: skip


MOST_NAMED = 200


def _of_named(text: str) -> Q | None:
    """Millions of checks are of some ten thousand enterprises: those are sought by name, where
    they are few. One query."""
    found = list(enterprises_named(text)[: MOST_NAMED + 1])
    return Q(enterprise__in=found) if len(found) <= MOST_NAMED else None


def _missed(_scope: Scope, day: date) -> Q:
    return missed_by(day)


TASKS = Register(
    title=NP_("register", "Self-checks due"),
    order=("due_on", "unit"),
    fields=(
        Field(key="unit", word=NP_("check", "Enterprise"), searched=True, sorted=True),
        Field(key="area_code", word=NP_("check", "Street or community"), kind=Kind.AREA,
              filtered=True),
        Field(key="sector", word=NP_("check", "Sector"), kind=Kind.CHOICE, choices=SECTOR_WORDS,
              filtered=True),
        Field(key="cycle", word=NP_("check", "How often"), kind=Kind.CHOICE, choices=CYCLE_WORDS,
              filtered=True),
        Field(key="due_on", word=NP_("check", "Until"), kind=Kind.DAY, filtered=True, sorted=True),
        Field(key="done_at", word=NP_("check", "Done"), kind=Kind.MOMENT, sorted=True),
        Field(key="kept", word=NP_("check", "Kept"), kind=Kind.CHOICE, typed=False, listed=False,
              filtered=True, choices=KEPT_WORDS, conditions={
                  "done": Q(done_on__isnull=False), "in_time": Q(done_on__lte=F("due_on")),
                  "late": Q(done_on__gt=F("due_on")), "missed": Q(done_on=None),
              }),
        OF_ENTERPRISE,
        Field(key="done_by_name", word=NP_("check", "By")),
    ),
    sought=_of_named,
    views=(
        View("open", NP_("tasks view", "To do today"), lambda scope, day: open_on(day)),
        View("missed", NP_("tasks view", "Missed"), _missed, late=True),
        View("late", NP_("tasks view", "Done late"),
             lambda scope, day: Q(done_on__gt=F("due_on"))),
        View("done", NP_("tasks view", "Done"), lambda scope, day: Q(done_on__isnull=False)),
    ),
)  # fmt: skip

RECORDS = Register(
    title=NP_("register", "Checks"),
    order=("-performed_at",),
    sought=_of_named,
    fields=(
        Field(key="unit", word=NP_("check", "Enterprise"), searched=True),
        Field(key="area_code", word=NP_("check", "Street or community"), kind=Kind.AREA,
              filtered=True),
        Field(key="sector", word=NP_("check", "Sector"), kind=Kind.CHOICE, choices=SECTOR_WORDS,
              filtered=True),
        Field(key="use", word=NP_("check", "Kind"), kind=Kind.CHOICE, choices=WHO_WORDS,
              filtered=True),
        Field(key="cycle", word=NP_("check", "How often"), kind=Kind.CHOICE, choices=CYCLE_WORDS,
              filtered=True),
        Field(key="by_name", word=NP_("check", "By")),
        Field(key="performed_at", word=NP_("check", "Checked"), kind=Kind.MOMENT, filtered=True,
              sorted=True),
        OF_ENTERPRISE,
        Field(key="ok", word=NP_("check", "Normal"), kind=Kind.WHOLE),
        Field(key="not_ok", word=NP_("check", "Not normal"), kind=Kind.WHOLE),
        Field(key="na", word=NP_("check", "Does not apply"), kind=Kind.WHOLE),
    ),
    views=(
        View("found", NP_("checks view", "Found something"), lambda scope, day: Q(not_ok__gt=0)),
        View("own", NP_("checks view", "Self-checks"), lambda scope, day: Q(use=SELF)),
        View("authority", NP_("checks view", "Inspections"),
             lambda scope, day: Q(use=ENFORCEMENT)),
    ),
)  # fmt: skip
