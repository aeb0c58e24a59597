"""The list of serious dishonesty and the credit events, declared once."""

from datetime import timedelta

from django.db.models import Q

from anlan.operations.credit.queries import counting
from anlan.operations.credit.rules.states import PUNISHED, SOURCE_WORDS, STATE_WORDS, State
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.registers import ENTERPRISES, OF_ENTERPRISE
from anlan.vocabulary.words import NP_

SOON = timedelta(days=30)
_OF = (
    Field(key="enterprise__area_code", word=NP_("case", "Street or community"), kind=Kind.AREA,
          typed=False, listed=False, filtered=True),
    Field(key="enterprise__sector", word=NP_("case", "Sector"), kind=Kind.CHOICE,
          choices=ENTERPRISES.field("sector").choices, typed=False, listed=False, filtered=True),
    OF_ENTERPRISE,
)  # fmt: skip

LISTINGS = Register(
    title=NP_("register", "Serious dishonesty"),
    order=("-noticed_at",),
    fields=(
        Field(key="name", word=NP_("listing", "Enterprise"), typed=False, searched=True,
              sorted=True),
        Field(key="credit_code", word=NP_("listing", "Credit code"), typed=False, searched=True),
        Field(key="facts", word=NP_("listing", "What it did"), typed=False),
        Field(key="basis", word=NP_("listing", "Legal basis"), typed=False),
        Field(key="state", word=NP_("listing", "State"), kind=Kind.CHOICE, choices=STATE_WORDS,
              typed=False, filtered=True),
        Field(key="decide_by", word=NP_("listing", "Decide by"), kind=Kind.DAY, typed=False,
              sorted=True),
        Field(key="entered_on", word=NP_("listing", "Listed on"), kind=Kind.DAY, typed=False,
              sorted=True, filtered=True),
        Field(key="until", word=NP_("listing", "Until"), kind=Kind.DAY, typed=False, sorted=True,
              filtered=True),
        *_OF,
    ),
    views=(
        View("listed", NP_("listings view", "Listed now (joint punishment)"),
             lambda scope, day: Q(state__in=PUNISHED)),
        View("under_way", NP_("listings view", "Under way"),
             lambda scope, day: Q(state__in=(State.NOTICED, State.OBJECTED))),
        View("ending", NP_("listings view", "Ends within 30 days"),
             lambda scope, day: Q(state__in=PUNISHED, until__lte=day + SOON)),
        View("late", NP_("listings view", "Decision late"),
             lambda scope, day: Q(decide_by__lt=day), late=True),
    ),
)  # fmt: skip

EVENTS = Register(
    title=NP_("register", "Credit events"),
    order=("-at",),
    fields=(
        Field(key="name", word=NP_("listing", "Enterprise"), typed=False, searched=True,
              sorted=True),
        Field(key="credit_code", word=NP_("listing", "Credit code"), typed=False, searched=True),
        Field(key="source", word=NP_("credit event", "Source"), kind=Kind.CHOICE,
              choices=SOURCE_WORDS, typed=False, filtered=True),
        Field(key="text", word=NP_("credit event", "For what"), typed=False, searched=True),
        Field(key="number", word=NP_("credit event", "Decision"), typed=False, searched=True),
        Field(key="basis", word=NP_("listing", "Legal basis"), typed=False),
        Field(key="points", word=NP_("credit event", "Points"), typed=False, sorted=True),
        Field(key="at", word=NP_("credit event", "Counted"), kind=Kind.MOMENT, typed=False,
              sorted=True, filtered=True),
        Field(key="until", word=NP_("credit event", "Counts until"), kind=Kind.DAY, typed=False,
              sorted=True, filtered=True),
        Field(key="withdrawn_on", word=NP_("credit event", "Withdrawn"), kind=Kind.DAY,
              typed=False),
        Field(key="case", word=NP_("filter", "One case only"), kind=Kind.WHOLE, least=1,
              typed=False, listed=False, filtered=True),
        *_OF,
    ),
    views=(
        View("counting", NP_("credit events view", "Counting now"),
             lambda scope, day: counting(day)),
        View("withdrawn", NP_("credit events view", "Withdrawn"),
             lambda scope, day: Q(withdrawn_on__isnull=False)),
    ),
)  # fmt: skip
