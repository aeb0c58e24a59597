"""The register of commendations, declared once, and which of them an account sees."""

from django.db.models import Q, QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View, within
from anlan.operations.responsibilities.models import Commendation
from anlan.operations.responsibilities.rules.commendation import LEVEL_WORDS, WHOM_WORDS
from anlan.operations.responsibilities.rules.states import VIEW
from anlan.vocabulary.words import N_, NP_

COMMENDATIONS = Register(
    title=NP_("register", "Commendations"),
    order=("-given_on",),
    fields=(
        Field(key="whom", word=NP_("commendation", "Whom"), kind=Kind.CHOICE, choices=WHOM_WORDS,
              required=True, filtered=True),
        Field(key="name", word=NP_("commendation", "Name"), required=True, longest=100,
              searched=True, sorted=True),
        Field(key="unit", word=NP_("commendation", "Unit (name or code)"), required=True,
              longest=100, listed=False, help=N_("Of a person, where they work.")),
        Field(key="unit_name", word=NP_("commendation", "Unit"), typed=False, searched=True,
              sorted=True),
        Field(key="title", word=NP_("commendation", "Title"), required=True, longest=120,
              searched=True),
        Field(key="level", word=NP_("commendation", "Level"), kind=Kind.CHOICE,
              choices=LEVEL_WORDS, required=True, filtered=True),
        Field(key="document", word=NP_("commendation", "Document No."), required=True, longest=80,
              searched=True),
        Field(key="given_on", word=NP_("commendation", "Day"), kind=Kind.DAY, required=True,
              sorted=True, filtered=True),
        Field(key="reason", word=NP_("commendation", "For what"), kind=Kind.LONG, required=True,
              longest=300, searched=True),
        Field(key="revoked_on", word=NP_("commendation", "Revoked on"), kind=Kind.DAY,
              typed=False),
        Field(key="revoked_why", word=NP_("commendation", "Why revoked"), typed=False),
    ),
    views=(
        View("standing", NP_("commendations view", "Standing"),
             lambda scope, day: Q(revoked_on=None)),
        View("revoked", NP_("commendations view", "Revoked"),
             lambda scope, day: Q(revoked_on__isnull=False)),
    ),
)  # fmt: skip


def commendations_in(scope: Scope) -> QuerySet[Commendation]:
    """The bureau sees all, a department its own, a street those of its territory."""
    if not scope.may(VIEW) or not scope.area_prefix:
        return Commendation.objects.none()
    own = Q(unit_code=scope.organisation or "-")
    if scope.reach != "sector":
        own |= within("area_code", scope.area_prefix)
    return Commendation.objects.filter(own)
