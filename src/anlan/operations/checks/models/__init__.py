from anlan.operations.checks.models.item import CheckItem
from anlan.operations.checks.models.record import CheckPhoto, CheckRecord
from anlan.operations.checks.models.task import CheckTask, TaskNight

__all__ = ["CheckItem", "CheckPhoto", "CheckRecord", "CheckTask", "TaskNight"]
