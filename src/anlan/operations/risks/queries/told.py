"""Risk points as the people of a post are told of them."""

from collections.abc import Collection
from dataclasses import dataclass

from anlan.operations.risks.models import RiskPoint
from anlan.operations.risks.rules.loop import State


@dataclass(frozen=True, slots=True)
class Told:
    """A risk point of an enterprise; `level` 1 red … 4 blue, accident types by GB 6441."""

    id: int
    name: str
    place: str
    level: int
    version: int
    hazards: str
    accidents: list[str]
    controls: dict[str, str]
    responsible: str


def told_of(enterprise_id: int, ids: Collection[int] | None = None) -> list[Told]:
    """The rated risk points of an enterprise, the worst first; of these ids where given."""
    rows = RiskPoint.objects.filter(enterprise=enterprise_id).exclude(state=State.RETIRED)
    rows = rows.exclude(level=None).order_by("level", "name")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return [
        Told(one.pk, one.name, one.place, one.level or 4, one.version, one.hazards,
             one.accidents, one.controls, one.responsible)
        for one in rows
    ]  # fmt: skip
