from anlan.operations.accidents.actions.district import load_district_files
from anlan.operations.accidents.actions.investigate import (
    NewLiability,
    approve_report,
    begin_investigation,
    close_accident,
    evaluate_measures,
    find_liability,
    finish_measure,
    form_team,
    give_accident_more_time,
    hand_up,
    implement_measures,
    leave_out_appraisal,
    publish_report,
    return_report,
    submit_report,
    take_superior_report,
    write_measure,
)
from anlan.operations.accidents.actions.register import (
    NewAccident,
    correct_figures,
    mark_reporting,
    register_accident,
    report_up,
)

__all__ = [
    "NewAccident", "NewLiability", "approve_report", "begin_investigation", "close_accident",
    "correct_figures", "evaluate_measures", "find_liability", "finish_measure", "form_team",
    "give_accident_more_time", "hand_up", "implement_measures", "leave_out_appraisal",
    "load_district_files", "mark_reporting", "publish_report", "register_accident", "report_up",
    "return_report", "submit_report", "take_superior_report", "write_measure",
]  # fmt: skip
