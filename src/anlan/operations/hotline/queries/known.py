"""What the records say of a hazard near a report: facts for whoever decides whether it was early.

Alarms of devices and satellites stand below and are asked here; the rooms above (alerts, event
files) register what they know of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import pgettext

from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.state import hazard_terms
from anlan.operations.hotline.rules.hazards import HAZARD_OF, Hazard, Sign
from anlan.operations.sensing.queries import alarms_in, fires_in
from anlan.operations.territory.queries import sites
from anlan.vocabulary.areas import STREET_DIGITS
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.words import NP_, Term

WHAT_WORDS: dict[str, Term] = {
    "alarm": NP_("known", "Alarm of a device"),
    "fire": NP_("known", "Satellite hotspot"),
    "alert": NP_("known", "Warning"),
    "incident": NP_("known", "Event file"),
}
_RAIN = ("rain",)
_ELEMENTS = {
    Hazard.GEOHAZARD: ("displacement", "crack", "tilt", "pore", "groundwater", "mud", "soil"),
    Hazard.FLOOD: ("stage", "discharge"),
    Hazard.FLASH_FLOOD: ("stage", "discharge", *_RAIN),
    Hazard.WATERLOGGING: ("stage", *_RAIN),
}
_SITES = {
    Hazard.GEOHAZARD: ("geohazard", "smart_geohazard"),
    Hazard.FLOOD: ("reservoir", "stage_station"),
    Hazard.FLASH_FLOOD: ("flash_flood",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A hazard in a street, in a spell of time."""

    hazard: str
    area_code: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One record of the hazard: `what` is a key of `WHAT_WORDS`, `area_code` where it lies."""

    what: str
    at: datetime
    title: str
    link: str
    area_code: str

    @property
    def word(self) -> str:
        return pgettext(*WHAT_WORDS[self.what])


Looker = Callable[[Asked], list[Known]]
_lookers: list[Looker] = []


def offer_known(looker: Looker) -> Looker:
    """Register what a room above knows of a hazard (at process start)."""
    if looker not in _lookers:
        _lookers.append(looker)
    return looker


def known_of(tip: Tip) -> list[Known]:
    """Every record of the sign's hazard in its street around the report, oldest first."""
    terms = hazard_terms(tip.received_at.astimezone(CHINA).date())
    span = timedelta(hours=terms.window_hours)
    asked = Asked(
        hazard=HAZARD_OF[Sign(tip.sign)], area_code=tip.area_code[:STREET_DIGITS],
        since=tip.received_at - span, until=tip.received_at + span,
    )  # fmt: skip
    found = [one for look in (_alarms, _fires, *_lookers) for one in look(asked)]
    return sorted(found, key=lambda one: one.at)


def written(one: Known) -> dict[str, str]:
    """As the step keeps it."""
    return {
        "what": one.what, "at": one.at.isoformat(), "title": one.title, "link": one.link,
        "area_code": one.area_code,
    }  # fmt: skip


def read(kept: dict[str, Any]) -> Known:
    return Known(**(kept | {"at": datetime.fromisoformat(kept["at"])}))


def _alarms(asked: Asked) -> list[Known]:
    begins = _ELEMENTS.get(Hazard(asked.hazard), ())
    rows = alarms_in(asked.area_code, asked.since, asked.until)
    of_sites = {one.site_code for one in rows if one.site_code}
    kinds = {one.code: one.kind for one in sites(None, codes=of_sites)} if of_sites else {}
    mine = _SITES.get(Hazard(asked.hazard), ())
    return [
        Known(
            what="alarm", at=one.raised_at, title=one.station_name, area_code=one.area_code,
            link=f"/sites/{one.site_code}" if one.site_code else f"/stations/{one.station_code}",
        )
        for one in rows
        if not one.cause and (one.element.startswith(begins) or kinds.get(one.site_code) in mine)
    ]  # fmt: skip


def _fires(asked: Asked) -> list[Known]:
    if asked.hazard != Hazard.FOREST_FIRE:
        return []
    return [
        Known(what="fire", at=one.first_at, title=one.area, area_code=one.area_code,
              link="/hotspots")
        for one in fires_in(asked.area_code, asked.since, asked.until)
    ]  # fmt: skip
