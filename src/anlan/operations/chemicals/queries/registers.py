"""Hazardous waste and its movements, declared once."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Q

from anlan.operations.chemicals.queries.terms import terms_in_force
from anlan.operations.chemicals.rules.words import HAZARD_WORDS, MOVE_WORDS
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.registers import ENTERPRISES, OF_ENTERPRISE
from anlan.vocabulary.words import N_, NP_

MOST_TONNES = 10_000_000
STANDS = Q(withdrawn_at=None)
# Whose an entry is: first in every list of this room.
WHOSE = (
    Field(key="enterprise__name", word=NP_("chemicals", "Enterprise"), typed=False, searched=True,
          longest=120),
    Field(key="enterprise__area_code", word=NP_("chemicals", "Street or community"),
          kind=Kind.AREA, typed=False, filtered=True),
    Field(key="enterprise__sector", word=NP_("chemicals", "Sector"), kind=Kind.CHOICE,
          choices=ENTERPRISES.field("sector").choices, typed=False, listed=False, filtered=True),
    OF_ENTERPRISE,
)  # fmt: skip
NOTE = Field(key="note", word=NP_("chemicals", "Remark"), longest=300, listed=False)
# What names the enterprise in a file.
CODE = Field(key="credit_code", word=NP_("chemicals", "Credit code"), required=True, longest=18)
WITHDRAWN = View("withdrawn", NP_("chemicals view", "Withdrawn"),
                 lambda scope, day: Q(withdrawn_at__isnull=False))  # fmt: skip


def _old(_scope: Scope, day: date) -> Q:
    return STANDS & Q(since__lt=day - timedelta(days=terms_in_force(day).stock_days))


def _soon(_scope: Scope, day: date) -> Q:
    terms = terms_in_force(day)
    old = timedelta(days=terms.stock_days)
    return STANDS & Q(
        since__gte=day - old, since__lte=day - old + timedelta(days=terms.remind_days)
    )


_WASTE = (
    Field(key="code", word=NP_("waste", "Waste code"), required=True, longest=12, searched=True,
          help=N_("As in the national list of hazardous waste, such as 900-249-08.")),
    Field(key="name", word=NP_("waste", "Waste"), required=True, longest=120, searched=True),
    Field(key="hazards", word=NP_("waste", "Hazards"), kind=Kind.SEVERAL, choices=HAZARD_WORDS,
          required=True),
    Field(key="place", word=NP_("waste", "Where it is stored"), longest=120, listed=False),
)  # fmt: skip
WASTES = Register(
    title=NP_("register", "Hazardous waste"),
    order=("since",),
    fields=(
        *WHOSE,
        *_WASTE,
        Field(key="stock", word=NP_("waste", "Stock (t)"), kind=Kind.AMOUNT, decimals=3,
              typed=False, sorted=True),
        Field(key="since", word=NP_("waste", "Oldest since"), kind=Kind.DAY, typed=False,
              sorted=True),
        Field(key="gap", word=NP_("waste", "Found over the books (t)"), kind=Kind.AMOUNT,
              decimals=3, typed=False),
        NOTE,
    ),
    views=(
        View("stands", NP_("chemicals view", "In the list"), lambda scope, day: STANDS),
        View("old", NP_("wastes view", "Stored too long"), _old, late=True),
        View("soon", NP_("wastes view", "Term ends soon"), _soon),
        View("gap", NP_("wastes view", "Stock and books differ"),
             lambda scope, day: STANDS & ~Q(gap=0), late=True),
        WITHDRAWN,
    ),
)  # fmt: skip
WASTE_FILE = Register(
    title=WASTES.title, order=("pk",), fields=(CODE, *_WASTE, NOTE)
)  # fmt: skip


def _moved(kind: str) -> Callable[[Scope, date], Q]:
    return lambda _scope, _day: STANDS & Q(kind=kind)


_MOVE = (
    Field(key="on", word=NP_("movement", "Day"), kind=Kind.DAY, required=True, sorted=True,
          filtered=True),
    Field(key="kind", word=NP_("movement", "Movement"), kind=Kind.CHOICE, choices=MOVE_WORDS,
          required=True, filtered=True),
    Field(key="amount", word=NP_("movement", "Amount (t)"), kind=Kind.AMOUNT, decimals=3,
          required=True, most=MOST_TONNES, sorted=True),
    Field(key="manifest", word=NP_("movement", "Manifest number"), longest=40, searched=True,
          help=N_("Of what is handed over: manifest, receiver and its licence.")),
    Field(key="receiver", word=NP_("movement", "Receiver"), longest=120, searched=True),
    Field(key="licence", word=NP_("movement", "Receiver's licence number"), longest=60,
          listed=False),
)  # fmt: skip
MOVEMENTS = Register(
    title=NP_("register", "Movements of hazardous waste"),
    order=("-on", "-pk"),
    fields=(
        *WHOSE,
        Field(key="waste__code", word=NP_("waste", "Waste code"), typed=False, searched=True),
        Field(key="waste__name", word=NP_("waste", "Waste"), typed=False, searched=True),
        *_MOVE,
        NOTE,
    ),
    views=(
        View("stands", NP_("movements view", "In the books"), lambda scope, day: STANDS),
        *(View(key, word, _moved(key)) for key, word in MOVE_WORDS.items()),
        WITHDRAWN,
    ),
)  # fmt: skip
MOVEMENT_FILE = Register(
    title=MOVEMENTS.title, order=("pk",),
    fields=(
        CODE,
        Field(key="waste__code", word=NP_("waste", "Waste code"), required=True, longest=12),
        Field(key="waste__name", word=NP_("waste", "Waste"), required=True, longest=120),
        *_MOVE, NOTE,
    ),
)  # fmt: skip
