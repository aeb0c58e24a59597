"""The registers of planned inspections: plans of the units, and what each of them owes."""

from django.db.models import F, Q

from anlan.operations.checks.rules.plans import MONTHS_WORDS, PLANNED_WORDS, ROLE_WORDS
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.risks.queries.registers import LEVEL_WORDS
from anlan.operations.safety.queries.rows import SECTOR_WORDS
from anlan.vocabulary.words import N_, NP_

PLANS = Register(
    title=NP_("register", "Plans of inspections"),
    order=("organisation", "name"),
    fields=(
        Field(key="name", word=NP_("plan of inspections", "Plan"), required=True, longest=80,
              searched=True),
        Field(key="enterprise__name", word=NP_("check", "Enterprise"), searched=True, typed=False),
        Field(key="area_code", word=NP_("check", "Street or community"), kind=Kind.AREA,
              required=True, filtered=True),
        Field(key="sector", word=NP_("check", "Sector"), kind=Kind.CHOICE, choices=SECTOR_WORDS,
              help=N_("Empty: every sector.")),
        Field(key="level", word=NP_("plan of inspections", "Risk"), kind=Kind.CHOICE,
              choices=LEVEL_WORDS, help=N_("Empty: every colour.")),
        Field(key="months", word=NP_("check", "How often"), kind=Kind.CHOICE,
              choices=MONTHS_WORDS, required=True),
        Field(key="use", word=NP_("plan of inspections", "What for"), kind=Kind.CHOICE,
              choices=PLANNED_WORDS, required=True, filtered=True,
              help=N_("A review is made by the unit's own staff, with the items for it.")),
        Field(key="role", word=NP_("plan of inspections", "By whom"), kind=Kind.CHOICE,
              choices=ROLE_WORDS, help=N_("Empty: anybody of the unit.")),
        Field(key="inspector__display_name", word=NP_("charge", "Inspector"), typed=False),
        Field(key="due_on", word=NP_("check", "Until"), kind=Kind.DAY, typed=False),
    ),
)  # fmt: skip
INSPECTIONS = Register(
    title=NP_("register", "Planned inspections"),
    order=("planned_on", "unit"),
    fields=(
        Field(key="unit", word=NP_("check", "Enterprise"), searched=True, sorted=True),
        Field(key="area_code", word=NP_("check", "Street or community"), kind=Kind.AREA,
              filtered=True),
        Field(key="sector", word=NP_("check", "Sector"), kind=Kind.CHOICE, choices=SECTOR_WORDS,
              filtered=True),
        Field(key="level", word=NP_("plan of inspections", "Risk"), kind=Kind.CHOICE,
              choices=LEVEL_WORDS, filtered=True),
        Field(key="plan__name", word=NP_("plan of inspections", "Plan"), searched=True),
        Field(key="plan__use", word=NP_("plan of inspections", "What for"), kind=Kind.CHOICE,
              choices=PLANNED_WORDS, filtered=True),
        Field(key="inspector__display_name", word=NP_("charge", "Inspector"), searched=True),
        Field(key="planned_on", word=NP_("plan of inspections", "Planned"), kind=Kind.DAY,
              filtered=True, sorted=True),
        Field(key="due_on", word=NP_("check", "Until"), kind=Kind.DAY, sorted=True),
        Field(key="done_at", word=NP_("check", "Done"), kind=Kind.MOMENT, sorted=True),
        Field(key="done_by_name", word=NP_("check", "By"), searched=True),
    ),
    views=(
        View("today", NP_("tasks view", "To do today"),
             lambda scope, day: Q(done_at=None, planned_on__lte=day, due_on__gte=day)),
        View("late", NP_("inspections view", "Late"),
             lambda scope, day: Q(done_at=None, due_on__lt=day), late=True),
        View("done", NP_("tasks view", "Done"), lambda scope, day: Q(done_at__isnull=False)),
        View("done-late", NP_("tasks view", "Done late"),
             lambda scope, day: Q(done_at__date__gt=F("due_on"))),
    ),
)  # fmt: skip
