from anlan.operations.checks.actions.charges import NewCharge, end_charge, put_in_charge
from anlan.operations.checks.actions.correct import correct_check, put_check_of
from anlan.operations.checks.actions.district import load_district_files
from anlan.operations.checks.actions.follow import follow_enterprises
from anlan.operations.checks.actions.library import (
    begin_in_a_copy,
    put_item,
    put_items,
    retire_item,
)
from anlan.operations.checks.actions.missed import FINDINGS_A_TURN, find_missed
from anlan.operations.checks.actions.nightly import make_tasks
from anlan.operations.checks.actions.perform import Checker, Submission, submit_check
from anlan.operations.checks.actions.photos import add_check_photo
from anlan.operations.checks.actions.plans import end_plan, make_plan
from anlan.operations.checks.actions.single import SingleCheck, plan_single
from anlan.operations.checks.rules.answers import Answer

__all__ = [
    "FINDINGS_A_TURN", "Answer", "Checker", "NewCharge", "SingleCheck", "Submission",
    "add_check_photo", "begin_in_a_copy", "correct_check", "end_charge", "end_plan", "find_missed",
    "follow_enterprises", "load_district_files", "make_plan", "make_tasks",
    "plan_single", "put_check_of", "put_in_charge", "put_item", "put_items", "retire_item",
    "submit_check",
]  # fmt: skip
