"""What the checks answer: scope first, then the library, tasks, checks and coverage."""

from anlan.operations.checks.queries.due import Coverage, coverage, covered, inspected
from anlan.operations.checks.queries.onsite import OnSite, on_site

__all__ = ["Coverage", "OnSite", "coverage", "covered", "inspected", "on_site"]
