from anlan.operations.safety.actions.correct import correct_danger
from anlan.operations.safety.actions.cycles import Missed, find_missed_cycle, keep_cycle
from anlan.operations.safety.actions.demo import load_demo_records
from anlan.operations.safety.actions.district import load_district_files, load_terms
from anlan.operations.safety.actions.enterprise_files import (
    Sender,
    Sorted,
    bytes_of,
    keep_enterprise_file,
    look_at,
    look_of,
    sort_out,
    take_enterprises,
)
from anlan.operations.safety.actions.enterprises import (
    claim_enterprise,
    correct_enterprise,
    end_membership,
    hand_out_code,
    put_enterprise,
    register_enterprise,
    show_phones,
)
from anlan.operations.safety.actions.find import (
    Assignment,
    Find,
    assign_danger,
    find_danger,
    grade_danger,
    lower_to_general,
    raise_to_major,
)
from anlan.operations.safety.actions.follow import follow_enterprises
from anlan.operations.safety.actions.lead import lead_dangers
from anlan.operations.safety.actions.levels import set_enterprise_level
from anlan.operations.safety.actions.on_site import Rectified, find_on_site, rectified_on_site
from anlan.operations.safety.actions.photos import (
    Taking,
    add_photo,
    media_of,
    paper_media,
    paper_name,
    read_taking,
)
from anlan.operations.safety.actions.recheck import (
    accept_danger,
    close_danger,
    countersign_danger,
    give_more_time,
    hand_to_enforcement,
    keep_suspended,
    look_again,
    refuse_more_time,
    resume_production,
    return_danger,
    send_back_danger,
    suspend_production,
    take_back_from_enforcement,
    take_over_danger,
    transfer_danger,
)
from anlan.operations.safety.actions.rectify import (
    Report,
    ask_for_more_time,
    ask_to_resume,
    begin_rectification,
    close_own_find,
    plan_rectification,
    report_to_congress,
    report_to_regulator,
    submit_rectification,
)
from anlan.operations.safety.actions.sealing import keep_photo, seal_kept
from anlan.operations.safety.actions.standards import ENDINGS_A_TURN, ask_for_standards
from anlan.operations.safety.actions.supervise import (
    Listing,
    delist_danger,
    list_danger,
    put_supervision,
    report_progress,
)
from anlan.operations.safety.actions.told import CaseNews, tell_of_call, tell_of_case
from anlan.operations.safety.actions.unasked import FORGOTTEN_A_TURN, ask_for_forgotten_dangers
from anlan.operations.safety.actions.words import DANGERS_A_TURN, index_words
from anlan.operations.safety.rules.states import Grade, Source

__all__ = [
    "DANGERS_A_TURN", "ENDINGS_A_TURN", "FORGOTTEN_A_TURN", "Assignment", "CaseNews", "Find",
    "Grade", "Listing", "Missed", "Rectified", "Report", "Sender", "Sorted", "Source", "Taking",
    "accept_danger", "add_photo", "ask_for_forgotten_dangers", "ask_for_more_time",
    "ask_for_standards", "ask_to_resume", "assign_danger", "begin_rectification", "bytes_of",
    "claim_enterprise", "close_danger", "close_own_find", "correct_danger", "correct_enterprise",
    "countersign_danger", "delist_danger", "end_membership", "find_danger", "find_missed_cycle",
    "find_on_site", "follow_enterprises", "give_more_time", "grade_danger", "hand_out_code",
    "hand_to_enforcement", "index_words", "keep_cycle", "keep_enterprise_file", "keep_photo",
    "keep_suspended", "lead_dangers", "list_danger", "load_demo_records", "load_district_files",
    "load_terms", "look_again", "look_at", "look_of", "lower_to_general", "media_of", "paper_media",
    "paper_name", "plan_rectification", "put_enterprise", "put_supervision", "raise_to_major",
    "read_taking", "rectified_on_site", "refuse_more_time", "register_enterprise",
    "report_progress", "report_to_congress", "report_to_regulator", "resume_production",
    "return_danger", "seal_kept", "send_back_danger", "set_enterprise_level", "show_phones",
    "sort_out", "submit_rectification", "suspend_production", "take_back_from_enforcement",
    "take_enterprises", "take_over_danger", "tell_of_call", "tell_of_case", "transfer_danger",
]  # fmt: skip
