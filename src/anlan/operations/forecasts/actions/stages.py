"""The stage library: made once for a terrain, part by part, whenever nothing else is computed."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F

from anlan.backbone.jobs import Finished, Jobs
from anlan.operations.forecasts.actions.inputs import ground
from anlan.operations.forecasts.models import ForecastRun, Reach, StageLibrary
from anlan.operations.forecasts.rules.run_states import RunState
from anlan.operations.forecasts.rules.stages import parts_of
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.sensing.queries import station
from anlan.vocabulary import clock

FUNCTION = "anlan.operations.forecasts.rules.stage_building.build"
PREFIX = "stages"
FOLDER = "results/stages"
LEASE = timedelta(minutes=10)
MOST_FAULTS = 3


def build_stages(jobs: Jobs) -> int:
    """Hand out the next part of a library that is wanting, if no forecast waits for the pool."""
    busy = ForecastRun.objects.filter(state__in=[RunState.QUEUED, RunState.RUNNING]).exists()
    if busy or jobs.running():
        return 0
    return next((1 for reach in Reach.objects.order_by("pk") if _hand_out(reach, jobs)), 0)


def _hand_out(reach: Reach, jobs: Jobs) -> bool:
    """Whether a part was handed out; of several platforms one claims it."""
    place = ground(reach.settings["water"])
    gauge = station(reach.station)
    if place["terrain"] is None or gauge is None or "stages" not in reach.settings:
        return False
    version = str(place["terrain_version"])
    library, _ = StageLibrary.objects.get_or_create(
        reach=reach.code, terrain_version=version,
        defaults={"folder": f"{FOLDER}/{reach.code}-{version}"},
    )  # fmt: skip
    missing = [n for n in parts_of(reach.settings["stages"]) if str(n) not in library.parts]
    claimed = missing and (
        StageLibrary.objects.filter(pk=library.pk, faults__lt=MOST_FAULTS)
        # A lease from beyond what can be given was taken by another clock: this is its copy.
        .exclude(lease_until__range=(clock.now(), clock.now() + LEASE))
        .update(lease_until=clock.now() + LEASE)
    )
    if not claimed:
        return False
    arguments: dict[str, Any] = {
        "settings": reach.settings, "station": {"lon": gauge.lon, "lat": gauge.lat},
        "terrain": place["terrain"], "river": place["river"], "first": missing[0],
        "folder": str(settings.ANLAN_HOME / library.folder),
    }  # fmt: skip
    jobs.submit(f"{PREFIX}:{library.pk}:{missing[0]}", FUNCTION, arguments, spare=True)
    return True


def keep_stages(finished: Finished) -> int:
    """A part is back: keep what it says, or count the fault."""
    library = StageLibrary.objects.filter(pk=int(finished.key.split(":")[1])).first()
    if library is None:
        return 0
    if finished.answer is None:
        StageLibrary.objects.filter(pk=library.pk).update(faults=F("faults") + 1, lease_until=None)
        return 1
    table = Reach.objects.get(code=library.reach).settings["stages"]
    with act("forecasts.build_stages", PLATFORM) as this:
        library = StageLibrary.objects.select_for_update().get(pk=library.pk)
        library.parts[str(finished.answer["first"])] = dict(finished.answer)
        library.lease_until = None
        whole = all(str(first) in library.parts for first in parts_of(table))
        library.finished_at = clock.now() if whole else None
        library.save()
        this.on("stages", library.pk, str(library))
        this.detail = {"parts": len(library.parts), "whole": whole}
    return 1
