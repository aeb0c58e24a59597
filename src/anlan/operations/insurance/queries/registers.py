"""Policies, and who must have one and has none, declared once."""

from datetime import date, timedelta

from django.db.models import Q

from anlan.operations.insurance.queries.scope import in_force
from anlan.operations.insurance.queries.terms import terms_in_force
from anlan.operations.insurance.rules.words import KIND_WORDS
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.registers import ENTERPRISES, OF_ENTERPRISE
from anlan.vocabulary.words import NP_

MOST_YUAN = 100_000_000_000
SOON_DAYS = 30  # where the district has no terms


def _soon(_scope: Scope, day: date) -> Q:
    terms = terms_in_force(day)
    until = day + timedelta(days=terms.remind_days if terms else SOON_DAYS)
    return in_force(day) & Q(ends_on__lte=until)


_SAID = (
    Field(key="kind", word=NP_("policy", "Kind"), kind=Kind.CHOICE, choices=KIND_WORDS,
          typed=False, filtered=True),
    Field(key="insurer", word=NP_("policy", "Insurer"), required=True, longest=80,
          searched=True, sorted=True),
    Field(key="number", word=NP_("policy", "Policy number"), required=True, longest=60,
          searched=True),
    Field(key="sum_insured", word=NP_("policy", "Sum insured (yuan)"), kind=Kind.AMOUNT,
          required=True, most=MOST_YUAN, sorted=True),
    Field(key="people", word=NP_("policy", "People insured"), kind=Kind.WHOLE, most=1_000_000),
    Field(key="starts_on", word=NP_("policy", "In force from"), kind=Kind.DAY, required=True),
    Field(key="ends_on", word=NP_("policy", "In force until"), kind=Kind.DAY, required=True,
          sorted=True, filtered=True),
    Field(key="premium", word=NP_("policy", "Premium (yuan)"), kind=Kind.AMOUNT, most=MOST_YUAN),
    Field(key="note", word=NP_("policy", "Remark"), longest=300, listed=False),
)  # fmt: skip
POLICIES = Register(
    title=NP_("register", "Insurance policies"),
    order=("-ends_on",),
    fields=(
        Field(key="name", word=NP_("policy", "Insured"), typed=False, searched=True),
        Field(key="credit_code", word=NP_("policy", "Credit code"), typed=False, searched=True),
        *_SAID,
        Field(key="enterprise__area_code", word=NP_("case", "Street or community"),
              kind=Kind.AREA, typed=False, listed=False, filtered=True),
        Field(key="enterprise__sector", word=NP_("case", "Sector"), kind=Kind.CHOICE,
              choices=ENTERPRISES.field("sector").choices, typed=False, listed=False,
              filtered=True),
        OF_ENTERPRISE,
    ),
    views=(
        View("in_force", NP_("policies view", "In force"), lambda scope, day: in_force(day)),
        View("soon", NP_("policies view", "End soon"), _soon),
        View("ended", NP_("policies view", "Ended"),
             lambda scope, day: Q(withdrawn_at=None, ends_on__lt=day)),
        View("withdrawn", NP_("policies view", "Withdrawn"),
             lambda scope, day: Q(withdrawn_at__isnull=False)),
    ),
)  # fmt: skip
POLICY_FILE = Register(
    title=NP_("register", "Insurance policies"),
    order=("pk",),
    fields=(
        Field(key="credit_code", word=NP_("policy", "Credit code"), required=True, longest=18),
        *(one for one in _SAID if one.typed),
    ),
)  # fmt: skip
UNCOVERED = Register(
    title=NP_("register", "Without liability insurance"),
    order=("area_code", "name"),
    fields=(
        Field(key="name", word=NP_("enterprise", "Name"), typed=False, searched=True,
              sorted=True),
        Field(key="credit_code", word=NP_("enterprise", "Credit code"), typed=False,
              searched=True),
        Field(key="area_code", word=NP_("enterprise", "Street or community"), kind=Kind.AREA,
              typed=False, filtered=True, sorted=True),
        Field(key="sector", word=NP_("enterprise", "Sector"), kind=Kind.CHOICE,
              choices=ENTERPRISES.field("sector").choices, typed=False, filtered=True),
        Field(key="trade", word=NP_("enterprise", "Trade (GB/T 4754)"), typed=False),
        Field(key="people", word=NP_("enterprise", "People employed"), kind=Kind.WHOLE,
              typed=False, sorted=True),
        Field(key="state", word=NP_("enterprise", "State"), kind=Kind.CHOICE,
              choices=ENTERPRISES.field("state").choices, typed=False, filtered=True),
        Field(key="ended_on", word=NP_("policy", "Last policy until"), kind=Kind.DAY,
              typed=False, sorted=True),
    ),
    views=(
        View("open", NP_("uncovered view", "Operating"), lambda scope, day: Q(state="open")),
        View("ended", NP_("uncovered view", "Policy ended"),
             lambda scope, day: Q(state="open", ended_on__isnull=False), late=True),
        View("never", NP_("uncovered view", "Never had one"),
             lambda scope, day: Q(state="open", ended_on=None)),
    ),
)  # fmt: skip
