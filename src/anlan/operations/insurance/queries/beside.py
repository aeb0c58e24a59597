"""What an enterprise's page shows of its cover and of who serves it."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.insurance.models import Policy
from anlan.operations.insurance.queries.scope import engagements_in, policies_in
from anlan.operations.insurance.queries.terms import terms_in_force
from anlan.operations.insurance.rules.engagements import ENGAGEMENT_STATE_WORDS, EngagementState
from anlan.operations.insurance.rules.words import KEEP, KIND_WORDS, SERVICE_WORDS, VIEW
from anlan.operations.people.queries import Scope
from anlan.operations.people.queries.days import day_words
from anlan.operations.safety.queries.beside import Line, Section
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary import clock

SHOWN = 5


def cover_of(scope: Scope, enterprise_id: int) -> Section | None:
    """The policies that are in force or ended last. Three queries."""
    if not scope.may(VIEW):
        return None
    day, terms = clock.today(), terms_in_force(clock.today())
    rows = policies_in(scope).filter(enterprise=enterprise_id, withdrawn_at=None)
    found = list(rows.order_by("-ends_on", "-id")[:SHOWN])
    kept = enterprises_in(scope).filter(pk=enterprise_id)
    said = kept.values_list("sector", "traits", "trade", "state").first()
    must = bool(terms and said and said[3] != "closed" and terms.grounds(*said[:3]))
    covered = any(one.starts_on <= day <= one.ends_on for one in found)
    lines = tuple(_policy(one, late=must and not covered) for one in found)
    empty = (
        _("It must have liability insurance by law, and none is entered.")
        if must else _("No policy is entered.")
    )  # fmt: skip
    more = [(f"/insurance?view=&enterprise={enterprise_id}", _("All policies"))] if found else []
    if scope.may(KEEP):
        more.append((f"/insurance/new?enterprise={enterprise_id}", _("Enter a policy")))
    return Section(_("Liability insurance"), lines, empty, tuple(more))


def _policy(one: Policy, *, late: bool) -> Line:
    ended = one.ends_on < clock.today()
    small = f"{pgettext(*KIND_WORDS[one.kind])} · {one.number}"
    mark = _("until %(day)s") % {"day": day_words(one.ends_on)}
    word = _("ended") if ended and late else ""
    return Line(f"/insurance/{one.pk}", one.insurer, small, mark, word)


def services_of(scope: Scope, enterprise_id: int) -> Section | None:
    """The newest engagements. One query."""
    if not scope.may(VIEW):
        return None
    rows = engagements_in(scope).filter(enterprise=enterprise_id).select_related("provider")
    lines = tuple(
        Line(
            f"/engagements/{one.pk}", one.provider.name,
            f"{pgettext(*SERVICE_WORDS[one.kind])} · {day_words(one.starts_on)} – "
            f"{day_words(one.ends_on)}",
            pgettext(*ENGAGEMENT_STATE_WORDS[EngagementState(one.state)]),
        )
        for one in rows.order_by("-starts_on", "-id")[:SHOWN]
    )  # fmt: skip
    more = ((f"/engagements?view=&enterprise={enterprise_id}", _("All services")),)
    return Section(_("Services for safety"), lines, _("No provider is engaged."),
                   more if lines else ())  # fmt: skip
