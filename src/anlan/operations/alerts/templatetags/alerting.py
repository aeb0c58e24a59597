"""Words of the alert pages as template filters."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.alerts.queries import wording
from anlan.vocabulary import clock, units
from anlan.vocabulary.words import NP_

register = template.Library()
_CALLS = {
    "reached": NP_("call", "reached"),
    "no_answer": NP_("call", "no answer"),
    "wrong_number": NP_("call", "wrong number"),
}

register.filter("channel_word", wording.channel_word)
register.filter("alert_step", wording.step_word)
register.filter("alert_colour", wording.level_word)
register.filter("square_km", units.area_km2)


@register.filter
def call_word(outcome: str) -> str:
    """How a telephone call went."""
    return wording.say(_CALLS[outcome]) if outcome in _CALLS else "—"


@register.filter
def escalated_word(to: str) -> str:
    """To whom something went up: a role is translated, a street's name stays."""
    return _(to)


@register.filter
def as_percent(share: float) -> str:
    """A share for a width, two decimals, always with a point."""
    return f"{100 * min(max(share, 0.0), 1.0):.2f}"


@register.filter
def waiting_since(at: datetime | None) -> str:
    """For how long somebody has been waited for."""
    if at is None:
        return pgettext("message", "not sent")
    minutes = max(0, round((clock.now() - at).total_seconds() / 60))
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    return _("%(n)s h") % {"n": f"{minutes / 60:.1f}"}


@register.filter
def at(names: Mapping[str, str], code: str) -> str:
    """The name of an area, or its code."""
    return names.get(code, code)
