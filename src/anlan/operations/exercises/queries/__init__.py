from anlan.operations.exercises.queries.register import (
    ExerciseRow,
    FindingRow,
    OwnerRow,
    exercise,
    exercises,
    owners,
    years,
)

__all__ = [
    "ExerciseRow", "FindingRow", "OwnerRow", "exercise", "exercises", "owners", "years",
]  # fmt: skip
