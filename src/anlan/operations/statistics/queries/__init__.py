from anlan.operations.statistics.queries.board import (
    FIGURES,
    Board,
    Line,
    Seen,
    Units,
    board,
    seen,
    units,
)
from anlan.operations.statistics.queries.rules import rule_on

__all__ = ["FIGURES", "Board", "Line", "Seen", "Units", "board", "rule_on", "seen", "units"]
