"""Hotspots become one fire a place and day: raised once, verified by a person, late ones kept."""

from collections.abc import Sequence

import numpy as np
import shapely

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.people.actions import PLATFORM, Act, Actor, act
from anlan.operations.people.queries import Scope
from anlan.operations.sensing.actions.taken import Brought
from anlan.operations.sensing.events import HotspotRaised
from anlan.operations.sensing.models import Feed, Hotspot, HotspotCluster
from anlan.operations.sensing.rules.feeds import FeedKind
from anlan.operations.sensing.rules.hotspots import (
    FRESH,
    MARGIN_DEG,
    TOGETHER,
    TOGETHER_M,
    Finding,
    distance_m,
)
from anlan.operations.territory.queries import area_names, outlines
from anlan.protocols.firms import Confidence, Fire, Rejected, parse
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_LINES = 50_000
NEAR_DEG = 0.02  # more than 1 km in both directions, up to 60° north
SEEN = N_("Satellite hotspot of high confidence in %(area)s, seen at %(at)s: have it verified")
VERIFY = N_("Verify the hotspot")
CHOOSE = N_("Choose what was found.")
ALREADY = N_("Somebody has already said what it is.")


def take_hotspots(text: str) -> Brought:
    """Keep what a FIRMS table holds of the district and its surroundings; again changes nothing.

    Raises `NotFirms`.
    """
    lines = parse(text, MOST_LINES)
    fires = [one for one in lines if isinstance(one, Fire)]
    bad = [one for one in lines if isinstance(one, Rejected)]
    refusal = f"{bad[0].line}: {bad[0].reason}" if bad else ""
    ours, towns = _placed(fires)
    new = _new(ours, towns)
    if new:
        with act("sensing.take_hotspots", PLATFORM) as this:
            # Two feeds may see one fire in the same second: one after the other.
            list(Feed.objects.select_for_update().filter(kind=FeedKind.HOTSPOTS).order_by("pk"))
            new = _new(ours, towns)
            Hotspot.objects.bulk_create(new)
            for one in sorted(new, key=lambda one: one.acquired_at):
                if one.area_code:
                    _gather(this, one)
            this.on("hotspots", len(new), f"{len(new)} hotspots")
    newest = sorted(ours, key=lambda one: one.acquired_at)[-5:]
    sample = [
        f"{one.satellite} {one.lat:.4f} {one.lon:.4f} {one.stated} "
        f"{one.acquired_at.astimezone(clock.CHINA):%m-%d %H:%M}"
        for one in reversed(newest)
    ]
    return Brought(len(ours), len(new), len(bad), refusal, sample)


def verify_hotspot(actor: Actor, scope: Scope, cluster_id: int, finding: str, note: str) -> None:
    """Say what a hotspot was found to be; it leaves the desk.

    Raises `HotspotCluster.DoesNotExist` for one out of sight and `Refused` when it has been said
    already or `finding` is no `Finding`.
    """
    prefix = scope.area_prefix
    with act("sensing.verify_hotspot", actor) as this:
        if prefix is None:
            raise HotspotCluster.DoesNotExist
        rows = HotspotCluster.objects.select_for_update().filter(area_code__startswith=prefix)
        cluster = rows.get(pk=cluster_id)
        this.on("hotspot", cluster.pk, str(cluster))
        if cluster.found_at is not None:
            raise Refused(ALREADY)
        if finding not in set(Finding):
            raise Refused(CHOOSE)
        cluster.finding, cluster.note = finding, note[:300]
        cluster.found_at, cluster.found_by = clock.now(), actor.label
        cluster.save()
        close_item(_key(cluster), actor.label)
        this.detail = {"finding": finding}


def _placed(fires: Sequence[Fire]) -> tuple[list[Fire], dict[Fire, str]]:
    """The fires in the district's box and margin, and the township of those inside."""
    bounds = [shape.bounds for shape in outlines("district").values()]
    if not bounds or not fires:
        return [], {}
    west, south = (min(box[i] for box in bounds) - MARGIN_DEG for i in (0, 1))
    east, north = (max(box[i] for box in bounds) + MARGIN_DEG for i in (2, 3))
    ours = list(
        dict.fromkeys(one for one in fires if west <= one.lon <= east and south <= one.lat <= north)
    )
    lons, lats = np.array([one.lon for one in ours]), np.array([one.lat for one in ours])
    towns: dict[Fire, str] = {}
    for code, shape in outlines("township").items():
        for at in np.flatnonzero(shapely.contains_xy(shape, lons, lats)):
            towns.setdefault(ours[int(at)], code)
    return ours, towns


