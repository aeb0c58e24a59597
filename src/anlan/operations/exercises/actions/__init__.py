from anlan.operations.exercises.actions.record import (
    NewExercise,
    add_finding,
    fix_finding,
    load_district_files,
    record_exercise,
)

__all__ = [
    "NewExercise", "add_finding", "fix_finding", "load_district_files", "record_exercise",
]  # fmt: skip
