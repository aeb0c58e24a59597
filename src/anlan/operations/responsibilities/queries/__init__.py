from anlan.operations.responsibilities.queries.board import Board, board, unit_figures
from anlan.operations.responsibilities.queries.capacity import (
    capacity_board,
    capacity_file,
    checks_in,
    final_check,
)
from anlan.operations.responsibilities.queries.commendations import commendations_in
from anlan.operations.responsibilities.queries.files import (
    BearerFile,
    WorkFile,
    bearer_file,
    photo_of,
    work_file,
)
from anlan.operations.responsibilities.queries.scope import bearers_in, facts, person_of, works_in

__all__ = [
    "BearerFile", "Board", "WorkFile", "bearer_file", "bearers_in", "board", "capacity_board",
    "capacity_file", "checks_in", "commendations_in", "facts", "final_check", "person_of",
    "photo_of", "unit_figures", "work_file", "works_in",
]  # fmt: skip
