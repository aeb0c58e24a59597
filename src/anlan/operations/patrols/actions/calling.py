"""Routes called out beside their rhythm: by a person, or by an alert or a response while it is in
force, and again every so many hours while that lasts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from anlan.operations.patrols.actions.beats import locked_beat
from anlan.operations.patrols.actions.desk import refresh
from anlan.operations.patrols.actions.nightly import make_one
from anlan.operations.patrols.actions.steps import Taken, moved, write
from anlan.operations.patrols.models import Beat, Occasion, PatrolTask
from anlan.operations.patrols.queries.terms import terms
from anlan.operations.patrols.rules.loop import Person
from anlan.operations.patrols.rules.rhythm import turn_of
from anlan.operations.patrols.rules.states import Calls, State
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LONGEST_CALL = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """What calls routes out by itself. `key`: the same through all its messages; `level`: of its
    kind; `areas`: codes that it concerns; `why`: said in the record; `until`: when it runs out,
    None for what a person ends."""

    key: str
    kind: Calls
    hazard: str
    level: int
    areas: Sequence[str]
    why: str
    until: datetime | None = None


def call_out(actor: Actor, person: Person, beat_id: int, *, until: datetime, reason: str) -> int:
    """A patrol beside the rhythm, from now until then: an alert, a response, a hint. Its id."""
    with act("patrols.call_out", actor) as this:
        beat = locked_beat(beat_id, person)
        now = clock.now()
        why = required(reason, N_("Say what it rests on."))
        if not now < until <= now + LONGEST_CALL:
            raise Refused(N_("It ends within three days from now."))
        task = _called(actor, beat, (now, until), why)
        this.on("beat", beat.pk, beat.name)
        this.detail = {"until": until.isoformat()}
    return task.pk


def call_out_for(calling: Calling) -> int:
    """Call out the routes that this concerns; how many patrols are new. As often as one likes.

    A route that is called out already answers to this as well, and is owed until the newest end of
    its turn; where nothing concerns it any more what nobody has begun lapses.
    """
    if calling.until is not None and calling.until <= clock.now():
        return 0
    with act("patrols.call_out", PLATFORM) as this:
        this.on("occasion", calling.key, calling.why)
        said = {
            "kind": calling.kind, "hazard": calling.hazard, "level": calling.level,
            "areas": sorted(calling.areas), "why": calling.why[:300], "until": calling.until,
            "ended_at": None,
        }  # fmt: skip
        Occasion.objects.update_or_create(
            key=calling.key, defaults=said, create_defaults=said | {"since": clock.now()}
        )
        made = keep_called()
        _lapse(calling.key, calling.why)
        this.detail = {"until": f"{calling.until or ''}", "made": made}
    return made


def stand_down(key: str, why: str) -> int:
    """This is over: what it called out, nobody has begun and nothing else asks for lapses; how
    many. Who is out goes on."""
    with act("patrols.stand_down", PLATFORM) as this:
        this.on("occasion", key, why)
        Occasion.objects.filter(key=key, ended_at=None).update(ended_at=clock.now())
        return _lapse(key, why)


def keep_called() -> int:
    """Call out what is in force now asks for and is not called out yet for this turn; how many are
    new. The round asks for it again and again: so routes are walked again while it lasts."""
    asked = _asked_for()
    if not asked:
        return 0
    usual, made = terms(clock.today()).repeat_h, 0
    with transaction.atomic():
        for beat in Beat.objects.select_for_update().filter(pk__in=asked).order_by("pk"):
            repeat = timedelta(hours=beat.repeat_h or usual)
            made += _keep(beat, asked[beat.pk], repeat)
    return made


def in_force() -> QuerySet[Occasion]:
    """What calls routes out now, the oldest first."""
    now = clock.now()
    rows = Occasion.objects.filter(Q(until=None) | Q(until__gt=now), ended_at=None)
    return rows.order_by("since", "pk")


def _asked_for() -> dict[int, list[Occasion]]:
    """The routes that something in force concerns, with all that does. Two queries."""
    asked: dict[int, list[Occasion]] = {}
    occasions = list(in_force())
    if not occasions:
        return asked
    routes = Beat.objects.filter(closed_at=None, begins_on__lte=clock.today())
    for route in routes.only("area_code", "hazard", "alert_level", "response_level"):
        concerning = [one for one in occasions if _concerns(one, route)]
        if concerning:
            asked[route.pk] = concerning
    return asked


def _concerns(occasion: Occasion, route: Beat) -> bool:
    """A route in these areas, in one that holds them, or in a part of them."""
    level = getattr(route, f"{Calls(occasion.kind)}_level")
    bound = level is not None and level >= occasion.level and route.hazard == occasion.hazard
    area = route.area_code
    return bound and any(code.startswith(area) or area.startswith(code) for code in occasion.areas)


def _keep(beat: Beat, asking: Sequence[Occasion], repeat: timedelta) -> int:
    """The turn of a route that runs now: called out where it is not, else prolonged."""
    now, keys = clock.now(), [one.key for one in asking]
    ends = [one.until for one in asking if one.until is not None]
    last = _last_called(beat)
    goes_on = last is not None and bool({*last.occasions} & {*keys})
    begin = turn_of(last.begins_at if last and goes_on else None, repeat, now)
    until = begin + repeat if len(ends) < len(asking) else min(begin + repeat, max(ends))
    why = "；".join(one.why for one in asking)
    if last is None or not goes_on or last.begins_at < begin:
        _called(PLATFORM, beat, (begin, until), why, keys)
        return 1
    if not {*keys} <= {*last.occasions}:
        last.occasions = [*last.occasions, *(key for key in keys if key not in last.occasions)]
        last.save(update_fields=["occasions"])
    if last.state == State.DUE and last.due_at < until:
        last.due_at = until
        _take("extend", last, State.DUE, why)
    return 0


def _last_called(beat: Beat) -> PatrolTask | None:
    """The newest patrol of a route that something has called out by itself and that stands."""
    rows = beat.tasks.exclude(turn=0).exclude(state=State.LAPSED).order_by("-begins_at", "-pk")
    return next((one for one in rows[:20] if one.occasions), None)


def _called(
    actor: Actor, beat: Beat, span: tuple[datetime, datetime], why: str, keys: Iterable[str] = ()
) -> PatrolTask:
    day = span[0].astimezone(clock.CHINA).date()
    task = make_one(beat, day, beat.tasks.filter(day=day).exclude(turn=0).count() + 1, span)
    if task is None:
        raise Refused(N_("Somebody has called it out at the same moment."))
    task.occasions = [*keys]
    task.save(update_fields=["occasions"])
    write(actor, Taken(task, "call out", reason=why), task.state)
    return task


def _lapse(key: str, why: str) -> int:
    """What answers to this, nobody has begun and nothing in force asks for any more."""
    asked = _asked_for()
    rows = PatrolTask.objects.select_for_update().filter(state=State.DUE).exclude(turn=0)
    over = [
        task for task in rows.order_by("pk") if key in task.occasions and task.beat_id not in asked
    ]
    for task in over:
        task.state = State.LAPSED
        _take("lapse", task, State.DUE, why)
    return len(over)


def _take(verb: str, task: PatrolTask, before: str, why: str) -> None:
    """A step of the platform's own: written, told to the desk, published."""
    with act(f"patrols.{verb}", PLATFORM) as this:
        this.on("patrol", task.pk, str(task))
        task.save(update_fields=["state", "due_at"])
        write(PLATFORM, Taken(task, verb, reason=why), before)
        refresh(task)
        this.publish(moved(task, verb, before))
