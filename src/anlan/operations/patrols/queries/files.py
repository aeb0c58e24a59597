"""A patrol's file within one's sight."""

from dataclasses import dataclass

from anlan.operations.patrols.models import PatrolPhoto, PatrolStep, PatrolTask
from anlan.operations.patrols.queries.scope import person_of, tasks_in
from anlan.operations.patrols.queries.state import facts
from anlan.operations.patrols.rules.loop import verbs
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.scope import dangers_in

ONWARD = ("confirm", "ask why")


@dataclass(frozen=True, slots=True)
class File:
    """A patrol with its history (newest first), photos, dangers found (number, and the id where
    the reader sees it), and the steps open to the reader."""

    task: PatrolTask
    steps: list[PatrolStep]
    photos: list[PatrolPhoto]
    dangers: list[tuple[str, str, int | None]]
    verbs: tuple[str, ...]
    own: bool

    @property
    def next_step(self) -> str:
        return next((verb for verb in ONWARD if verb in self.verbs), "")


def patrol_file(task_id: int, scope: Scope) -> File | None:
    """The file within one's sight, else None."""
    named = ("beat", "supervisor", "patroller", "deputy")
    task = tasks_in(scope).select_related(*named).filter(pk=task_id).first()
    if task is None:
        return None
    person = person_of(scope)
    found = list(task.found.select_related("danger").order_by("id"))
    seen = set(
        dangers_in(scope).filter(pk__in=[one.danger_id for one in found])
        .values_list("pk", flat=True)
    ) if found else set()  # fmt: skip
    return File(
        task, list(task.steps.order_by("-id")), list(task.photos.order_by("id")),
        [(one.danger.number, one.danger.title, one.danger_id if one.danger_id in seen else None)
         for one in found],
        verbs(facts(task), person), scope.account_id in task.walkers,
    )  # fmt: skip


def patrol_photo(photo_id: int, scope: Scope) -> PatrolPhoto | None:
    """A photo of a patrol within one's sight."""
    return PatrolPhoto.objects.filter(pk=photo_id, patrol__in=tasks_in(scope).values("pk")).first()
