"""The measures of people: enforcement officers (K-12), certificates at posts (K-39)."""

from django.utils.translation import gettext as _

from anlan.operations.assessment.queries.evidence import Evidence, Measured
from anlan.operations.enforcement.queries.officers import serving
from anlan.operations.people.queries import Scope
from anlan.operations.posts.queries.held import certificates_needed
from anlan.vocabulary import clock

SHOWN = 200


def qualified_officers(scope: Scope | None) -> Measured:
    """K-12: officers with a degree, a licence or experience, of those who serve."""
    officers = serving()
    if not officers:
        return Measured(None, _("No enforcement officer serves."))
    able = [one for one in officers if one.qualified]
    lines = [
        Evidence(
            _("%(name)s: no qualification on record") % {"name": one.name} if not one.qualified
            else f"{one.name}: {one.qualified}",
            "/cases/certificates",
        )
        for one in sorted(officers, key=lambda one: bool(one.qualified))[:SHOWN]
    ]  # fmt: skip
    return Measured(100 * len(able) / len(officers), "", len(able), len(officers), lines)


def certificates_held(scope: Scope | None) -> Measured:
    """K-39: certificates in force, of those that the posts need of their people."""
    found = certificates_needed(clock.today())
    if not found:
        return Measured(None, _("No post that needs a certificate has anybody on record."))
    needed, held = sum(one.needed for one in found), sum(one.held for one in found)
    lines = [
        Evidence(
            _("%(firm)s: %(held)s of %(needed)s") % {
                "firm": one.name, "held": one.held, "needed": one.needed,
            },
            f"/enterprises/{one.enterprise_id}",
        )
        for one in found[:SHOWN]
    ]  # fmt: skip
    return Measured(100 * held / needed, "", held, needed, lines)
