"""Providers of services and their engagements, declared once."""

from datetime import date

from django.db.models import Q

from anlan.operations.insurance.queries.scope import person_of
from anlan.operations.insurance.rules.engagements import (
    ENGAGEMENT_STATE_WORDS,
    PROVIDER_STATE_WORDS,
    EngagementState,
    ProviderState,
    side_of,
)
from anlan.operations.insurance.rules.words import KEEP, SERVICE_WORDS
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.registers import OF_ENTERPRISE
from anlan.vocabulary.words import N_, NP_


def _lapsed(_scope: Scope, day: date) -> Q:
    return Q(qualified_until__lt=day) & ~Q(state=ProviderState.STRUCK)


def _unrated(scope: Scope, _day: date) -> Q:
    """Finished, and the reader's side has not rated yet; nothing for who rates nothing."""
    if not scope.may(KEEP):
        return Q(pk__in=())
    rated = Q(ratings__side=side_of(person_of(scope)), ratings__replaced_at=None)
    return Q(state=EngagementState.FINISHED) & ~rated


PROVIDERS = Register(
    title=NP_("register", "Service providers"),
    order=("name",),
    fields=(
        Field(key="credit_code", word=NP_("provider", "Credit code"), required=True, longest=18,
              searched=True, help=N_("18 characters, as on the business licence.")),
        Field(key="name", word=NP_("provider", "Name"), required=True, longest=120,
              searched=True, sorted=True),
        Field(key="kinds", word=NP_("provider", "Services"), kind=Kind.CHOICE,
              choices=SERVICE_WORDS, typed=False, filtered=True,
              conditions={key: Q(kinds__contains=key) for key in SERVICE_WORDS}),
        Field(key="qualification", word=NP_("provider", "Qualification number"), longest=60),
        Field(key="qualified_until", word=NP_("provider", "Qualified until"), kind=Kind.DAY,
              sorted=True),
        Field(key="state", word=NP_("provider", "State"), kind=Kind.CHOICE,
              choices=PROVIDER_STATE_WORDS, typed=False, filtered=True),
        Field(key="enterprise_mean", word=NP_("provider", "Rated by enterprises"),
              kind=Kind.AMOUNT, typed=False, sorted=True),
        Field(key="enterprise_count", word=NP_("provider", "Ratings of enterprises"),
              kind=Kind.WHOLE, typed=False),
        Field(key="regulator_mean", word=NP_("provider", "Rated by regulators"),
              kind=Kind.AMOUNT, typed=False, sorted=True),
        Field(key="regulator_count", word=NP_("provider", "Ratings of regulators"),
              kind=Kind.WHOLE, typed=False),
    ),
    views=(
        View("active", NP_("providers view", "Active"),
             lambda scope, day: Q(state=ProviderState.ACTIVE)),
        View("lapsed", NP_("providers view", "Qualification ended"), _lapsed, late=True),
        View("stopped", NP_("providers view", "Suspended or struck off"),
             lambda scope, day: ~Q(state=ProviderState.ACTIVE)),
    ),
)  # fmt: skip
PROVIDER_FILE = Register(
    title=PROVIDERS.title,
    order=("pk",),
    fields=(
        *(one for one in PROVIDERS.fields if one.typed),
        Field(key="kinds", word=PROVIDERS.field("kinds").word, kind=Kind.SEVERAL,
              choices=SERVICE_WORDS),
    ),
)  # fmt: skip
ENGAGEMENTS = Register(
    title=NP_("register", "Engagements of providers"),
    order=("-starts_on",),
    fields=(
        Field(key="name", word=NP_("engagement", "Enterprise"), typed=False, searched=True),
        Field(key="provider__name", word=NP_("engagement", "Provider"), typed=False,
              searched=True),
        Field(key="kind", word=NP_("engagement", "Service"), kind=Kind.CHOICE,
              choices=SERVICE_WORDS, required=True, filtered=True),
        Field(key="starts_on", word=NP_("engagement", "From"), kind=Kind.DAY, required=True,
              sorted=True),
        Field(key="ends_on", word=NP_("engagement", "Until"), kind=Kind.DAY, required=True,
              sorted=True),
        Field(key="state", word=NP_("engagement", "State"), kind=Kind.CHOICE,
              choices=ENGAGEMENT_STATE_WORDS, typed=False, filtered=True),
        Field(key="report_on", word=NP_("engagement", "Report of"), kind=Kind.DAY, typed=False,
              sorted=True),
        Field(key="provider", word=NP_("filter", "One provider only"), kind=Kind.WHOLE, least=1,
              typed=False, listed=False, filtered=True),
        OF_ENTERPRISE,
    ),
    views=(
        View("running", NP_("engagements view", "Under way"),
             lambda scope, day: Q(state=EngagementState.RUNNING)),
        View("overdue", NP_("engagements view", "Nothing delivered by the end"),
             lambda scope, day: Q(state=EngagementState.RUNNING, ends_on__lt=day), late=True),
        View("unrated", NP_("engagements view", "To be rated by us"), _unrated),
        View("finished", NP_("engagements view", "Finished"),
             lambda scope, day: Q(state=EngagementState.FINISHED)),
    ),
)  # fmt: skip
