"""Asking for a run: one a key, and two of a reach at least some hours apart."""

from datetime import datetime, timedelta

from anlan.operations.deadlines.actions import set_timer
from anlan.operations.forecasts.events import RunDue
from anlan.operations.forecasts.models import ForecastRun, Reach
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.vocabulary import clock


class NoReach(LookupError):
    """No reach of that code (or none at all) is described in the district's forecasts.toml."""


def request_run(
    key: str,
    trigger: str,
    issued_at: datetime,
    *,
    reach: str = "",
    cell_m: float | None = None,
    actor: Actor = PLATFORM,
) -> int:
    """Queue a run of `reach` (the district's first by default) and return its id.

    The same key again is the same run. `issued_at` is the moment up to which observations count.
    cell_m: cells of the inundation, the reach's own by default; half the cells cost eight times.
    """
    row = Reach.objects.filter(code=reach).first() if reach else Reach.objects.first()
    if row is None:
        raise NoReach(reach or "no reach is described")
    known = ForecastRun.objects.filter(key=key).first()
    if known is not None:
        return known.pk
    with act("forecasts.request_run", actor) as this:
        run, created = ForecastRun.objects.get_or_create(
            key=key,
            defaults={
                "reach": row.code, "station_code": row.station, "trigger": trigger,
                "requested_by": actor.label, "issued_at": issued_at, "requested_at": clock.now(),
                "cell_m": cell_m,
            },
        )  # fmt: skip
        this.on("forecast", run.pk, key)
        this.detail = {"trigger": trigger, "new": created}
    return run.pk


def request_run_apart(key: str, trigger: str, issued_at: datetime, reach: str) -> int | None:
    """`request_run`, or when the last run of the reach is too near, a timer for the earliest time.

    Returns None when the run has to wait; the timer's `RunDue` asks again.
    """
    row = Reach.objects.filter(code=reach).first()
    if row is None:
        raise NoReach(reach)
    last = ForecastRun.objects.filter(reach=reach).exclude(key=key).order_by("-issued_at").first()
    earliest = issued_at
    if last is not None:
        earliest = last.issued_at + timedelta(hours=row.settings["hours_apart"])
    if issued_at < earliest:
        set_timer(f"forecast:{key}", earliest, RunDue(key=key, trigger=trigger, reach=reach))
        return None
    return request_run(key, trigger, issued_at, reach=reach)
