"""The register of case reviews, declared once."""

from django.db.models import Q

from anlan.operations.oversight.rules.evaluation import STATE_WORDS as EVALUATION_WORDS
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.registers import ENTERPRISES
from anlan.vocabulary.words import NP_

REVIEWS = Register(
    title=NP_("register", "Case reviews"),
    order=("-opened_at",),
    fields=(
        Field(key="number", word=NP_("case review", "Number"), typed=False, searched=True,
              sorted=True),
        Field(key="since", word=NP_("case review", "Cases closed from"), kind=Kind.DAY,
              typed=False, sorted=True, filtered=True),
        Field(key="until", word=NP_("case review", "Cases closed until"), kind=Kind.DAY,
              typed=False, sorted=True, filtered=True),
        Field(key="count", word=NP_("case review", "Cases drawn"), kind=Kind.WHOLE, typed=False,
              sorted=True),
        Field(key="opened_at", word=NP_("case review", "Drawn on"), kind=Kind.MOMENT, typed=False,
              sorted=True),
        Field(key="opened_by_name", word=NP_("case review", "Opened by"), typed=False,
              searched=True),
        Field(key="closed_at", word=NP_("case review", "Closed"), kind=Kind.MOMENT, typed=False,
              sorted=True),
    ),
    views=(
        View("open", NP_("case reviews view", "Under way"),
             lambda scope, day: Q(closed_at=None)),
        View("closed", NP_("case reviews view", "Closed"),
             lambda scope, day: Q(closed_at__isnull=False)),
    ),
)  # fmt: skip

EVALUATIONS = Register(
    title=NP_("register", "Evaluations of enforcement's effect"),
    order=("-opened_at",),
    fields=(
        Field(key="number", word=NP_("evaluation", "Number"), typed=False, searched=True,
              sorted=True),
        Field(key="sector", word=NP_("evaluation", "Sector"), kind=Kind.CHOICE,
              choices=ENTERPRISES.field("sector").choices, typed=False, filtered=True),
        Field(key="item", word=NP_("evaluation", "Item"), typed=False, searched=True),
        Field(key="since", word=NP_("evaluation", "From"), kind=Kind.DAY, typed=False,
              sorted=True),
        Field(key="until", word=NP_("evaluation", "Until"), kind=Kind.DAY, typed=False,
              sorted=True),
        Field(key="provider", word=NP_("evaluation", "Third party"), typed=False, searched=True),
        Field(key="state", word=NP_("evaluation", "State"), kind=Kind.CHOICE,
              choices=EVALUATION_WORDS, typed=False, filtered=True),
        Field(key="due_on", word=NP_("evaluation", "Opinion due"), kind=Kind.DAY, typed=False,
              sorted=True),
        Field(key="opened_at", word=NP_("evaluation", "Opened"), kind=Kind.MOMENT, typed=False,
              sorted=True),
        Field(key="published_at", word=NP_("evaluation", "Published"), kind=Kind.MOMENT,
              typed=False, sorted=True),
    ),
    views=(
        View("open", NP_("evaluations view", "Under way"),
             lambda scope, day: ~Q(state="CLOSED")),
        View("closed", NP_("evaluations view", "Closed"), lambda scope, day: Q(state="CLOSED")),
    ),
)  # fmt: skip
