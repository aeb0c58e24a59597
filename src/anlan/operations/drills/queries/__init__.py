from anlan.operations.drills.queries.report import report

__all__ = ["report"]
