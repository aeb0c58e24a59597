from anlan.operations.statistics.queries.alarms import Told, alarms
from anlan.operations.statistics.queries.board import (
    CHECK_FIGURES,
    FIGURES,
    Board,
    OutOfSight,
    Units,
    board,
    seen,
    units,
    year_line,
)
from anlan.operations.statistics.queries.lines import Line, Seen
from anlan.operations.statistics.queries.rules import rule_on

__all__ = [
    "CHECK_FIGURES", "FIGURES", "Board", "Line", "OutOfSight", "Seen", "Told", "Units", "alarms",
    "board", "rule_on", "seen", "units", "year_line",
]  # fmt: skip
