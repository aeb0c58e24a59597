"""The district's `patrols.toml`: the figures with their source, and invented routes to try it."""

import tomllib
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from anlan.operations.patrols.actions.beats import NewBeat, make_beat
from anlan.operations.patrols.actions.nightly import make_one, miss_patrol
from anlan.operations.patrols.actions.settle import confirm_patrol
from anlan.operations.patrols.actions.track import Position, keep_track
from anlan.operations.patrols.actions.walk import Ending, finish_patrol, start_patrol
from anlan.operations.patrols.models import Beat, PatrolTask, PatrolTerms
from anlan.operations.patrols.rules.loop import Person
from anlan.operations.patrols.rules.states import CONFIRM, KEEP, POSTS, WALK, Form, Hazard, Rhythm
from anlan.operations.patrols.rules.terms import parsed
from anlan.operations.patrols.rules.track import metres_between
from anlan.operations.people.actions import PLATFORM, Actor
from anlan.operations.people.queries import Staff, able
from anlan.operations.registers.actions import load_figures
from anlan.vocabulary import clock

FILE = "patrols.toml"
WALKS_M_S = 1.1
EVERY = timedelta(seconds=30)


def load_terms(actor: Actor, folder: Path) -> int:
    """Load the figures; returns how many versions. Twice changes nothing."""
    return load_figures(actor, folder / FILE, PatrolTerms, parsed)


def load_demo_records(_actor: Actor, folder: Path) -> int:
    """The invented routes with patrols of the last days, taken through the real steps; how many
    routes. Twice adds none."""
    before = Beat.objects.count()
    walkers = {one.username: one for one in able(WALK)}
    supervisors = {one.username: one for one in able(CONFIRM)}
    for index, one in enumerate(_file(folder).get("beat", [])):
        key = f"demo:{index}"
        named = one["supervisor"] in supervisors and one["patroller"] in walkers
        if named and not Beat.objects.filter(key=key).exists():
            beat = _enter(key, one, walkers, supervisors)
            for ago, became in enumerate(one["days"]):
                _play(beat, ago, became, walkers[one["patroller"]], supervisors[one["supervisor"]])
    return Beat.objects.count() - before


def _file(folder: Path) -> dict[str, Any]:
    path = folder / FILE
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _enter(
    key: str, one: dict[str, Any], walkers: dict[str, Staff], supervisors: dict[str, Staff]
) -> Beat:
    keeper = Person(id=None, rights=frozenset({KEEP}), bureau=True)
    deputy = walkers.get(one.get("deputy", ""))
    post = one["form"] in POSTS
    pk = make_beat(PLATFORM, keeper, NewBeat(
        key=key, name=one["name"], form=Form(one["form"]), hazard=Hazard(one["hazard"]),
        area_code=one["area_code"], unit=one["unit"],
        supervisor=supervisors[one["supervisor"]].id, patroller=walkers[one["patroller"]].id,
        deputy=deputy.id if deputy else None, points=one["points"],
        line=[] if post else [[p["lon"], p["lat"]] for p in one["points"]],
        rhythm=Rhythm(one.get("rhythm", "daily")), every=one.get("every", 1),
        months=tuple(one.get("months", ())), since=time.fromisoformat(one["since"]),
        until=time.fromisoformat(one["until"]), sign_min=one.get("sign_min"),
        alert_level=one.get("alert_level"), response_level=one.get("response_level"),
        repeat_h=one.get("repeat_h"),
        task=one.get("task", ""), begins_on=clock.today(),
    ))  # fmt: skip
    return Beat.objects.get(pk=pk)


def _play(beat: Beat, ago: int, became: str, patroller: Staff, supervisor: Staff) -> None:
    """The patrol of so many days ago becomes what the file says; "" is a day without one."""
    if not became:
        return
    day = clock.today() - timedelta(days=ago)
    make_one(beat, day, 0)
    task = PatrolTask.objects.get(beat=beat, day=day, turn=0)
    if became == "missed":
        miss_patrol(task.pk, task.due_at)
    begin = task.begins_at + timedelta(minutes=0 if task.form in POSTS else 25)
    if became == "underway":
        begin = max(task.begins_at, clock.now() - timedelta(minutes=12))
    if became in ("due", "missed") or begin > clock.now():
        return
    actor = Actor(patroller.id, patroller.display_name, patroller.role)
    person = Person(id=patroller.id, rights=frozenset({WALK}))
    start_patrol(actor, person, task.pk, at=begin)
    track = _track(task, begin, became)
    keep_track(actor, task.pk, track)
    if became != "underway":
        ending = Ending(at=track[-1].at, normal=True, remark="一切正常")
        finish_patrol(actor, person, task.pk, ending)
    if became == "confirmed":
        leader = Actor(supervisor.id, supervisor.display_name, supervisor.role)
        able_to = Person(id=supervisor.id, rights=frozenset({CONFIRM}))
        confirm_patrol(leader, able_to, task.pk, words="轨迹完整")


def _track(task: PatrolTask, begin: datetime, became: str) -> list[Position]:
    """Along the points on foot, or at the post until its end; short where it falls short."""
    points = [(p["lon"], p["lat"]) for p in task.asked["points"]]
    if task.form in POSTS:
        n = int((task.due_at - task.begins_at) / timedelta(minutes=10))
        moments = [task.begins_at + timedelta(minutes=10 * i) for i in range(n + 1)]
        return [Position(at, *_wandering(*points[0], i), 12.0) for i, at in enumerate(moments)]
    places = _along(points[: len(points) // 2] if became == "returned" else points)
    found = [Position(begin + EVERY * i, *_wandering(*one, i), 9.0) for i, one in enumerate(places)]
    return [one for one in found if one.at <= clock.now()]


def _along(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where somebody on foot is every half minute."""
    found = [points[0]]
    for one, to in pairwise(points):
        n = max(1, round(metres_between(*one, *to) / (WALKS_M_S * EVERY.total_seconds())))
        found += [
            (one[0] + (to[0] - one[0]) * i / n, one[1] + (to[1] - one[1]) * i / n)
            for i in range(1, n + 1)
        ]
    return found


def _wandering(lon: float, lat: float, i: int) -> tuple[float, float]:
    """A phone's position is never quite on the way: some 5 m to either side."""
    return lon + 5e-5 * ((i * 7) % 5 - 2) / 2, lat + 4e-5 * ((i * 3) % 5 - 2) / 2
