"""Whom an alert goes to: households in its area, those responsible, loudspeakers, offices.

Worked out anew whenever it is needed, so that the dry run and the send agree with the registers.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from shapely.geometry import MultiPolygon

from anlan.operations.alerts.models import Alert, AlertArea
from anlan.operations.alerts.queries.area import polygon_of
from anlan.operations.alerts.rules.area import inside
from anlan.operations.alerts.rules.book import Book
from anlan.operations.alerts.rules.shelters import Need, Refuge, choose, walk_m
from anlan.operations.alerts.rules.texts import ARRIVAL, LEAVE, POST, SHELTER, TELEPHONE
from anlan.operations.alerts.rules.times import leave_by
from anlan.operations.forecasts.queries import households_hit, run
from anlan.operations.messaging.actions import Addressee
from anlan.operations.messaging.queries import channel_carries, spoken_chinese
from anlan.operations.people.actions import seal_text, unseal_text
from anlan.operations.resources.queries import shelters
from anlan.operations.territory.queries import (
    HouseholdRow,
    ResponsibleRow,
    areas,
    households_in,
    responsible_within,
    sites,
)
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

GRID_WORKER = "grid_worker"
AREA_KINDS = frozenset({GRID_WORKER, "community_head"})
LOG = "console"
NOW = "现在就"
HIGH_GROUND = "附近高处"


@dataclass(frozen=True)
class Ground:
    """What all addressees of one alert share."""

    alert: Alert
    book: Book
    communities: tuple[AlertArea, ...]
    area: MultiPolygon | None

    @cached_property
    def codes(self) -> list[str]:
        return [one.code for one in self.communities]

    @cached_property
    def names(self) -> dict[str, str]:
        return {one.code: one.name for one in self.communities}

    @cached_property
    def wet_sites(self) -> dict[str, datetime | None]:
        found = run(self.alert.run_id) if self.alert.run_id else None
        return {one.code: one.arrival_at for one in found.sites} if found else {}

    @cached_property
    def responsible(self) -> list[ResponsibleRow]:
        """Grid workers and heads of the communities, and whoever answers for a site in water."""
        return [
            person
            for person in responsible_within(self.codes)
            if (not person.site_code and person.kind in AREA_KINDS)
            or person.site_code in self.wet_sites
        ]

    @cached_property
    def helpers(self) -> dict[str, dict[str, str]]:
        """The grid worker of each community: name and telephone."""
        return {
            person.area_code: {"name": person.name, "phone": unseal_text(person.phone_sealed)}
            for person in reversed(self.responsible)
            if person.kind == GRID_WORKER and not person.site_code
        }

    @cached_property
    def refuges(self) -> dict[str, Refuge]:
        """Community to shelter, provisional."""
        if self.area is None:
            return {}
        middle = {one.code: (one.lon, one.lat) for one in areas("community", self.book.area_code)}
        now = clock.now()
        needs = [
            Need(one.code, *middle[one.code], one.people, _soon_min(one, now))
            for one in self.communities
            if one.code in middle
        ]  # fmt: skip
        rooms = [Refuge(s.code, s.name, s.lon, s.lat, s.capacity - s.occupied) for s in shelters()]
        return choose(needs, rooms, self.area)

    def channel(self, kind: str) -> str:
        """The book's channel; an exercise falls back to the log where that one is not for it."""
        standing = self.alert.standing
        name = self.book.channels[standing][kind]
        if standing == Standing.ACTUAL or channel_carries(name, standing):
            return name
        return LOG


def _soon_min(one: AlertArea, now: datetime) -> float:
    """Minutes until the water; those beside it go last."""
    if one.max_depth_m is None:
        return math.inf
    return (one.arrival_at - now).total_seconds() / 60 if one.arrival_at else 0.0


def ground_of(alert: Alert, book: Book) -> Ground:
    communities = tuple(AlertArea.objects.filter(alert=alert).order_by("code"))
    return Ground(alert, book, communities, polygon_of(alert))


def household_addressees(ground: Ground) -> list[Addressee]:
    """Households inside the area, and every household in the water (unless the area was drawn)."""
    hit = {ident: (depth, at) for ident, depth, at in _hit(ground.alert)}
    rows = list(households_in(area_codes=ground.codes)) if ground.codes else []
    within: Sequence[bool] = [False] * len(rows)
    if ground.area is not None and rows:
        within = inside(ground.area, [r.lon for r in rows], [r.lat for r in rows]).tolist()
    drawn = ground.alert.area_edited
    chosen = [
        row for row, lies in zip(rows, within, strict=True) if lies or (not drawn and row.id in hit)
    ]
    return [_household(row, ground, hit.get(row.id)) for row in chosen]


def homes_inside(area: MultiPolygon | None, codes: Sequence[str]) -> set[str]:
    """Those of the communities that have a home inside the area."""
    if area is None or not codes:
        return set()
    rows = list(households_in(area_codes=codes))
    within = inside(area, [r.lon for r in rows], [r.lat for r in rows]).tolist() if rows else []
    return {row.area_code for row, lies in zip(rows, within, strict=True) if lies}


def _hit(alert: Alert) -> list[tuple[int, float, datetime | None]]:
    return households_hit(alert.run_id) if alert.run_id else []


