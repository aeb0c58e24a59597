"""Tasks: given by the plan's cards, accepted and reported by their owners, cleared by the duty."""

from collections.abc import Collection
from dataclasses import dataclass

from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.resources.actions import ShelterRefused, open_shelter, record_headcount
from anlan.operations.response.actions.desk import ask_owner, release_owner
from anlan.operations.response.actions.files import hold, state_figures, write
from anlan.operations.response.actions.who import demand, own_task
from anlan.operations.response.events import TaskDone
from anlan.operations.response.models import Activation, Task, TaskReport
from anlan.operations.response.rules.plan import Answer, Owner, PlanText
from anlan.operations.response.rules.states import OPEN_TASKS, RUNNING, TASK, TaskState
from anlan.operations.response.rules.tasks import NewTask, Scene, draw
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import NoSuchStep, Refused
from anlan.vocabulary.words import N_

LONGEST = 500
# What a task counts, in all: when more people come, the count is asked again.
COUNTED = (Answer.PEOPLE, Answer.HEADCOUNT)


@dataclass(frozen=True, slots=True)
class TaskWords:
    """What an owner reports: words, people in all so far (where the task counts them), finished?"""

    text: str = ""
    people: int | None = None
    done: bool = False


def give_tasks(row: Activation, plan: PlanText, scene: Scene, only: Collection[str] = ()) -> int:
    """Give the tasks of the response's level that are not given yet; returns how many are new.

    `only` limits it to some owners (`rules.plan.Owner`). A target that grew is written anew.
    """
    drawn = draw(plan.cards, row.level or 0, clock.now(), scene)
    wanted = [task for task in drawn if not only or task.owner_kind in only]
    given = {task.key: task for task in row.tasks.all()}
    new = 0
    for task in wanted:
        old = given.get(task.key)
        if old is None or old.state == TaskState.CLEARED:
            _give(row, task, old)
            new += 1
        elif (task.target or 0) > (old.target or 0):
            _grow(old, task)
    return new


def accept_task(actor: Actor, task_id: int) -> bool:
    """Take the task; False when it was taken already (nothing changes).

    Raises `Task.DoesNotExist` for a task of another owner, `Refused` when it is over.
    """
    with act("response.accept_task", actor) as this:
        task = own_task(actor, task_id)
        _refuse_unless_running(task)
        this.on("task", task.pk, task.title)
        if task.state in (TaskState.ACCEPTED, TaskState.DOING, TaskState.DONE):
            return False
        _step(task, "accept")
        task.state, task.accepted_at = TaskState.ACCEPTED, clock.now()
        task.accepted_by = actor.label
        task.save(update_fields=["state", "accepted_at", "accepted_by"])
        _leave_report(task, actor, TaskWords())
    return True


def report_task(actor: Actor, task_id: int, words: TaskWords) -> bool:
    """Report on a task, or that it is done; False when exactly this was reported before.

    People are the total so far. A shelter's task opens the shelter and records its headcount.
    Raises `Task.DoesNotExist` for a task of another owner, `Refused` for what cannot be.
    """
    with act("response.report_task", actor) as this:
        task = own_task(actor, task_id)
        _refuse_unless_running(task)
        this.on("task", task.pk, task.title)
        last = task.reports.order_by("-id").first()
        state = _state_after(task, words)
        if last is not None and (last.text, last.people, last.state, last.by) == (
            words.text.strip(), words.people, state, actor.label,
        ):  # fmt: skip
            return False
        _refuse_words(task, words)
        newly_done = state == TaskState.DONE and task.state != TaskState.DONE
        _apply(task, actor, words, state)
        if task.owner_kind == Owner.SHELTER:
            _count_shelter(actor, task, words)
        _leave_report(task, actor, words)
        state_figures(task.activation)
        hold(task.activation)
        this.detail |= {"state": state, "people": words.people}
        if newly_done:
            release_owner(task, actor.label)
            write(task.activation, actor, N_("Done: %(title)s"), title=task.title)
            this.publish(TaskDone(activation_id=task.activation_id, task_id=task.pk))
    return True


def clear_task(actor: Actor, task_id: int, why: str) -> None:
    """The duty room takes a task back, in one sentence why; its record stays."""
    if not why.strip():
        raise Refused(N_("Write in one sentence why."))
    with act("response.clear_task", actor) as this:
        demand(actor, "response.dispatch")
        task = own_task(actor, task_id)
        _step(task, "clear")
        clear(task, actor, why)
        hold(task.activation)
        this.on("task", task.pk, task.title)
        this.detail["why"] = why.strip()


