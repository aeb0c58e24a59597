from anlan.operations.responsibilities.models.lists import Bearer, Duty, Reading
from anlan.operations.responsibilities.models.work import Work, WorkPhoto, WorkStep

__all__ = ["Bearer", "Duty", "Reading", "Work", "WorkPhoto", "WorkStep"]