def _new(ours: Sequence[Fire], towns: dict[Fire, str]) -> list[Hotspot]:
    identity = ("instrument", "satellite", "lat", "lon", "acquired_at")
    times = {one.acquired_at for one in ours}
    known = Hotspot.objects.filter(
        acquired_at__gte=min(times), acquired_at__lte=max(times)
    ).values_list(*identity) if times else []  # fmt: skip
    seen, now, new = set(known), clock.now(), []
    for one in ours:
        who = (one.instrument, one.satellite[:20], one.lat, one.lon, one.acquired_at)
        if who in seen or one.acquired_at > now:
            continue
        seen.add(who)
        new.append(
            Hotspot(
                instrument=one.instrument, satellite=one.satellite[:20], lon=one.lon, lat=one.lat,
                acquired_at=one.acquired_at, received_at=now, confidence=one.confidence.value,
                stated=one.stated[:10], brightness_k=one.brightness_k, frp_mw=one.frp_mw,
                day=one.day, area_code=towns.get(one, ""),
            )
        )  # fmt: skip
    return new


def _gather(this: Act, one: Hotspot) -> None:
    """Put a hotspot of the district with those that are the same fire, and raise it if it is new.

    Only a hotspot of high confidence that is fresh raises, and a fire only once; what comes late
    is recorded.
    """
    cluster = _same_fire(one) or HotspotCluster(
        lon=one.lon, lat=one.lat, area_code=one.area_code, first_at=one.acquired_at,
        last_at=one.acquired_at,
    )  # fmt: skip
    cluster.first_at = min(cluster.first_at, one.acquired_at)
    cluster.last_at = max(cluster.last_at, one.acquired_at)
    now = clock.now()
    fresh = one.confidence == Confidence.HIGH and now - one.acquired_at <= FRESH
    raised = fresh and cluster.raised_at is None and cluster.found_at is None
    if raised:
        cluster.raised_at = now
    cluster.save()
    Hotspot.objects.filter(pk=one.pk).update(cluster=cluster)
    if raised:
        at = one.acquired_at.astimezone(clock.CHINA)
        this.publish(
            HotspotRaised(
                cluster_id=cluster.pk, area_code=cluster.area_code, lon=one.lon, lat=one.lat,
                observed_at=at,
            )
        )  # fmt: skip
        area = area_names([cluster.area_code]).get(cluster.area_code, "")
        open_item(
            NewItem(
                key=_key(cluster), kind="hotspot", title=SEEN, action=VERIFY,
                link=f"/hotspots#fire-{cluster.pk}", right="sensing.handle",
                area_code=cluster.area_code, parameters={"area": area, "at": f"{at:%H:%M}"},
            )
        )  # fmt: skip


def _same_fire(one: Hotspot) -> HotspotCluster | None:
    """The nearest fire that this hotspot belongs to."""
    near = Hotspot.objects.filter(
        cluster__isnull=False, acquired_at__gte=one.acquired_at - TOGETHER,
        acquired_at__lte=one.acquired_at + TOGETHER,
        lat__gte=one.lat - NEAR_DEG, lat__lte=one.lat + NEAR_DEG,
        lon__gte=one.lon - NEAR_DEG, lon__lte=one.lon + NEAR_DEG,
    ).select_related("cluster")  # fmt: skip
    reach = [(distance_m(one.lon, one.lat, other.lon, other.lat), other.pk, other.cluster)
             for other in near]  # fmt: skip
    within = [found for found in reach if found[0] <= TOGETHER_M]
    return min(within, key=lambda found: found[:2])[2] if within else None


def _key(cluster: HotspotCluster) -> str:
    return f"hotspot:{cluster.pk}"
