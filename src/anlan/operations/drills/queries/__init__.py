from anlan.operations.drills.queries.page import page
from anlan.operations.drills.queries.report import report

__all__ = ["page", "report"]
