"""Which community goes to which shelter, how far, and how many have moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from anlan.operations.people.queries import Scope
from anlan.operations.resources.queries import ShelterRow, shelters
from anlan.operations.response.models import ShelterPlan, ShelterShare, Task
from anlan.operations.response.rules.plan import Answer
from anlan.operations.response.rules.states import OPEN_TASKS, RUNNING, TaskState
from anlan.operations.territory.queries import area_names
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class ShareRow:
    """People of one community sent to one shelter; no shelter code where none had room."""

    community_code: str
    community_name: str
    shelter_code: str
    shelter_name: str
    people: int
    distance_m: float | None

    @property
    def metres(self) -> int | None:
        return None if self.distance_m is None else round(self.distance_m)


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """One community's evacuation: how many of how many, by when, to which shelters."""

    code: str
    name: str
    target: int | None
    moved: int
    due_at: datetime
    late: bool
    done: bool
    task_id: int
    shares: tuple[ShareRow, ...]

    @property
    def left(self) -> int | None:
        return None if self.target is None else max(0, self.target - self.moved)


@dataclass(frozen=True, slots=True)
class UsedShelter:
    """A shelter of the assignment: who is sent there, what it holds now."""

    row: ShelterRow
    people: int
    communities: tuple[str, ...]

    @property
    def free(self) -> int:
        return max(0, self.row.capacity - self.row.occupied)


def newest_plan(activation_id: int) -> ShelterPlan | None:
    return ShelterPlan.objects.filter(activation_id=activation_id).order_by("-id").first()


def communities(
    activation_id: int, scope: Scope | None = None, sent: Sequence[ShareRow] | None = None
) -> list[CommunityRow]:
    """Evacuation community by community within sight, the earliest deadline first.

    `sent` spares reading the assignment again (`shares`).
    """
    rows = Task.objects.filter(activation_id=activation_id, report=Answer.PEOPLE)
    rows = rows.exclude(state=TaskState.CLEARED)
    if scope is not None:
        prefix = scope.area_prefix
        rows = rows.none() if prefix is None else rows.filter(area_code__startswith=prefix)
    of: dict[str, list[ShareRow]] = {}
    for share in shares(activation_id) if sent is None else sent:
        of.setdefault(share.community_code, []).append(share)
    return [
        CommunityRow(
            t.owner_code, t.owner_name, t.target, t.people or 0, t.due_at,
            t.state in OPEN_TASKS and t.due_at < clock.now(), t.state == TaskState.DONE, t.pk,
            tuple(of.get(t.owner_code, ())),
        )
        for t in rows.order_by("due_at", "owner_code")
    ]  # fmt: skip


def shelters_used(
    activation_id: int, scope: Scope | None = None, sent: Sequence[ShareRow] | None = None
) -> list[UsedShelter]:
    """The assignment's shelters within sight, the fullest first."""
    people: dict[str, int] = {}
    senders: dict[str, list[str]] = {}
    for share in shares(activation_id) if sent is None else sent:
        if share.shelter_code:
            people[share.shelter_code] = people.get(share.shelter_code, 0) + share.people
            senders.setdefault(share.shelter_code, []).append(share.community_name)
    if not people:
        return []
    found = [
        UsedShelter(row, people[row.code], tuple(senders[row.code]))
        for row in shelters(scope, codes=people)
    ]
    return sorted(found, key=lambda s: (-s.people, s.row.code))


def shelter_of(community_code: str) -> list[ShareRow]:
    """Where a community's people go in the running response, nearest first; empty when nowhere."""
    plan = ShelterPlan.objects.filter(activation__state__in=RUNNING).order_by("-id").first()
    if plan is None:
        return []
    found = [s for s in _of_plan(plan) if s.community_code == community_code and s.shelter_code]
    return sorted(found, key=lambda s: (s.distance_m or 0.0, s.shelter_code))


def shares(activation_id: int) -> list[ShareRow]:
    """The newest assignment of a response; empty before the first."""
    plan = newest_plan(activation_id)
    return [] if plan is None else _of_plan(plan)


def _of_plan(plan: ShelterPlan) -> list[ShareRow]:
    rows = list(ShelterShare.objects.filter(plan=plan).order_by("community_code", "-people"))
    names = area_names({s.community_code for s in rows})
    places = {s.code: s.name for s in shelters(None, codes={s.shelter_code for s in rows})}
    return [
        ShareRow(
            s.community_code, names.get(s.community_code, s.community_code), s.shelter_code,
            places.get(s.shelter_code, s.shelter_code), s.people, s.distance_m,
        )
        for s in rows
    ]  # fmt: skip
