from anlan.operations.response.queries.board import (
    ActivationRow,
    TaskCounts,
    activation,
    activations,
    current,
    proposed,
    steps,
)
from anlan.operations.response.queries.plans import plan_in_force, plan_text
from anlan.operations.response.queries.scene import scene_of, water_codes
from anlan.operations.response.queries.sheltering import (
    CommunityRow,
    ShareRow,
    communities,
    shelter_of,
    shelters_used,
)
from anlan.operations.response.queries.situations import SituationRow, situation, situation_reports
from anlan.operations.response.queries.work import TaskReportRow, TaskRow, my_tasks, task, tasks

__all__ = [
    "ActivationRow", "CommunityRow", "ShareRow", "SituationRow", "TaskCounts", "TaskReportRow",
    "TaskRow", "activation", "activations", "communities", "current", "my_tasks", "plan_in_force",
    "plan_text", "proposed", "scene_of", "shelter_of", "shelters_used", "situation",
    "situation_reports", "steps", "task", "tasks", "water_codes",
]  # fmt: skip