def clear(task: Task, actor: Actor, why: str) -> None:
    task.state, task.said, task.said_at = TaskState.CLEARED, why.strip()[:LONGEST], clock.now()
    task.save(update_fields=["state", "said", "said_at"])
    _leave_report(task, actor, TaskWords(why.strip()))
    release_owner(task, actor.label)


def _give(row: Activation, new: NewTask, old: Task | None) -> None:
    values = {
        "card_key": new.card_key, "clause": new.clause, "title": new.title, "detail": new.detail,
        "owner_kind": new.owner_kind, "owner_code": new.owner_code,
        "owner_name": new.owner_name, "area_code": new.area_code, "report": new.report,
        "target": new.target, "given_at": clock.now(), "due_at": new.due_at,
        "state": TaskState.WAITING,
    }  # fmt: skip
    if old is None:
        old = Task.objects.create(activation=row, key=new.key, **values)
    else:
        for name, value in values.items():
            setattr(old, name, value)
        old.save()
    ask_owner(old)


def _grow(old: Task, new: NewTask) -> None:
    """More people than the owner was told: the new target, and a done count is open again."""
    old.target, old.title, old.due_at = new.target, new.title, min(old.due_at, new.due_at)
    short = (old.people or 0) < (new.target or 0)
    if old.state == TaskState.DONE and old.report in COUNTED and short:
        old.state = TASK.step("reopen", old.state).leads_to(old.state)
        old.done_at, old.done_by, old.due_at = None, "", new.due_at
        _leave_report(old, PLATFORM, TaskWords(new.title))
    else:
        old.state = TASK.step("grow", old.state).leads_to(old.state)
    old.save()
    if old.state in OPEN_TASKS:
        ask_owner(old)


def _state_after(task: Task, words: TaskWords) -> str:
    if task.state == TaskState.DONE:
        return _step(task, "count again")
    return _step(task, "finish" if words.done else "report")


def _refuse_words(task: Task, words: TaskWords) -> None:
    if words.people is not None and (task.report not in COUNTED or words.people < 0):
        raise Refused(N_("This task counts no people."))
    if task.report == Answer.PEOPLE and words.done:
        if words.people is None:
            raise Refused(N_("Done: report how many people were moved."))
        if words.people < (task.target or 0) and not words.text.strip():
            raise Refused(
                N_("%(people)d of %(target)d moved: write where the others are."),
                people=words.people, target=task.target,
            )  # fmt: skip
    if words.people is None and not words.text.strip() and not words.done:
        raise Refused(N_("Write what was done, or how many people."))


def _apply(task: Task, actor: Actor, words: TaskWords, state: str) -> None:
    now = clock.now()
    if task.accepted_at is None:
        task.accepted_at, task.accepted_by = now, actor.label
    if state == TaskState.DONE and task.done_at is None:
        task.done_at, task.done_by = now, actor.label
    if words.people is not None:
        task.people = words.people
    if words.text.strip():
        task.said = words.text.strip()[:LONGEST]
    task.state, task.said_at = state, now
    task.save()


def _count_shelter(actor: Actor, task: Task, words: TaskWords) -> None:
    try:
        open_shelter(actor, task.owner_code)
        if words.people is not None:
            record_headcount(actor, task.owner_code, words.people)
    except ShelterRefused as fault:
        raise Refused("%(why)s", why=str(fault)) from fault


def _leave_report(task: Task, actor: Actor, words: TaskWords) -> None:
    TaskReport.objects.create(
        task=task, at=clock.now(), by=actor.label, state=task.state, people=words.people,
        text=words.text.strip()[:LONGEST],
    )  # fmt: skip


def _step(task: Task, verb: str) -> str:
    try:
        return TASK.step(verb, task.state).leads_to(task.state)
    except NoSuchStep as fault:
        if task.state == TaskState.CLEARED:
            raise Refused(N_("This task was cleared: %(why)s"), why=task.said) from fault
        raise Refused(N_("This task is done already.")) from fault


def _refuse_unless_running(task: Task) -> None:
    if task.activation.state not in RUNNING:
        raise Refused(N_("The response is over; this task is closed."))
