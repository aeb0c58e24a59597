"""Routes called out beside their rhythm: by a person, or by an alert while it is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from anlan.operations.patrols.actions.beats import locked_beat
from anlan.operations.patrols.actions.desk import refresh
from anlan.operations.patrols.actions.nightly import make_one
from anlan.operations.patrols.actions.steps import Taken, moved, write
from anlan.operations.patrols.models import Beat, PatrolTask
from anlan.operations.patrols.rules.loop import Person
from anlan.operations.patrols.rules.states import State
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LONGEST_CALL = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What calls routes out by itself. `key`: the same through all its messages; `level`: of an
    alert; `areas`: codes that it concerns; `why`: said in the record; `until`: when it runs out."""

    key: str
    hazard: str
    level: int
    areas: Sequence[str]
    why: str
    until: datetime


def call_out(actor: Actor, person: Person, beat_id: int, *, until: datetime, reason: str) -> int:
    """A patrol beside the rhythm, from now until then: an alert, a response, a hint. Its id."""
    with act("patrols.call_out", actor) as this:
        beat = locked_beat(beat_id, person)
        now = clock.now()
        why = required(reason, N_("Say what it rests on."))
        if not now < until <= now + LONGEST_CALL:
            raise Refused(N_("It ends within three days from now."))
        task = _called(actor, beat, until, why)
        this.on("beat", beat.pk, beat.name)
        this.detail = {"until": until.isoformat()}
    return task.pk


def call_out_for(occasion: Occasion) -> int:
    """Call out the routes that this concerns; how many are new. As often as one likes.

    What is called out already and has not begun is owed until the newest end, at most three days
    from now; where the occasion concerns it no more it lapses.
    """
    until = min(occasion.until, clock.now() + LONGEST_CALL)
    if until <= clock.now():
        return 0
    made = 0
    with act("patrols.call_out", PLATFORM) as this:
        this.on("occasion", occasion.key, occasion.why)
        concerned = list(_concerned(occasion).select_for_update().order_by("pk"))
        for beat in concerned:
            known = _standing(occasion.key).filter(beat=beat).first()
            if known is None:
                _called(PLATFORM, beat, until, occasion.why, occasion.key)
                made += 1
            elif known.state == State.DUE and known.due_at < until:
                known.due_at = until
                _take("extend", known, State.DUE, occasion.why)
        _lapse(_standing(occasion.key).exclude(beat__in=concerned), occasion.why)
        this.detail = {"until": until.isoformat(), "made": made}
    return made


def stand_down(key: str, why: str) -> int:
    """What this occasion called out and nobody has begun lapses; how many. Who is out goes on."""
    with act("patrols.stand_down", PLATFORM) as this:
        this.on("occasion", key, why)
        return _lapse(_standing(key), why)


def _concerned(occasion: Occasion) -> QuerySet[Beat]:
    """Routes in these areas, in one that holds them, or in a part of them."""
    here = Q(pk__in=())
    for code in occasion.areas:
        here |= Q(area_code__startswith=code)
        here |= Q(area_code__in=[code[:digits] for digits in range(6, len(code), 3)])
    return Beat.objects.filter(
        here, closed_at=None, begins_on__lte=clock.today(), hazard=occasion.hazard,
        alert_level__gte=occasion.level,
    )  # fmt: skip


def _standing(key: str) -> QuerySet[PatrolTask]:
    return PatrolTask.objects.filter(occasion=key).exclude(state=State.LAPSED)


def _called(actor: Actor, beat: Beat, until: datetime, why: str, key: str = "") -> PatrolTask:
    day = clock.today()
    task = make_one(beat, day, beat.tasks.filter(day=day).exclude(turn=0).count() + 1, until)
    if task is None:
        raise Refused(N_("Somebody has called it out at the same moment."))
    if key:
        task.occasion = key
        task.save(update_fields=["occasion"])
    write(actor, Taken(task, "call out", reason=why), task.state)
    return task


def _lapse(tasks: QuerySet[PatrolTask], why: str) -> int:
    rows = list(tasks.filter(state=State.DUE).select_for_update().order_by("pk"))
    for task in rows:
        task.state = State.LAPSED
        _take("lapse", task, State.DUE, why)
    return len(rows)


def _take(verb: str, task: PatrolTask, before: str, why: str) -> None:
    """A step of the platform's own: written, told to the desk, published."""
    with act(f"patrols.{verb}", PLATFORM) as this:
        this.on("patrol", task.pk, str(task))
        task.save(update_fields=["state", "due_at"])
        write(PLATFORM, Taken(task, verb, reason=why), before)
        refresh(task)
        this.publish(moved(task, verb, before))
