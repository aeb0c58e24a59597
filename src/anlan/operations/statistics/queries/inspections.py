"""The inspections by authorities, counted once for all who tell of them: by a checklist of the
library, and as recorded in an enforcement case."""

from datetime import date

from anlan.operations.checks.queries.figures import CheckTally, inspections_by_list
from anlan.operations.enforcement.queries.inspections import inspections_in_cases


def inspections(first: date, last: date) -> dict[tuple[str, str], CheckTally]:
    """By township and sector ("" where the party is in no register), from `first` to `last`, both
    in. Two queries."""
    found = {
        key: CheckTally(inspected=made, hits=hits)
        for key, (made, hits) in inspections_by_list(first, last).items()
    }
    for key, (made, hits) in inspections_in_cases(first, last).items():
        found.setdefault(key, CheckTally()).add(CheckTally(in_cases=made, case_hits=hits))
    return found
