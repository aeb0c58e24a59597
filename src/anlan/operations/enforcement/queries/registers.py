"""The register of enforcement cases, declared once."""

from datetime import timedelta

from django.db.models import Q

from anlan.operations.enforcement.queries.inspections import FOUND, OF_ITS_OWN
from anlan.operations.enforcement.rules.officers import QUALIFIED_WORDS
from anlan.operations.enforcement.rules.penalties import CONFISCATION, OTHER_WORDS, ROW_WORDS
from anlan.operations.enforcement.rules.states import STATE_WORDS, State
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.registers import ENTERPRISES, OF_ENTERPRISE
from anlan.vocabulary.words import N_, NP_

PARTY_WORDS = {
    "unit": NP_("case party", "Unit"),
    "person": NP_("case party", "Natural person"),
}
_PENALTIES = {
    **{one: Q(others__contains=one) for one in OTHER_WORDS}, CONFISCATION: Q(gains__gt=0),
}  # fmt: skip
STANDING_WORDS = {
    "stands": NP_("decision", "In force"),
    "revoked": NP_("decision", "Revoked"),
}
_STANDING = {
    "stands": Q(decided_on__isnull=False, revoked_on=None), "revoked": Q(revoked_on__isnull=False),
}  # fmt: skip
VISIT_WORDS = {
    "own": NP_("case visit", "A visit of its own"),
    "check": NP_("case visit", "Counted as a check by checklist"),
}
FOUND_WORDS = {"yes": NP_("choice", "Yes"), "no": NP_("choice", "No")}
_SECTORS = ENTERPRISES.field("sector").choices
DONE = (State.ARCHIVED, State.NO_VIOLATION)

CASES = Register(
    title=NP_("register", "Enforcement cases"),
    order=("due_on", "-opened_at"),
    fields=(
        Field(key="number", word=NP_("case", "Number"), typed=False, searched=True, sorted=True),
        Field(key="title", word=NP_("case", "Subject"), required=True, longest=120, searched=True,
              help=N_("What is suspected, in one line.")),
        Field(key="party", word=NP_("case", "Party"), required=True, longest=120, searched=True,
              help=N_("A natural person's name is shown masked.")),
        Field(key="party_kind", word=NP_("case", "Kind of party"), kind=Kind.CHOICE,
              choices=PARTY_WORDS, required=True, filtered=True),
        Field(key="id_number", word=NP_("case", "Credit code or identity number"), longest=30,
              personal=True),
        Field(key="principal", word=NP_("case", "Principal"), longest=60, personal=True),
        Field(key="address", word=NP_("case", "Address"), personal=True),
        Field(key="phone", word=NP_("case", "Phone"), longest=30, personal=True),
        Field(key="area_code", word=NP_("case", "Street or community"), kind=Kind.AREA,
              required=True, filtered=True),
        Field(key="state", word=NP_("case", "State"), kind=Kind.CHOICE, choices=STATE_WORDS,
              typed=False, filtered=True),
        Field(key="due_on", word=NP_("case", "Next deadline"), kind=Kind.DAY, typed=False,
              filtered=True, sorted=True),
        Field(key="fine", word=NP_("case", "Fine (yuan)"), typed=False, sorted=True),
        Field(key="gains", word=NP_("case", "Confiscated (yuan)"), typed=False),
        Field(key="others", word=NP_("case", "Other penalty"), kind=Kind.CHOICE, typed=False,
              filtered=True, choices=ROW_WORDS, conditions=_PENALTIES),
        Field(key="revoked_on", word=NP_("case", "Decision revoked"), kind=Kind.DAY, typed=False,
              filtered=True),
        Field(key="standing", word=NP_("case", "Does the decision stand?"), kind=Kind.CHOICE,
              typed=False, listed=False, filtered=True, choices=STANDING_WORDS,
              conditions=_STANDING),
        Field(key="opened_at", word=NP_("case", "Opened"), kind=Kind.MOMENT, typed=False,
              filtered=True, sorted=True),
        Field(key="inspected_on", word=NP_("case", "Inspected"), kind=Kind.DAY, typed=False,
              listed=False, filtered=True),
        Field(key="visit", word=NP_("case", "How the inspection counts"), kind=Kind.CHOICE,
              typed=False, listed=False, filtered=True, choices=VISIT_WORDS,
              conditions={"own": OF_ITS_OWN, "check": ~OF_ITS_OWN}),
        Field(key="found", word=NP_("case", "Found something"), kind=Kind.CHOICE, typed=False,
              listed=False, filtered=True, choices=FOUND_WORDS,
              conditions={"yes": FOUND, "no": ~FOUND}),
        Field(key="filed_on", word=NP_("case", "Filed"), kind=Kind.DAY, typed=False, listed=False,
              filtered=True),
        Field(key="decided_on", word=NP_("case", "Decided"), kind=Kind.DAY, typed=False,
              listed=False, filtered=True),
        Field(key="closed_at", word=NP_("case", "Closed"), kind=Kind.MOMENT, typed=False,
              listed=False, filtered=True),
        Field(key="sector", word=NP_("case", "Sector"), kind=Kind.CHOICE, choices=_SECTORS,
              typed=False, listed=False, filtered=True),
        OF_ENTERPRISE,
    ),
    views=(
        View("open", NP_("cases view", "Open"), lambda scope, day: ~Q(state__in=DONE)),
        View("week", NP_("cases view", "Due this week"),
             lambda scope, day: ~Q(state__in=DONE) & Q(due_on__lte=day + timedelta(days=7))),
        View("late", NP_("cases view", "Late"),
             lambda scope, day: ~Q(state__in=DONE) & Q(due_on__lt=day), late=True),
        View("decided", NP_("cases view", "Decided this year"),
             lambda scope, day: Q(decided_on__gte=day.replace(month=1, day=1))),
        View("archived", NP_("cases view", "Archived"),
             lambda scope, day: Q(state=State.ARCHIVED)),
    ),
)  # fmt: skip

