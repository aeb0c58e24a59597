from anlan.operations.duty.actions.log import note
from anlan.operations.duty.actions.roster import NewShift, load_district_files, plan_shift

__all__ = ["NewShift", "load_district_files", "note", "plan_shift"]
