from anlan.operations.responsibilities.models.capacity import (
    CapacityAnswer,
    CapacityCheck,
    CapacityList,
    CapacityStep,
)
from anlan.operations.responsibilities.models.commendation import Commendation
from anlan.operations.responsibilities.models.lists import Bearer, Duty, Reading
from anlan.operations.responsibilities.models.work import Work, WorkPhoto, WorkStep

__all__ = [
    "Bearer", "CapacityAnswer", "CapacityCheck", "CapacityList", "CapacityStep", "Commendation",
    "Duty", "Reading", "Work", "WorkPhoto", "WorkStep",
]  # fmt: skip
