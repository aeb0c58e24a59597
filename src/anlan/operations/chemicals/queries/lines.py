"""The chain of substances, pipelines and their sections, declared once."""

from datetime import date, timedelta

from django.db.models import Q

from anlan.operations.chemicals.queries.registers import CODE, NOTE, STANDS, WHOSE, WITHDRAWN
from anlan.operations.chemicals.queries.terms import terms_in_force
from anlan.operations.chemicals.rules.lines import MOST_POINTS
from anlan.operations.chemicals.rules.substances import PROCESS_WORDS, STAGE_WORDS, UNIT_WORDS
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.vocabulary.words import N_, NP_

GRADE_WORDS = {
    "3": NP_("section grade", "III"),
    "2": NP_("section grade", "II"),
    "1": NP_("section grade", "I"),
}
LONGEST_LINE = 20_000


def _near(key: str, _scope: Scope, day: date) -> Q:
    until = day + timedelta(days=terms_in_force(day).remind_days)
    return STANDS & Q(**{f"{key}__gte": day, f"{key}__lte": until})


_CHAIN = (
    Field(key="substance", word=NP_("holding", "Substance"), required=True, longest=120,
          searched=True, sorted=True),
    Field(key="stage", word=NP_("holding", "Stage"), kind=Kind.CHOICE, choices=STAGE_WORDS,
          required=True, filtered=True),
    Field(key="un", word=NP_("holding", "UN number"), longest=4, searched=True),
    Field(key="cas", word=NP_("holding", "CAS number"), longest=12, searched=True),
    Field(key="most", word=NP_("holding", "Largest amount"), kind=Kind.AMOUNT, decimals=3,
          required=True),
    Field(key="unit", word=NP_("holding", "Unit"), kind=Kind.CHOICE, choices=UNIT_WORDS,
          required=True),
    Field(key="process", word=NP_("holding", "Key process"), kind=Kind.CHOICE,
          choices=PROCESS_WORDS, filtered=True),
    Field(key="place", word=NP_("holding", "Where"), longest=120, listed=False),
    Field(key="licence", word=NP_("holding", "Licence number"), longest=60, searched=True),
    Field(key="licence_until", word=NP_("holding", "Licence until"), kind=Kind.DAY, sorted=True,
          filtered=True),
)  # fmt: skip
HOLDINGS = Register(
    title=NP_("register", "Chain of hazardous chemicals"),
    order=("substance",),
    fields=(*WHOSE, *_CHAIN, NOTE),
    views=(
        View("stands", NP_("chemicals view", "In the list"), lambda scope, day: STANDS),
        View("ended", NP_("holdings view", "Licence ended"),
             lambda scope, day: STANDS & Q(licence_until__lt=day), late=True),
        View("soon", NP_("holdings view", "Licence ends soon"),
             lambda scope, day: _near("licence_until", scope, day)),
        View("key", NP_("holdings view", "Key processes"),
             lambda scope, day: STANDS & ~Q(process="")),
        WITHDRAWN,
    ),
)  # fmt: skip
HOLDING_FILE = Register(title=HOLDINGS.title, order=("pk",), fields=(CODE, *_CHAIN, NOTE))
_PIPE = (
    Field(key="name", word=NP_("pipeline", "Pipeline"), required=True, longest=120,
          searched=True, sorted=True),
    Field(key="medium", word=NP_("pipeline", "Medium"), required=True, longest=60, searched=True),
    Field(key="pressure", word=NP_("pipeline", "Pressure (MPa)"), kind=Kind.AMOUNT, decimals=3,
          required=True, most=1_000),
    Field(key="diameter", word=NP_("pipeline", "Diameter (mm)"), kind=Kind.WHOLE, least=1,
          most=5_000, required=True),
    Field(key="material", word=NP_("pipeline", "Material"), required=True, longest=60,
          listed=False),
    Field(key="laid", word=NP_("pipeline", "Laid in (year)"), kind=Kind.WHOLE, least=1900,
          most=2200, listed=False),
    Field(key="begins", word=NP_("pipeline", "Begins at"), required=True, longest=120,
          listed=False),
    Field(key="ends", word=NP_("pipeline", "Ends at"), required=True, longest=120, listed=False),
    Field(key="line", word=NP_("pipeline", "Line"), kind=Kind.LONG, required=True, listed=False,
          longest=LONGEST_LINE, drawn=MOST_POINTS,
          help=N_("Longitude and latitude of each point, one a line: 106.4567,29.5432.")),
    Field(key="cycle", word=NP_("pipeline", "Inspected every (months)"), kind=Kind.WHOLE, least=1,
          most=240, required=True, listed=False),
    Field(key="inspected_on", word=NP_("pipeline", "Last inspected"), kind=Kind.DAY),
    Field(key="patrol", word=NP_("pipeline", "Answers for patrols"), required=True, longest=60),
)  # fmt: skip
PIPELINES = Register(
    title=NP_("register", "Pipelines of hazardous chemicals"),
    order=("name",),
    fields=(
        *WHOSE,
        *_PIPE,
        Field(key="length_m", word=NP_("pipeline", "Length (m)"), kind=Kind.AMOUNT, decimals=0,
              typed=False, sorted=True),
        Field(key="inspect_by", word=NP_("pipeline", "Inspect until"), kind=Kind.DAY, typed=False,
              sorted=True),
        NOTE,
    ),
    views=(
        View("stands", NP_("chemicals view", "In the list"), lambda scope, day: STANDS),
        View("late", NP_("pipelines view", "Inspection overdue"),
             lambda scope, day: STANDS & Q(inspect_by__lt=day), late=True),
        View("never", NP_("pipelines view", "Never inspected"),
             lambda scope, day: STANDS & Q(inspected_on=None), late=True),
        View("soon", NP_("pipelines view", "Inspection due soon"),
             lambda scope, day: _near("inspect_by", scope, day)),
        WITHDRAWN,
    ),
)  # fmt: skip
PIPELINE_FILE = Register(title=PIPELINES.title, order=("pk",), fields=(CODE, *_PIPE, NOTE))
_SECTION = (
    Field(key="name", word=NP_("section", "Section"), required=True, longest=120, searched=True),
    Field(key="grade", word=NP_("section", "Grade"), kind=Kind.CHOICE, choices=GRADE_WORDS,
          required=True, filtered=True),
    Field(key="from_m", word=NP_("section", "From (m)"), kind=Kind.WHOLE, most=200_000,
          required=True),
    Field(key="to_m", word=NP_("section", "To (m)"), kind=Kind.WHOLE, most=200_000,
          required=True),
    Field(key="people", word=NP_("section", "Persons nearby"), kind=Kind.WHOLE, required=True,
          most=1_000_000, sorted=True),
    Field(key="measures", word=NP_("section", "Measures"), kind=Kind.LONG, longest=300,
          listed=False),
)  # fmt: skip
SECTIONS = Register(
    title=NP_("register", "High-consequence sections"),
    order=("-people",),
    fields=(
        *WHOSE,
        Field(key="pipeline__name", word=NP_("pipeline", "Pipeline"), typed=False, searched=True),
        *_SECTION,
        NOTE,
    ),
    views=(
        View("stands", NP_("chemicals view", "In the list"), lambda scope, day: STANDS),
        WITHDRAWN,
    ),
)  # fmt: skip
SECTION_FILE = Register(
    title=SECTIONS.title, order=("pk",),
    fields=(
        CODE,
        Field(key="pipeline__name", word=NP_("pipeline", "Pipeline"), required=True, longest=120),
        *_SECTION, NOTE,
    ),
)  # fmt: skip
