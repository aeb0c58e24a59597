"""Who is an enforcement officer on a day, and by what one is qualified, for the indicator K-12."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import pgettext

from anlan.operations.enforcement.models import Certificate
from anlan.operations.enforcement.rules.officers import QUALIFIED_WORDS
from anlan.operations.people.queries import staff

ROLE = "enforcement_officer"


@dataclass(frozen=True, slots=True)
class Serving:
    """An officer who serves; `qualified`: by what, in words; "" where nothing is on record."""

    name: str
    qualified: str


def serving() -> list[Serving]:
    """Every officer with an account, with the qualification on the newest certificate."""
    known: dict[int, str] = {}
    rows = Certificate.objects.order_by("valid_to", "pk")
    for account, qualified in rows.values_list("account", "qualified"):
        known[account] = qualified
    words = {key: pgettext(*word) for key, word in QUALIFIED_WORDS.items()}
    return [Serving(one.display_name, words.get(known.get(one.id, ""), ""))
            for one in staff(role=ROLE)]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Officer:
    """Whom a unit writes certificates down for; `username`: the name they log in by."""

    id: int
    username: str
    name: str


def officers_of(unit: str) -> list[Officer]:
    """A unit's officers, and who else holds a certificate of it on record, by name. Two queries."""
    held = Certificate.objects.filter(unit=unit)
    rows = held.values_list("account", "account__username", "holder")
    known = {pk: Officer(pk, username, name) for pk, username, name in rows}
    for one in staff(role=ROLE):
        if one.organisation_code == unit:
            known[one.id] = Officer(one.id, one.username, one.display_name)
    return sorted(known.values(), key=lambda one: one.name)


def standing_on(day: date, of: str = "") -> Q:
    """Whose certificate is valid on a day and who still serves in the unit that it names; `of`:
    the way to the certificate. Who left the office or the unit is no officer any more [CFF 42]."""
    return Q(**{
        f"{of}valid_from__lte": day, f"{of}valid_to__gte": day, f"{of}account__is_active": True,
        f"{of}account__organisation_code": F(f"{of}unit"),
    })  # fmt: skip


def certificates_on(day: date) -> QuerySet[Certificate]:
    """The certificates by which somebody is an officer on a day."""
    return Certificate.objects.filter(standing_on(day))


def certified_on(day: date) -> frozenset[int]:
    """The accounts whose certificate, of whatever unit, is valid on a day."""
    rows = Certificate.objects.filter(valid_from__lte=day, valid_to__gte=day)
    return frozenset(rows.values_list("account", flat=True))
