from anlan.operations.patrols.actions.beats import (
    NewBeat,
    change_beat,
    close_beat,
    key_of,
    make_beat,
    put_beat,
)
from anlan.operations.patrols.actions.calling import (
    Calling,
    call_out,
    call_out_for,
    keep_called,
    stand_down,
)
from anlan.operations.patrols.actions.district import load_demo_records, load_terms
from anlan.operations.patrols.actions.nightly import make_patrols, miss_patrol, term_passed
from anlan.operations.patrols.actions.photos import add_patrol_photo
from anlan.operations.patrols.actions.settle import (
    ask_why,
    confirm_patrol,
    excuse_patrol,
    reject_patrol,
    return_patrol,
)
from anlan.operations.patrols.actions.track import Finding, Position, keep_track, look_at_track
from anlan.operations.patrols.actions.walk import (
    Ending,
    finish_patrol,
    hand_over,
    report_danger,
    start_patrol,
)
from anlan.operations.patrols.rules.states import Calls

__all__ = [
    "Calling", "Calls", "Ending", "Finding", "NewBeat", "Position", "add_patrol_photo", "ask_why",
    "call_out", "call_out_for", "change_beat", "close_beat", "confirm_patrol", "excuse_patrol",
    "finish_patrol", "hand_over", "keep_called", "keep_track", "key_of", "load_demo_records",
    "load_terms", "look_at_track", "make_beat", "make_patrols", "miss_patrol", "put_beat",
    "reject_patrol", "report_danger", "return_patrol", "stand_down", "start_patrol", "term_passed",
]  # fmt: skip
