"""What the checks answer: scope first, then the library, tasks, checks and coverage."""

from anlan.operations.checks.queries.due import Coverage, coverage, covered

__all__ = ["Coverage", "coverage", "covered"]
