"""What a signature would do: the tasks each level would give, counted without giving any."""

from collections import Counter
from dataclasses import dataclass

from anlan.operations.response.models import Activation
from anlan.operations.response.queries.plans import plan_text
from anlan.operations.response.queries.scene import scene_of
from anlan.operations.response.rules.plan import Answer, LevelText
from anlan.operations.response.rules.tasks import draw
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class DryRun:
    """One level of the plan and what starting it would do now."""

    level: LevelText
    tasks: int
    by_owner: dict[str, int]
    people: int
    communities: int


def dry_run(activation_id: int) -> list[DryRun]:
    """Every level of the plan, the most severe first."""
    row = Activation.objects.select_related("plan").get(pk=activation_id)
    plan, scene = plan_text(row.plan), scene_of(row)
    found = []
    for level in plan.levels:
        drawn = draw(plan.cards, level.level, clock.now(), scene)
        moving = [task for task in drawn if task.report == Answer.PEOPLE]
        found.append(
            DryRun(
                level, len(drawn), dict(Counter(task.owner_kind for task in drawn)),
                sum(task.target or 0 for task in moving), len(moving),
            )
        )  # fmt: skip
    return found
