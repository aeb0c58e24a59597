"""The wall's title: one generated sentence, the reader's first question answered."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anlan.operations.duty.queries.situation import Situation, WaterRow
from anlan.operations.duty.rules import Mark, Trend
from anlan.vocabulary.units import UNKNOWN, stage_m


def sentence(now: Situation) -> str:
    """What is going on, how it moves, and how long until the crest."""
    if now.event is None or now.event.latest is None:
        return _("No river station has reported yet")
    text = _level(now.event)
    ahead = now.minutes_to_crest
    if ahead is not None and now.event.mark is not Mark.NONE:
        return _("%(water)s; crest expected in %(span)s") % {"water": text, "span": span(ahead)}
    return text


def span(minutes: int) -> str:
    """7 小时 50 分: hours and minutes as words."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if rest or not hours:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(parts)


def _level(water: WaterRow) -> str:
    values = {
        "station": water.station.name,
        "above": stage_m(water.above_m),
        "stage": stage_m(water.latest.value) if water.latest else UNKNOWN,
    }
    if water.mark is Mark.NONE:
        return _("All quiet: %(station)s below warning stage") % values
    forms = {
        (Mark.GUARANTEE, Trend.RISING): _(
            "%(station)s %(above)s m over guarantee stage, still rising"
        ),
        (Mark.GUARANTEE, Trend.FALLING): _("%(station)s %(above)s m over guarantee stage, falling"),
        (Mark.GUARANTEE, Trend.STEADY): _("%(station)s %(above)s m over guarantee stage, steady"),
        (Mark.WARNING, Trend.RISING): _("%(station)s %(above)s m over warning stage, still rising"),
        (Mark.WARNING, Trend.FALLING): _("%(station)s %(above)s m over warning stage, falling"),
        (Mark.WARNING, Trend.STEADY): _("%(station)s %(above)s m over warning stage, steady"),
    }
    return forms[water.mark, water.trend] % values
