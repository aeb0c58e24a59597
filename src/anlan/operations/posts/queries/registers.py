"""The registers of the room: certificates and shift meetings."""

from datetime import date, timedelta

from django.db.models import Q

from anlan.operations.people.queries import Scope
from anlan.operations.posts.rules.words import CERTIFICATE_WORDS, EXPIRES_SOON_DAYS
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.vocabulary.words import NP_


def _soon(_scope: Scope, day: date) -> Q:
    return Q(expires_on__gte=day, expires_on__lte=day + timedelta(days=EXPIRES_SOON_DAYS))


CERTIFICATES = Register(
    title=NP_("register", "Certificates"),
    order=("expires_on",),
    fields=(
        Field(key="kind", word=NP_("certificate", "Kind"), kind=Kind.CHOICE,
              choices=CERTIFICATE_WORDS, required=True, filtered=True),
        Field(key="worker__shown", word=NP_("certificate", "Holder"), typed=False),
        Field(key="number", word=NP_("certificate", "Number"), required=True, longest=40,
              listed=False, personal=True),
        Field(key="shown", word=NP_("certificate", "Number"), typed=False),
        Field(key="worker__post__name", word=NP_("certificate", "Post"), typed=False),
        Field(key="enterprise__name", word=NP_("certificate", "Enterprise"), typed=False,
              searched=True),
        Field(key="enterprise__area_code", word=NP_("certificate", "Street or community"),
              kind=Kind.AREA, typed=False, filtered=True),
        Field(key="issued_on", word=NP_("certificate", "Issued"), kind=Kind.DAY),
        Field(key="expires_on", word=NP_("certificate", "Expires"), kind=Kind.DAY, required=True,
              sorted=True),
    ),
    views=(
        View("soon", NP_("certificates view", "Expire within 30 days"), _soon),
        View("expired", NP_("certificates view", "Expired"),
             lambda scope, day: Q(expires_on__lt=day), late=True),
        View("valid", NP_("certificates view", "Valid"),
             lambda scope, day: Q(expires_on__gte=day)),
    ),
)  # fmt: skip
POSTS = Register(
    title=NP_("register", "Posts"),
    order=("enterprise__name", "name"),
    fields=(
        Field(key="name", word=NP_("post", "Post"), required=True, longest=60, searched=True,
              sorted=True),
        Field(key="enterprise__name", word=NP_("post", "Enterprise"), typed=False, searched=True,
              sorted=True),
        Field(key="enterprise__area_code", word=NP_("post", "Street or community"),
              kind=Kind.AREA, typed=False, filtered=True),
        Field(key="place", word=NP_("post", "Place"), longest=120),
        Field(key="duties", word=NP_("post", "Duties and operating rules"), kind=Kind.LONG,
              longest=2000, listed=False),
    ),
)  # fmt: skip
