"""The frame of every step of a patrol: locked, allowed, written, told to the desk, published."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from anlan.operations.patrols.actions.desk import refresh
from anlan.operations.patrols.events import PatrolMoved
from anlan.operations.patrols.models import PatrolStep, PatrolTask
from anlan.operations.patrols.queries.state import facts
from anlan.operations.patrols.rules.loop import Person, check
from anlan.operations.people.actions import Actor, act
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(slots=True)
class Taken:
    """A step under way: change the task, and say what the step sets. `at`: when it was taken, as
    the phone says."""

    task: PatrolTask
    verb: str
    said: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    at: datetime | None = None


Choosing = Callable[[PatrolTask], str]


@contextmanager
def step(
    verb: str, actor: Actor, person: Person, task_id: int, key: str = "",
    choose: Choosing | None = None,
) -> Iterator[Taken | None]:  # fmt: skip
    """Take `verb`; the body sets what belongs to it. Raises `Refused`; then nothing is changed.

    `choose` measures the task first and says which verb it is: one that falls short is not
    finished. Yields None where the step of this `key` was taken before: nothing is done again.
    """
    with act(f"patrols.{verb.replace(' ', '_')}", actor) as this:
        task = locked(task_id)
        this.on("patrol", task.pk, str(task))
        if key and task.steps.filter(key=key).exists():
            yield None
            return
        before = task.state
        under_way = Taken(task, verb if choose is None else choose(task))
        taken = check(under_way.verb, facts(task), person)
        yield under_way
        task.state = taken.leads_to(before)
        task.save()
        write(actor, under_way, before, key)
        if task.state != before or verb in ("hand over", "ask why"):
            refresh(task)
        this.detail = {"from": before, "to": task.state}
        this.publish(moved(task, under_way.verb, before))


def locked(task_id: int) -> PatrolTask:
    """The patrol, held until the transaction ends; raises `Refused`."""
    task = PatrolTask.objects.select_for_update().filter(pk=task_id).first()
    if task is None:
        raise Refused(N_("There is no such patrol."))
    return task


def write(actor: Actor, taken: Taken, before: str, key: str = "") -> None:
    """The step's row in the record."""
    PatrolStep.objects.create(
        patrol=taken.task, key=key, at=taken.at or clock.now(), by_id=actor.id,
        by_name=actor.label, verb=taken.verb, before=before, after=taken.task.state,
        reason=taken.reason[:1000], said=dict(taken.said),
    )  # fmt: skip


def moved(task: PatrolTask, verb: str, before: str) -> PatrolMoved:
    beat = task.beat
    return PatrolMoved(
        task_id=task.pk, verb=verb, before=before, after=task.state, form=task.form,
        hazard=task.hazard, unit=task.unit, area_code=task.area_code, day=f"{task.day}",
        due_at=task.due_at, share=task.share, metres=task.metres, source=beat.source,
        source_id=beat.source_id,
    )  # fmt: skip
