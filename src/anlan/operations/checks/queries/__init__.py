"""What the checks answer: scope first, then the library, tasks, checks and coverage."""

from anlan.operations.checks.queries.due import Coverage, coverage, covered, inspected

__all__ = ["Coverage", "coverage", "covered", "inspected"]
