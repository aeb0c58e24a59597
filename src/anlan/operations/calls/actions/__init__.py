from anlan.operations.calls.actions.answer import (
    answer_call,
    assign_call,
    handle_call,
    make_danger,
    refuse_call,
)
from anlan.operations.calls.actions.district import load_demo_records, load_terms
from anlan.operations.calls.actions.intake import key_of, put_call
from anlan.operations.calls.actions.make import NewCall, make_call, send_call
from anlan.operations.calls.actions.photos import add_call_photo
from anlan.operations.calls.actions.settle import (
    confirm_call,
    danger_closed,
    return_call,
    term_passed,
    withdraw_call,
)

__all__ = [
    "NewCall", "add_call_photo", "answer_call", "assign_call", "confirm_call", "danger_closed",
    "handle_call", "key_of", "load_demo_records", "load_terms", "make_call",
    "make_danger", "put_call", "refuse_call", "return_call", "send_call", "term_passed",
    "withdraw_call",
]  # fmt: skip
