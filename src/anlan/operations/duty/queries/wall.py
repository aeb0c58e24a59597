"""The wall's short lists: people by depth, first water by community, the funnel, the alarms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

import anlan.operations.sensing.queries as sensing
from anlan.operations.duty.queries.situation import Receipts, Situation
from anlan.operations.people.queries import Scope
from anlan.vocabulary.units import stage_m

CLASS_NAMES = ("<0.3 m", "0.3–0.5", "0.5–1", "1–2", "≥2 m")
COMMUNITIES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class DepthClass:
    """People in one depth class (m) at the forecast's greatest extent."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class FirstWater:
    """When water first reaches a community's households; `wet` once that time has passed, or when
    the run found them in the water already (`arrival_at` None)."""

    name: str
    people: int
    arrival_at: datetime | None
    wet: bool


@dataclass(frozen=True, slots=True)
class AlarmLine:
    observed_at: datetime
    sentence: str


def wall_lists(scope: Scope, now: Situation) -> dict[str, Any]:
    """What the panels list, cut to what fits; what is left over is counted."""
    people = now.run.people_by_depth_class if now.run else ()
    hit = sorted(
        (_first_water(now, one) for one in (now.run.communities if now.run else ())),
        key=lambda row: (row.arrival_at or now.at, -row.people),
    )
    rest = hit[COMMUNITIES_SHOWN:]
    return {
        "depth_classes": [
            DepthClass(*pair) for pair in zip(CLASS_NAMES, people, strict=False) if people
        ],
        "communities": hit[:COMMUNITIES_SHOWN],
        "others": {"count": len(rest), "people": sum(row.people for row in rest)},
        "funnel_rows": _funnel(now.receipts),
        "alarms": [_line(row) for row in sensing.open_alarms(scope)],
    }


def _first_water(now: Situation, one: Any) -> FirstWater:
    wet = one.arrival_at is None or one.arrival_at <= now.at
    return FirstWater(one.name, one.people, one.arrival_at, wet)


def _funnel(receipts: Receipts | None) -> list[tuple[str, int]]:
    if receipts is None:
        return []
    counts = receipts.funnel
    return [
        (pgettext("delivery", "targeted"), counts.targeted),
        (pgettext("delivery", "sent"), counts.sent),
        (pgettext("delivery", "delivered"), counts.delivered),
        (pgettext("delivery", "read"), counts.read),
        (pgettext("delivery", "confirmed"), counts.acked),
    ]


def _line(row: sensing.AlarmRow) -> AlarmLine:
    values = {"station": row.station_name, "value": stage_m(row.value)}
    if row.rule == "silence":
        return AlarmLine(row.observed_at, _("%(station)s silent") % values)
    words = {
        "warning": _("%(station)s %(value)s m, at warning stage"),
        "guarantee": _("%(station)s %(value)s m, at guarantee stage"),
    }
    text = words.get(row.rule, _("%(station)s %(value)s m, over its threshold"))
    return AlarmLine(row.observed_at, text % values)
