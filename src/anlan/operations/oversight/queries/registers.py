"""The register of case reviews, declared once."""

from django.db.models import Q

from anlan.operations.registers.queries import Field, Kind, Register, View
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
