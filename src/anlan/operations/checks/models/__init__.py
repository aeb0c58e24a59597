from anlan.operations.checks.models.charge import Charge
from anlan.operations.checks.models.item import CheckItem
from anlan.operations.checks.models.plan import InspectionPlan, InspectionTask
from anlan.operations.checks.models.record import CheckPhoto, CheckRecord
from anlan.operations.checks.models.task import CheckTask, TaskNight

__all__ = [
    "Charge", "CheckItem", "CheckPhoto", "CheckRecord", "CheckTask", "InspectionPlan",
    "InspectionTask", "TaskNight",
]  # fmt: skip
