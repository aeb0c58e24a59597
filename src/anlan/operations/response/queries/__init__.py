from anlan.operations.response.queries.board import (
    ActivationRow,
    TaskCounts,
    activation,
    activations,
    current,
    proposed,
    steps,
)
from anlan.operations.response.queries.plans import levels_of, plan_in_force, plan_text, plans
from anlan.operations.response.queries.scene import scene_of, water_codes
from anlan.operations.response.queries.sheltering import (
    CommunityRow,
    ShareRow,
    communities,
    shares,
    shelter_of,
    shelters_used,
)
from anlan.operations.response.queries.situations import SituationRow, situation, situation_reports
from anlan.operations.response.queries.trial import DryRun, dry_run
from anlan.operations.response.queries.work import TaskReportRow, TaskRow, my_tasks, task, tasks

__all__ = [
    "ActivationRow", "CommunityRow", "DryRun", "ShareRow", "SituationRow", "TaskCounts",
    "TaskReportRow", "TaskRow", "activation", "activations", "communities", "current",
    "dry_run", "levels_of", "my_tasks", "plan_in_force", "plan_text", "plans", "proposed",
    "scene_of", "shares", "shelter_of", "shelters_used", "situation", "situation_reports", "steps",
    "task", "tasks", "water_codes",
]  # fmt: skip
