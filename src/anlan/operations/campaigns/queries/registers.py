"""The list of a campaign's enterprises, declared once."""

from django.db.models import Q

from anlan.operations.campaigns.rules.states import ENDED, MEASURE_WORDS, OPEN, STATE_WORDS, State
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.registers import ENTERPRISES, OF_ENTERPRISE
from anlan.vocabulary.words import N_, NP_

ENTRIES = Register(
    title=NP_("register", "Listed enterprises"),
    order=("due_on",),
    fields=(
        Field(key="unit", word=NP_("campaign entry", "Enterprise"), typed=False, searched=True,
              sorted=True),
        Field(key="area_code", word=NP_("campaign entry", "Street or community"), kind=Kind.AREA,
              typed=False, filtered=True),
        Field(key="sector", word=NP_("campaign entry", "Sector"), kind=Kind.CHOICE,
              choices=ENTERPRISES.field("sector").choices, typed=False, listed=False,
              filtered=True),
        Field(key="measure", word=NP_("campaign entry", "Measure"), kind=Kind.CHOICE,
              choices=MEASURE_WORDS, required=True, filtered=True),
        Field(key="what", word=NP_("campaign entry", "What is to be done"), required=True,
              longest=300, searched=True),
        Field(key="due_on", word=NP_("campaign entry", "Deadline"), kind=Kind.DAY, required=True,
              sorted=True, filtered=True, help=N_("Within the campaign.")),
        Field(key="state", word=NP_("campaign entry", "State"), kind=Kind.CHOICE,
              choices=STATE_WORDS, typed=False, filtered=True),
        Field(key="done_on", word=NP_("campaign entry", "Reported done"), kind=Kind.DAY,
              typed=False, sorted=True),
        Field(key="campaign", word=NP_("filter", "One campaign only"), kind=Kind.WHOLE, least=1,
              typed=False, listed=False, filtered=True),
        OF_ENTERPRISE,
    ),
    views=(
        View("open", NP_("campaign view", "Not settled"), lambda scope, day: ~Q(state__in=ENDED)),
        View("late", NP_("campaign view", "Late"),
             lambda scope, day: Q(state__in=OPEN, due_on__lt=day), late=True),
        View("submitted", NP_("campaign view", "To be accepted"),
             lambda scope, day: Q(state=State.SUBMITTED)),
        View("accepted", NP_("campaign view", "Accepted"),
             lambda scope, day: Q(state=State.ACCEPTED)),
    ),
)  # fmt: skip

CAMPAIGN_FIELDS = Register(
    title=NP_("register", "Campaigns"),
    order=("-begins_on",),
    fields=(
        Field(key="title", word=NP_("campaign", "Title"), required=True, longest=100),
        Field(key="basis", word=NP_("campaign", "Basis"), required=True, longest=300),
        Field(key="begins_on", word=NP_("campaign", "From"), kind=Kind.DAY, required=True),
        Field(key="ends_on", word=NP_("campaign", "Until"), kind=Kind.DAY, required=True),
    ),
)  # fmt: skip