CERTIFICATES = Register(
    title=NP_("register", "Officers' certificates"),
    order=("holder", "-valid_to"),
    fields=(
        Field(key="holder", word=NP_("certificate", "Officer"), typed=False, searched=True),
        Field(key="number", word=NP_("certificate", "Number"), typed=False, searched=True),
        Field(key="qualified", word=NP_("certificate", "Qualified by"), kind=Kind.CHOICE,
              choices=QUALIFIED_WORDS, typed=False, filtered=True),
        Field(key="valid_to", word=NP_("certificate", "Valid"), kind=Kind.DAY, typed=False,
              filtered=True, sorted=True),
    ),
    views=(
        View("valid", NP_("certificates view", "Valid"),
             lambda scope, day: Q(valid_from__lte=day, valid_to__gte=day)),
        View("expired", NP_("certificates view", "Expired"),
             lambda scope, day: Q(valid_to__lt=day), late=True),
    ),
)  # fmt: skip

MONEY = 1_000_000_000  # yuan
DISCRETION = Register(
    title=NP_("register", "Discretion table"),
    order=("code", "-valid_from"),
    fields=(
        Field(key="code", word=NP_("discretion", "Code"), required=True, longest=30,
              searched=True),
        Field(key="violation", word=NP_("discretion", "Violation"), required=True, longest=200,
              searched=True),
        Field(key="law", word=NP_("discretion", "Law broken"), required=True, longest=300),
        Field(key="basis", word=NP_("discretion", "Law of the penalty"), required=True,
              longest=300),
        Field(key="circumstances", word=NP_("discretion", "Circumstances"), required=True,
              longest=300),
        Field(key="party", word=NP_("case", "Kind of party"), kind=Kind.CHOICE,
              choices=PARTY_WORDS),
        Field(key="least", word=NP_("discretion", "At least (yuan)"), kind=Kind.WHOLE,
              required=True, most=MONEY),
        Field(key="most", word=NP_("discretion", "At most (yuan)"), kind=Kind.WHOLE,
              required=True, most=MONEY),
        Field(key="law_most", word=NP_("discretion", "The law's maximum (yuan)"), kind=Kind.WHOLE,
              required=True, most=MONEY),
        Field(key="others", word=NP_("discretion", "Other penalties that the law gives"),
              longest=100, help=N_("Words with commas between them: Warning, Order to close.")),
    ),
)  # fmt: skip
