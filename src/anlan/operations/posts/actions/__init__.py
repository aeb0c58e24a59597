from anlan.operations.posts.actions.certify import (
    ask_to_renew,
    follow_state,
    keep_certificate,
    run_out,
    show_certificate,
)
from anlan.operations.posts.actions.district import load_district_files
from anlan.operations.posts.actions.keep import (
    add_worker,
    ask_for_new_cards,
    change_post,
    close_post,
    end_worker,
    follow_cards,
    make_cards,
    open_post,
    show_names,
)
from anlan.operations.posts.actions.meet import (
    NewMeeting,
    answer_quiz,
    hold_meeting,
    may_answer,
    meeting_key,
    put_meeting,
)
from anlan.operations.posts.actions.people_file import put_certificate
from anlan.operations.posts.actions.sent import put_post

__all__ = [
    "NewMeeting", "add_worker", "answer_quiz", "ask_for_new_cards", "ask_to_renew", "change_post",
    "close_post", "end_worker", "follow_cards", "follow_state", "hold_meeting", "keep_certificate",
    "load_district_files", "make_cards", "may_answer", "meeting_key", "open_post",
    "put_certificate", "put_meeting", "put_post", "run_out", "show_certificate", "show_names",
]  # fmt: skip
