"""A danger or a case took a step, a check came in: its months are counted anew next round."""

from anlan.backbone.events import reacts_to
from anlan.operations.checks.events import CheckKept
from anlan.operations.enforcement.events import CaseMoved
from anlan.operations.safety.events import DangerMoved, EnterprisesCorrected
from anlan.operations.statistics.actions import (
    ask_no_more,
    stale,
    stale_case,
    stale_check,
)


@reacts_to(DangerMoved)
def count_anew(moved: DangerMoved) -> None:
    stale(moved.danger_id)


@reacts_to(CheckKept)
def count_checks_anew(kept: CheckKept) -> None:
    stale_check(kept.check_id)


@reacts_to(CaseMoved)
def count_inspections_anew(moved: CaseMoved) -> None:
    stale_case(moved.case_id)


@reacts_to(EnterprisesCorrected)
def ask_nothing_of_what_is_closed(event: EnterprisesCorrected) -> None:
    ask_no_more(event.enterprises)
