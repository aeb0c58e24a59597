"""The round's work: the patrols of the day, once however often asked; those that nobody walked;
tracks that have been kept long enough."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from anlan.operations.patrols.actions.desk import refresh, tell_supervisor
from anlan.operations.patrols.actions.steps import Taken, locked, moved, write
from anlan.operations.patrols.actions.track import apply_track, thin_tracks
from anlan.operations.patrols.models import Beat, PatrolTask, PatrolTerms
from anlan.operations.patrols.queries.terms import terms
from anlan.operations.patrols.rules.rhythm import Plan, is_due, span
from anlan.operations.patrols.rules.states import OWED, POSTS, State
from anlan.operations.people.actions import PLATFORM, act
from anlan.vocabulary import clock


def make_patrols() -> int:
    """Make what is due today and not there yet, and thin what is old; how many patrols are new."""
    if not PatrolTerms.objects.exists():
        return 0
    day = clock.today()
    there = PatrolTask.objects.filter(beat=OuterRef("pk"), day=day, turn=0)
    open_beats = Beat.objects.filter(closed_at=None, begins_on__lte=day).exclude(Exists(there))
    made = make_due(open_beats, day)
    thin_tracks()
    return made


def make_due(beats: Iterable[Beat], day: date) -> int:
    """Make the patrols of these routes that are due on a day; how many are new."""
    return sum(make_one(beat, day, 0) is not None for beat in beats if is_due(plan_of(beat), day))


def make_one(
    beat: Beat, day: date, turn: int, called: tuple[datetime, datetime] | None = None
) -> PatrolTask | None:
    """The patrol of a route, day and turn; None where it is there already. `called`: its begin and
    end, where it was called out."""
    begins_at, due_at = called or span(plan_of(beat), day, clock.now())
    with act("patrols.make", PLATFORM) as this:
        task, new = PatrolTask.objects.get_or_create(
            beat=beat, day=day, turn=turn,
            defaults={
                "name": beat.name, "form": beat.form, "hazard": beat.hazard,
                "area_code": beat.area_code, "unit": beat.unit, "begins_at": begins_at,
                "due_at": due_at, "supervisor_id": beat.supervisor_id,
                "patroller_id": beat.patroller_id, "deputy_id": beat.deputy_id,
                "asked": {"points": beat.points, "line": beat.line, "means": beat.means,
                          "sign_min": beat.sign_min, "task": beat.task},
            },
        )  # fmt: skip
        this.on("patrol", task.pk, str(task))
        if not new:
            return None
        write(PLATFORM, Taken(task, "make"), "")
        refresh(task)
        this.publish(moved(task, "make", ""))
    return task


def term_passed(task_id: int, due_at: datetime) -> None:
    """Its time is over, or nobody has come to a post: it is late, the supervisor is told."""
    with act("patrols.term_passed", PLATFORM) as this:
        task = locked(task_id)
        this.on("patrol", task.pk, str(task))
        waited = (State.DUE,) if task.form in POSTS else OWED
        if task.due_at != due_at or task.state not in waited:
            return
        task.late = True
        task.save(update_fields=["late"])
        tell_supervisor(task, terms(task.day))
        write(PLATFORM, Taken(task, "term passed"), task.state)
        this.publish(moved(task, "term passed", task.state))


def miss_patrol(task_id: int, due_at: datetime) -> None:
    """No record comes in any more: what is complete by its track is handed in, else missed."""
    with act("patrols.miss", PLATFORM) as this:
        task = locked(task_id)
        this.on("patrol", task.pk, str(task))
        if task.due_at != due_at or task.state not in OWED:
            return
        before = task.state
        if before == State.UNDERWAY:
            apply_track(task, task.due_at)
        done = before == State.UNDERWAY and task.complete
        verb = "ended by time" if done else "miss"
        if done:
            task.state, task.ended_at = State.SUBMITTED, task.due_at
        else:
            task.state, task.missed, task.late = State.MISSED, True, True
        task.save()
        write(PLATFORM, Taken(task, verb), before)
        refresh(task)
        this.publish(moved(task, verb, before))


def plan_of(beat: Beat) -> Plan:
    """The rhythm of a route."""
    return Plan(
        rhythm=beat.rhythm, begins_on=beat.begins_on, months=frozenset(map(int, beat.months)),
        every=beat.every, since=beat.since, until=beat.until,
    )  # fmt: skip