def _household(
    row: HouseholdRow, ground: Ground, hit: tuple[float, datetime | None] | None
) -> Addressee:
    now = clock.now()
    depth, arrival = hit if hit else (None, None)
    by = leave_by(arrival, now, ground.book.leave_before_min)
    if hit is None:
        # Beside the water: with the first of the community.
        by = leave_by(_first_water(ground, row.area_code), now, ground.book.leave_before_min)
    refuge = ground.refuges.get(row.area_code)
    helper = ground.helpers.get(row.area_code)
    slots = {
        LEAVE: f"{spoken_chinese(by, now)}前" if by else NOW,
        SHELTER: refuge.name if refuge else HIGH_GROUND,
        TELEPHONE: helper["phone"] if helper else ground.book.hotline,
    }
    personal: dict[str, Any] = {
        "kind": "household",
        "slots": slots,
        "place": ground.names.get(row.area_code, ""),
        "depth_m": round(depth, 2) if depth is not None else None,
        "arrival_at": arrival.isoformat() if arrival else None,
        "leave_by": by.isoformat() if by else None,
        "home": [round(row.lon, 5), round(row.lat, 5)],
        "helper": helper,
    }
    if refuge:
        personal["shelter"] = {
            "name": refuge.name, "lon": refuge.lon, "lat": refuge.lat,
            "walk_m": round(walk_m(row.lon, row.lat, refuge)),
        }  # fmt: skip
    return Addressee(
        ref=f"household:{row.id}", label_masked=f"{row.masked_name} {row.masked_phone}".strip(),
        area_code=row.area_code, channel=ground.channel("household"),
        address_sealed=row.phone_sealed, personal=personal,
    )  # fmt: skip


def _first_water(ground: Ground, code: str) -> datetime | None:
    return next((one.arrival_at for one in ground.communities if one.code == code), None)


def responsible_addressees(ground: Ground) -> list[Addressee]:
    """Those who must answer: each with what they answer for and when the water is there."""
    must = ground.alert.level in ground.book.deadlines.must_answer_levels
    return [_responsible(person, ground, must) for person in ground.responsible]


def _responsible(person: ResponsibleRow, ground: Ground, must: bool) -> Addressee:
    if person.site_code:
        arrival = ground.wet_sites.get(person.site_code)
    else:
        arrival = _first_water(ground, person.area_code)
    now = clock.now()
    late = arrival is None or arrival <= now
    place = ground.names.get(person.area_code, person.organisation)
    return Addressee(
        ref=f"responsible:{person.id}", label_masked=f"{person.name} {person.masked_phone}",
        area_code=person.area_code, channel=ground.channel("responsible"),
        address_sealed=person.phone_sealed, must_answer=must,
        personal={
            "kind": "responsible", "place": place, "name": person.name,
            "slots": {
                POST: place,
                ARRIVAL: "马上" if late or arrival is None else spoken_chinese(arrival, now),
            },
        },
    )  # fmt: skip


def loudspeaker_addressees(ground: Ground) -> list[Addressee]:
    """Posts in the communities of the area."""
    codes = set(ground.codes)
    channel = ground.channel("loudspeaker")
    return [
        Addressee(
            ref=f"loudspeaker:{post.code}", label_masked=post.name, area_code=post.area_code,
            channel=channel, address_sealed=seal_text(_post_address(post.attributes, post.code)),
            personal={"kind": "loudspeaker"},
        )
        for post in sites(None, kind="loudspeaker")
        if post.area_code in codes
    ]  # fmt: skip


def _post_address(attributes: dict[str, Any], code: str) -> str:
    return str(attributes.get("url") or code)


def copy_addressees(ground: Ground) -> list[Addressee]:
    """Offices that are told by mail."""
    return [
        Addressee(
            ref=f"copy:{number}", label_masked=one.name, area_code=ground.alert.area_code,
            channel=ground.channel("copy"), address_sealed=seal_text(one.address),
            personal={"kind": "copy"},
        )
        for number, one in enumerate(ground.book.copies, 1)
    ]  # fmt: skip


def dry_run(ground: Ground) -> dict[str, Any]:
    """What a send would reach now: counts only, kept with the draft."""
    groups = {
        "households": household_addressees(ground),
        "responsible": responsible_addressees(ground),
        "loudspeakers": loudspeaker_addressees(ground),
        "copies": copy_addressees(ground),
    }
    homes = groups["households"]
    channels: dict[str, int] = {}
    for one in (a for group in groups.values() for a in group if a.address_sealed):
        channels[one.channel] = channels.get(one.channel, 0) + 1
    return {
        "targeted": sum(len(group) for group in groups.values()),
        "reachable": sum(bool(a.address_sealed) for group in groups.values() for a in group),
        "unreachable": _without_address(homes),
        "households": len(homes),
        "responsible": len(groups["responsible"]),
        "loudspeakers": len(groups["loudspeakers"]),
        "copies": len(groups["copies"]),
        "by_channel": dict(sorted(channels.items())),
    }


def _without_address(homes: Iterable[Addressee]) -> int:
    return sum(not home.address_sealed for home in homes)


def unreachable(homes: Sequence[Addressee]) -> dict[str, int]:
    """Households without any address, by community: for whom the grid worker goes to the door."""
    found: dict[str, int] = {}
    for home in homes:
        if not home.address_sealed:
            found[home.area_code] = found.get(home.area_code, 0) + 1
    return found
