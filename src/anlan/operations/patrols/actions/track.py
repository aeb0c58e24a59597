"""Positions of a patrol: kept once, measured, looked at by few, thinned after their time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.operations.patrols.actions.desk import refresh
from anlan.operations.patrols.actions.steps import Taken, locked, write
from anlan.operations.patrols.models import Fix, PatrolTask
from anlan.operations.patrols.queries.state import measured
from anlan.operations.patrols.queries.terms import terms
from anlan.operations.patrols.rules.states import State
from anlan.operations.people.actions import PLATFORM, Actor, act, log_view
from anlan.operations.registers.queries import AHEAD
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

OPEN = (State.UNDERWAY, State.SUBMITTED, State.RETURNED)
MOST_A_BATCH = 1_000
THINNED_A_NIGHT = 200


@dataclass(frozen=True, slots=True)
class Position:
    """Where somebody was: aware moment, CGCS2000 degrees, accuracy in metres."""

    at: datetime
    lon: float
    lat: float
    accuracy_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A danger found on the way."""

    title: str
    words: str = ""
    place: str = ""
    lon: float | None = None
    lat: float | None = None


def keep_track(actor: Actor, task_id: int, positions: Sequence[Position]) -> int:
    """Keep positions of one's own patrol, in whatever order and however often they come; how many
    are new. Those of another time than the patrol's are left out.

    What comes after it was handed in counts too, until it is confirmed. Raises `Refused`.
    """
    if len(positions) > MOST_A_BATCH:
        raise Refused(N_("At most %(most)d positions at once."), most=MOST_A_BATCH)
    with act("patrols.track", actor) as this:
        task = locked(task_id)
        this.on("patrol", task.pk, str(task))
        fresh = _fresh(task, positions) if actor.id in task.walkers else list(positions)
        mine = actor.id in task.walkers and task.thinned_at is None
        if fresh and (task.state not in OPEN or not mine):
            raise Refused(N_("This patrol takes no positions of yours now."))
        Fix.objects.bulk_create(
            [Fix(task=task, by_id=actor.id, at=one.at, lon=one.lon, lat=one.lat,
                 accuracy_m=one.accuracy_m) for one in fresh]
        )  # fmt: skip
        this.detail = {"positions": len(fresh)}
        if fresh:
            _measure_anew(task)
    return len(fresh)


def apply_track(task: PatrolTask, end: datetime) -> None:
    """Write what the fixes show into the task and mark those that prove it; it is not saved."""
    seen = measured(task, end)
    found = terms(task.day)
    task.reached = [
        {"index": one.index, "at": one.at.isoformat(), "off_m": round(one.off_m)}
        for one in seen.reached
    ]
    task.share, task.metres = seen.share, round(seen.metres)
    task.gaps = [[at.isoformat(), round(minutes)] for at, minutes in seen.gaps]
    task.doubtful = [at.isoformat() for at in seen.doubtful]
    task.fix_count = task.fixes.count()
    task.last_fix_at = task.fixes.order_by("-at").values_list("at", flat=True).first()
    begin = task.started_at or task.begins_at
    task.minutes = max(0, round((end - begin).total_seconds() / 60))
    task.complete = task.share >= found.least_share
    task.fixes.filter(proves=True).update(proves=False)
    task.fixes.filter(at__in=[one.at for one in seen.reached]).update(proves=True)


def look_at_track(actor: Actor, task: PatrolTask) -> list[Fix]:
    """The track, by time: who looks at another's is recorded."""
    if actor.id not in task.walkers:
        log_view(actor, "patrol", task.pk, str(task), ["track"])
    return list(task.fixes.order_by("at"))


def thin_tracks() -> int:
    """Drop the positions of tracks that are older than they are kept, all but the first, the last
    and those that prove that a point was reached; how many tracks."""
    oldest = clock.today() - timedelta(days=terms(clock.today()).track_days)
    rows = PatrolTask.objects.filter(day__lt=oldest, thinned_at=None).order_by("day")
    found = list(rows[:THINNED_A_NIGHT])
    for task in found:
        with act("patrols.thin_track", PLATFORM) as this:
            ends = [
                task.fixes.order_by(order).values_list("pk", flat=True).first()
                for order in ("at", "-at")
            ]
            gone = task.fixes.filter(proves=False).exclude(pk__in=[pk for pk in ends if pk])
            dropped, _each = gone.delete()
            task.thinned_at = clock.now()
            task.save(update_fields=["thinned_at"])
            this.on("patrol", task.pk, str(task))
            this.detail = {"dropped": dropped}
    return len(found)


def _fresh(task: PatrolTask, positions: Sequence[Position]) -> list[Position]:
    """Those of the patrol's own time that are not kept yet, one a moment."""
    begin = task.started_at or task.begins_at
    end = task.ended_at or clock.now() + AHEAD
    within = {one.at: one for one in reversed(positions) if begin <= one.at <= end}
    known = set(task.fixes.filter(at__in=list(within)).values_list("at", flat=True))
    return [one for at, one in within.items() if at not in known]


def _measure_anew(task: PatrolTask) -> None:
    """Figures follow the positions; what fell short is handed in once late ones complete it."""
    apply_track(task, task.ended_at or clock.now())
    before = task.state
    made_up = before == State.RETURNED and task.ended_at is not None and task.complete
    if made_up and not task.returned:
        task.state = State.SUBMITTED
        task.save()
        write(PLATFORM, Taken(task, "made up", {"share": task.share}), before)
        refresh(task)
        return
    if before == State.SUBMITTED and not task.complete:  # a doubtful fix showed up
        task.state = State.RETURNED
        write(PLATFORM, Taken(task, "fall short", {"share": task.share}), before)
        task.save()
        refresh(task)
        return
    task.save()
